"""Bounds that a quantity cannot leave, and what its declared uncertainty may say of them."""

from __future__ import annotations

import math

from lca.quantities.uncertainty import (
    Z95,
    Above,
    Exact,
    Normal,
    SplitLognormal,
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


def range_of(value: float, uncertainty: Uncertainty) -> tuple[float, float]:
    """Return the range that a declared distribution is meant to have: its ends, or 95 % of a normal one; else the value alone."""
    match uncertainty:
        case SplitLognormal(low, high) | Triangular(low, high) | Uniform(low, high):
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
