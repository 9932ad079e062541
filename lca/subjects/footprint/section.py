"""The results: totals, coverage and their pictures."""

from __future__ import annotations

from typing import Any

from lca.assessment.record import Record
from lca.presenting.writer import Writer
from lca.quantities.quantity import Quantity
from lca.subjects.footprint import charts
from lca.subjects.footprint.impacts import Breakdown


def view(assessment: Record, writer: Writer) -> dict[str, Any]:
    """Return what the section of results needs."""
    climate = assessment.footprint.totals["gwp100"].total
    return {
        "outside": climate is not None and len(climate.draws) > 1 and not _inside(climate),
        "stage_shares": {
            name: _stage_shares(assessment, name)
            for name, part in assessment.footprint.totals.items()
            if part.total and part.total.value
        },
        "charts": _charts(assessment, writer),
    }


def _inside(quantity: Quantity) -> bool:
    low, _, high = quantity.interval()
    return low <= quantity.value <= high


def _charts(assessment: Record, writer: Writer) -> dict[str, str]:
    words, climate = writer.words, assessment.footprint.totals["gwp100"].total
    if climate is None or climate.value == 0:
        return {}
    scale, unit = writer.readable(climate)

    def scaled(part: Quantity | None) -> float:
        return part.value * scale if part is not None else 0.0

    rows = [
        (words[stage], scaled(parts["gwp100"].operational), scaled(parts["gwp100"].embodied))
        for stage, parts in assessment.footprint.by_stage.items()
        if "gwp100" in parts
    ]
    names = {i: indicator.name[writer.language] for i, indicator in assessment.book.indicators.items()}
    shares = [
        (names[i], _stage_shares(assessment, i))
        for i, part in assessment.footprint.totals.items()
        if part.total and part.total.value
    ]
    drawn = {"scopes": charts.scopes_by_stage(rows, unit, words, words)}
    if len(assessment.footprint.by_stage) > 1:
        drawn["indicators"] = charts.stages_by_indicator(shares, words, words)
    if len(climate.draws) > 1:
        drawn["distribution"] = charts.distribution(climate, scale, unit, words, words)
    return drawn


def _stage_shares(assessment: Record, indicator: str) -> dict[str, float]:
    whole: Breakdown = assessment.footprint.totals[indicator]
    assert whole.total is not None
    parts = ((stage, by.get(indicator)) for stage, by in assessment.footprint.by_stage.items())
    return {
        stage: part.total.value / whole.total.value
        for stage, part in parts
        if part is not None and part.total is not None
    }
