"""Pictures of the footprint: stages, scopes, indicators, the interval and its drivers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lca.presenting.canvas import EMBODIED, INK, OPERATIONAL, new_figure, svg_of, write_numbers
from lca.quantities.quantity import Quantity
from lca.subjects.footprint.flow import STAGES

#: Colour of each stage, and its hatch for print in grey.
STAGE_STYLES = {
    "collection": ("#5b8c5a", ".."),
    "transfer": ("#8fb8de", "xx"),
    "storage": ("#4b5f8a", "||"),
    "training": ("#1f6f8b", ""),
    "experiments": ("#7bb7c4", "\\\\"),
    "inference": ("#e0a030", "//"),
    "equipment": ("#9a6b4f", "++"),
}


def scopes_by_stage(
    rows: Sequence[tuple[str, float, float]], unit: str, words: Mapping[str, str], locale: Mapping[str, str]
) -> str:
    """Draw operational and embodied impact of each stage as stacked bars."""
    figure, axes = new_figure(6.6, 0.85 + 0.32 * len(rows))
    names = [name for name, _, _ in reversed(rows)]
    operational = [value for _, value, _ in reversed(rows)]
    embodied = [value for _, _, value in reversed(rows)]
    axes.barh(names, operational, color=OPERATIONAL, label=words["operational"], height=0.62)
    axes.barh(
        names,
        embodied,
        left=operational,
        color=EMBODIED,
        label=words["embodied"],
        height=0.62,
        hatch="//",
        edgecolor="white",
    )
    axes.set_xlabel(unit, color=INK)
    axes.legend(frameon=False, ncols=2, loc="lower right", bbox_to_anchor=(1, 1), fontsize=8)
    write_numbers(axes, locale)
    return svg_of(figure)


def stages_by_indicator(
    rows: Sequence[tuple[str, Mapping[str, float]]], words: Mapping[str, str], locale: Mapping[str, str]
) -> str:
    """Draw the share of each stage in each indicator."""
    figure, axes = new_figure(6.6, 0.9 + 0.36 * len(rows))
    names = [name for name, _ in reversed(rows)]
    left = [0.0] * len(rows)
    for stage in STAGES:
        colour, hatch = STAGE_STYLES[stage]
        shares = [100 * parts.get(stage, 0.0) for _, parts in reversed(rows)]
        if any(shares):
            style: dict[str, Any] = {"color": colour, "hatch": hatch, "edgecolor": "white", "linewidth": 0.6}
            axes.barh(names, shares, left=left, label=words[stage], height=0.62, **style)
            left = [a + b for a, b in zip(left, shares, strict=True)]
    axes.set_xlim(0, 100)
    axes.set_xlabel("%", color=INK)
    axes.legend(frameon=False, ncols=4, loc="lower right", bbox_to_anchor=(1, 1), fontsize=8)
    write_numbers(axes, locale)
    return svg_of(figure)


def distribution(
    quantity: Quantity, scale: float, unit: str, words: Mapping[str, str], locale: Mapping[str, str]
) -> str:
    """Draw the draws of a total with its best estimate and the bounds of its interval."""
    import numpy as np

    figure, axes = new_figure(6.6, 2.1)
    sample = quantity.draws[1:] * scale
    low, _, high = (bound * scale for bound in quantity.interval())
    best = quantity.value * scale
    edge = float(np.quantile(sample, 0.995))
    floor = float(np.quantile(sample, 0.001))
    axes.hist(sample, bins=60, range=(min(floor, best), max(edge, best * 1.05)), color=OPERATIONAL, alpha=0.45)
    axes.axvline(best, color=INK, linewidth=1.6, label=words["best_estimate"])
    axes.axvline(low, color=INK, linewidth=1, linestyle="--", label=words["interval"])
    axes.axvline(high, color=INK, linewidth=1, linestyle="--")
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(unit, color=INK)
    axes.legend(frameon=False, ncols=2, loc="lower right", bbox_to_anchor=(1, 1), fontsize=8)
    write_numbers(axes, locale)
    return svg_of(figure)
