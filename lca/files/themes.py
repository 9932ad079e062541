"""A theme: a folder of an agency's own templates, words and style sheets, laid over the shipped ones.

It is untrusted: templates run in a sandbox and inside our own frame with its content policy, words may only fill the holes that
the shipped ones have, style sheets name nothing outside themselves, and what a template writes is looked through for what acts.
"""

from __future__ import annotations

import hashlib
import re
import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from lca.descriptor.document import Document, read_document
from lca.files.texts import read_text, shown
from lca.presenting.html import FRAMES, ShippedTexts, template_fault
from lca.problems import Location, Problem, ProblemsFound, did_you_mean

#: The shipped style sheets, and one that follows them and is empty where no theme fills it.
SHEETS = ("report.css", "dossier.css", "jury.css", "print.css", "theme.css")
MOST_FILES, LARGEST = 100, 200_000

#: What a style sheet may not hold: what ends it, and what names anything outside it.
_OUTSIDE = re.compile(r"</|@import|url\(\s*(?!['\"]?data:image/(?:png|jpeg|svg\+xml);base64,)", re.IGNORECASE)


def with_theme(folder: Path, texts: ShippedTexts) -> ShippedTexts:
    """Return the shipped texts with those of a theme's folder over them.

    Raises:
        ProblemsFound: the folder or a file in it cannot be used; all of it is told.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
    if not files:
        raise ProblemsFound([Problem(_top(folder), "LCA417", "there is no theme in this folder", _layout_hint(texts))])
    if len(files) > MOST_FILES:
        message = f"the theme has {len(files)} files, at most {MOST_FILES} are read"
        raise ProblemsFound([Problem(_top(folder), "LCA417", message, "keep what differs from the shipped texts")])
    templates, locales = dict(texts.templates), {name: dict(words) for name, words in texts.locales.items()}
    problems: list[Problem] = []
    digest = hashlib.sha256()
    for path in files:
        name = path.relative_to(folder).as_posix()
        room, _, language = name.removesuffix(".yaml").rpartition("/")
        if path.is_symlink() or path.stat().st_size > LARGEST:
            message = f"it is a link, or has more than {LARGEST // 1000} kB"
            problems.append(Problem(_top(path), "LCA417", message, "put the file itself into the folder"))
            continue
        digest.update(f"{name}\0".encode() + path.read_bytes())
        if name in SHEETS:
            templates[name] = read_text(path)
            problems += _of_sheet(path, templates[name])
        elif name in texts.templates and name not in FRAMES:
            templates[name] = read_text(path)
            problems += _of_template(path, templates[name])
        elif name.endswith(".yaml") and room and language in locales:
            document = read_document(read_text(path), shown(path), "some_word: text")
            problems += _laid_over(locales[language], document.data, document, ())
        else:
            known = [*SHEETS, *(known for known in texts.templates if known not in FRAMES and known.endswith(".j2"))]
            hint = did_you_mean(name, known) or _layout_hint(texts)
            problems.append(Problem(_top(path), "LCA417", f"`{name}` lies over nothing that is shipped", hint))
    if problems:
        raise ProblemsFound(problems)
    return replace(texts, templates=templates, locales=locales, compiled="", theme=digest.hexdigest())


def _top(path: Path) -> Location:
    return Location(shown(path), 1, 1)


def _layout_hint(texts: ShippedTexts) -> str:
    rooms = sorted({name.partition("/")[0] for name in texts.templates if "/" in name})
    return f"a theme holds {', '.join(SHEETS)}, templates as `pages/cost.html.j2`, words as `pages/fr.yaml`: {', '.join(rooms)}"


def _of_sheet(path: Path, text: str) -> Iterator[Problem]:
    for number, line in enumerate(text.splitlines(), start=1):
        found = _OUTSIDE.search(line)
        if found is not None:
            message = f"a style sheet may not hold `{found.group().strip()}`: it names something outside the theme"
            place = Location(shown(path), number, found.start() + 1)
            yield Problem(place, "LCA417", message, "put a picture into it, as `url(data:image/png;base64,...)`")


def _of_template(path: Path, text: str) -> Iterator[Problem]:
    fault = template_fault(text)
    if fault is not None:
        yield Problem(Location(shown(path), fault[0], 1), "LCA417", f"the template cannot be read: {fault[1]}")


def _laid_over(words: dict[str, Any], more: Any, document: Document, path: tuple[str, ...]) -> Iterator[Problem]:
    """Put words of a theme in the place of shipped ones, and yield what has no place there."""
    for key, value in more.items():
        place, known = document.key_at((*path, key)), words.get(key)
        if key not in words or key == "messages":
            yield Problem(place, "LCA417", f"there is no text `{'.'.join((*path, key))}`", did_you_mean(key, words))
        elif isinstance(known, Mapping) and isinstance(value, dict):
            words[key] = dict(known)
            yield from _laid_over(words[key], value, document, (*path, key))
        elif isinstance(known, str) and isinstance(value, str):
            more_holes = _holes(value) - _holes(known)
            if more_holes:
                message = f"`{'.'.join((*path, key))}` has no hole {', '.join(sorted(more_holes))}"
                yield Problem(place, "LCA417", message, f"its holes are {', '.join(sorted(_holes(known))) or 'none'}")
            words[key] = value
        else:
            yield Problem(place, "LCA417", f"`{'.'.join((*path, key))}` is of another kind in the shipped words")


def _holes(text: str) -> set[str]:
    """Return the holes of a text with all that is asked of each, so that no other attribute can be reached."""
    try:
        return {f"{name}!{form}:{spec}" for _, name, spec, form in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return {"a brace that is not closed"}
