"""Pictures of the benefit set against the cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lca.presenting.canvas import EMBODIED, INK, LINE, OPERATIONAL, new_figure, svg_of, write_numbers
from lca.quantities.quantity import Quantity


def benefit_against_cost(
    rows: Sequence[tuple[str, Quantity, bool]], scale: float, unit: str, locale: Mapping[str, Any]
) -> str:
    """Draw the parts of the comparison with their intervals; costs and harms are hatched, for print in grey."""
    figure, axes = new_figure(6.6, 0.7 + 0.34 * len(rows))
    names = [name for name, _, _ in reversed(rows)]
    values = [q.value * scale for _, q, _ in reversed(rows)]
    bounds = [q.interval() for _, q, _ in reversed(rows)]
    below = [max(v - low * scale, 0) for v, (low, _, _) in zip(values, bounds, strict=True)]
    above = [max(high * scale - v, 0) for v, (_, _, high) in zip(values, bounds, strict=True)]
    bars = axes.barh(
        names,
        values,
        color=[EMBODIED if cost else OPERATIONAL for _, _, cost in reversed(rows)],
        height=0.6,
        xerr=[below, above],
        error_kw={"ecolor": INK, "capsize": 2.5, "linewidth": 1},
    )
    for bar, (_, _, cost) in zip(bars, reversed(rows), strict=True):
        if cost:
            bar.set_hatch("//")
            bar.set_edgecolor("white")
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set_xlabel(unit, color=INK)
    write_numbers(axes, locale)
    return svg_of(figure)


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
