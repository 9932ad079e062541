"""What rounded inputs may excuse: which were read off, how far each moves a figure, and which one explains it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import numpy as np
from msgspec import Struct

from lca.quantities.evaluation import BestReplay
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.quantities.trees import leaves
from lca.subjects.crosscheck.declared import StatedResult
from lca.subjects.crosscheck.likely_causes import Cause
from lca.subjects.crosscheck.printed_digits import last_digit

#: Arithmetic in floating point may miss a bound by this much, and a value of twelve digits by that much, relatively.
SLACK, SLACK_OF_VALUE = 1e-9, 1e-12
#: What rounded inputs may excuse together, as a natural logarithm: beyond, a printed figure contradicts its inputs, however
#: round these are.
MOST_EXCUSED = math.log(1.05)
#: The largest difference in a published case that an input, printed rounded, is known to explain (see docs/validation.md).
LARGEST_KNOWN = 0.016

#: So many steps find the value of an input; most figures are straight lines or hyperbolas of it.
_STEPS = 20

#: Inputs that are chosen by who writes a study, not read off: they are exactly what they say, whatever their digits.
_CHOSEN = frozenset({"lifetime", "utilisation", "horizon", "length", "period"})
#: Stages whose `duration` is a period of reference and no run that was timed.
_OF_A_PERIOD = ("project", "inference", "storage", "collection", "transfer", "equipment", "benefit")


class Compared(Struct, frozen=True, eq=False):
    """A printed figure beside the recomputed one, both in the unit of the latter, and half of the last printed digit."""

    stated: StatedResult
    figure: Quantity
    printed: float
    half_digit: float

    def agrees(self, computed: float) -> bool:
        """Say whether a value rounds to the printed one."""
        return abs(computed - self.printed) <= self.half_digit * (1 + SLACK) + abs(self.printed) * SLACK_OF_VALUE

    @property
    def room(self) -> float:
        """The relative difference that the printed digits leave open."""
        return self.half_digit / abs(self.printed)


def is_chosen(leaf: Stated) -> bool:
    """Say whether an input is a choice: a lifetime, a utilisation, a period that the study is made for, or one in whole years."""
    parts = leaf.path.split(".")
    is_period = parts[-1] == "duration" and parts[0] in _OF_A_PERIOD
    return parts[-1] in _CHOSEN or is_period or leaf.unit == "year"


class Moves(Struct, frozen=True):
    """By how much ln of a figure moves if an input moves by half of its last printed digit, by the input's record."""

    read: Mapping[str, float]
    chosen: Mapping[str, float]

    @property
    def excused(self) -> float:
        """How far ln of the figure may move if all inputs that were read off were printed rounded."""
        return min(sum(map(abs, self.read.values())), MOST_EXCUSED)

    @property
    def explained(self) -> float:
        """How far ln of the figure would move if every input were as far off as its digits leave open, choices too."""
        return sum(map(abs, (*self.read.values(), *self.chosen.values())))


def _in_digits(figure: Quantity) -> dict[str, Stated]:
    """Return the stated inputs of a figure that have digits to round, by record; whole numbers of things are exact."""
    found = (q.origin for q in leaves([figure]) if isinstance(q.origin, Stated))
    return {leaf.record: leaf for leaf in found if not (leaf.unit == "1" and leaf.value == round(leaf.value))}


def moves_of(figure: Quantity) -> Moves:
    """Return how far the digits of each stated input move a figure."""
    read: dict[str, float] = {}
    chosen: dict[str, float] = {}
    for record, leaf in _in_digits(figure).items():
        moved = _at(figure, record, leaf.value + last_digit(leaf.text) / 2)
        (chosen if is_chosen(leaf) else read)[record] = math.log(abs(moved / figure.value)) if moved else math.inf
    return Moves(read, chosen)


def _at(figure: Quantity, record: str, value: float) -> float:
    """Return a figure with one input at another value."""
    return float(BestReplay(figure, {record})({record: np.array([value])})[0])


def pinned_by(compared: Compared, moves: Moves, following: Iterable[Compared]) -> Compared | None:
    """Return a figure that follows, and beside which no unrounded inputs give this one; None where there is none.

    What both rest on cancels in their ratio, so it cannot explain why one is off and the other is not.
    """
    return next((other for other in following if _excluded(compared, moves, other)), None)


def _excluded(compared: Compared, moves: Moves, other: Compared) -> bool:
    if not other.printed or not other.figure.value:
        return False
    own, others = moves.read, moves_of(other.figure).read
    apart = math.log(abs(compared.printed / compared.figure.value)) - math.log(abs(other.printed / other.figure.value))
    inputs = sum(abs(own.get(r, 0.0) - others.get(r, 0.0)) for r in own.keys() | others.keys())
    return abs(apart) > (min(inputs, MOST_EXCUSED) + compared.room + other.room) * (1 + SLACK)


def rounding_of(compared: Compared, following: list[Compared]) -> Cause:
    """Return the one input that, unrounded, gives the figure and leaves all that follow as they are; else that it takes several.

    Of several that would do, the one that must move least from what is printed.
    """
    found = [n for n in _needs(compared) if not is_chosen(n.leaf) and n.halves <= 1 and n.keeps(following)]
    best = min(found, key=lambda need: need.halves, default=None)
    return best.cause("rounded-input") if best is not None else Cause("rounded-inputs")


def beyond_rounding(compared: Compared) -> Cause | None:
    """Return the input that explains a figure by the fewest digits, where its roundness is no excuse; None where none does."""
    best = min(_needs(compared), key=lambda need: need.halves, default=None)
    return best.cause("chosen-input" if is_chosen(best.leaf) else "beyond-rounding") if best is not None else None


class _Need(Struct, frozen=True, eq=False):
    """The value that one input would need for a figure to be as printed; `halves` of its last digit away from what is printed."""

    leaf: Stated
    value: float
    halves: float

    def keeps(self, following: Iterable[Compared]) -> bool:
        """Say whether the figures that follow still do with the input at that value."""
        return all(other.agrees(_at(other.figure, self.leaf.record, self.value)) for other in following)

    def cause(self, name: str) -> Cause:
        """Return the cause that names the input, its value with the digits that show the difference."""
        leaf = self.leaf
        apart = abs(self.value - leaf.value)
        shown = -math.floor(math.log10(apart)) if apart else 0
        decimals = max(2 - round(math.log10(last_digit(leaf.text))), shown)
        return Cause(name, leaf.path, round(self.value, decimals), leaf.value, leaf.unit)


def _needs(compared: Compared) -> list[_Need]:
    """Return what each input would have to be."""
    found = []
    for record, leaf in _in_digits(compared.figure).items():
        half = last_digit(leaf.text) / 2
        value = _needed(compared, record, leaf.value, leaf.value + half) if half else None
        if value is not None and value > 0:
            found.append(_Need(leaf, value, abs(value - leaf.value) / half))
    return found


def _needed(compared: Compared, record: str, one: float, other: float) -> float | None:
    """Return at which value of an input a figure is as printed, by secants; None where no value is found."""
    above, below = _at(compared.figure, record, one), _at(compared.figure, record, other)
    for _ in range(_STEPS):
        if not (math.isfinite(below) and below != above):
            return None
        one, other = other, other + (compared.printed - below) / (below - above) * (other - one)
        if abs(other - one) <= abs(one) * SLACK_OF_VALUE:
            return other
        above, below = below, _at(compared.figure, record, other)
    return other if math.isclose(below, compared.printed, rel_tol=SLACK) else None
