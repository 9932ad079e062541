"""Samples of accelerators' power, or of their counters of energy, and the energy between the first and the last of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

#: A step longer than so many usual ones is a gap: nobody saw what was drawn in it.
GAP = 3.0
_MICROSECONDS = 1e6

Short = NDArray[np.int32]
Whole = NDArray[np.int64]
Real = NDArray[np.float64]


class Series(Struct, frozen=True):
    """The samples of one accelerator in the order of a log: lines, times in microseconds, and watts or joules of a counter."""

    key: str
    name: str
    lines: Short
    times: Whole
    values: Real
    is_counter: bool = False

    @property
    def backwards(self) -> Sequence[int]:
        """The places of the samples that are earlier than the one before."""
        found: list[int] = (np.flatnonzero(np.diff(self.times) < 0) + 1).tolist()
        return found


class Drawn(Struct, frozen=True):
    """What one accelerator drew: joules in so many seconds; gaps and resets by the line that ends each, with seconds and joules."""

    joules: float
    seconds: float
    gaps: Sequence[tuple[int, float]] = ()
    usual: float = 0.0
    resets: Sequence[tuple[int, float]] = ()


def drawn(series: Series) -> Drawn:
    """Return the energy of samples that follow each other in time: by trapezoids, without gaps, or by the counter's growth.

    A counter that is smaller than before was reset: what it shows then was drawn since; what it had not shown before is lost.
    """
    steps = np.diff(series.times) / _MICROSECONDS
    if not len(steps):
        return Drawn(0.0, 0.0)
    if series.is_counter:
        growth = np.diff(series.values)
        reset = np.flatnonzero(growth < 0)
        joules = float(np.where(growth < 0, series.values[1:], growth).sum())
        resets = [(int(series.lines[place + 1]), float(series.values[place])) for place in reset]
        return Drawn(joules, float(steps.sum()), resets=resets)
    usual = float(np.median(steps[steps > 0])) if np.any(steps > 0) else 0.0
    seen = steps <= GAP * usual
    areas = (series.values[:-1] + series.values[1:]) / 2 * steps
    gaps = [(int(series.lines[place + 1]), float(steps[place])) for place in np.flatnonzero(~seen)]
    return Drawn(float(areas[seen].sum()), float(steps[seen].sum()), gaps, usual)
