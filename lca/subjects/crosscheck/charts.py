"""The tornado: how far each input alone moves a figure; sides told apart without colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lca.presenting.row_chart import Key, Look, RowChart, rule
from lca.presenting.scales import Linear, tick_text
from lca.presenting.svg import OPERATIONAL, PAPER, Drawing

_LOW, _HIGH = Look(PAPER, OPERATIONAL, hatched=True), Look(OPERATIONAL, OPERATIONAL)


def tornado(rows: Sequence[tuple[str, float, float]], best: float, unit: str, locale: Mapping[str, str]) -> Drawing:
    """Draw a figure with each input at its 2.5 % and at its 97.5 % quantile, all others at their best estimates.

    Args:
        rows: name of the input, and the figure with it at its lower and at its upper quantile; the first row on top.
        best: the figure's best estimate.
        unit: in which the figure is read.
        locale: words and signs of the language.
    """
    keys = [Key(locale["tornado_low"], _LOW), Key(locale["tornado_high"], _HIGH)]
    chart = RowChart([name for name, _, _ in rows], keys=keys)
    ends = [best, *(end for _, low, high in rows for end in (low, high))]
    scale = Linear(min(ends), max(ends), chart.left + 8, chart.right)
    chart.axis(scale, lambda value: tick_text(value, locale), unit)
    for (_, low, high), place in zip(rows, chart.places, strict=True):
        # Where both ends are on one side, the shorter bar stands on the longer.
        for end, look in sorted(((low, _LOW), (high, _HIGH)), key=lambda pair: -abs(pair[0] - best)):
            chart.bar(scale, (best, end), place, look)
    rule(chart.drawing, scale(best), chart.top, chart.bottom)
    return chart.drawing
