"""Pictures of what a project costs in money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lca.presenting.canvas import EMBODIED, INK, OPERATIONAL, new_figure, svg_of, write_numbers

_LOOKS = ((OPERATIONAL, ""), (EMBODIED, "//"), ("#c6ccd2", ".."))


def costs_by_stage(
    rows: Sequence[tuple[str, Mapping[str, float]]], kinds: Mapping[str, str], unit: str, locale: Mapping[str, str]
) -> str:
    """Draw the cost of each stage as stacked bars, one hatch for each kind; `kinds` gives the kinds' names in order."""
    figure, axes = new_figure(6.6, 0.95 + 0.34 * len(rows))
    names = [name for name, _ in reversed(rows)]
    left = [0.0] * len(rows)
    for (kind, label), (colour, hatch) in zip(kinds.items(), _LOOKS, strict=False):
        values = [parts.get(kind, 0.0) for _, parts in reversed(rows)]
        if any(values):
            axes.barh(
                names,
                values,
                left=left,
                color=colour,
                hatch=hatch,
                edgecolor=INK,
                linewidth=0.5,
                label=label,
                height=0.6,
            )
            left = [before + value for before, value in zip(left, values, strict=True)]
    axes.set_xlabel(unit, color=INK)
    axes.legend(frameon=False, ncols=3, fontsize=8, loc="lower right", bbox_to_anchor=(1, 1))
    write_numbers(axes, locale)
    return svg_of(figure)
