"""Pictures of the footprint: stages, scopes, indicators, and the interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from lca.presenting.row_chart import BAR, BASE, ON_FILL, WIDTH, Key, Look, RowChart, draw_axis, rule
from lca.presenting.scales import Linear, tick_text
from lca.presenting.svg import EMBODIED, OPERATIONAL, PAPER, SIZE, SOFT, Drawing, text_width
from lca.quantities.quantity import Quantity
from lca.subjects.footprint.flow import STAGES

#: What each stage looks like: neighbours differ in lightness or by a hatch, for print in grey.
STAGE_STYLES = {
    "collection": Look("#3f6f3e", PAPER),
    "transfer": Look("#8fb8de", PAPER, hatched=True),
    "storage": Look("#7d8cb5", PAPER),
    "training": Look("#24708f", PAPER),
    "experiments": Look("#7bb7c4", PAPER, hatched=True),
    "inference": Look(EMBODIED, PAPER),
    "equipment": Look("#7d4f36", PAPER, hatched=True),
}
#: Fills that dark ink is read on; on the others it is white, on a dark page too.
_WHITE, _LIGHT = "#ffffff", frozenset({"#8fb8de", "#7d8cb5", "#7bb7c4", EMBODIED})
_BINS, _HISTOGRAM = 60, 120.0
_HAZE = "#9dc3cf"


def scopes_by_stage(
    rows: Sequence[tuple[str, float, float, str]], unit: str, words: Mapping[str, str], locale: Mapping[str, str]
) -> Drawing:
    """Draw operational and embodied impact of each stage as stacked bars, and how much they are together."""
    looks = (Look(OPERATIONAL), Look(EMBODIED, hatched=True))
    used = (any(row[1] for row in rows), any(row[2] for row in rows))
    names = (words["operational"], words["embodied"])
    keys = [Key(name, look) for name, look, shown in zip(names, looks, used, strict=True) if shown]
    chart = RowChart([row[0] for row in rows], [row[3] for row in rows], keys=keys)
    scale = Linear(0.0, max(row[1] + row[2] for row in rows), chart.left, chart.right)
    chart.axis(scale, lambda value: tick_text(value, locale), unit)
    for (_, operational, embodied, _), place in zip(rows, chart.places, strict=True):
        chart.bar(scale, (0.0, operational), place, looks[0])
        chart.bar(scale, (operational, operational + embodied), place, looks[1])
    return chart.drawing


def stages_by_indicator(
    rows: Sequence[tuple[str, Mapping[str, float]]], words: Mapping[str, str], percent: Callable[[float], str]
) -> Drawing:
    """Draw the share of each stage in each indicator, and write it where there is room."""
    used = [stage for stage in STAGES if any(parts.get(stage) for _, parts in rows)]
    chart = RowChart([name for name, _ in rows], keys=[Key(words[stage], STAGE_STYLES[stage]) for stage in used])
    scale = Linear(0.0, 1.0, chart.left, chart.right)
    chart.axis(scale, percent, "")
    for (_, parts), place in zip(rows, chart.places, strict=True):
        left = 0.0
        for stage in used:
            share = parts.get(stage, 0.0)
            chart.bar(scale, (left, left + share), place, STAGE_STYLES[stage])
            _write_share(chart.drawing, (scale(left), scale(left + share)), place, STAGE_STYLES[stage], percent(share))
            left += share
    return chart.drawing


def _write_share(drawing: Drawing, ends: tuple[float, float], place: float, look: Look, text: str) -> None:
    """Write a share inside its bar, on a plate that covers the hatch."""
    left, right = ends
    width = text_width(text, SIZE - 1) + 8
    if right - left > width + 6:
        middle = (left + right) / 2
        if look.hatched:
            drawing.rect(middle - width / 2, place - BAR / 2 + 1, width, BAR - 2, look.fill)
        ink = ON_FILL if look.fill in _LIGHT else _WHITE
        drawing.text(middle, place + BASE, text, anchor="middle", size=SIZE - 1, fill=ink)


def distribution(
    quantity: Quantity, scale: float, unit: str, labels: tuple[str, str], locale: Mapping[str, str]
) -> Drawing:
    """Draw the draws of a total with its best estimate and the bounds of its interval, which `labels` write."""
    import numpy as np

    sample = quantity.draws[1:] * scale
    low, _, high = (bound * scale for bound in quantity.interval())
    best = quantity.value * scale
    first = min(float(np.quantile(sample, 0.001)), best, low)
    last = max(float(np.quantile(sample, 0.995)), best * 1.05, high)
    heights, edges = np.histogram(sample, bins=_BINS, range=(first, last))
    top, bottom = 20.0, 44.0 + _HISTOGRAM
    drawing = Drawing(WIDTH, bottom)
    across = Linear(float(edges[0]), float(edges[-1]), 16.0, WIDTH - 16.0)
    up = Linear(0.0, float(max(heights)), bottom, bottom - _HISTOGRAM)
    draw_axis(drawing, across, (top, bottom), lambda value: tick_text(value, locale), unit, lines=False)
    steps = [
        (across(float(edges[index + side])), up(float(count))) for index, count in enumerate(heights) for side in (0, 1)
    ]
    drawing.area([(steps[0][0], bottom), *steps, (steps[-1][0], bottom)], _HAZE)
    _write_interval(drawing, (across(low), across(best), across(high)), (top, bottom), labels)
    return drawing


def _write_interval(
    drawing: Drawing, places: tuple[float, float, float], between: tuple[float, float], labels: tuple[str, str]
) -> None:
    """Draw the interval as a bracket over the bars with its name on it, and the best estimate with its name beside it."""
    (low, best, high), (top, bottom) = places, between
    for x in (low, high):
        rule(drawing, x, top, bottom, dashed=True)
    drawing.line(low, top, high, top, width=1.2)
    half = text_width(labels[1]) / 2
    middle = min(max((low + high) / 2, half), WIDTH - half)
    drawing.text(middle, top - 7, labels[1], anchor="middle", fill=SOFT)
    drawing.line(best, top + 6, best, bottom, width=2)
    after = best + 8 + text_width(labels[0], weight=600) < WIDTH
    drawing.text(best + 7 if after else best - 7, top + 17, labels[0], anchor="start" if after else "end", weight=600)
