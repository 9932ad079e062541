"""What other sources of the catalogue say of the factors that were used, and what the total would be under each."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from lca.catalogue.book import PROXY_YEARS, FactorBook
from lca.catalogue.mixes import DIRECT_PART, upstream_of, with_upstream
from lca.quantities.evaluation import BestReplay
from lca.quantities.provenance import Factor
from lca.quantities.quantity import Quantity
from lca.quantities.trees import leaves
from lca.quantities.units import conversion, same_dimension

#: Kinds of factor whose sources are set side by side.
KINDS = ("electricity", "manufacture", "network", "storage", "request")

#: What a figure holds or leaves to another line: sources that differ in it are not set side by side.
BOUNDARY = frozenset({"includes-host", "includes-pue"})
#: Stages that some figures of manufacture hold and some sources give apart: the word, and the first segment of their keys.
STAGES_APART = {"distribution": "transport-stage", "end-of-life": "end-of-life"}
#: The word of a figure that holds all stages but use.
WHOLE = "cradle-to-grave"


class Other(Struct, frozen=True):
    """Another source's factor, and the total if it were used, in the total's unit."""

    factor: Factor
    total: float


class SpreadRow(Struct, frozen=True):
    """A factor that was used and what other sources say, from the lowest to the highest, direct ones after all others."""

    used: Factor
    others: tuple[Other, ...]


def spread(figure: Quantity, book: FactorBook) -> tuple[SpreadRow, ...]:
    """Return the factors under a figure that other sources give differently, the one that could move it most first."""
    rows = []
    for leaf in leaves([figure]):
        factor = leaf.origin
        if not isinstance(factor, Factor) or factor.key.split("/")[0] not in KINDS:
            continue
        again = BestReplay(figure, {factor.record})
        others = tuple(
            Other(other, float(again({factor.record: _in_place(factor, other, book)})[0]))
            for other in sorted(other_sources(factor, book), key=functools.partial(_rank, factor.unit))
        )
        if others:
            rows.append(SpreadRow(factor, others))
    return tuple(sorted(rows, key=lambda row: -max(abs(other.total - figure.value) for other in row.others)))


def _rank(unit: str, factor: Factor) -> tuple[bool, float]:
    """Return the place of a source among others: direct factors are not ranked with those of a whole life cycle."""
    return "direct" in factor.coverage, factor.value * conversion(factor.unit, unit)


def _in_place(used: Factor, other: Factor, book: FactorBook) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return what another source's value puts in place of a factor, in its unit.

    Where the upstream is counted beside a direct factor, a factor that holds its upstream loses what is counted already.
    """
    value = other.value * conversion(other.unit, used.unit)
    if used.uncertainty_rule == DIRECT_PART and "direct" not in other.coverage:
        value -= upstream_of(with_upstream(book, used))
    return np.array([value])


def other_sources(used: Factor, book: FactorBook) -> Iterator[Factor]:
    """Yield each other source's factor for the same thing; of electricity, that of the nearest year within reach."""
    if not used.key.startswith("electricity/") or used.year is None:
        candidates = list(book.all(used.key, used.indicator))
    else:
        prefix = used.key.rpartition("/")[0]
        wanted = int(used.proxy_for.rpartition("/")[2]) if used.proxy_for.rpartition("/")[2].isdigit() else used.year
        years = [y for y in book.years.get((prefix, used.indicator), ()) if abs(y - wanted) <= PROXY_YEARS]
        nearest: dict[str, Factor] = {}
        for year in sorted(years, key=lambda y: (abs(y - wanted), y)):
            for factor in book.all(f"{prefix}/{year}", used.indicator):
                nearest.setdefault(factor.source.id, factor)
        candidates = list(nearest.values())
    for candidate in candidates:
        if candidate.source.id != used.source.id and same_dimension(candidate.unit, used.unit):
            like = _like(used, candidate, book)
            if like is not None:
                yield like


def _like(used: Factor, other: Factor, book: FactorBook) -> Factor | None:
    """Return another source's factor of the same boundary, with the stages that it gives apart; None where it has another one."""
    if (used.coverage ^ other.coverage) & BOUNDARY:
        return None
    item = other.key.partition("/")[2]
    for word, first in STAGES_APART.items():
        if other.key.startswith("manufacture/") and word in used.coverage and not other.coverage & {word, WHOLE}:
            rows = (f for f in book.all(f"{first}/{item}", other.indicator) if f.source.id == other.source.id)
            apart = next(rows, None)
            if apart is None:
                return None
            value = other.value + apart.value * conversion(apart.unit, other.unit)
            other = replace(other, value=value, coverage=other.coverage | {word})
    return other
