"""Pictures of an assessment as SVG text, the same bytes for the same figures."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lca.quantity import Quantity

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK, OPERATIONAL, EMBODIED, LINE = "#1d2733", "#1f6f8b", "#e0a030", "#c6ccd2"
STAGE_COLOURS = {
    "collection": "#5b8c5a",
    "transfer": "#8fb8de",
    "storage": "#4b5f8a",
    "training": "#1f6f8b",
    "experiments": "#7bb7c4",
    "inference": "#e0a030",
    "equipment": "#9a6b4f",
}


def _figure(width: float, height: float) -> tuple[Any, Axes]:
    from matplotlib import rcParams
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    rcParams.update({"svg.hashsalt": "lca", "svg.fonttype": "path", "font.size": 9, "axes.edgecolor": LINE})
    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasSVG(figure)
    axes = figure.add_subplot()
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.tick_params(colors=INK, length=0)
    return figure, axes


def _svg(figure: Any) -> str:
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    return buffer.getvalue()


def scopes_by_stage(
    rows: Sequence[tuple[str, float, float]], unit: str, words: Mapping[str, str], locale: Mapping[str, str]
) -> str:
    """Draw operational and embodied impact of each stage as stacked bars."""
    figure, axes = _figure(6.6, 0.85 + 0.32 * len(rows))
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
    _decimals(axes, locale)
    return _svg(figure)


def stages_by_indicator(
    rows: Sequence[tuple[str, Mapping[str, float]]], words: Mapping[str, str], locale: Mapping[str, str]
) -> str:
    """Draw the share of each stage in each indicator."""
    figure, axes = _figure(6.6, 0.9 + 0.36 * len(rows))
    names = [name for name, _ in reversed(rows)]
    left = [0.0] * len(rows)
    for stage in STAGE_COLOURS:
        shares = [100 * parts.get(stage, 0.0) for _, parts in reversed(rows)]
        if any(shares):
            axes.barh(names, shares, left=left, color=STAGE_COLOURS[stage], label=words[stage], height=0.62)
            left = [a + b for a, b in zip(left, shares, strict=True)]
    axes.set_xlim(0, 100)
    axes.set_xlabel("%", color=INK)
    axes.legend(frameon=False, ncols=4, loc="upper center", bbox_to_anchor=(0.45, -0.16), fontsize=8)
    _decimals(axes, locale)
    return _svg(figure)


def distribution(
    quantity: Quantity, scale: float, unit: str, words: Mapping[str, str], locale: Mapping[str, str]
) -> str:
    """Draw the draws of a total with its best estimate and the bounds of its interval."""
    import numpy as np

    figure, axes = _figure(6.6, 2.1)
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
    axes.legend(frameon=False, loc="upper right", fontsize=8)
    _decimals(axes, locale)
    return _svg(figure)


def benefit_against_cost(
    rows: Sequence[tuple[str, Quantity, bool]], scale: float, unit: str, locale: Mapping[str, str]
) -> str:
    """Draw the parts of the comparison with their intervals; costs and harms in the colour of manufacture."""
    figure, axes = _figure(6.6, 0.7 + 0.34 * len(rows))
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
    _decimals(axes, locale)
    return _svg(figure)


def tornado(rows: Sequence[tuple[str, float, float]], best: float, unit: str, locale: Mapping[str, str]) -> str:
    """Draw how far each input alone moves a figure between its own 2.5 % and 97.5 % quantile."""
    figure, axes = _figure(6.6, 0.6 + 0.27 * len(rows))
    names = [name for name, _, _ in reversed(rows)]
    left = [min(low, high) for _, low, high in reversed(rows)]
    width = [abs(high - low) for _, low, high in reversed(rows)]
    axes.barh(names, width, left=left, color=OPERATIONAL, height=0.6)
    axes.axvline(best, color=INK, linewidth=1)
    axes.set_xlabel(unit, color=INK)
    axes.tick_params(axis="y", labelsize=7)
    _decimals(axes, locale)
    return _svg(figure)


def _decimals(axes: Axes, locale: Mapping[str, str]) -> None:
    """Write tick labels with the language's decimal sign and group separator."""
    from matplotlib.ticker import FuncFormatter

    def write(value: float, _: int) -> str:
        text = f"{value:,.6g}" if abs(value) >= 1000 else f"{value:.6g}"
        return text.replace(",", "\0").replace(".", locale["decimal"]).replace("\0", locale["group"]).replace("-", "−")

    axes.xaxis.set_major_formatter(FuncFormatter(write))
