"""Figures that an applicant, a paper or a model card prints, against what follows from the inputs beside them.

A printed figure follows when the recomputed one rounds to it. It differs by rounding when its digits were cut off, or when
unrounded inputs, each within half of its last printed digit, would give it: one set of them for all figures of a descriptor,
so a figure whose rounding another printed figure rules out contradicts its inputs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from lca.catalogue.book import FactorBook
from lca.descriptor.descriptor import Descriptor
from lca.quantities.evaluation import replay
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.quantities.trees import leaves
from lca.quantities.units import conversion, same_dimension
from lca.subjects.crosscheck.declared import StatedResult, StatedResults
from lca.subjects.crosscheck.likely_causes import NOT_KNOWN, Cause, likely_cause
from lca.subjects.footprint.supply import Supply

FOLLOWS, ROUNDING, CONTRADICTS, UNKNOWN = "follows", "rounding", "contradicts", "unknown"

#: Arithmetic in floating point may miss a bound by this much, relatively.
SLACK = 1e-9


class Recomputed(Struct, frozen=True, eq=False):
    """A stated figure, the recomputed one in the stated unit, the verdict and its likely cause.

    `verdict` is `follows`, `rounding`, `contradicts`, or `unknown` where nothing in the descriptor gives the figure.
    """

    stated: StatedResult
    value: float | None
    ratio: float | None
    verdict: str
    cause: Cause = NOT_KNOWN


class _Compared(Struct, frozen=True, eq=False):
    """A printed figure beside the recomputed one, both in the unit of the latter, and half of the last printed digit."""

    stated: StatedResult
    figure: Quantity
    printed: float
    half_digit: float

    def agrees(self, computed: float) -> bool:
        """Say whether a value rounds to the printed one."""
        return abs(computed - self.printed) <= self.half_digit * (1 + SLACK)


def last_digit(text: str) -> float:
    """Return the value of the last printed digit of a number as a person wrote it: 0.01 for `24.69 t`, 1 for `11250`."""
    match = re.match(r"[-+]?[\d\s.,\u00a0\u202f]*\d", text.strip())
    if not match:
        return 0.0
    number = re.sub(r"[\s\u00a0\u202f]", "", match.group()).replace(",", ".")
    exponent = re.match(r"[eE]([-+]?\d+)", text.strip()[match.end() :])
    decimals = len(number.partition(".")[2])
    return float(10.0 ** (int(exponent[1]) if exponent else 0) * 10.0**-decimals)


def recompute(
    descriptor: Descriptor, figures: Mapping[str, Quantity], supplies: Mapping[str, Supply], book: FactorBook
) -> tuple[Recomputed, ...]:
    """Check every stated result of a descriptor against the figure that it names."""
    return judge_printed(
        [(s, figures.get(s.figure)) for s in descriptor[StatedResults].stated_results.values()], supplies, book
    )


def judge_printed(
    printed: Iterable[tuple[StatedResult, Quantity | None]], supplies: Mapping[str, Supply], book: FactorBook
) -> tuple[Recomputed, ...]:
    """Check printed figures that rest on the same inputs against the recomputed ones.

    Args:
        printed: each stated figure and the quantity that it should equal, None where there is none.
        supplies: the sites whose electricity they may rest on.
        book: the factors that a likely cause is looked for in.
    """
    pairs = list(printed)
    compared = [_compare(stated, figure) for stated, figure in pairs]
    following = [c for c in compared if c is not None and c.agrees(c.figure.value)]
    return tuple(
        Recomputed(stated, None, None, UNKNOWN) if found is None else _judged(found, following, supplies, book)
        for (stated, _), found in zip(pairs, compared, strict=True)
    )


def _compare(stated: StatedResult, figure: Quantity | None) -> _Compared | None:
    assert stated.value is not None
    if figure is None or not same_dimension(figure.unit, stated.value.unit):
        return None
    scale = conversion(stated.value.unit, figure.unit)
    return _Compared(stated, figure, stated.value.value * scale, last_digit(stated.value.text) / 2 * scale)


def _judged(
    compared: _Compared, following: list[_Compared], supplies: Mapping[str, Supply], book: FactorBook
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
    if 0 < computed - printed < 2 * compared.half_digit:
        return replace(shown, verdict=ROUNDING, cause=Cause("cut-off"))
    moves = _moves(figure)
    room = compared.half_digit / abs(printed)
    if abs(math.log(abs(ratio))) <= (room + sum(map(abs, moves.values()))) * (1 + SLACK):
        against = next((other for other in following if _excluded(compared, moves, other)), None)
        if against is not None:
            return replace(shown, verdict=CONTRADICTS, cause=Cause("pinned", against.stated.name))
        return replace(shown, verdict=ROUNDING, cause=_rounding_of(compared, following))
    return replace(shown, verdict=CONTRADICTS, cause=likely_cause(ratio, room, figure, supplies, book))


def _rounded(figure: Quantity) -> dict[str, Stated]:
    """Return the stated inputs of a figure that a person may have rounded, by record; whole numbers of things are exact."""
    found = (q.origin for q in leaves([figure]) if isinstance(q.origin, Stated))
    return {leaf.record: leaf for leaf in found if not (leaf.unit == "1" and leaf.value == round(leaf.value))}


def _moves(figure: Quantity) -> dict[str, float]:
    """Return by how much ln of a figure moves if an input moves by half of its last printed digit, by the input's record."""
    moves = {}
    for record, leaf in _rounded(figure).items():
        moved = replay(figure, {record: np.array([leaf.value + last_digit(leaf.text) / 2])}, best=True)[0]
        moves[record] = math.log(abs(float(moved) / figure.value)) if moved else math.inf
    return moves


def _excluded(compared: _Compared, moves: Mapping[str, float], other: _Compared) -> bool:
    """Say whether no unrounded inputs give both a figure that is off and one that follows.

    What both rest on cancels in their ratio, so it cannot explain why one is off and the other is not.
    """
    if not other.printed or not other.figure.value:
        return False
    others = _moves(other.figure)
    apart = math.log(abs(compared.printed / compared.figure.value)) - math.log(abs(other.printed / other.figure.value))
    digits = compared.half_digit / abs(compared.printed) + other.half_digit / abs(other.printed)
    inputs = sum(abs(moves.get(r, 0.0) - others.get(r, 0.0)) for r in moves.keys() | others.keys())
    return abs(apart) > (inputs + digits) * (1 + SLACK)


def _rounding_of(compared: _Compared, following: list[_Compared]) -> Cause:
    """Return the one input that, unrounded, gives the figure and leaves all that follow as they are; else that it takes several.

    Of several that would do, the one that must move least from what is printed.
    """
    least, best = 1.0, Cause("rounded-inputs")
    for record, leaf in _rounded(compared.figure).items():
        half = last_digit(leaf.text) / 2
        step = float(replay(compared.figure, {record: np.array([leaf.value + half])}, best=True)[0])
        if step == compared.figure.value:
            continue
        share = (compared.printed - compared.figure.value) / (step - compared.figure.value)
        needed = leaf.value + share * half
        unrounded = {record: np.array([needed])}
        kept = all(other.agrees(float(replay(other.figure, unrounded, best=True)[0])) for other in following)
        if kept and abs(share) <= least:
            decimals = 2 - round(math.log10(last_digit(leaf.text)))
            least, best = abs(share), Cause("rounded-input", leaf.path, round(needed, decimals), leaf.value, leaf.unit)
    return best
