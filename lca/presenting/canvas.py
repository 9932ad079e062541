"""The canvas of curves and scatters: one style, SVG text, the same bytes for the same figures; the only user of matplotlib."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes


INK, OPERATIONAL, LINE = "#1d2733", "#1f6f8b", "#c6ccd2"


def new_figure(width: float, height: float) -> tuple[Any, Axes]:
    """Return a figure of a size in inches and its axes, in the style of all pictures."""
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


def svg_of(figure: Any) -> str:
    """Return a figure as SVG text without date or other traces of the moment."""
    for ground in (figure.patch, *(axes.patch for axes in figure.axes)):
        ground.set_facecolor("none")
        ground.set_edgecolor("none")
    buffer = io.StringIO()
    # Not `savefig`, which lays the same picture out twice.
    figure.canvas.print_svg(buffer, metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def write_numbers(axes: Axes, locale: Mapping[str, Any], both: bool = False) -> None:
    """Write tick labels with the language's decimal sign and group separator, on the x axis or on both."""

    def write(value: float) -> str:
        text = f"{value:,.6g}" if abs(value) >= 1000 else f"{value:.6g}"
        return text.replace(",", "\0").replace(".", locale["decimal"]).replace("\0", locale["group"]).replace("-", "−")

    write_ticks(axes, write)
    if both:
        write_ticks(axes, write, "y")


def write_ticks(axes: Axes, write: Callable[[float], str], axis: str = "x") -> None:
    """Write the tick labels of an axis by a function of their value."""
    from matplotlib.ticker import FuncFormatter

    (axes.xaxis if axis == "x" else axes.yaxis).set_major_formatter(FuncFormatter(lambda value, _: write(value)))
