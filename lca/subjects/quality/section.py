"""Quality against cost: one picture for each task."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from lca.presenting.item_names import as_words, item_name
from lca.presenting.svg import Drawing
from lca.presenting.writer import Writer
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.subjects.quality import charts
from lca.subjects.quality.result import QualityResult
from lca.subjects.quality.trade_off import FLAT_SHARE, Point, TradeOff
from lca.subjects.subject import Assessed, Section, View


class Picture(Struct, frozen=True):
    """Quality against cost of one task: the drawing and what it shows in words; `note` says whose own cost is left out, if any."""

    task: str
    title: str
    alternative: str
    note: str
    drawing: Drawing


def view(assessed: Assessed, writer: Writer) -> View:
    """Return what the section on quality against cost needs."""
    quality = assessed.results[QualityResult]
    return {
        "quality": quality,
        "flat_share": FLAT_SHARE,
        "names": {
            point.training: item_name(assessed.study, point.training)
            for trade_off in quality.trade_offs
            for point in trade_off.points
        },
        "metric_names": {trade_off.task: _metric(trade_off, writer) for trade_off in quality.trade_offs},
        "pictures": {picture.task: picture for picture in pictures(assessed, writer)},
    }


def pictures(assessed: Assessed, writer: Writer) -> list[Picture]:
    """Return a picture of each task whose trainings say more in one than in a table."""
    found = []
    for trade_off in assessed.results[QualityResult].trade_offs:
        if _needs_a_picture(trade_off):
            names = {point.training: item_name(assessed.study, point.training) for point in trade_off.points}
            words, reference = writer.words["quality_words"], trade_off.references[trade_off.axis]
            title = words["chart"].format(axis=words["axes"][trade_off.axis])
            note = words["left_out"].format(training=names[reference]) if reference else ""
            alternative = _alternative(trade_off, names, writer)
            found.append(Picture(trade_off.task, title, alternative, note, _chart(trade_off, names, writer)))
    return found


SECTIONS = (Section("quality", "quality/section.html.j2", view),)


def _needs_a_picture(trade_off: TradeOff) -> bool:
    """Say whether a picture shows more than the table: a front of two trainings, or three trainings."""
    return bool(trade_off.axis) and (len(trade_off.points) > 2 or bool(trade_off.steps))


def _metric(trade_off: TradeOff, writer: Writer) -> str:
    return str(writer.words["quality_words"]["metrics"].get(trade_off.metric_name, as_words(trade_off.metric_name)))


def _alternative(trade_off: TradeOff, names: Mapping[str, str], writer: Writer) -> str:
    """Return what the picture shows: each training with its quality, and whether it is on the front."""
    words = writer.words["quality_words"]
    parts = []
    for point in trade_off.points:
        stated = point.quality.origin if isinstance(point.quality.origin, Stated) else None
        place = words["legend_front" if point.on_front else "legend_off"]
        parts.append(f"{names[point.training]} {writer.stated(stated)}, {place}")
    title = words["chart"].format(axis=words["axes"][trade_off.axis])
    return f"{title}{writer.words['colon']} " + f"{writer.words['semicolon']} ".join(parts)


def _chart(trade_off: TradeOff, names: Mapping[str, str], writer: Writer) -> Drawing:
    words = writer.words["quality_words"]
    largest = max((point.costs[trade_off.axis] for point in trade_off.points), key=lambda cost: cost.value)
    base = largest.unit
    scale, unit = writer.readable(largest)
    if trade_off.axis == "training_set":
        base, scale, unit = "1", 1.0 if trade_off.noun else 100.0, trade_off.noun or "%"
    level = 100.0 if trade_off.metric.share else 1.0
    name = _metric(trade_off, writer)
    marks = [_mark(point, names[point.training], trade_off.axis, base, scale, level) for point in trade_off.points]
    label = f"{words['axes'][trade_off.axis]} ({unit})" if unit else words["axes"][trade_off.axis]
    legend = {"on_front": words["legend_front"], "off_front": words["legend_off"]}
    quality = f"{name} (%)" if trade_off.metric.share else name
    return charts.trade_off(marks, label, quality, 100.0 if trade_off.metric.share else None, legend, writer.words)


def _mark(point: Point, name: str, axis: str, unit: str, scale: float, level: float) -> charts.TrainingMark:
    return charts.TrainingMark(
        name=name,
        cost=_bounds(point.costs[axis], unit, scale),
        quality=_bounds(point.quality, "1", level),
        on_front=point.on_front,
    )


def _bounds(quantity: Quantity, unit: str, scale: float) -> tuple[float, float, float]:
    """Return low, best and high of a quantity in a unit, times a factor."""
    to_unit = float(quantity.best_in(unit) / quantity.value) if quantity.value else 1.0
    low, _, high = quantity.interval()
    return low * to_unit * scale, quantity.value * to_unit * scale, high * to_unit * scale
