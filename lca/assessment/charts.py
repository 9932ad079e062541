"""Pictures of comparisons: amounts with their intervals, differences with theirs, and one amount by two choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from lca.presenting.canvas import EMBODIED, INK, LINE, OPERATIONAL, new_figure, svg_of, write_numbers

#: Above this ratio between the largest and the smallest bound, amounts are drawn on a logarithmic axis.
WIDE = 30.0
#: Letters of a legend that fit on one line.
LEGEND = 60
#: Marker and colour of each group or choice, told apart in grey print by shape and filling.
MARKS = (("o", OPERATIONAL, OPERATIONAL), ("s", "white", INK), ("^", EMBODIED, INK), ("D", "white", OPERATIONAL))


class Dot(Struct, frozen=True):
    """One amount with its interval, in the picture's unit; `group` chooses its marker."""

    label: str
    value: float
    low: float
    high: float
    group: int = 0


def amounts(
    dots: Sequence[Dot], groups: Sequence[str], reference: float | None, unit: str, words: Mapping[str, str]
) -> str:
    """Draw amounts from top to bottom with their intervals, group by group.

    A dashed line at the study as it is runs through its own group only: no other one is ranked with it.
    """
    figure, axes = new_figure(6.6, 0.85 + 0.25 * (len(dots) + len(groups)))
    places = _places(axes, dots)
    _draw(axes, dots, places)
    _name_groups(axes, groups)
    axes.set_yticks(places, [dot.label for dot in dots])
    if reference is not None:
        own = [place for dot, place in zip(dots, places, strict=True) if dot.group == dots[0].group]
        axes.plot([reference] * 2, [max(own) + 0.5, min(own) - 0.5], "--", color=INK, linewidth=0.9)
    _finish(axes, dots, places, unit, words)
    return svg_of(figure)


def differences(dots: Sequence[Dot], groups: Sequence[str], unit: str, words: Mapping[str, str]) -> str:
    """Draw differences to the first of each group; an empty marker where the interval holds zero."""
    figure, axes = new_figure(6.6, 0.85 + 0.25 * (len(dots) + len(groups)))
    places = _places(axes, dots)
    for dot, place in zip(dots, places, strict=True):
        shape, _, edge = MARKS[dot.group % len(MARKS)]
        decided = dot.low > 0 or dot.high < 0
        _interval(axes, dot, place)
        axes.plot(dot.value, place, shape, color=edge, markerfacecolor=edge if decided else "white", markersize=6)
    _name_groups(axes, groups, filled=False)
    axes.set_yticks(places, [dot.label for dot in dots])
    axes.axvline(0, color=INK, linewidth=0.9)
    axes.set_xlabel(unit, color=INK)
    axes.set_ylim(min(places) - 0.6, max(places) + 0.6)
    write_numbers(axes, words)
    return svg_of(figure)


def _places(axes: Any, dots: Sequence[Dot]) -> list[float]:
    """Return the height of each dot, with a line in a gap between groups."""
    places: list[float] = []
    for index, dot in enumerate(dots):
        apart = bool(index) and dot.group != dots[index - 1].group
        places.append((places[-1] if places else 0.0) - (2.0 if apart else 1.0))
        if apart:
            axes.axhline(places[-1] + 1, color=LINE, linewidth=0.8)
    return places


def by_two_choices(
    rows: Sequence[tuple[str, Sequence[Dot]]], choices: Sequence[str], unit: str, words: Mapping[str, str]
) -> str:
    """Draw an amount for each row and each of a few choices, the choices one below the other with a marker each."""
    figure, axes = new_figure(6.6, 0.95 + 0.17 * sum(len(dots) + 1 for _, dots in rows))
    ticks, place = [], 0.0
    for _, dots in rows:
        places = [place - index for index in range(len(dots))]
        _draw(axes, dots, places)
        ticks.append(sum(places) / len(places))
        place -= len(dots) + 1
        axes.axhline(place + 1, color=LINE, linewidth=0.6)
    _name_groups(axes, choices)
    axes.set_yticks(ticks, [label for label, _ in rows])
    every = [dot for _, dots in rows for dot in dots]
    _finish(axes, every, [0.4, place + 1.6], unit, words)
    return svg_of(figure)


def _draw(axes: Any, dots: Sequence[Dot], places: Sequence[float]) -> None:
    for dot, place in zip(dots, places, strict=True):
        shape, fill, edge = MARKS[dot.group % len(MARKS)]
        _interval(axes, dot, place)
        axes.plot(dot.value, place, shape, color=edge, markerfacecolor=fill, markersize=6)


def _interval(axes: Any, dot: Dot, place: float) -> None:
    if dot.low != dot.high:
        axes.plot([dot.low, dot.high], [place, place], "-", color=INK, linewidth=1.1)


def _name_groups(axes: Any, groups: Sequence[str], filled: bool = True) -> None:
    """Write a legend where there is more than one group or choice."""
    if len(groups) < 2:
        return
    for index, name in enumerate(groups):
        shape, fill, edge = MARKS[index % len(MARKS)]
        face = fill if filled else edge
        axes.plot([], [], shape, color=edge, markerfacecolor=face, label=name, markersize=6)
    columns = len(groups) if sum(map(len, groups)) < LEGEND else 1
    axes.legend(frameon=False, loc="lower left", bbox_to_anchor=(0, 1), ncols=columns, fontsize=8)


def _finish(axes: Any, dots: Sequence[Dot], places: Sequence[float], unit: str, words: Mapping[str, str]) -> None:
    """Choose the scale and write the unit."""
    lows, highs = [dot.low for dot in dots], [dot.high for dot in dots]
    if min(lows) > 0 and max(highs) / min(lows) > WIDE:
        axes.set_xscale("log")
        unit = f"{unit} ({words['log_scale']})"
    else:
        axes.set_xlim(left=min(0, min(lows)))
    axes.set_xlabel(unit, color=INK)
    axes.set_ylim(min(places) - 0.6, max(places) + 0.6)
    write_numbers(axes, words)
