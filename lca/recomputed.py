"""Figures that an applicant, a paper or a model card prints, against what follows from the inputs beside them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from lca.activities.site import Supply
from lca.audit import leaves
from lca.factors import FactorBook
from lca.project import Project, StatedResult
from lca.provenance import Factor, Stated
from lca.quantity import Quantity, replay
from lca.units import conversion, same_dimension

FOLLOWS, ROUNDING, CONTRADICTS, UNKNOWN = "follows", "rounding", "contradicts", "unknown"

#: How close a ratio must come to that of a known mistake.
CLOSE = 0.005
#: A month counted as four weeks, over a month of the calendar.
MONTH_OF_FOUR_WEEKS = 28 / (365.25 / 12)


@dataclass(frozen=True, slots=True, eq=False)
class Recomputed:
    """A stated figure, the recomputed one in the stated unit, the verdict and the likely cause.

    `verdict` is `follows`, `rounding`, `contradicts`, or `unknown` where nothing in the descriptor gives the figure.
    `cause` names words of the locales; `detail` what they speak of, such as a zone.
    """

    stated: StatedResult
    value: float | None
    ratio: float | None
    verdict: str
    cause: str = ""
    detail: str = ""


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
    project: Project, figures: Mapping[str, Quantity], supplies: Mapping[str, Supply], book: FactorBook
) -> tuple[Recomputed, ...]:
    """Check every stated result of a descriptor against the figure that it names."""
    return tuple(
        _check(stated, figures.get(stated.figure), supplies, book) for stated in project.stated_results.values()
    )


def _check(
    stated: StatedResult, figure: Quantity | None, supplies: Mapping[str, Supply], book: FactorBook
) -> Recomputed:
    assert stated.value is not None
    if figure is None or not same_dimension(figure.unit, stated.value.unit):
        return Recomputed(stated, None, None, UNKNOWN)
    computed = figure.value * conversion(figure.unit, stated.value.unit)
    printed = stated.value.value
    half_digit = last_digit(stated.value.text) / 2 * (1 + 1e-9)
    if abs(computed - printed) <= half_digit:
        return Recomputed(stated, computed, printed / computed if computed else None, FOLLOWS)
    if computed == 0 or printed == 0:
        return Recomputed(stated, computed, None, CONTRADICTS)
    ratio = printed / computed
    if abs(computed - printed) <= half_digit + _rounding_of_inputs(figure) * conversion(figure.unit, stated.value.unit):
        return Recomputed(stated, computed, ratio, ROUNDING)
    cause, detail = next(_causes(ratio, stated, supplies, book), ("", ""))
    return Recomputed(stated, computed, ratio, CONTRADICTS, cause, detail)


def _rounding_of_inputs(figure: Quantity) -> float:
    """Return how far a figure may move, in its unit, if every stated input moves by half of its last printed digit.

    Whole numbers without a unit are counts, and exact.
    """
    moves = 0.0
    for quantity in leaves([figure]):
        leaf = quantity.origin
        if not isinstance(leaf, Stated) or (leaf.unit == "1" and leaf.value == round(leaf.value)):
            continue
        half = last_digit(leaf.text) / 2
        moved = replay(figure, {leaf.record: np.array([leaf.value + half])}, best=True)
        moves += abs(float(moved[0]) - figure.value)
    return moves


def _causes(
    ratio: float, stated: StatedResult, supplies: Mapping[str, Supply], book: FactorBook
) -> Iterator[tuple[str, str]]:
    """Yield the known mistakes that explain a ratio of printed to recomputed, the simplest first."""

    def near(other: float) -> bool:
        return other > 0 and abs(math.log(ratio / other)) <= CLOSE

    for power in (3, 6, -3, -6):
        if near(10.0**power):
            yield "prefix", f"10^{power}"
    if near(MONTH_OF_FOUR_WEEKS) or near(1 / MONTH_OF_FOUR_WEEKS):
        yield "month", ""
    for name, supply in supplies.items():
        if supply.pue is None or supply.pue.value == 1:
            continue
        if near(supply.pue.value):
            yield "pue-twice", name
        if near(1 / supply.pue.value):
            yield "pue-missing", name
    if stated.value is not None and same_dimension(stated.value.unit, "kgCO2e"):
        yield from _regions(near, supplies, book)


def _regions(near: object, supplies: Mapping[str, Supply], book: FactorBook) -> Iterator[tuple[str, str]]:
    """Yield the zones of the same country or provider whose factor would give the printed figure."""
    assert callable(near)
    for supply in supplies.values():
        used = supply.factors.get("gwp100")
        if not isinstance(used, Factor) or used.year is None:
            continue
        country = supply.zone.partition("-")[0]
        for zone in book.zones:
            if zone == supply.zone or zone.partition("-")[0] != country:
                continue
            for factor in book.all(f"electricity/{zone}/{used.year}", "gwp100"):
                if near(factor.value * conversion(factor.unit, used.unit) / used.value):
                    yield "region", zone
