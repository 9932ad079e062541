"""The picture of quality against cost: the front as filled circles on a line, the others as hollow squares, each named."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from lca.presenting.row_chart import BASE, RADIUS, WIDTH, Look, draw_axis, draw_mark
from lca.presenting.scales import Linear, Scale, tick_text
from lca.presenting.svg import GRID, INK, OPERATIONAL, PAPER, SOFT, Drawing, shortened, text_width

#: With more trainings than this only the ends of the front are named; the table names all.
MOST_NAMES = 15

_ON, _OFF = Look(OPERATIONAL, INK, shape="circle"), Look(PAPER, INK, shape="square")
_BOUND = "#9aa4ad"
#: The plane, in CSS pixels; the keys and the name of the quality stand above it.
_TOP, _BOTTOM, _RIGHT = 46.0, 270.0, WIDTH - 18.0
_MOST_TICKS = 6
_NAME_SIZE, _NAME_HEIGHT, _WIDEST_NAME = 11.0, 14.0, 250.0
#: What a name that covers another name or a mark weighs against one line of text further away, and one that covers a line.
_COVERS, _CROSSES = 100.0, 1.5

#: Left, top, right and bottom.
_Box = tuple[float, float, float, float]


class TrainingMark(Struct, frozen=True):
    """One training in the picture; cost and quality with their 95 % bounds, as `(low, best, high)`."""

    name: str
    cost: tuple[float, float, float]
    quality: tuple[float, float, float]
    on_front: bool


def trade_off(
    marks: Sequence[TrainingMark],
    cost_label: str,
    quality_label: str,
    ceiling: float | None,
    words: Mapping[str, str],
    locale: Mapping[str, str],
) -> Drawing:
    """Draw quality against cost.

    `words` holds the legend's names, `on_front` and `off_front`; no quality lies above `ceiling`.
    """
    drawing = Drawing(WIDTH, _BOTTOM)
    costs = _ends([bound for mark in marks for bound in mark.cost])
    qualities = _ends([bound for mark in marks for bound in mark.quality], ceiling)
    ticks = Linear(*qualities, _BOTTOM, _TOP).ticks(_MOST_TICKS)
    left = 12 + max((text_width(tick_text(value, locale)) for value in ticks), default=0.0)
    across, up = Linear(*costs, left, _RIGHT), Linear(*qualities, _BOTTOM, _TOP)
    for value in ticks:
        drawing.line(left, up(value), _RIGHT, up(value), stroke=GRID)
        drawing.text(left - 8, up(value) + BASE, tick_text(value, locale), anchor="end", fill=SOFT)
    drawing.text(0, _TOP - 14, quality_label, fill=SOFT)
    _keys(drawing, marks, words)
    draw_axis(drawing, across, (_TOP, _BOTTOM), lambda value: tick_text(value, locale), cost_label)
    front = _front(marks, across, up)
    if len(front) > 1:
        drawing.polyline(front, stroke=OPERATIONAL, width=1.4)
    bounds = [line for mark in marks for line in _bounds(drawing, mark, across, up)]
    places = [(across(mark.cost[1]), up(mark.quality[1])) for mark in marks]
    for mark, (x, y) in zip(marks, places, strict=True):
        draw_mark(drawing, x, y, _ON if mark.on_front else _OFF)
    _names(drawing, marks, places, front, bounds, left)
    return drawing


def _ends(values: Sequence[float], ceiling: float | None = None) -> tuple[float, float]:
    """Return the ends of an axis with some air; it begins at zero, or above it, where no value lies below."""
    low, high = min(values), max(values)
    air = 0.08 * (high - low) or 0.1 * abs(high) or 1.0
    low, high = (low - air if low < 0 else max(low - air, 0.0)), high + air
    return low, high if ceiling is None else min(high, max(ceiling, max(values)))


def _keys(drawing: Drawing, marks: Sequence[TrainingMark], words: Mapping[str, str]) -> None:
    """Draw the keys of the looks that are used, on the right above the plane."""
    x = _RIGHT
    for look, text, used in (
        (_OFF, words["off_front"], any(not mark.on_front for mark in marks)),
        (_ON, words["on_front"], True),
    ):
        if used:
            x -= text_width(text)
            drawing.text(x, 10 + BASE, text)
            draw_mark(drawing, x - 12, 10, look)
            x -= 40


def _front(marks: Sequence[TrainingMark], across: Scale, up: Scale) -> list[tuple[float, float]]:
    """Return the corners of the front: from one training to the next, more is paid before more is had."""
    places = [(across(mark.cost[1]), up(mark.quality[1])) for mark in marks if mark.on_front]
    return places[:1] + [
        corner for (_, before), (x, after) in itertools.pairwise(places) for corner in ((x, before), (x, after))
    ]


def _bounds(drawing: Drawing, mark: TrainingMark, across: Scale, up: Scale) -> list[_Box]:
    """Draw the 95 % bounds of a training, where it has any, and return where their lines are."""
    x, y = across(mark.cost[1]), up(mark.quality[1])
    left, right = across(mark.cost[0]), across(mark.cost[2])
    low, high = up(mark.quality[0]), up(mark.quality[2])
    lines = []
    if right > left:
        lines.append((left, y, right, y))
        for end in (left, right):
            drawing.line(end, y - 3, end, y + 3, stroke=_BOUND)
    if low > high:
        lines.append((x, high, x, low))
        for end in (low, high):
            drawing.line(x - 3, end, x + 3, end, stroke=_BOUND)
    for line in lines:
        drawing.line(*line, stroke=_BOUND)
    return lines


def _names(
    drawing: Drawing,
    marks: Sequence[TrainingMark],
    places: Sequence[tuple[float, float]],
    front: Sequence[tuple[float, float]],
    bounds: Sequence[_Box],
    left: float,
) -> None:
    """Write names beside their marks, each where it covers least; one that stands away is led to its mark by a line."""
    ends = [index for index, mark in enumerate(marks) if mark.on_front]
    named = range(len(marks)) if len(marks) <= MOST_NAMES else sorted({ends[0], ends[-1]})
    reach = RADIUS + 2
    taken: list[_Box] = [(x - reach, y - reach, x + reach, y + reach) for x, y in places]
    lines = [(min(a, c), min(b, d), max(a, c), max(b, d)) for (a, b), (c, d) in itertools.pairwise(front)]
    lines.extend(bounds)
    for index in named:
        x, y = places[index]
        text = shortened(marks[index].name, _WIDEST_NAME, _NAME_SIZE)
        found = list(_beside(x, y, text_width(text, _NAME_SIZE), left))
        away, box = min(
            found,
            key=lambda place: (
                abs(place[0])
                + _COVERS * sum(_overlap(place[1], other) for other in taken)
                + _CROSSES * sum(_overlap(place[1], line) for line in lines)
            ),
        )
        taken.append(box)
        middle = (box[1] + box[3]) / 2
        if abs(away) > 1:
            drawing.line(x, y, box[0] - 2 if box[0] > x else box[2] + 2, middle, stroke=_BOUND)
        drawing.text(box[0], middle + BASE, text, size=_NAME_SIZE)


def _beside(x: float, y: float, width: float, left: float) -> Iterator[tuple[int, _Box]]:
    """Yield where a name may stand: how many lines of text above or below its mark, and its box; the nearest first."""
    half = _NAME_HEIGHT / 2
    for away in sorted(range(-14, 15), key=lambda lines: (abs(lines), lines)):
        middle = y + away * _NAME_HEIGHT
        for start in (x + 10, x - 10 - width):
            box = (start, middle - half, start + width, middle + half)
            # Beside the mark there is always one place, whatever it covers.
            if away == 0 or (_TOP - half <= box[1] and box[3] <= _BOTTOM):
                inside = left <= box[0] and box[2] <= WIDTH
                if inside or away == 0:
                    yield (away if inside else 99), box


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] < other[3] and other[1] < one[3]
