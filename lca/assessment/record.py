"""The record of an assessment: the result of every subject, and what they were computed from."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from msgspec import field

from lca.descriptor.parts import Parts
from lca.quantities.evaluation import settle
from lca.quantities.quantity import Quantity
from lca.quantities.trees import leaves
from lca.subjects.benefit.result import BenefitResult
from lca.subjects.checklist.assess import ChecklistResult
from lca.subjects.claims.assess import ClaimsResult
from lca.subjects.crosscheck.assess import Crosscheck
from lca.subjects.footprint.assess import Footprint
from lca.subjects.footprint.flow import STAGES
from lca.subjects.frugality.assess import Frugality
from lca.subjects.money.result import MoneyResult
from lca.subjects.quality.result import QualityResult
from lca.subjects.subject import Assessed

if TYPE_CHECKING:
    from lca.assessment.sweeps.variation import Sweep

DEFAULT_DRAWS = 10_000
DEFAULT_SEED = 2026


class Record(Assessed, frozen=True, eq=False, dict=True):
    """Everything that is known of a study, its results by name.

    `rules` is what is shipped beside the factors; `scenarios` are the descriptor's, each a record of its own.
    """

    rules: Parts
    scenarios: Mapping[str, Record] = field(default_factory=dict)

    @property
    def footprint(self) -> Footprint:
        """Flows and impacts."""
        return self.results[Footprint]

    @property
    def benefit(self) -> BenefitResult:
        """The expected benefit set against the cost."""
        return self.results[BenefitResult]

    @property
    def money(self) -> MoneyResult | None:
        """What the project costs in money; None where its descriptor declares no currency."""
        return self.results.get(MoneyResult)

    @property
    def frugality(self) -> Frugality:
        """The frugality panel."""
        return self.results[Frugality]

    @property
    def quality(self) -> QualityResult:
        """Quality against cost."""
        return self.results[QualityResult]

    @property
    def crosscheck(self) -> Crosscheck:
        """The same work by other methods, stated results, and what drives the result."""
        return self.results[Crosscheck]

    @property
    def claims(self) -> ClaimsResult:
        """Claims that would not hold, and frugal AI."""
        return self.results[ClaimsResult]

    @property
    def checklist(self) -> ChecklistResult:
        """The verdicts on the rows of the checklist."""
        return self.results[ChecklistResult]

    @functools.cached_property
    def figures(self) -> Mapping[str, Quantity]:
        """Every figure of the study by the path under which it can be explained, such as `training.final-model.gwp100`."""
        return self.results.figures()

    def settle(self) -> None:
        """Take the intervals of all that is printed in one pass, before they are asked for one by one.

        Activity by activity, so that what only one of them rests on is let go before the next one is drawn.
        """
        walked: dict[str, list[Quantity]] = {}
        for result in self.results:
            for path, quantity in result.walked:
                walked.setdefault(_activity(path), []).append(quantity)
        of_all = walked.pop("", [])
        printed = [quantity for result in self.results for _, quantity in result.printed]
        settle([*printed, *leaves(self.roots)], [*chain.from_iterable(walked.values()), *of_all])

    @functools.cached_property
    def sweeps(self) -> tuple[Sweep, ...]:
        """The sweeps that belong in the report of the study."""
        from lca.assessment.sweeps.kinds import sweeps_that_matter

        return sweeps_that_matter(self)


def _activity(path: str) -> str:
    """Return the stage and the name behind it in a figure's path, `training.run` of `methods.patterson.training.run.energy`."""
    return next((f"{stage}.{name}" for stage, name in pairwise(path.split(".")) if stage in STAGES), "")
