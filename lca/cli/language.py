"""Which language a command speaks: the one that is asked for, else that of its descriptor, else that of the environment."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from lca.files.folders import languages
from lca.quantities.by_language import ORIGINAL

if TYPE_CHECKING:
    from lca.presenting.writer import Writer

#: Where the environment says which language its user reads; the first that is set decides.
_ENVIRONMENT = ("LC_ALL", "LC_MESSAGES", "LANG")

#: So many characters of a descriptor are looked at: its project stands near its beginning.
_BEGINNING = 100_000

#: `project` in braces or over several lines, and `language` in it; by its looks, for the file may be no YAML yet.
_PROJECT = re.compile(r"^project:(?:[ \t]*(\{[^}]*\})|[^\n]*\n((?:[ \t#][^\n]*\n|\n)*))", re.MULTILINE)
_STATED = re.compile(r"(?:^[ \t]+|[{,][ \t]*)language:[ \t]*[\"']?(\w\w)\b", re.MULTILINE)


def add_language(
    parser: argparse.ArgumentParser,
    what: str = "language",
    default: str = "the descriptor's",
    known: Callable[[], tuple[str, ...]] = languages,
) -> None:
    """Add the option that names a language, one of those that there are texts in."""
    parser.add_argument("--lang", choices=known(), help=f"{what} (default: {default})")


def language_of(options: argparse.Namespace) -> str:
    """Return the language that a command speaks; of several descriptors the first that states one decides."""
    asked = getattr(options, "lang", None) or getattr(options, "spoken", "")
    if asked:
        return str(asked)
    named = [*getattr(options, "files", ()), getattr(options, "file", None)]
    stated = (_stated_in_file(path) for path in named if isinstance(path, Path))
    language = next(filter(None, stated), "") or _of_environment()
    options.spoken = language  # a descriptor is looked into once
    return language


def writer_of(options: argparse.Namespace) -> Writer:
    """Return what writes numbers and words in the language that a command speaks."""
    from lca.files.shipped import words
    from lca.presenting.writer import Writer

    language = language_of(options)
    return Writer(language, words(language))


def stated_language(text: str) -> str:
    """Return the language that a descriptor states for its report, empty where it states none that there are words for."""
    project = _PROJECT.search(text.replace("\r\n", "\n") + "\n")
    found = _STATED.search(project[1] or project[2] or "") if project is not None else None
    return found[1] if found is not None and found[1] in languages() else ""


def _stated_in_file(path: Path) -> str:
    """Return the language that a file states; empty of what cannot be read, which is told elsewhere."""
    try:
        if not path.is_file():
            return ""
        with path.open(encoding="utf-8", errors="replace") as file:
            return stated_language(file.read(_BEGINNING))
    except (OSError, ValueError):  # a name may hold what no name of a file can
        return ""


def _of_environment() -> str:
    locale = next((value for name in _ENVIRONMENT if (value := os.environ.get(name))), "")
    language = re.split(r"[_.@-]", locale)[0].lower()
    return language if language in languages() else ORIGINAL
