"""Quality against cost in the contract."""

from __future__ import annotations

from collections.abc import Mapping

from lca.presenting.values import Plain, number, value
from lca.quantities.quantity import Quantity
from lca.subjects.quality.result import QualityResult
from lca.subjects.quality.trade_off import FLAT_SHARE, TradeOff
from lca.subjects.subject import Assessed


def contract(assessed: Assessed) -> Plain:
    """Return one comparison for each task."""
    return {"quality": {found.task: _one(found) for found in assessed.results[QualityResult].trade_offs}}


def _one(found: TradeOff) -> Plain:
    return {
        "metric": found.metric_name,
        "better": found.metric.better,
        "axis": found.axis,
        "left_out": {axis: reference for axis, reference in found.references.items() if reference},
        "trainings": {
            point.training: {
                "quality": value(point.quality),
                "costs": _values(point.costs),
                "on_front": point.on_front,
                "probability_on_front": _probability(point.probability_on_front),
                "quality_per_cost": value(point.per_cost),
            }
            for point in found.points
        },
        "steps": [
            {
                "before": step.before,
                "after": step.after,
                "gain": value(step.gain),
                "extra": _values(step.extra),
                "gain_per_cost": value(step.rate),
                "over_first_step": value(step.relative),
                "cost_of_point": _values(step.cost_of_point),
                "probability_of_gain": _probability(step.probability_of_gain),
            }
            for step in found.steps
        ],
        "dominated": {
            pair.training: {
                "by": pair.by,
                "spared": _values(pair.spared),
                "share": value(pair.share),
                "probability": _probability(pair.probability),
            }
            for pair in found.dominated
        },
        "flat_from": found.flat_from,
        "flat_below": FLAT_SHARE,
    }


def _values(quantities: Mapping[str, Quantity]) -> Plain:
    return {axis: value(quantity) for axis, quantity in quantities.items()}


def _probability(share: float | None) -> float | None:
    return None if share is None else number(share)
