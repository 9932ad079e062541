"""Pictures of quality against cost."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from lca.presenting.canvas import INK, LINE, OPERATIONAL, new_figure, svg_of, write_numbers

#: With more trainings than this only the ends of the front are named; the table names all.
MOST_NAMES = 15

#: Where the names of neighbouring points stand, so that they do not cover each other: offsets in points.
_PLACES = ((6, -11), (6, 6), (-6, 8), (-6, -13))


class TrainingMark(Struct, frozen=True):
    """One training in the picture; cost and quality with their 95 % bounds, as `(low, best, high)`."""

    name: str
    cost: tuple[float, float, float]
    quality: tuple[float, float, float]
    on_front: bool


def trade_off(
    marks: Sequence[TrainingMark],
    cost_label: str,
    quality_label: str,
    ceiling: float | None,
    words: Mapping[str, str],
    locale: Mapping[str, str],
) -> str:
    """Draw quality against cost: the front as filled circles on a line, the others as hollow squares, all named if few.

    `words` holds the legend's names, `on_front` and `off_front`; no quality lies above `ceiling`.
    """
    figure, axes = new_figure(6.6, 2.9)
    front = [mark for mark in marks if mark.on_front]
    axes.plot(
        [mark.cost[1] for mark in front],
        [mark.quality[1] for mark in front],
        color=OPERATIONAL,
        linewidth=1.4,
        drawstyle="steps-post",
        zorder=1,
    )
    for shown, shape, fill, label in (
        (front, "o", OPERATIONAL, words["on_front"]),
        ([mark for mark in marks if not mark.on_front], "s", "white", words["off_front"]),
    ):
        if not shown:
            continue
        axes.errorbar(
            [mark.cost[1] for mark in shown],
            [mark.quality[1] for mark in shown],
            xerr=_bars([mark.cost for mark in shown]),
            yerr=_bars([mark.quality for mark in shown]),
            fmt=shape,
            markersize=7,
            markerfacecolor=fill,
            markeredgecolor=INK,
            ecolor=LINE,
            capsize=2.5,
            linewidth=1,
            label=label,
            zorder=2,
        )
    _name(axes, marks if len(marks) <= MOST_NAMES else [front[0], front[-1]])
    axes.margins(x=0.16, y=0.22)
    bottom, top = axes.get_ylim()
    if ceiling is not None and top > ceiling:
        axes.set_ylim(bottom, ceiling + 0.14 * (ceiling - bottom))
    axes.set_xlabel(cost_label, color=INK)
    axes.set_ylabel(textwrap.fill(quality_label, 30), color=INK)
    axes.legend(frameon=False, fontsize=8, ncols=2, loc="lower right", bbox_to_anchor=(1, 1))
    write_numbers(axes, locale, both=True)
    return svg_of(figure)


def _bars(bounds: Sequence[tuple[float, float, float]]) -> list[list[float]]:
    return [[max(best - low, 0) for low, best, _ in bounds], [max(high - best, 0) for _, best, high in bounds]]


def _name(axes: Any, marks: Sequence[TrainingMark]) -> None:
    """Write the names of trainings beside their marks."""
    for index, mark in enumerate(marks):
        x, y = _PLACES[index % len(_PLACES)]
        axes.annotate(
            mark.name,
            (mark.cost[1], mark.quality[1]),
            xytext=(x, y),
            textcoords="offset points",
            ha="left" if x > 0 else "right",
            fontsize=8,
            color=INK,
        )
