"""Known mistakes that explain the ratio of a printed figure to what follows from its inputs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from msgspec import Struct

from lca.catalogue.book import FactorBook
from lca.quantities.parts_of_sums import without_a_part
from lca.quantities.provenance import Factor, Stated
from lca.quantities.quantity import Computed, Quantity
from lca.quantities.trees import leaves
from lca.quantities.units import conversion, same_dimension
from lca.subjects.crosscheck.printed_digits import last_digit
from lca.subjects.footprint.supply import Supply

#: How close, relatively, a ratio must come to that of a mistake, beyond what the printed digits leave open.
CLOSE = 0.001
#: Few printed digits leave much open, and then every mistake would fit.
MOST_ROOM = 0.01
#: A figure of fewer digits differs from many others in one of them.
FEWEST_DIGITS = 3
#: A month counted as four weeks, over a month of the calendar.
MONTH_OF_FOUR_WEEKS = 28 / (365.25 / 12)
#: Kilograms in a pound.
POUND = 0.45359237


class Cause(Struct, frozen=True):
    """Why a printed figure differs: the name of its words in the locales, and what they speak of.

    `detail` is a site, a zone or the path of an input; `value` what it would have to be, `other` what it is, in `unit`.
    """

    name: str = ""
    detail: str = ""
    value: float | None = None
    other: float | None = None
    unit: str = ""


NOT_KNOWN = Cause()

Mistake = tuple[float, Cause]
"""The ratio of printed to right that a mistake would give, and its words."""


def known_mistake(
    ratio: float,
    room: float,
    figure: Quantity,
    others: Mapping[str, Quantity],
    supplies: Mapping[str, Supply],
    book: FactorBook,
) -> Cause | None:
    """Return the mistake that comes closest to a ratio, None where none comes close enough.

    Args:
        ratio: printed over recomputed.
        room: relative difference that the printed digits leave open.
        figure: what was recomputed.
        others: further figures by their paths, of which one may have been left out of a sum.
        supplies: the sites whose electricity it may rest on.
        book: the factors of other regions.
    """
    if ratio <= 0:
        return None
    used, close = _used(figure, supplies), CLOSE + min(room, MOST_ROOM)
    known = [*_of_units(), *_of_pue(used), *_of_counts(figure)]
    for supply in used.values() if same_dimension(figure.unit, "kgCO2e") else ():
        known += _of_rate(supply, book)
    best, cause = min(known, key=lambda mistake: abs(math.log(ratio / mistake[0])))
    if abs(math.log(ratio / best)) <= close:
        return cause
    return _part_left_out(ratio, close, figure, others)


def _part_left_out(ratio: float, close: float, figure: Quantity, others: Mapping[str, Quantity]) -> Cause | None:
    """Return the part without which a sum is as printed; of parts that do as well, the first that has a path."""
    found, nearest = None, close
    for left, name, part in without_a_part(figure, others):
        # Any part would explain what is hardly a difference, and a sum has many: only one that is told apart is named.
        if left > 0 and abs(math.log(left)) > 2 * close:
            off = abs(math.log(ratio / left))
            if off < nearest or (found is None and off <= close):
                found, nearest = Cause("part-missing", name, float(f"{part.value:.6g}"), unit=part.unit), off
    return found


def wrong_digit(printed: Stated, computed: float | None) -> Cause | None:
    """Return the figure that would follow, where the printed one differs from it in one digit; with few digits any would."""
    digit = last_digit(printed.text)
    if computed is None or not digit or not math.isfinite(computed / digit):
        return None
    one, other = str(round(abs(printed.value) / digit)), str(round(abs(computed) / digit))
    wrong = sum(a != b for a, b in zip(one, other, strict=False))
    if len(one) != len(other) or len(one) < FEWEST_DIGITS or wrong != 1:
        return None
    right = round(computed / digit) * digit
    return Cause("digit", "", float(f"{right:.12g}"), printed.value, printed.unit)


def other_rate(ratio: float, figure: Quantity, supplies: Mapping[str, Supply]) -> Cause:
    """Return the electricity factor that would give a carbon figure, or that nothing is known."""
    rates = [rate for supply in _used(figure, supplies).values() if (rate := _rate(supply))]
    is_one = same_dimension(figure.unit, "kgCO2e") and len(rates) == 1 and ratio > 0
    return _instead("rate", rates[0] * ratio, rates[0]) if is_one else NOT_KNOWN


def _used(figure: Quantity, supplies: Mapping[str, Supply]) -> dict[str, Supply]:
    """Return the sites whose electricity a figure rests on."""
    records = {q.origin.record for q in leaves([figure]) if not isinstance(q.origin, Computed)}
    return {name: supply for name, supply in supplies.items() if _records(supply) & records}


def _instead(name: str, rate: float, right: float) -> Cause:
    return Cause(name, "", float(f"{rate:.3g}"), float(f"{right:.4g}"), "kgCO2e/kWh")


def _records(supply: Supply) -> set[str]:
    """Return the records of a site's PUE and of the factor of its electricity."""
    leaf = supply.factors.get("gwp100")
    pue = supply.pue.origin if supply.pue is not None else None
    return {part.record for part in (leaf, pue) if part is not None and not isinstance(part, Computed)}


def _rate(supply: Supply) -> float:
    leaf = supply.factors.get("gwp100")
    return leaf.value * conversion(leaf.unit, "kgCO2e/kWh") if leaf is not None else 0.0


def _of_units() -> Iterator[Mistake]:
    for power, written in ((3, "³"), (6, "⁶"), (-3, "⁻³"), (-6, "⁻⁶")):
        yield 10.0**power, Cause("prefix", written)
    for name, ratio in (("month", MONTH_OF_FOUR_WEEKS), ("pound", POUND)):
        yield ratio, Cause(name)
        yield 1 / ratio, Cause(name)


def _of_pue(used: Mapping[str, Supply]) -> Iterator[Mistake]:
    for name, supply in used.items():
        if supply.pue is not None and supply.pue.value != 1:
            yield supply.pue.value, Cause("pue-twice", name)
            yield 1 / supply.pue.value, Cause("pue-missing", name)
            yield 1 / supply.pue.value**2, Cause("pue-divided", name)


def _of_counts(figure: Quantity) -> Iterator[Mistake]:
    """Yield the counts (of accelerators, machines, runs) that may be left out or taken twice."""
    for quantity in leaves([figure]):
        leaf = quantity.origin
        if isinstance(leaf, Stated) and leaf.unit == "1" and leaf.value > 1 and leaf.value == round(leaf.value):
            yield 1 / leaf.value, Cause("count-missing", leaf.path, leaf.value)
            yield leaf.value, Cause("count-twice", leaf.path, leaf.value)


def _of_rate(supply: Supply, book: FactorBook) -> Iterator[Mistake]:
    """Yield other electricity factors: the same, rounded as some calculators do, and those of the country's other regions."""
    rate, leaf = _rate(supply), supply.factors.get("gwp100")
    for decimals in (2, 3):
        rounded = round(rate, decimals)
        if 0 < rounded != rate:
            yield rounded / rate, _instead("rounded-rate", rounded, rate)
    if isinstance(leaf, Factor) and leaf.year is not None and leaf.value:
        country = supply.zone.partition("-")[0]
        for zone in book.zones:
            if zone != supply.zone and zone.partition("-")[0] == country:
                for factor in book.all(f"electricity/{zone}/{leaf.year}", "gwp100"):
                    yield factor.value * conversion(factor.unit, leaf.unit) / leaf.value, Cause("region", zone)
