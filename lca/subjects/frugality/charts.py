"""The picture of a project among published climate figures, on a scale of powers of ten."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from lca.presenting.row_chart import Look, RowChart, draw_mark
from lca.presenting.scales import Log
from lca.presenting.svg import INK, LINE, OPERATIONAL, PAPER, Drawing

_PUBLISHED, _OWN = Look(PAPER, INK, shape="circle"), Look(OPERATIONAL, INK, shape="diamond")
#: How far the scale reaches beyond the outermost figures.
_BEYOND = 3.0


class FootprintMark(Struct, frozen=True):
    """One climate figure in kgCO2e; the project's own has bounds."""

    name: str
    value: float
    bounds: tuple[float, float] | None = None


def magnitudes(marks: Sequence[FootprintMark], write: Callable[[float], str]) -> Drawing:
    """Draw climate figures on a logarithmic scale: published ones as circles, the project's as a diamond with its bounds."""
    own = next((index for index, mark in enumerate(marks) if mark.bounds is not None), -1)
    chart = RowChart([mark.name for mark in marks], [write(mark.value) for mark in marks], bold=own)
    ends = [end for mark in marks for end in (mark.value, *(mark.bounds or ()))]
    scale = Log(min(ends) / _BEYOND, max(ends) * _BEYOND, chart.left, chart.right)
    chart.axis(scale, write, "")
    for mark, place in zip(marks, chart.places, strict=True):
        chart.drawing.line(chart.left, place, chart.right, place, stroke=LINE)
        if mark.bounds is not None:
            low, high = map(scale, mark.bounds)
            chart.drawing.line(low, place, high, place, stroke=OPERATIONAL, width=3)
        draw_mark(chart.drawing, scale(mark.value), place, _PUBLISHED if mark.bounds is None else _OWN)
    return chart.drawing
