"""The headline: two sentences that say what is known of cost and gain, and as loudly what is not."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from lca.assessment.record import Record
from lca.presenting.svg import shortened
from lca.presenting.writer import Writer
from lca.quantities.quantity import Quantity
from lca.subjects.benefit.balance import Balance
from lca.subjects.benefit.declared import Benefit

#: What is known of a gain: nothing is said, that there is none, announced in its own unit alone, announced on climate change, or
#: established there with something that remains, without anything, and with a sign that its interval leaves open.
SILENT, NONE, PHYSICAL, ANNOUNCED, REMAINS, NO_NET, OPEN_SIGN = (
    *("silent", "none", "physical", "announced"),
    *("remains", "no_net", "open_sign"),
)


class CostFacts(Struct, frozen=True, eq=False):
    """What the headline says of the cost.

    `at_least` where something described is not counted, or a stage is not assessed (`missing` counts these) or excluded though it
    is not said to be nothing (`excluded`). `leading` is the stage with the largest part, and `share` that part; empty and 0 where
    one stage alone is counted.
    """

    climate: Quantity | None
    at_least: bool
    missing: int
    excluded: int
    leading: str
    share: float


def cost_facts(assessment: Record) -> CostFacts:
    """Return what the headline says of the cost."""
    footprint = assessment.footprint
    climate = footprint.climate
    missing = sum(status.status == "not-assessed" for status in footprint.boundary)
    excluded = sum(status.status == "excluded" and status.estimated_share != 0 for status in footprint.boundary)
    stages = {
        stage: parts["gwp100"].total.value
        for stage, parts in footprint.by_stage.items()
        if "gwp100" in parts and parts["gwp100"].total is not None
    }
    leading, share = "", 0.0
    if climate is not None and climate.value > 0 and len(stages) > 1:
        leading = max(stages, key=lambda stage: stages[stage])
        share = stages[leading] / climate.value
    at_least = bool(missing or excluded) or footprint.is_partial("gwp100")
    return CostFacts(climate, at_least, missing, excluded, leading, share)


def gain_kind(assessment: Record) -> str:
    """Return what is known of the gain."""
    declared, study = assessment.study.get(Benefit), assessment.benefit.study
    if study is None:
        if assessment.benefit.physical:
            return PHYSICAL
        return NONE if declared is not None and declared.none else SILENT
    if not study.is_established:
        return ANNOUNCED
    return _sign(study.climate)


def _sign(climate: Balance) -> str:
    net = climate.net_project
    if net.value <= 0:
        return NO_NET
    if net.is_open or not net.is_drawn:
        return REMAINS
    return REMAINS if net.interval()[0] > 0 else OPEN_SIGN


def headline(assessment: Record, writer: Writer, widest: float = math.inf) -> tuple[str, str]:
    """Return the two sentences; a name in them that is wider than `widest`, in CSS pixels, is cut."""
    return _of_cost(assessment, writer), _of_gain(assessment, writer, widest)


def _of_cost(assessment: Record, writer: Writer) -> str:
    words, facts = writer.words["dossier"]["headline"], cost_facts(assessment)
    missing = _what_is_missing(facts, words)
    if facts.climate is None:
        return str(words["no_cost"].format(missing=missing))
    amount = writer.amount(facts.climate, 2)
    if facts.at_least:
        return str(words["at_least"].format(amount=amount, missing=missing))
    interval = writer.interval(facts.climate)
    known = words["in_all"] if interval == "–" else words["in_all_between"]
    led = (
        words["led_by"].format(stage=writer.inside(writer.words[facts.leading]), share=writer.percent(facts.share))
        if facts.leading
        else ""
    )
    return str(known.format(amount=amount, interval=interval, led=led))


def _what_is_missing(facts: CostFacts, words: Mapping[str, Any]) -> str:
    found = [
        words[key][str(count)]
        for key, count in (("stages_missing", facts.missing), ("stages_excluded", facts.excluded))
        if count
    ]
    return ", ".join(found) or str(words["parts_missing"])


def _of_gain(assessment: Record, writer: Writer, widest: float) -> str:
    words, kind = writer.words["dossier"]["headline"], gain_kind(assessment)
    result = assessment.benefit
    if kind in (SILENT, NONE):
        return str(words[kind])
    questions = result.open_questions
    why = writer.words["open_questions"][questions[0].code] if questions else ""
    if kind == PHYSICAL:
        first = max(result.physical, key=lambda line: line.attributed.value)
        text = words["physical_open" if questions else "physical"]
        what = shortened(writer.inside(first.flow.description or first.flow.name), widest)
        return str(text.format(amount=writer.amount(first.attributed, 2), what=what, why=why))
    assert result.study is not None
    climate = result.study.climate
    years = writer.counted(climate.horizon, writer.words["years"])
    return str(
        words[kind].format(
            potential=writer.amount(climate.potential, 2),
            net=writer.amount(climate.net_project, 2),
            interval=writer.interval(climate.net_project),
            years=years,
            why=why,
        )
    )
