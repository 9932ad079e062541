"""Builds the site of these pages: `python docs/site.py [FOLDER]`; it fails where a link leads nowhere.

Pages are gathered with what they lead to: the README, which is the first page, and files of the clone that do not stand in this
folder. Then mkdocs lays them out (`mkdocs.yml`).
"""

from __future__ import annotations

import functools
import logging
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
#: Where pages are gathered; and where files that do not stand in this folder stand among them.
GATHERED, OUTSIDE = ROOT / "build" / "pages", "clone"

#: A link to a file, with the part of it that is named: no address, and no part of the same page.
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)\s#]+)(#[^)\s]*)?\)")
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def gather(into: Path) -> None:
    """Copy the pages, and all that they lead to, with links that lead there."""
    shutil.rmtree(into, ignore_errors=True)
    waiting = [ROOT / "README.md", *DOCS.rglob("*.md"), *(DOCS / "images").iterdir()]
    seen = set(waiting)
    while waiting:
        file = waiting.pop()
        place = into / _place(file)
        place.parent.mkdir(parents=True, exist_ok=True)
        if file.suffix != ".md":
            shutil.copy(file, place)
            continue
        text = file.read_text("utf-8")
        more = {target for target in links(text, file) if target.is_file()} - seen
        seen |= more
        waiting += more
        place.write_text(_with_links(text, file, functools.partial(_led_from, Path(_place(file)).parent)), "utf-8")


def _led_from(folder: Path, target: Path) -> str:
    """Return the link from a page in a folder of the site to a file of the clone; a page has one name in all languages there."""
    place = re.sub(r"\.fr\.md$", ".md", _place(target))
    return Path(os.path.relpath(place, folder)).as_posix()


def links(text: str, page: Path) -> Iterator[Path]:
    """Yield the files that a page links to, whether they are there or not; of a folder, its README."""
    found: list[Path] = []

    def noted(target: Path) -> str:
        found.append(target)
        return ""

    _with_links(text, page, noted)
    yield from found


def _with_links(text: str, page: Path, lead: Callable[[Path], str]) -> str:
    """Return a page in which each link to a file leads where `lead` says; what stands between fences is no link."""

    def led(link: re.Match[str]) -> str:
        target = Path(os.path.normpath(page.parent / link[1]))
        target = target / "README.md" if (target / "README.md").is_file() else target
        return f"]({lead(target)}{link[2] or ''})"

    parts, place = [], 0
    for fence in _FENCE.finditer(text):
        parts += [_LINK.sub(led, text[place : fence.start()]), fence[0]]
        place = fence.end()
    return "".join([*parts, _LINK.sub(led, text[place:])])


def _place(file: Path) -> str:
    """Return where a file of the clone stands among the pages."""
    if file == ROOT / "README.md":
        return "index.md"
    if file.is_relative_to(DOCS):
        return file.relative_to(DOCS).as_posix()
    return f"{OUTSIDE}/{os.path.relpath(file, ROOT)}"


def build(site: Path) -> None:
    """Lay the gathered pages out; a warning stops it."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s")
    os.environ["NO_MKDOCS_2_WARNING"] = "1"  # what the theme says of its own successor
    from mkdocs.commands.build import build as lay_out
    from mkdocs.config import load_config

    lay_out(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(site), strict=True))


if __name__ == "__main__":
    gather(GATHERED)
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "site")
