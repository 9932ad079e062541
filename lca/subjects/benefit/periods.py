"""The horizon cut into periods in which adoption, validity and running costs do not change."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable

from msgspec import Struct

from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity, Sampler
from lca.quantities.units import conversion

#: Ends of periods nearer than this, in years, are one: a month stated as 0.0833 year is no period of its own.
NEAR = 1e-6


class Period(Struct, frozen=True, eq=False):
    """A part of the horizon: the year of use that it lies in (from 1), its bounds and length in years."""

    year: int
    start: float
    end: float
    length: Quantity

    @property
    def label(self) -> str:
        """How explanations name the period."""
        whole = self.end - self.start > 1 - NEAR
        return f"year {self.year}" if whole else f"year {self.year} ({self.start:g} to {self.end:g})"


def years_of(stated: Stated) -> float:
    """Return a stated time in years, at its best estimate."""
    return stated.value * conversion(stated.unit, "year")


def cut(horizon: float, ends: Iterable[float], sample: Sampler) -> tuple[Period, ...]:
    """Cut a horizon (years) at every whole year and at each of some ends within it."""
    bounds = [0.0]
    for bound in sorted({*map(float, range(1, math.ceil(horizon))), *(e for e in ends if 0 < e < horizon), horizon}):
        if bound - bounds[-1] > NEAR or (bound == horizon and len(bounds) == 1):
            bounds.append(bound)
    return tuple(
        Period(
            year=math.floor(start + NEAR) + 1,
            start=start,
            end=end,
            length=sample(Stated(f"benefit.period-{start:g}-{end:g}", end - start, "year"), "length of the period"),
        )
        for start, end in itertools.pairwise(bounds)
    )


def of_year(stated: tuple[Stated, ...], year: int) -> Stated | None:
    """Return the value of a year from a list by year whose last value goes on; None where nothing is listed."""
    return stated[min(year, len(stated)) - 1] if stated else None
