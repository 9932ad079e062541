"""Pictures of comparisons: amounts with their intervals, differences with theirs, and one amount by two choices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from lca.presenting.row_chart import Key, Look, RowChart, draw_mark, rule
from lca.presenting.scales import Linear, Log, Scale, tick_text
from lca.presenting.svg import EMBODIED, INK, LINE, OPERATIONAL, PAPER, Drawing

#: Above this ratio between the largest and the smallest bound, amounts are drawn on a logarithmic axis.
WIDE = 30.0
#: What the marks of a group or choice look like, told apart in grey print by shape and filling.
LOOKS = (
    Look(OPERATIONAL, OPERATIONAL, shape="circle"),
    Look(PAPER, INK, shape="square"),
    Look(EMBODIED, INK, shape="triangle"),
    Look(PAPER, OPERATIONAL, shape="diamond"),
)
#: The height of a line where the choices of a row stand one below the other.
LINE_OF_CHOICE = 17.0


class Dot(Struct, frozen=True):
    """One amount with its interval, in the picture's unit; `group` chooses its mark, and `text` is how it is written."""

    label: str
    value: float
    low: float
    high: float
    group: int = 0
    text: str = ""


def amounts(
    dots: Sequence[Dot], groups: Sequence[str], reference: float | None, unit: str, words: Mapping[str, str]
) -> Drawing:
    """Draw amounts from top to bottom with their intervals, group by group.

    A dashed line at the study as it is runs through its own group only: no other one is ranked with it.
    """
    chart = _chart(dots, groups, _look)
    scale, unit = _scale_of(dots, chart, unit, words)
    chart.axis(scale, lambda value: tick_text(value, words), unit)
    if reference is not None:
        own = [place for dot, place in zip(dots, chart.places, strict=True) if dot.group == dots[0].group]
        rule(chart.drawing, scale(reference), min(own) - 11, max(own) + 11, dashed=True)
    _draw(chart, scale, dots, chart.places, _look)
    return chart.drawing


def differences(dots: Sequence[Dot], groups: Sequence[str], unit: str, words: Mapping[str, str]) -> Drawing:
    """Draw differences to the first of each group; an empty mark where the interval holds zero."""
    chart = _chart(dots, groups, lambda dot: _decided(dot, True))
    low, high = min(0.0, *(dot.low for dot in dots)), max(0.0, *(dot.high for dot in dots))
    scale = Linear(low, high, chart.left, chart.right)
    chart.axis(scale, lambda value: tick_text(value, words), unit)
    rule(chart.drawing, scale(0), chart.top, chart.bottom)
    _draw(chart, scale, dots, chart.places, lambda dot: _decided(dot, dot.low > 0 or dot.high < 0))
    return chart.drawing


def by_two_choices(
    rows: Sequence[tuple[str, Sequence[Dot]]], choices: Sequence[str], unit: str, words: Mapping[str, str]
) -> Drawing:
    """Draw an amount for each row and each of a few choices, the choices one below the other with a mark each."""
    keys = [Key(name, LOOKS[index % len(LOOKS)]) for index, name in enumerate(choices)]
    every = [dot for _, dots in rows for dot in dots]
    chart = RowChart(
        [label for label, _ in rows],
        keys=keys if len(keys) > 1 else (),
        heights=[LINE_OF_CHOICE * len(dots) + 10 for _, dots in rows],
        widest=max((dot.text for dot in every), key=len, default=""),
    )
    scale, unit = _scale_of(every, chart, unit, words)
    chart.axis(scale, lambda value: tick_text(value, words), unit)
    for (_, dots), place, edge in zip(rows, chart.places, chart.edges, strict=True):
        middle = (len(dots) - 1) / 2
        places = [place + LINE_OF_CHOICE * (index - middle) for index in range(len(dots))]
        _draw(chart, scale, dots, places, _look)
        for dot, own in zip(dots, places, strict=True):
            chart.amount(own, dot.text)
        if edge != chart.bottom:
            chart.drawing.line(0, edge, chart.drawing.width, edge, stroke=LINE)
    return chart.drawing


def _chart(dots: Sequence[Dot], groups: Sequence[str], look: Callable[[Dot], Look]) -> RowChart:
    """Return the rows of dots, each group below its name where there is more than one."""
    firsts: dict[int, int] = {}
    for index, dot in enumerate(dots):
        firsts.setdefault(dot.group, index)
    headings = {index: Key(groups[group], look(dots[index])) for group, index in firsts.items() if len(groups) > 1}
    return RowChart([dot.label for dot in dots], [dot.text for dot in dots], headings=headings)


def _draw(
    chart: RowChart, scale: Scale, dots: Sequence[Dot], places: Sequence[float], look: Callable[[Dot], Look]
) -> None:
    for dot, place in zip(dots, places, strict=True):
        chart.interval(scale, dot.low, dot.high, place)
        draw_mark(chart.drawing, scale(dot.value), place, look(dot))


def _look(dot: Dot) -> Look:
    return LOOKS[dot.group % len(LOOKS)]


def _decided(dot: Dot, decided: bool) -> Look:
    """Return the look of a difference: filled where its sign is decided."""
    look = _look(dot)
    return Look(look.outline if decided else PAPER, look.outline, shape=look.shape)


def _scale_of(dots: Sequence[Dot], chart: RowChart, unit: str, words: Mapping[str, str]) -> tuple[Scale, str]:
    """Return the scale and its unit: from zero, or logarithmic where the amounts are far from each other."""
    low, high = min(dot.low for dot in dots), max(dot.high for dot in dots)
    if low > 0 and high / low > WIDE:
        return Log(low, high, chart.left + 8, chart.right), f"{unit} ({words['log_scale']})"
    return Linear(min(0.0, low), high, chart.left, chart.right), unit
