"""Pictures of the benefit set against the cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lca.presenting.canvas import INK, LINE, new_figure, svg_of, write_numbers
from lca.presenting.row_chart import Look, RowChart, rule
from lca.presenting.scales import Linear, tick_text
from lca.presenting.svg import EMBODIED, OPERATIONAL, Drawing
from lca.quantities.quantity import Quantity

_GAIN, _COST = Look(OPERATIONAL), Look(EMBODIED, hatched=True)


def benefit_against_cost(
    rows: Sequence[tuple[str, Quantity, bool, str]], scale: float, unit: str, locale: Mapping[str, Any]
) -> Drawing:
    """Draw the parts of the comparison with their intervals, and how much each is; costs and harms are hatched."""
    chart = RowChart([name for name, _, _, _ in rows], [amount for _, _, _, amount in rows])
    bounds = [[bound * scale for bound in quantity.interval()] for _, quantity, _, _ in rows]
    values = [quantity.value * scale for _, quantity, _, _ in rows]
    ends = [0.0, *values, *(end for low, _, high in bounds for end in (low, high))]
    across = Linear(min(ends), max(ends), chart.left, chart.right)
    chart.axis(across, lambda value: tick_text(value, locale), unit)
    for (_, _, cost, _), value, (low, _, high), place in zip(rows, values, bounds, chart.places, strict=True):
        chart.bar(across, (0.0, value), place, _COST if cost else _GAIN)
        chart.whisker(across, min(low, value), max(high, value), place)
    rule(chart.drawing, across(0.0), chart.top, chart.bottom)
    return chart.drawing


def cumulative_net(
    times: Sequence[float], cumulative: Sequence[Quantity], scale: float, unit: str, locale: Mapping[str, Any]
) -> str:
    """Draw the project's cumulative net over the years of use, from what was spent before use, with its 95 % band."""
    figure, axes = new_figure(6.6, 2.5)
    bounds = [q.interval() for q in cumulative]
    axes.fill_between(
        times,
        [low * scale for low, _, _ in bounds],
        [high * scale for _, _, high in bounds],
        color=LINE,
        label=locale["interval"],
    )
    axes.plot(
        times,
        [q.value * scale for q in cumulative],
        color=INK,
        marker="o",
        markersize=3.5,
        label=locale["best_estimate"],
    )
    axes.axhline(0, color=INK, linewidth=0.8, linestyle="--")
    axes.set_xlabel(locale["years_of_use"], color=INK)
    axes.set_ylabel(unit, color=INK)
    axes.legend(frameon=False, loc="upper left", fontsize=8)
    write_numbers(axes, locale, both=True)
    return svg_of(figure)
