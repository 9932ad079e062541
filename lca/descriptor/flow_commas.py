"""Commas inside braces and brackets: YAML separates entries by them, where a person may have meant a decimal comma."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

#: A number as it stands before its decimal comma, and what follows that comma: three digits may also be thousands.
_WHOLE, _THOUSANDS = re.compile(r"[-+]?\d+"), re.compile(r"\d{3}(?!\d)")
_CODE = "LCA301"
_IN_MAP, _IN_LIST = "a comma inside { } separates keys", "a comma inside [ ] separates entries"


class Cut(Struct, frozen=True):
    """One text that commas cut into parts: between the braces of a map or, where `in_list`, the brackets of a list."""

    parts: tuple[str, ...]
    in_list: bool = False

    @property
    def text(self) -> str:
        """The text as it was meant."""
        return ",".join(self.parts)

    @property
    def is_number(self) -> bool:
        """Whether each comma stands between digits."""
        pairs = itertools.pairwise(self.parts)
        return all(one[-1:].isdecimal() and other[:1].isdecimal() for one, other in pairs)

    @property
    def code(self) -> str:
        """The code of the problem."""
        return _CODE

    @property
    def message(self) -> str:
        """What is wrong."""
        return _IN_LIST if self.in_list else _IN_MAP

    @property
    def hint(self) -> str:
        """What to write."""
        first, *others = self.parts
        if not (self.is_number and _WHOLE.fullmatch(first)):
            return f'quote the text: `"{self.text}"`'
        together, pointed = "".join(self.parts), ".".join(self.parts)
        if len(others) > 1 and all(_THOUSANDS.match(part) for part in others):
            return f"write `{together}`"
        if len(others) > 1:
            return f'quote the text: `"{self.text}"`'
        if _THOUSANDS.match(others[0]):
            return f"write `{pointed}`, or `{together}` where the comma sets thousands apart"
        return f'write `{pointed}` or quote it: `"{self.text}"`'


def is_cut(text: str, before: Any, key: Any, value: Any) -> bool:
    """Say whether a key of a map in braces only stands there because of the comma before it.

    `before` is the event of the plain text before the comma, `value` that of the key's value. A key that was meant has a colon.
    """
    if not (_plain(before) and _plain(key) and _plain(value)) or value.value:
        return False
    between = text[before.end_mark.index : key.start_mark.index]
    return between.strip() == "," and ":" not in text[key.end_mark.index : value.start_mark.index]


def joined(cut: Cut | None, before: Any, key: Any) -> Cut:
    """Return a text that was cut with a further part of it."""
    parts = cut.parts if cut else (before.value,)
    gap = " " * (key.start_mark.column - before.end_mark.column - 1 if not _digits(before, key) else 0)
    return Cut((*parts, gap + key.value))


def cut_numbers(text: str, entries: list[Any]) -> Iterator[tuple[int, Cut]]:
    """Yield each number of a list that a comma may have cut in two, with the index of its second part."""
    for index, (before, entry) in enumerate(itertools.pairwise(entries), start=1):
        if _plain(before) and _plain(entry) and _digits(before, entry):
            if text[before.end_mark.index : entry.start_mark.index] == ",":
                yield index, Cut((before.value, entry.value), in_list=True)


def _plain(event: Any) -> bool:
    implicit = getattr(event, "implicit", None)  # of a scalar, whether it is plain and whether it is quoted
    return isinstance(implicit, tuple) and bool(implicit[0])


def _digits(before: Any, after: Any) -> bool:
    return bool(before.value[-1:].isdecimal() and after.value[:1].isdecimal())
