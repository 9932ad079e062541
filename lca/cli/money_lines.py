"""Money, quality against cost and the frugality panel as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from lca.assessment.record import Record
from lca.presenting.writer import Writer
from lca.quantities.quantity import Quantity
from lca.subjects.quality.trade_off import TradeOff


def money_lines(assessment: Record, writer: Writer) -> Iterator[str]:
    """Yield what the summary says of money, quality and frugality; nothing where the descriptor says nothing of them."""
    money = assessment.money
    if money is not None:
        mark = " (partial)" if money.partial else ""
        sums = "; ".join(_line(quantity, writer, 16) for quantity in money.totals.values())
        yield f"{'Money' + mark:32} {sums or writer.words['not_assessed']}"
    per_day = assessment.frugality.data_per_day
    if per_day is not None:
        yield f"{'Data per day':32} {_line(per_day, writer, 16)}"
    for trade_off in assessment.quality.trade_offs:
        yield from _trade_off(trade_off, writer)


def _trade_off(found: TradeOff, writer: Writer) -> Iterator[str]:
    """Yield the front of a task, then each step along it with what it gains and takes."""
    words = writer.words["quality_words"]
    front = ", ".join(_name(point.training) for point in found.points if point.on_front)
    against = f"against {words['axes'][found.axis]}; front: {front}" if found.axis else words["no_axis"]
    yield f"{f'Quality of {found.task}':32} {words['metrics'].get(found.metric_name, found.metric_name)} {against}"
    for step in found.steps:
        taken = writer.amount(step.extra[found.axis])
        each = f"; {writer.amount(step.cost_of_point[found.axis])}" if found.metric.share else ""
        name = f"  {_name(step.before)} -> {_name(step.after)}"
        yield f"{name:32} {_line(step.gain, writer)} for {taken}{each}"


def _name(training: str) -> str:
    return training.removeprefix("training.")


def _line(quantity: Quantity, writer: Writer, width: int = 0) -> str:
    interval = f"  ({writer.interval(quantity)})" if quantity.is_drawn else ""
    return f"{writer.amount(quantity):>{width}}{interval}"
