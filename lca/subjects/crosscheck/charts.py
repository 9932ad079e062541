"""The tornado: how far each input alone moves a figure; sides told apart without colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lca.presenting.canvas import INK, OPERATIONAL, new_figure, svg_of, write_numbers


def tornado(rows: Sequence[tuple[str, float, float]], best: float, unit: str, locale: Mapping[str, str]) -> str:
    """Draw a figure with each input at its 2.5 % and at its 97.5 % quantile, all others at their best estimates.

    Args:
        rows: name of the input, and the figure with it at its lower and at its upper quantile; the first row on top.
        best: the figure's best estimate.
        unit: in which the figure is read.
        locale: words and signs of the language.
    """
    figure, axes = new_figure(6.6, 0.9 + 0.27 * len(rows))
    names = [name for name, _, _ in reversed(rows)]
    lows, highs = [low - best for _, low, _ in reversed(rows)], [high - best for _, _, high in reversed(rows)]
    hollow: dict[str, Any] = {"hatch": "////", "edgecolor": OPERATIONAL, "linewidth": 0.8}
    axes.barh(names, lows, left=best, height=0.6, color="white", label=locale["tornado_low"], **hollow)
    axes.barh(names, highs, left=best, height=0.6, color=OPERATIONAL, label=locale["tornado_high"])
    axes.axvline(best, color=INK, linewidth=1)
    axes.margins(x=0.04)
    axes.set_xlabel(unit, color=INK)
    axes.tick_params(axis="y", labelsize=7)
    figure.legend(frameon=False, fontsize=7, ncols=2, loc="outside upper center")
    write_numbers(axes, locale)
    return svg_of(figure)
