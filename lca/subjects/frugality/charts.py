"""The picture of a project among published climate figures, on a scale of powers of ten."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from lca.presenting.canvas import INK, LINE, OPERATIONAL, new_figure, svg_of, write_ticks


class FootprintMark(Struct, frozen=True):
    """One climate figure in kgCO2e; the project's own has bounds."""

    name: str
    value: float
    bounds: tuple[float, float] | None = None


def magnitudes(marks: Sequence[FootprintMark], write: Callable[[float], str]) -> str:
    """Draw climate figures on a logarithmic scale: published ones as circles, the project's as a diamond with its bounds."""
    figure, axes = new_figure(6.6, 0.75 + 0.27 * len(marks))
    axes.set_xscale("log")
    for height, mark in enumerate(reversed(marks)):
        axes.axhline(height, color=LINE, linewidth=0.6, zorder=0)
        if mark.bounds is None:
            axes.plot([mark.value], [height], "o", markersize=6, markerfacecolor="white", markeredgecolor=INK)
        else:
            axes.plot(mark.bounds, [height, height], color=OPERATIONAL, linewidth=3)
            axes.plot([mark.value], [height], "D", markersize=8, markerfacecolor=OPERATIONAL, markeredgecolor=INK)
    axes.set_yticks(range(len(marks)), [mark.name for mark in reversed(marks)])
    for label, mark in zip(axes.get_yticklabels(), reversed(marks), strict=True):
        label.set_fontweight("bold" if mark.bounds is not None else "normal")
    axes.minorticks_off()
    write_ticks(axes, write)
    axes.margins(x=0.06, y=0.08)
    return svg_of(figure)
