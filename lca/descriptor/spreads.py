"""The uncertainty that a descriptor states around a quantity, in every notation for it, or that follows from its evidence."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from lca.descriptor.schema import short
from lca.quantities.uncertainty import (
    MEASURED_ENERGY_VARIANCE,
    PEDIGREE,
    Z95,
    Exact,
    Lognormal,
    Normal,
    Triangular,
    Uncertainty,
    Uniform,
    from_gsd,
    from_gsd2,
    from_pedigree,
    from_range95,
    from_sigma,
)
from lca.quantities.units import Measure, conversion, parse_measure, same_dimension

#: Larger numbers are typing errors; they would also overflow products. Operations are counted in far larger ones.
LARGEST, LARGEST_OF_OPERATIONS = 1e15, 1e30
#: Smaller ones are no quantity of anything real either, and dividing by them overflows; zero is zero.
SMALLEST = 1e-30

#: 95 % range of a quality class, as multipliers (BoAmps data format: high, medium and low quality).
QUALITY = {"high": (0.9, 1.1), "medium": (0.75, 1.25), "low": (0.5, 1.5)}

#: The keys of which one says how far a value may be from the truth.
SPREADS = ("range95", "sigma", "gsd", "gsd2", "pedigree", "distribution", "quality")


def largest_number(noun: str) -> float:
    """Return the largest number that is read of what is counted, or of any quantity for an empty noun."""
    return LARGEST_OF_OPERATIONS if noun == "FLOP" else LARGEST


def by_evidence(value: float, evidence: str) -> Uncertainty:
    """Return the uncertainty that a stated value without a range gets from how it is known.

    Measured: the basic variance of measured energy. Calculated, estimated and proxy: the 95 % ranges of high, medium and low
    quality. Not said how: exact, such as a count, and the report says so.
    """
    if evidence == "measured":
        return Lognormal(MEASURED_ENERGY_VARIANCE)
    quality = {"calculated": "high", "estimated": "medium", "proxy": "low"}.get(evidence)
    if quality is None or value <= 0:
        return Exact()
    low, high = QUALITY[quality]
    return from_range95(value, value * low, value * high)


def spread_around(fields: Mapping[str, Any], measure: Measure, nouns: tuple[str, ...]) -> Uncertainty:
    """Return the uncertainty that is stated around a value, exact where none is.

    Raises:
        ValueError: two are stated, or one does not fit the value.
        UnitError: a bound is no quantity.
    """
    given = [name for name in SPREADS if name in fields]
    if len(given) > 1:
        raise ValueError(f"give only one of {' and '.join(f'`{name}`' for name in given)}")
    if not given:
        return Exact()
    spread, value = fields[given[0]], measure.value
    match given[0]:
        case "range95" if isinstance(spread, list) and len(spread) == 2:
            low, high = (_bound(bound, measure, nouns) for bound in spread)
            return from_range95(value, low, high)
        case "sigma" if isinstance(spread, int | float):
            return from_sigma(spread)
        case "gsd" if isinstance(spread, int | float):
            return from_gsd(spread)
        case "gsd2" if isinstance(spread, int | float):
            return from_gsd2(spread)
        case "pedigree" if isinstance(spread, dict):
            return from_pedigree(spread)
        case "pedigree" if isinstance(spread, list) and len(spread) == len(PEDIGREE):
            return from_pedigree(dict(zip(PEDIGREE, spread, strict=True)))
        case "quality" if isinstance(spread, str) and spread in QUALITY:
            return from_range95(value, *(sorted(value * factor for factor in QUALITY[spread])))
        case "distribution" if isinstance(spread, dict):
            return _distribution(spread, measure, nouns)
    return Exact()


def _distribution(spread: Mapping[str, Any], measure: Measure, nouns: tuple[str, ...]) -> Uncertainty:
    shape = spread.get("shape")
    if shape == "normal":
        if "sd" not in spread:
            raise ValueError("a normal distribution needs `sd`")
        return _normal(measure, _bound(spread["sd"], measure, nouns))
    if shape in ("triangular", "uniform"):
        if not {"low", "high"} <= spread.keys():
            raise ValueError(f"a {shape} distribution needs `low` and `high`")
        low, high = _bound(spread["low"], measure, nouns), _bound(spread["high"], measure, nouns)
        if not low <= measure.value <= high or low == high:
            raise ValueError("the bounds must contain the value")
        return Triangular(low, high) if shape == "triangular" else Uniform(low, high)
    return Exact()


def _normal(measure: Measure, sd: float) -> Normal:
    """Return a normal distribution of what cannot be below zero; its draws are cut there, which few may need."""
    if measure.value < Z95 * sd:
        below = 50 * math.erfc(measure.value / sd / math.sqrt(2))
        raise ValueError(
            f"with this `sd` {below:.0f} % of the draws are below zero, which nothing here can be; state `gsd` or `range95`"
        )
    return Normal(sd)


def _bound(bound: Any, measure: Measure, nouns: tuple[str, ...]) -> float:
    if isinstance(bound, str):
        read = parse_measure(bound, nouns)
        if not same_dimension(read.unit, measure.unit) or read.time_of != measure.time_of:
            raise ValueError(f"`{short(bound)}` has another unit than the value")
        number = read.value * conversion(read.unit, measure.unit)
    elif isinstance(bound, int | float) and not isinstance(bound, bool):
        number = float(bound)
    else:
        raise ValueError("a bound must be a quantity")
    largest = largest_number(measure.noun)
    if not math.isfinite(number) or not (number == 0 or SMALLEST <= number <= largest):
        raise ValueError(f"a bound must be finite, not negative, and 0 or from {SMALLEST:g} to {largest:g}")
    return number
