"""How coarsely a total is told, so that no restricted value under it can be told from it.

The p% rule of official statistics: a total is told so coarsely that nobody, not even who knows everything else in it, can tell
one of its parts to within p per cent. A total is told as a cell, an interval that holds it: all values of the cell give the same
copy. The cells of several totals are looked at together, since who has one equation more knows more.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping

import numpy as np
from msgspec import Struct

from lca.quantities.drivers import STEP
from lca.quantities.one_at_a_time import one_at_a_time
from lca.quantities.quantity import Computed, Quantity

#: No restricted value can be told to within this share of it, to either side.
LEAST_DOUBT = 0.10

#: How a total may be told, the finest first; `class` is one of 1 to 2, 2 to 5, 5 to 10 and their decades.
TWO_DIGITS, ONE_DIGIT, CLASS, NOT_TOLD = MANNERS = ("two_digits", "one_digit", "class", "not_told")


class Cell(Struct, frozen=True):
    """How a total is told: as something between `low` and `high`, in its unit; not at all where both are zero."""

    manner: str
    low: float = 0.0
    high: float = 0.0

    @property
    def middle(self) -> float:
        """The value with the digits that are told."""
        return (self.low + self.high) / 2


#: How far each restricted value may be moved, as shares of it, by its record, so that all that is told stays the same.
Room = Mapping[str, tuple[float, float]]


def told(totals: Mapping[str, Quantity], restricted: Mapping[str, Quantity]) -> tuple[dict[str, Cell], Room]:
    """Return how each total is told, and how far each restricted value may lie from what it is for all that is told.

    Args:
        totals: figures that rest on restricted values, by name, the one first that is told most finely.
        restricted: the restricted leaves, by their records.
    """
    room: dict[str, tuple[float, float]] = dict.fromkeys(restricted, (-math.inf, math.inf))
    cells: dict[str, Cell] = {}
    for name, total in totals.items():
        elasticities = _elasticities(total, restricted)
        for cell in _cells(total.value):
            left = {record: _narrowed(room[record], total.value, cell, elasticities[record]) for record in room}
            if all(high - low >= 2 * LEAST_DOUBT for low, high in left.values()):
                cells[name], room = cell, left
                break
        else:
            cells[name] = Cell(NOT_TOLD)
    return cells, room


def _cells(value: float) -> Iterator[Cell]:
    """Yield the cells that hold a value, the finest first; nothing but an amount above zero has any."""
    if not (value > 0 and math.isfinite(value)):
        return
    decade = math.floor(math.log10(value))
    for manner, digits in ((TWO_DIGITS, 2), (ONE_DIGIT, 1)):
        step = 10.0 ** (decade - digits + 1)
        number = math.floor(value / step + 0.5)
        yield Cell(manner, (number - 0.5) * step, (number + 0.5) * step)
    bounds = [factor * 10.0**power for power in (decade - 1, decade, decade + 1) for factor in (1, 2, 5)]
    low, high = next((low, high) for low, high in itertools.pairwise(bounds) if low <= value < high)
    yield Cell(CLASS, low, high)


def _elasticities(total: Quantity, restricted: Mapping[str, Quantity]) -> dict[str, float]:
    """Return the relative change of a total over that of each restricted value; none where it does not rest on it."""
    under = {record for record in restricted if _rests_on(total, record)}
    moved = one_at_a_time(total, {record: np.array([restricted[record].value * (1 + STEP)]) for record in under})
    slopes = (
        {record: float(values[0] / total.value - 1) / STEP for record, values in moved.items()} if total.value else {}
    )
    return {record: slopes.get(record, 0.0) for record in restricted}


def _rests_on(total: Quantity, record: str) -> bool:
    from lca.quantities.trees import walk

    return any(not isinstance(node.origin, Computed) and node.origin.record == record for node in walk([total]))


def _narrowed(room: tuple[float, float], value: float, cell: Cell, elasticity: float) -> tuple[float, float]:
    """Return how far a value may be moved where the total over it stays in its cell too."""
    if not elasticity:
        return room
    low, high = sorted((bound / value - 1) / elasticity for bound in (cell.low, cell.high))
    return max(room[0], low), min(room[1], high)
