"""Where the shipped data lie, and which languages their texts are in: a file in a language is all that tells the program of it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from pathlib import Path

import lca
from lca.quantities.by_language import ORIGINAL

PACKAGE = Path(lca.__file__).parent

#: The descriptors to begin with; the first is written where none is named.
TEMPLATES = ("shortest", "training", "finetuning", "cluster", "api", "federated", "field-study", "student")

#: The forms of annexes that are shipped, as `lca dnsh export` and the profiles of calls name them.
FORMS = ("horizon-europe", "national", "rrf", "ai-act")

_LANGUAGE = re.compile(r"[a-z]{2,3}")


#: Folders of data that were handed over in place of those that are shipped, by name.
_HANDED_OVER: dict[str, Path] = {}


def hand_over(name: str, folder: Path) -> None:
    """Take a folder of data in place of the one that is shipped, before anything of it is read."""
    _HANDED_OVER[name] = folder


def data_folder(name: str) -> Path:
    """Return the folder of shipped data (`templates`, `factors`): inside the installed package, or beside it in a clone."""
    if name in _HANDED_OVER:
        return _HANDED_OVER[name]
    packaged = PACKAGE / "_data" / name
    return packaged if packaged.is_dir() else PACKAGE.parent / name


@functools.cache
def languages() -> tuple[str, ...]:
    """Return the languages of reports: those with a file of words that every page needs."""
    return _languages(path.stem for path in (data_folder("templates") / "presenting").glob("*.yaml"))


@functools.cache
def languages_of_beginnings() -> tuple[str, ...]:
    """Return the languages that there are descriptors to begin with in: those with a folder of them."""
    return _languages(path.name for path in (data_folder("templates") / "descriptors").iterdir() if path.is_dir())


@functools.cache
def languages_of_keys() -> tuple[str, ...]:
    """Return the languages that the keys of a descriptor are explained in: that of the schema, and those of its translations."""
    found = (data_folder("templates") / "descriptors").glob("keys.*.yaml")
    return _languages((ORIGINAL, *(path.stem.removeprefix("keys.") for path in found)))


def _languages(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(name for name in names if _LANGUAGE.fullmatch(name)))
