"""Names of accelerators and processors in a log, and which models of the catalogue they are."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook

_COUNTED = re.compile(r"(\d+) x ")
_SLICE = re.compile(r"[\s(,-]*\bMIG\b\s*(\d)(?:c\.\d)?g\.\d+gb.*", re.IGNORECASE)
#: Slices that one accelerator can be cut into.
SLICES = 7
#: More accelerators of one kind in one machine are a number that belongs to the name before it.
_MOST_IN_ONE, _MOST_DIGITS, _MOST_KINDS = 512, 3, 5


class LoggedProcessor(Struct, frozen=True):
    """Processors as logged: how many by what name; the model, where the name is of one alone; others that it may mean.

    `slices` is how many sevenths of an accelerator one of them is, 0 for a whole one.
    """

    count: int
    name: str
    model: str = ""
    candidates: tuple[str, ...] = ()
    near: bool = False
    slices: int = 0


def identified(name: str, count: int, book: FactorBook) -> LoggedProcessor:
    """Return a logged name with the model of the catalogue that it is."""
    cut = _SLICE.search(name)
    match = book.named_processor(name[: cut.start()] if cut else name)
    slices = int(cut[1]) if cut else 0
    return LoggedProcessor(count, name, match.identifier, match.candidates, match.kind == "proxy", slices)


def accelerators(text: str, total: int, book: FactorBook) -> list[LoggedProcessor]:
    """Return the accelerators of a text such as `4 x NVIDIA A100-SXM4-80GB`, of several kinds too.

    CodeCarbon writes several kinds without a sign between them: `1 x Tesla T42 x Tesla V100`. The number of all and the names
    of the catalogue say where a name ends and the next count begins.
    """
    if not text:
        return []
    ways = list(_ways(text)) if _COUNTED.match(text) else []
    if not ways:
        return [identified(text, max(total, 1), book)]

    def fit(way: Sequence[tuple[int, str]]) -> tuple[bool, int, int]:
        known = sum(1 for _, name in way if identified(name, 1, book).model)
        return (sum(count for count, _ in way) == total, known, -sum(count for count, _ in way))

    best = max(ways, key=fit)
    return [identified(name, count, book) for count, name in best]


def _ways(text: str) -> Iterator[list[tuple[int, str]]]:
    """Yield each way to read a text as counts and names."""
    counts = list(_COUNTED.finditer(text))[:_MOST_KINDS]
    choices = [range(1)] + [range(max(0, len(found[1]) - _MOST_DIGITS), len(found[1])) for found in counts[1:]]
    for cuts in itertools.product(*choices):
        way = []
        for index, (found, cut) in enumerate(zip(counts, cuts, strict=True)):
            after = counts[index + 1].start(1) + cuts[index + 1] if index + 1 < len(counts) else len(text)
            digits = found[1][cut:]
            way.append((0 if digits.startswith("0") else int(digits), text[found.end() : after].strip(" ,;+|/&")))
        if all(0 < count <= _MOST_IN_ONE and name for count, name in way):
            yield way
