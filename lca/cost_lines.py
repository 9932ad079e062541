"""Money, quality against cost and the frugality panel as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from lca.assessment import Assessment
from lca.audit import measure
from lca.quantity import Quantity


def cost_lines(assessment: Assessment) -> Iterator[str]:
    """Yield what the summary says of money, quality and frugality; nothing where the descriptor says nothing of them."""
    money = assessment.money
    if money is not None:
        mark = " (partial)" if money.partial else ""
        yield f"{'Money' + mark:32} {', '.join(_with_interval(q) for q in money.totals.values()) or 'not assessed'}"
    per_day = assessment.frugality.data_per_day
    if per_day is not None:
        yield f"{'Data per day':32} {_with_interval(per_day)}"
    for found in assessment.trade_offs:
        front = [point.training.removeprefix("training.") for point in found.points if point.on_front]
        axis = f"against {found.axis}" if found.axis else "against no known cost"
        yield f"{f'Quality of {found.task}':32} {found.metric_name} {axis}; front: {', '.join(front) or 'none'}"
        for step in found.steps:
            cost = step.cost_of_point[found.axis]
            name = f"  {step.before.removeprefix('training.')} -> {step.after.removeprefix('training.')}"
            yield f"{name:32} {_with_interval(step.gain)} for {measure(step.extra[found.axis])}; {measure(cost)}"


def _with_interval(quantity: Quantity) -> str:
    low, _, high = quantity.interval()
    bounds = f"  [{low:.4g}, {high:.4g}]" if len(quantity.draws) > 1 else ""
    return f"{measure(quantity)}{bounds}"
