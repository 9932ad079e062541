"""Payback: the time after which the cumulative net stays at or above zero to the horizon."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from lca.quantities.formula import formula
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity, Sampler
from lca.quantities.uncertainty import Array
from lca.subjects.benefit.periods import Period


@formula("year", source="itu-l1480")
def payback_at_end(cumulative: Array, end: Array) -> Array:
    """The horizon where the cumulative net has reached zero by then, else never.

    Args:
        cumulative [impact]: cumulative net at the horizon.
        end [year]: the horizon.
    """
    return end * np.where(cumulative >= 0, 1.0, np.inf)


@formula("year", source="itu-l1480")
def payback_from(before: Array, after: Array, start: Array, end: Array, later: Array) -> Array:
    """The time of payback seen from the start of a period: a later one, or within it, or its start.

    Args:
        before [impact]: cumulative net at the start of the period.
        after [impact]: cumulative net at its end.
        start [year]: its start.
        end [year]: its end.
        later [year]: payback seen from its end.
    """
    return np.where(
        later > end,
        later,
        np.where(before >= 0, start, start + (end - start) * before / np.where(before < after, before - after, np.nan)),
    )


class PaybackBounds(Struct, frozen=True):
    """A payback in years: best estimate, 95 % interval and median, None for never; and the share of draws without one."""

    best: float | None
    low: float | None
    median: float | None
    high: float | None
    not_reached: float


def payback_bounds(payback: Quantity) -> PaybackBounds:
    """Return the quantiles of a payback; each is a draw, since no mean of a time and never exists."""
    sample = payback.draws[1:] if payback.is_drawn else payback.draws
    low, median, high = np.quantile(sample, (0.025, 0.5, 0.975), method="inverted_cdf")

    def reached(time: float) -> float | None:
        return float(time) if np.isfinite(time) else None

    never = float(np.isinf(sample).mean())
    return PaybackBounds(reached(payback.value), reached(low), reached(median), reached(high), never)


def payback(cumulative: Sequence[Quantity], periods: Sequence[Period], unit: str, sample: Sampler) -> Quantity:
    """Return the payback, by draw; infinite where it is not reached.

    Args:
        cumulative: cumulative net at the start and at the end of each period.
        periods: the periods of the horizon.
        unit: unit of the net.
        sample: makes the bounds of the periods.
    """

    def at(time: float) -> Quantity:
        return sample(Stated(f"benefit.time-{time:g}", time, "year", text=f"{time:g} year"), f"{time:g} years of use")

    found = payback_at_end.bound(impact=unit)(cumulative=cumulative[-1], end=at(periods[-1].end))
    for index in reversed(range(len(periods))):
        found = payback_from.bound(impact=unit)(
            before=cumulative[index],
            after=cumulative[index + 1],
            start=at(periods[index].start),
            end=at(periods[index].end),
            later=found,
        )
    return found.named("payback")
