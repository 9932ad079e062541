"""Pictures of the benefit set against the cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lca.charts.canvas import EMBODIED, INK, OPERATIONAL, new_figure, svg_of, write_numbers
from lca.quantity import Quantity


def benefit_against_cost(
    rows: Sequence[tuple[str, Quantity, bool]], scale: float, unit: str, locale: Mapping[str, str]
) -> str:
    """Draw the parts of the comparison with their intervals; costs and harms in the colour of manufacture."""
    figure, axes = new_figure(6.6, 0.7 + 0.34 * len(rows))
    names = [name for name, _, _ in reversed(rows)]
    values = [q.value * scale for _, q, _ in reversed(rows)]
    bounds = [q.interval() for _, q, _ in reversed(rows)]
    below = [max(v - low * scale, 0) for v, (low, _, _) in zip(values, bounds, strict=True)]
    above = [max(high * scale - v, 0) for v, (_, _, high) in zip(values, bounds, strict=True)]
    colours = [EMBODIED if cost else OPERATIONAL for _, _, cost in reversed(rows)]
    axes.barh(
        names,
        values,
        color=colours,
        height=0.6,
        xerr=[below, above],
        error_kw={"ecolor": INK, "capsize": 2.5, "linewidth": 1},
    )
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set_xlabel(unit, color=INK)
    write_numbers(axes, locale)
    return svg_of(figure)
