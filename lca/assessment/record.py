"""The record of an assessment: the result of every subject, and what they were computed from."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping
from dataclasses import dataclass, field

from lca.catalogue.book import FactorBook
from lca.descriptor.descriptor import Descriptor
from lca.descriptor.parts import Parts
from lca.problems import Problem
from lca.quantities.quantity import Quantity
from lca.subjects.benefit.assess import BenefitResult
from lca.subjects.checklist.assess import ChecklistResult
from lca.subjects.claims.assess import ClaimsResult
from lca.subjects.crosscheck.assess import Crosscheck
from lca.subjects.footprint.assess import Footprint
from lca.subjects.frugality.assess import Frugality
from lca.subjects.money.assess import MoneyResult
from lca.subjects.quality.assess import QualityResult
from lca.subjects.subject import Results

DEFAULT_DRAWS = 10_000
DEFAULT_SEED = 2026


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a report depends on; the same fingerprint gives the same bytes. `files` holds the hash of each further file."""

    descriptor: str
    catalogue: str
    catalogue_version: str
    code_version: str
    seed: int
    draws: int
    as_of: datetime.date
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Record:
    """Everything that is known of a study: `study` is its descriptor, `results` what the subjects gave.

    `rules` is what is shipped beside the factors; `scenarios` are the descriptor's, each a record of its own.
    """

    study: Descriptor
    book: FactorBook
    rules: Parts
    fingerprint: Fingerprint
    results: Results
    problems: tuple[Problem, ...]
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
