"""The formulas of quality against cost: gains, surpluses, what one more point takes, what a smaller training spares."""

from __future__ import annotations

from lca.quantities.formula import formula
from lca.quantities.uncertainty import Array


@formula("level", source="definition")
def quality_gained(after: Array, before: Array) -> Array:
    """Quality gained from one training to the next, by a metric of which more is better.

    Args:
        after [level]: quality of the costlier training.
        before [level]: quality of the cheaper one.
    """
    return after - before


@formula("level", source="definition")
def error_removed(after: Array, before: Array) -> Array:
    """Quality gained from one training to the next, by a metric of which less is better.

    Args:
        after [level]: what the costlier training leaves.
        before [level]: what the cheaper one leaves.
    """
    return before - after


@formula("cost", source="definition")
def extra_cost(after: Array, before: Array) -> Array:
    """What one training takes beyond another.

    Args:
        after [cost]: cost of the costlier training.
        before [cost]: cost of the cheaper one.
    """
    return after - before


@formula("cost", source="definition")
def with_surplus(reference: Array, surplus: Array) -> Array:
    """Cost of a training that is stated as a surplus over another.

    Args:
        reference [cost]: cost of the other training.
        surplus [cost]: what this one takes beyond it.
    """
    return reference + surplus


@formula("level/cost", source="definition")
def gain_per_cost(gain: Array, extra: Array) -> Array:
    """Quality gained per unit of further cost.

    Args:
        gain [level]: quality gained.
        extra [cost]: further cost.
    """
    return gain / extra


@formula("cost/level", source="definition")
def cost_per_gain(extra: Array, gain: Array) -> Array:
    """Further cost of one more point of quality.

    Args:
        extra [cost]: further cost.
        gain [level]: quality gained.
    """
    return extra / gain


@formula("level/cost", source="definition")
def quality_per_cost(quality: Array, cost: Array) -> Array:
    """Quality reached per unit of cost.

    Args:
        quality [level]: quality of the training.
        cost [cost]: its cost.
    """
    return quality / cost


@formula("1", source="definition")
def share_of_first_gain(gain: Array, first: Array) -> Array:
    """Quality gained per unit of cost in one step, over that of the first step.

    Args:
        gain [level/cost]: gain per cost of the step.
        first [level/cost]: gain per cost of the first step.
    """
    return gain / first


@formula("1", source="definition")
def share_spared(spared: Array, whole: Array) -> Array:
    """Share of a training's cost that another training of the same quality or a better one spares.

    Args:
        spared [cost]: what the other takes less.
        whole [cost]: cost of the training.
    """
    return spared / whole
