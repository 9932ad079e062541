"""Everything that a report says about a project, as quantities that know where they come from."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from lca.catalogue.book import FactorBook
from lca.descriptor.descriptor import Project
from lca.problems import Problem
from lca.quantities.quantity import Quantity
from lca.subjects.benefit.assess import BenefitStudy
from lca.subjects.benefit.balance import Balance
from lca.subjects.benefit.break_even import BreakEven
from lca.subjects.checklist.examination import Examination
from lca.subjects.checklist.model import Checklist
from lca.subjects.checklist.rules import Finding
from lca.subjects.claims.assess import Claim
from lca.subjects.crosscheck.stated_results import Recomputed
from lca.subjects.footprint.boundary import StageStatus
from lca.subjects.footprint.flow import Flow, Gap
from lca.subjects.footprint.impacts import Breakdown, Impact
from lca.subjects.footprint.market_based import MarketResult
from lca.subjects.frugality.assess import Frugality
from lca.subjects.money.assess import MoneyResult
from lca.subjects.quality.trade_off import TradeOff

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


@dataclass(frozen=True, slots=True, eq=False)
class Assessment:
    """Everything that a report says about a project, as quantities that know where they come from."""

    project: Project
    book: FactorBook
    fingerprint: Fingerprint
    flows: tuple[Flow, ...]
    gaps: tuple[Gap, ...]
    impacts: tuple[Impact, ...]
    totals: Mapping[str, Breakdown]
    by_stage: Mapping[str, Mapping[str, Breakdown]]
    by_activity: Mapping[str, Mapping[str, Breakdown]]
    by_site: Mapping[str, Mapping[str, Breakdown]]
    energy: Quantity | None
    energy_at_plug: Quantity | None
    energy_by_activity: Mapping[str, Quantity]
    energy_by_stage: Mapping[str, Quantity]
    parity: Mapping[str, Quantity]
    units: Quantity
    per_unit: Mapping[str, Quantity]
    coverage: Mapping[str, Mapping[str, float]]
    evidence: Mapping[str, Mapping[str, float]]
    boundary: tuple[StageStatus, ...]
    cut_off_share: float
    benefit: Balance | None
    benefit_study: BenefitStudy | None
    break_evens: tuple[BreakEven, ...]
    worth: Mapping[str, Quantity]
    checklist: Checklist
    examination: Examination
    claims: tuple[Claim, ...]
    frugal_ai: Mapping[str, str]
    problems: tuple[Problem, ...]
    frugality: Frugality
    money: MoneyResult | None = None
    trade_offs: tuple[TradeOff, ...] = ()
    recomputed: tuple[Recomputed, ...] = ()
    market_based: MarketResult | None = None
    scenarios: Mapping[str, Assessment] = field(default_factory=dict)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The verdicts on the rows of the checklist."""
        return self.examination.findings

    def is_partial(self, indicator: str) -> bool:
        """Say whether some flows are not assessed on an indicator, so that its total is a part of the whole."""
        return any(share < 1 for share in self.coverage[indicator].values()) or bool(self.gaps)
