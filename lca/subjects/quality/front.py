"""The Pareto front: which trainings no other one of the task makes pointless."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from lca.quantities.uncertainty import Array

Mask = npt.NDArray[np.bool_]


def dominates(cost: Array, good: Array, other_cost: Array, other_good: Array) -> Mask:
    """Return for each draw whether one training is as good for less than another, or better for as much."""
    no_worse = (cost <= other_cost) & (good >= other_good)
    return np.asarray(no_worse & ((cost < other_cost) | (good > other_good)))


def undominated(costs: Array, goods: Array) -> Mask:
    """Return for each training and draw whether no other training dominates it; equal ones do not dominate each other.

    Args:
        costs: cost of each training.
        goods: quality of each, of which more is better.

    Shape: `(trainings, draws)`, both and the result.
    """
    result = np.ones(costs.shape, dtype=bool)
    for index in range(len(costs)):
        result[index] = ~dominates(costs, goods, costs[index], goods[index]).any(axis=0)
    return result


def share_of_draws(mask: Mask) -> float | None:
    """Return the share of the draws after the best estimate for which something holds; None without draws."""
    return float(mask[1:].mean()) if len(mask) > 1 else None
