"""Electricity of a region that nobody knows: the world's mean, with the spread of all countries as its range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from lca.quantities.provenance import Factor
from lca.quantities.uncertainty import from_range95
from lca.quantities.units import conversion

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook

#: The zone of a region that nobody knows, the zone whose mean stands in, and what the range is called.
UNKNOWN, WORLD, RULE = "UNKNOWN", "WORLD", "region-unknown"
#: How people write that they do not know.
WORDS = ("unknown", "inconnu", "inconnue")
#: The share of countries below and above the range.
TAIL = 0.025


def of_unknown_region(book: FactorBook, indicator: str, year: int) -> Factor | None:
    """Return the world's factor with 95 % of the countries between its bounds; None where the world has none."""
    mean = book.for_year(f"electricity/{WORLD}", indicator, year)
    if mean is None:
        return None
    known = (book.for_year(f"electricity/{zone}", indicator, year) for zone in sorted(set(book.countries.values())))
    values = sorted(factor.value * conversion(factor.unit, mean.unit) for factor in known if factor is not None)
    low, high = _quantile(values, TAIL), _quantile(values, 1 - TAIL)
    return replace(
        mean,
        key=f"electricity/{UNKNOWN}/{mean.year}",
        label=f"{mean.label}, for a region that is not known",
        uncertainty=from_range95(mean.value, min(low, mean.value), max(high, mean.value)),
        uncertainty_rule=RULE,
        geography=UNKNOWN,
        status="assumption",
        terms=(),
    )


def _quantile(ordered: list[float], share: float) -> float:
    """Return the value below which a share of values lies, between neighbours by their distance."""
    place = (len(ordered) - 1) * share
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
