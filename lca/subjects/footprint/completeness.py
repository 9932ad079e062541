"""What of the inventory is not counted, by line and indicator: the one truth behind gaps, "partial" and coverage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from lca.catalogue.indicator import Indicator
from lca.subjects.footprint.flow import EMBODIED, STAGES, Flow, Gap, concerns

#: Why a line of the inventory is not counted on an indicator.
NO_FACTOR = "no factor covers it on this indicator"


class Lines(Struct, frozen=True):
    """How many lines of a stage are counted on an indicator, of how many that should be: flows and what is no flow yet."""

    counted: int
    of: int

    @property
    def whole(self) -> bool:
        """Whether none is left out."""
        return self.counted == self.of


def gaps_of_flows(flows: Iterable[Flow], indicators: Mapping[str, Indicator]) -> Iterator[Gap]:
    """Yield a gap for each flow and each indicator that is one of it and that it has no factor for."""
    for flow in flows:
        for name, indicator in indicators.items():
            if name not in flow.factors and concerns(indicator, flow):
                yield Gap(flow.stage, flow.activity, flow.part, NO_FACTOR, flow.scope, name)


def leaves_open(gap: Gap, indicator: Indicator) -> bool:
    """Say whether an indicator's total lacks what a gap leaves out; manufacture is no electricity and no water on site."""
    other = gap.scope == EMBODIED and indicator.of in ("electricity", "water-on-site")
    return gap.leaves_open(indicator.id) and not other


def lines_by_stage(flows: Iterable[Flow], gaps: Iterable[Gap], indicator: Indicator) -> dict[str, Lines]:
    """Return for each stage how many of its lines are counted on an indicator; stages without any are left out."""
    counted = [flow.stage for flow in flows if indicator.id in flow.factors]
    missing = [gap.stage for gap in gaps if leaves_open(gap, indicator)]
    return {
        stage: Lines(counted.count(stage), counted.count(stage) + missing.count(stage))
        for stage in STAGES
        if stage in counted or stage in missing
    }
