"""What the total of an indicator may be at most, as somebody sets it, and whether it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from lca.assessment.record import Record
from lca.catalogue.indicator import Indicator
from lca.presenting.values import number, value
from lca.problems import did_you_mean
from lca.quantities.quantity import Quantity
from lca.quantities.units import Measure, UnitError, conversion, is_unit, parse_measure, same_dimension

#: What a budget may be; `partial` where the total is within it, and not all is assessed.
KEPT, EXCEEDED, PARTIAL, NOT_ASSESSED = "kept", "exceeded", "partial", "not_assessed"


class Budget(Struct, frozen=True):
    """The most that the total of an indicator may be, in the unit of the indicator, and as it was `written`."""

    indicator: str
    most: float
    unit: str
    written: Measure

    def judged_on(self, assessment: Record) -> Judged:
        """Set the best estimate of a study against it."""
        total = assessment.footprint.totals[self.indicator].total
        if total is None:
            return Judged(self, None, NOT_ASSESSED)
        footprint = assessment.footprint
        left_open = any(stage.status == "not-assessed" for stage in footprint.boundary)
        is_partial = left_open or footprint.is_partial(self.indicator)
        return Judged(self, total, EXCEEDED if total.value > self.most else PARTIAL if is_partial else KEPT)


class Judged(Struct, frozen=True, eq=False):
    """A budget beside the total of a study; of what is not assessed, nobody can say that it is kept."""

    budget: Budget
    total: Quantity | None
    verdict: str

    @property
    def is_kept(self) -> bool:
        """Whether the best estimate is of all that is asked for, and within the budget."""
        return self.verdict == KEPT

    @property
    def excess(self) -> tuple[float, float, float]:
        """By how much the total is above the budget, in its unit, with the bounds of the total's interval; negative below it."""
        assert self.total is not None
        low, _, high = self.total.interval()
        return self.total.value - self.budget.most, low - self.budget.most, high - self.budget.most

    @property
    def may_be_exceeded(self) -> bool:
        """Whether a budget that the best estimate keeps lies inside the interval, or there is no interval to tell by."""
        return self.total is not None and self.is_kept and (self.total.is_open or self.excess[2] > 0)

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        total, excess = value(self.total), None
        if self.total is not None and total is not None:
            over, low, high = (number(amount) for amount in self.excess)
            is_open = self.total.is_open
            excess = {"value": over, "low95": None if is_open else low, "high95": None if is_open else high}
        return {
            "indicator": self.budget.indicator,
            "unit": self.budget.unit,
            "budget": number(self.budget.most),
            "total": total,
            "excess": excess,
            "verdict": self.verdict,
        }


def read_budget(text: str, indicators: Mapping[str, Indicator]) -> Budget:
    """Read INDICATOR=QUANTITY, such as `gwp100=3t`; a mass alone is one of what the indicator counts.

    Raises:
        UnitError: it is no budget, there is no such indicator, the quantity cannot be read, is of something else, or is below zero.
    """
    name, equals, amount = (part.strip() for part in text.partition("="))
    if not equals:
        raise UnitError("LCA301", f"`{name}` is no budget", "write an indicator and a quantity, as in `gwp100=3t`")
    if name not in indicators:
        hint = did_you_mean(name, indicators) or f"one of {', '.join(indicators)}"
        raise UnitError("LCA401", f"there is no indicator `{name}`", hint)
    unit = indicators[name].unit
    measure = parse_measure(amount)
    written = measure.unit
    if same_dimension(written, "g") and unit.startswith("kg") and is_unit(f"{written}{unit[2:]}"):
        written = f"{written}{unit[2:]}"
    if measure.noun or not same_dimension(written, unit):
        raise UnitError("LCA303", f"`{amount}` is no amount of {name}", f"write it in {unit}, as in `{name}=1 {unit}`")
    if measure.value < 0:
        raise UnitError("LCA304", f"`{amount}` is below zero", "a budget is what may be at most")
    return Budget(name, measure.value * conversion(written, unit), unit, Measure(measure.value, written))
