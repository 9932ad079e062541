"""Emissions as streams: from activities through stages to use and manufacture, each as wide as what it carries."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from msgspec import Struct

from lca.presenting.svg import EMBODIED, INK, LINE, OPERATIONAL, SOFT, Drawing, shortened, text_width

WIDTH, NODE = 672.0, 9.0
#: The height of the whole amount, the gap between nodes, and the least distance of two names.
AMOUNT, GAP, NAME = 200.0, 6.0, 13.0
#: From this many activities on a picture of streams says more than the table's bars.
FEWEST = 8
_COLUMNS = (150.0, 400.0, 560.0)


class Stream(Struct, frozen=True):
    """What one activity emits in one way: by its use, or by manufacture."""

    activity: str
    stage: str
    kind: str
    amount: float


def streams(found: Sequence[Stream], colours: Mapping[str, str], title: str) -> str:
    """Draw streams from left to right; `colours` gives the colour of each kind by its name."""
    whole = sum(one.amount for one in found) or 1.0
    columns: list[dict[str, float]] = [{}, {}, {}]
    for one in found:
        for column, name in zip(columns, (one.activity, one.stage, one.kind), strict=True):
            column[name] = column.get(name, 0.0) + one.amount
    scale = AMOUNT / whole
    height = max(sum(_step(amount * scale) for amount in column.values()) for column in columns)
    drawing = Drawing(WIDTH, height)
    tops = [_tops(column, scale, height) for column in columns]
    for first in (0, 1):
        _ribbons(drawing, _merged(found, first), first, [dict(top) for top in tops], scale, colours)
    for index, column in enumerate(columns):
        for name, amount in column.items():
            top, tall = tops[index][name], max(amount * scale, 0.75)
            drawing.rect(_COLUMNS[index], top, NODE, tall, INK if index < 2 else colours[name])
            _name(drawing, index, name, top + tall / 2)
    return drawing.svg(title)


def _step(tall: float) -> float:
    """Return how far the next node begins below the top of one."""
    return max(tall + GAP, NAME)


def _tops(column: Mapping[str, float], scale: float, height: float) -> dict[str, float]:
    """Return where each node begins, all of a column in the middle of the height."""
    y = (height - sum(_step(amount * scale) for amount in column.values()) + GAP) / 2
    found = {}
    for name, amount in column.items():
        found[name] = y
        y += _step(amount * scale)
    return found


def _merged(found: Sequence[Stream], first: int) -> list[Stream]:
    """Return the streams between two columns, those of one pair of nodes and one kind as one."""
    amounts: dict[tuple[str, str, str], float] = {}
    for one in found:
        key = (one.activity if first == 0 else "", one.stage, one.kind)
        amounts[key] = amounts.get(key, 0.0) + one.amount
    return [Stream(*key, amount) for key, amount in amounts.items()]


def _ribbons(
    drawing: Drawing,
    found: Sequence[Stream],
    first: int,
    tops: list[dict[str, float]],
    scale: float,
    colours: Mapping[str, str],
) -> None:
    """Draw what flows between two neighbouring columns; each node hands on and takes in from its top down."""
    left, right = tops[first], tops[first + 1]
    start, end = _COLUMNS[first] + NODE, _COLUMNS[first + 1]
    for one in found:
        names = (one.activity, one.stage, one.kind)
        source, target = names[first], names[first + 1]
        thick = one.amount * scale
        if thick > 0.05:
            drawing.area(_ribbon(start, left[source], end, right[target], thick), _paler(colours[one.kind]))
        left[source] += thick
        right[target] += thick


def _ribbon(x1: float, y1: float, x2: float, y2: float, thick: float, steps: int = 12) -> list[tuple[float, float]]:
    """Return the outline of a band that leaves and arrives level."""
    shares = [index / steps for index in range(steps + 1)]
    upper = [(x1 + (x2 - x1) * t, y1 + (y2 - y1) * (1 - math.cos(math.pi * t)) / 2) for t in shares]
    return [*upper, *((x, y + thick) for x, y in reversed(upper))]


def _paler(colour: str) -> str:
    """Return the colour of a stream: that of its end, nearer to paper."""
    return {OPERATIONAL: "#a9c9d4", EMBODIED: "#f0d09a"}.get(colour, LINE)


def _name(drawing: Drawing, column: int, name: str, y: float) -> None:
    if column == 0:
        drawing.text(_COLUMNS[0] - 6, y + 4, shortened(name, _COLUMNS[0] - 8, 10.5), anchor="end", size=10.5)
    elif column == 1:
        shown = shortened(name, 120, 10.5)
        drawing.rect(_COLUMNS[1] + NODE + 2, y - 7, text_width(shown, 10.5) + 4, 14, "#fff")
        drawing.text(_COLUMNS[1] + NODE + 4, y + 4, shown, size=10.5, fill=SOFT)
    else:
        drawing.text(_COLUMNS[2] + NODE + 6, y + 4, shortened(name, WIDTH - _COLUMNS[2] - NODE - 8), weight=600)
