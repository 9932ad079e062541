"""The bounds of what is drawn: those of 95 % of the draws, and those that a quantity cannot leave."""

from __future__ import annotations

import math

from lca.quantities.uncertainty import (
    QUANTILES,
    Z95,
    Above,
    Exact,
    Lognormal,
    Normal,
    SplitLognormal,
    SplitNormal,
    Triangular,
    Uncertainty,
    Uniform,
    Within,
)

#: Floating-point noise of converted bounds.
_SLACK = 1e-12


def within(uncertainty: Uncertainty, low: float = -math.inf, high: float = math.inf) -> Uncertainty:
    """Return an uncertainty whose draws keep to the bounds of what is drawn, itself where they do anyway."""
    match uncertainty:
        case Exact() | Within():
            return uncertainty
        case Triangular(lowest, highest) | Uniform(lowest, highest):
            reached = (lowest, highest)
        case Normal():
            reached = (-math.inf, math.inf)
        case Above(floor, _):
            reached = (floor, math.inf)
        case _:
            reached = (0.0, math.inf)
    return uncertainty if reached[0] >= low and reached[1] <= high else Within(uncertainty, low, high)


def bounds95(value: float, uncertainty: Uncertainty) -> tuple[float, float]:
    """Return the 2.5 % and the 97.5 % quantile of what is drawn around a value."""
    match uncertainty:
        case Exact():
            return value, value
        case Lognormal(variance):
            factor = math.exp(Z95 * math.sqrt(variance))
            return value / factor, value * factor
        case Above(floor, variance):
            factor = math.exp(Z95 * math.sqrt(variance))
            return floor + (value - floor) / factor, floor + (value - floor) * factor
        case SplitLognormal(low, high) | SplitNormal(low, high):
            return low, high
        case Normal(sd):
            return value - Z95 * sd, value + Z95 * sd
        case Triangular(low, high):
            return _of_triangle(low, value, high, QUANTILES[0]), _of_triangle(low, value, high, QUANTILES[-1])
        case Uniform(low, high):
            return low + QUANTILES[0] * (high - low), low + QUANTILES[-1] * (high - low)
        case Within(inner, low, high):
            lower, upper = bounds95(value, inner)
            return max(lower, low), min(upper, high)


def _of_triangle(low: float, mode: float, high: float, share: float) -> float:
    """Return a quantile of a triangular distribution."""
    whole = high - low
    if share * whole <= mode - low:
        return low + math.sqrt(share * whole * (mode - low))
    return high - math.sqrt((1 - share) * whole * (high - mode))


def range_of(value: float, uncertainty: Uncertainty) -> tuple[float, float]:
    """Return the range that a declared distribution is meant to have: its ends, or 95 % of a normal one; else the value alone."""
    match uncertainty:
        case SplitLognormal(low, high) | SplitNormal(low, high) | Triangular(low, high) | Uniform(low, high):
            return low, high
        case Normal(sd):
            return value - Z95 * sd, value + Z95 * sd
    return value, value


def check_range(value: float, uncertainty: Uncertainty, low: float, high: float) -> None:
    """Refuse a declared distribution whose range reaches beyond the bounds of what is drawn.

    Raises:
        ValueError: it does.
    """
    lowest, highest = range_of(value, uncertainty)
    slack = _SLACK * abs(value)
    if lowest < low - slack:
        raise ValueError(
            f"its range reaches down to {lowest:.4g}, and the value is at least {low:g}; give a `range95` above that"
        )
    if highest > high + slack:
        raise ValueError(
            f"its range reaches up to {highest:.4g}, and the value is at most {high:g}; give a `range95` below that"
        )


def unbounded(uncertainty: Uncertainty) -> Uncertainty:
    """Return the distribution that bounds are set to, or the uncertainty itself where it has none."""
    return uncertainty.inner if isinstance(uncertainty, Within) else uncertainty
