"""Quality against cost: one picture for each task."""

from __future__ import annotations

from lca.presenting.writer import Writer
from lca.quantities.quantity import Quantity
from lca.subjects.quality import charts
from lca.subjects.quality.result import QualityResult
from lca.subjects.quality.trade_off import FLAT_SHARE, Point, TradeOff
from lca.subjects.subject import Assessed, Section, View


def view(assessed: Assessed, writer: Writer) -> View:
    """Return what the section on quality against cost needs."""
    quality = assessed.results[QualityResult]
    shown = [trade_off for trade_off in quality.trade_offs if _needs_a_picture(trade_off)]
    charts_by_task = {f"quality-{trade_off.task}": _chart(trade_off, writer) for trade_off in shown}
    return {"quality": quality, "flat_share": FLAT_SHARE, "charts": charts_by_task}


SECTIONS = (Section("quality", "quality/section.html.j2", view),)


def _needs_a_picture(trade_off: TradeOff) -> bool:
    """Say whether a picture shows more than the table: a front of two trainings, or three trainings."""
    return bool(trade_off.axis) and (len(trade_off.points) > 2 or bool(trade_off.steps))


def _chart(trade_off: TradeOff, writer: Writer) -> str:
    words = writer.words["quality_words"]
    largest = max((point.costs[trade_off.axis] for point in trade_off.points), key=lambda cost: cost.value)
    base = largest.unit
    scale, unit = writer.readable(largest)
    if trade_off.axis == "training_set":
        base, scale, unit = "1", 1.0 if trade_off.noun else 100.0, trade_off.noun or "%"
    level = 100.0 if trade_off.metric.share else 1.0
    name = words["metrics"].get(trade_off.metric_name, trade_off.metric_name)
    marks = [_mark(point, trade_off.axis, base, scale, level) for point in trade_off.points]
    label = f"{words['axes'][trade_off.axis]} ({unit})" if unit else words["axes"][trade_off.axis]
    legend = {"on_front": words["legend_front"], "off_front": words["legend_off"]}
    quality = f"{name} (%)" if trade_off.metric.share else name
    return charts.trade_off(marks, label, quality, 100.0 if trade_off.metric.share else None, legend, writer.words)


def _mark(point: Point, axis: str, unit: str, scale: float, level: float) -> charts.TrainingMark:
    return charts.TrainingMark(
        name=point.training.removeprefix("training."),
        cost=_bounds(point.costs[axis], unit, scale),
        quality=_bounds(point.quality, "1", level),
        on_front=point.on_front,
    )


def _bounds(quantity: Quantity, unit: str, scale: float) -> tuple[float, float, float]:
    """Return low, best and high of a quantity in a unit, times a factor."""
    to_unit = float(quantity.best_in(unit) / quantity.value) if quantity.value else 1.0
    low, _, high = quantity.interval()
    return low * to_unit * scale, quantity.value * to_unit * scale, high * to_unit * scale
