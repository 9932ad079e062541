"""The default uncertainty of a kind of factor that is published without a range."""

from __future__ import annotations

import math
from collections.abc import Mapping

from msgspec import Struct

from lca.quantities.by_language import Text
from lca.quantities.uncertainty import Exact, Lognormal, Uncertainty, above_floor, from_range95
from lca.quantities.units import conversion

#: What nothing of a kind can be below or above, by the word that its key begins or ends with, with the unit of the bounds.
PHYSICAL_BOUNDS: Mapping[str, tuple[float, float, str]] = {
    "pue": (1, math.inf, "1"),
    "mix": (0, 1, "1"),
    "utilisation": (0, 1, "1"),
    "average_power_share_of_tdp": (0, 1, "1"),
    "daily_use": (0, 24, "h/d"),
    "replication": (1, math.inf, "1"),
}


def bounds_of(key: str, unit: str) -> tuple[float, float]:
    """Return what a factor of a key can be at least and at most, in its unit."""
    found = PHYSICAL_BOUNDS.get(key.split("/", 1)[0]) or PHYSICAL_BOUNDS.get(key.rpartition("/")[2])
    if found is None:
        return -math.inf, math.inf
    low, high, asked = found
    scale = conversion(asked, unit)
    return low * scale, high * scale


class UncertaintyClass(Struct, frozen=True):
    """The default uncertainty of a kind of factor, with the reason that the report prints, by language.

    `range95_relative` holds the multipliers of the value that bound it with 95 % probability; `high_add` (in `unit`) widens
    the upper bound where something is left out; `variance` is that of the natural logarithm; `floor` is what the value can never
    be below: the upper bound then says how far what lies above the floor is uncertain, up and down in proportion.
    """

    id: str
    reason: Text
    citation: str
    range95_relative: tuple[float, float] | None = None
    variance: float | None = None
    high_add: float = 0.0
    unit: str = ""
    floor: float | None = None

    def around(self, value: float, unit: str) -> Uncertainty:
        """Return the uncertainty of a value of this class, given in `unit`."""
        if self.variance is not None:
            return Lognormal(self.variance)
        if self.range95_relative is None or value == 0:
            return Exact()
        low, high = self.range95_relative
        if self.floor is not None:
            return above_floor(value, value * high, self.floor)
        extra = self.high_add * conversion(self.unit, unit) if self.high_add else 0.0
        return from_range95(value, value * low, value * high + extra)
