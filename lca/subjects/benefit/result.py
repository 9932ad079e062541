"""What the subject gives: the study of a benefit, break-evens and the net in money."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import field

from lca.quantities.quantity import Quantity
from lca.subjects.subject import Result

if TYPE_CHECKING:
    from lca.subjects.benefit.adverse import AdverseReading
    from lca.subjects.benefit.balance import Balance
    from lca.subjects.benefit.break_even import BreakEven
    from lca.subjects.benefit.established import OpenQuestion
    from lca.subjects.benefit.physical import PhysicalBenefit
    from lca.subjects.benefit.study import BenefitStudy

#: How the paths of those figures begin of which no interval is printed: a payback has bounds of its own.
WITHOUT_INTERVAL = ("benefit.adverse.", "benefit.break-even.", "benefit.payback")


class BenefitResult(Result, frozen=True, eq=False, kw_only=True):
    """The benefit set against the cost; without a study where no benefit is claimed or nothing of the cost is known.

    `physical` holds what is saved in its own unit, `open_questions` what keeps either from being established. `in_money` holds
    the net in money: of the call's money per net tonne, and at a cited value of carbon, where these are stated.
    """

    study: BenefitStudy | None = None
    break_evens: tuple[BreakEven, ...] = ()
    in_money: Mapping[str, Quantity] = field(default_factory=dict)
    physical: tuple[PhysicalBenefit, ...] = ()
    open_questions: tuple[OpenQuestion, ...] = ()
    adverse: tuple[AdverseReading, ...] = ()

    @property
    def printed(self) -> Iterator[tuple[str, Quantity]]:
        """The figures with an interval, the net under each reference, and the lines of each period."""
        yield from ((path, figure) for path, figure in self.figures.items() if not path.startswith(WITHOUT_INTERVAL))
        if self.study is not None:
            yield from (("benefit", found.net_project) for found in self.study.references.values())
            for row in self.study.climate.periods:
                lines = (row.attributed, row.anyway, row.harms, row.enabling, row.cost, row.cumulative)
                yield from (("benefit", line) for line in lines)

    @property
    def climate(self) -> Balance | None:
        """The headline: climate change under the least favourable credible reference."""
        return self.study.climate if self.study is not None else None
