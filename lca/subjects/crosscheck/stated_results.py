"""Figures that an applicant, a paper or a model card prints, against what follows from the inputs beside them.

A printed figure follows when the recomputed one rounds to it. It differs by rounding when its digits were cut off, or when
unrounded inputs, each within half of its last printed digit, would give it: one set of them for all figures of a descriptor,
so a figure whose rounding another printed figure rules out contradicts its inputs. What is chosen (a lifetime, a period of
reference) was not rounded, and a difference beyond what rounding is known to make contradicts, however round the inputs are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from lca.catalogue.book import FactorBook
from lca.descriptor.descriptor import Descriptor
from lca.quantities.quantity import Quantity
from lca.quantities.units import conversion, same_dimension
from lca.subjects.crosscheck.declared import StatedResult, StatedResults
from lca.subjects.crosscheck.further_figures import ratio
from lca.subjects.crosscheck.likely_causes import NOT_KNOWN, Cause, known_mistake, other_rate, wrong_digit
from lca.subjects.crosscheck.printed_digits import last_digit
from lca.subjects.crosscheck.rounding import (
    LARGEST_KNOWN,
    MOST_EXCUSED,
    SLACK,
    Compared,
    beyond_rounding,
    moves_of,
    pinned_by,
    rounding_of,
)
from lca.subjects.footprint.supply import Supply

FOLLOWS, ROUNDING, CONTRADICTS, UNKNOWN = "follows", "rounding", "contradicts", "unknown"


class Recomputed(Struct, frozen=True, eq=False):
    """A stated figure, the recomputed one in the stated unit, the verdict and its likely cause.

    `verdict` is `follows`, `rounding`, `contradicts`, or `unknown` where nothing in the descriptor gives the figure.
    """

    stated: StatedResult
    value: float | None
    ratio: float | None
    verdict: str
    cause: Cause = NOT_KNOWN


def recompute(
    descriptor: Descriptor, figures: Mapping[str, Quantity], supplies: Mapping[str, Supply], book: FactorBook
) -> tuple[Recomputed, ...]:
    """Check every stated result of a descriptor against the figure that it names."""
    return judge_printed(
        [(s, printed_figure(s, figures)) for s in descriptor[StatedResults].stated_results.values()],
        figures,
        supplies,
        book,
    )


def printed_figure(stated: StatedResult, figures: Mapping[str, Quantity]) -> Quantity | None:
    """Return the figure that a stated result names, or the ratio of two; None where the study has none."""
    figure = figures.get(stated.figure)
    if figure is None or not stated.over:
        return figure
    other = figures.get(stated.over)
    return ratio(figure, other) if other is not None else None


def judge_printed(
    printed: Iterable[tuple[StatedResult, Quantity | None]],
    figures: Mapping[str, Quantity],
    supplies: Mapping[str, Supply],
    book: FactorBook,
) -> tuple[Recomputed, ...]:
    """Check printed figures that rest on the same inputs against the recomputed ones.

    Args:
        printed: each stated figure and the quantity that it should equal, None where there is none.
        figures: further figures by their paths, of which one may have been left out of a sum.
        supplies: the sites whose electricity they may rest on.
        book: the factors that a likely cause is looked for in.
    """
    pairs = list(printed)
    compared = [_compare(stated, figure) for stated, figure in pairs]
    following = [c for c in compared if c is not None and c.agrees(c.figure.value)]
    return tuple(
        Recomputed(stated, None, None, UNKNOWN) if found is None else _judged(found, following, figures, supplies, book)
        for (stated, _), found in zip(pairs, compared, strict=True)
    )


def _compare(stated: StatedResult, figure: Quantity | None) -> Compared | None:
    assert stated.value is not None
    if figure is None or not same_dimension(figure.unit, stated.value.unit):
        return None
    scale = conversion(stated.value.unit, figure.unit)
    return Compared(stated, figure, stated.value.value * scale, last_digit(stated.value.text) / 2 * scale)


def _judged(
    compared: Compared,
    following: list[Compared],
    figures: Mapping[str, Quantity],
    supplies: Mapping[str, Supply],
    book: FactorBook,
) -> Recomputed:
    stated, figure, printed = compared.stated, compared.figure, compared.printed
    assert stated.value is not None
    computed = figure.value
    ratio = printed / computed if computed else None
    shown = Recomputed(stated, computed * conversion(figure.unit, stated.value.unit), ratio, FOLLOWS)
    if compared.agrees(computed):
        return shown
    if not ratio:
        return replace(shown, verdict=CONTRADICTS)
    off = abs(math.log(abs(ratio)))
    if 0 < computed - printed < 2 * compared.half_digit:
        return replace(shown, verdict=ROUNDING if off <= MOST_EXCUSED else CONTRADICTS, cause=Cause("cut-off"))
    moves = moves_of(figure)
    if off <= (compared.room + moves.excused) * (1 + SLACK):
        against = pinned_by(compared, moves, following)
        if against is not None:
            return replace(shown, verdict=CONTRADICTS, cause=Cause("pinned", against.stated.name))
        return replace(shown, verdict=ROUNDING, cause=rounding_of(compared, following))
    cause = known_mistake(ratio, compared.room, figure, figures, supplies, book)
    if cause is None and off <= (compared.room + moves.explained) * (1 + SLACK):
        cause = beyond_rounding(compared)
    cause = cause or wrong_digit(stated.value, shown.value) or other_rate(ratio, figure, supplies)
    return replace(shown, verdict=CONTRADICTS, cause=cause)


def more_than_known(result: Recomputed) -> str:
    """Return a doubt where rounded inputs would have to explain more than in any published case; else an empty text."""
    cause, stated = result.cause, result.stated.value
    if not cause.name.startswith("rounded-input") or not result.ratio or stated is None:
        return ""
    off = abs(result.ratio - 1) - last_digit(stated.text) / 2 / stated.value
    needed = (
        f"{cause.detail} = {cause.value:g}, printed as {cause.other:g}" if cause.detail else "several rounded inputs"
    )
    if off <= LARGEST_KNOWN:
        return ""
    return (
        f"{result.stated.path} follows only from {needed}: {off:.1%} is more than rounding explains"
        f" in any published case known ({LARGEST_KNOWN:.1%})"
    )
