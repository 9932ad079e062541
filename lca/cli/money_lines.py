"""Money, quality against cost and the frugality panel as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from lca.assessment.record import Record
from lca.presenting.writer import Writer
from lca.quantities.quantity import Quantity
from lca.subjects.quality.trade_off import TradeOff


def money_lines(assessment: Record, writer: Writer) -> Iterator[str]:
    """Yield what the summary says of money, quality and frugality; nothing where the descriptor says nothing of them."""
    money, said = assessment.money, writer.words["terminal"]
    if money is not None:
        mark = f" ({writer.words['partial']})" if money.partial else ""
        sums = "; ".join(_line(quantity, writer, 16) for quantity in money.totals.values())
        yield f"{said['money'] + mark:32} {sums or writer.words['not_assessed']}"
    per_day = assessment.frugality.data_per_day
    if per_day is not None:
        yield f"{said['data_per_day']:32} {_line(per_day, writer, 16)}"
    for trade_off in assessment.quality.trade_offs:
        yield from _trade_off(trade_off, writer)


def _trade_off(found: TradeOff, writer: Writer) -> Iterator[str]:
    """Yield the front of a task, then each step along it with what it gains and takes."""
    words, said = writer.words["quality_words"], writer.words["terminal"]
    front = ", ".join(_name(point.training) for point in found.points if point.on_front)
    against = said["front"].format(axis=words["axes"][found.axis], front=front) if found.axis else words["no_axis"]
    metric = words["metrics"].get(found.metric_name, found.metric_name)
    yield f"{said['quality'].format(task=found.task):32} {metric} {against}"
    for step in found.steps:
        taken = writer.amount(step.extra[found.axis])
        each = (
            f"{writer.words['semicolon']} {writer.amount(step.cost_of_point[found.axis])}" if found.metric.share else ""
        )
        name = f"  {_name(step.before)} -> {_name(step.after)}"
        yield f"{name:32} {said['step'].format(gain=_line(step.gain, writer), taken=taken)}{each}"


def _name(training: str) -> str:
    return training.removeprefix("training.")


def _line(quantity: Quantity, writer: Writer, width: int = 0) -> str:
    interval = f"  ({writer.interval(quantity)})" if quantity.is_drawn else ""
    return f"{writer.amount(quantity):>{width}}{interval}"
