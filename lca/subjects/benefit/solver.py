"""Looks for the value of an input at which a figure is zero, by replaying its tree at many values at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from lca.quantities.evaluation import BestReplay
from lca.quantities.uncertainty import Array

#: A figure of at most this share of the gross amount counts as zero.
ZERO = 1e-9
#: Points of one look for a change of sign; each look narrows the bracket by as much.
POINTS = 401

AT, NONE, STEP = "at", "none", "step"


def solve(
    figure: BestReplay, moved: Callable[[Array], Mapping[str, Array]], low: float, high: float, gross: float
) -> tuple[str, float | None]:
    """Return whether a figure is zero between two values of an input, and the first value at which it is.

    The status is `at`, `none`, or `step` where the figure changes sign without being zero, as where whole machines are
    counted.

    Args:
        figure: the figure, which rests on the leaves that move.
        moved: gives the leaves, by record, for an array of the input's values.
        low: least value of the input.
        high: largest value.
        gross: the amount against which the figure counts as zero, in its unit.
    """
    while True:
        points = np.linspace(low, high, POINTS)
        found = np.broadcast_to(figure(moved(points)), points.shape)
        change = np.flatnonzero(np.sign(found[:-1]) != np.sign(found[1:]))
        nearest = int(np.argmin(np.abs(found)))
        if abs(found[nearest]) <= ZERO * gross:
            return AT, float(points[nearest])
        if not change.size:
            return NONE, None
        low, high = float(points[change[0]]), float(points[change[0] + 1])
        if high - low <= 4 * np.spacing(max(abs(low), abs(high))):
            return STEP, high
