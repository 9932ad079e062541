"""Page one: the largest contributions, and what is missing."""

from __future__ import annotations

from typing import Any

from lca.assessment.record import Record
from lca.presenting.writer import Writer
from lca.subjects.checklist.model import VERDICTS
from lca.subjects.footprint.impacts import Impact


def view(assessment: Record, writer: Writer) -> dict[str, Any]:
    """Return what page one needs."""
    goal = assessment.study.goal
    return {
        "unestimated": sum(r.estimated_share is None for r in (*goal.excluded.values(), *goal.cut_offs.values())),
        "largest": _largest(assessment),
        "missing": _missing(assessment, writer),
        "verdicts": VERDICTS,
        "partial": {name: assessment.footprint.is_partial(name) for name in assessment.footprint.totals},
    }


def _largest(assessment: Record, count: int = 3) -> list[tuple[Impact, float]]:
    """Return the flows that contribute most to climate change, with their shares."""
    climate = assessment.footprint.totals["gwp100"].total
    rows = sorted((i for i in assessment.footprint.impacts if i.indicator == "gwp100"), key=lambda i: -i.quantity.value)
    whole = climate.value if climate and climate.value else 1.0
    return [(impact, impact.quantity.value / whole) for impact in rows[:count]]


def _missing(assessment: Record, writer: Writer) -> list[str]:
    """Return, in words, what a reviewer should know to be missing."""
    words = writer.words

    def line(what: str, names: list[str]) -> list[str]:
        return [f"{writer.heading(words[what])}{words['colon']} {', '.join(names)}"] if names else []

    def stages(status: str) -> list[str]:
        return [words[s.stage] for s in assessment.footprint.boundary if s.status == status]

    indicators = assessment.book.indicators
    unknown = [
        writer.inside(indicators[name].name[writer.language])
        for name, part in assessment.footprint.totals.items()
        if part.total is None
    ]
    return [
        *line("not_described", stages("not-assessed")),
        *line("excluded_stages", stages("excluded")),
        *line("no_factor_for", unknown),
        *(
            f"{gap.activity}, {writer.phrase(gap.part)}{words['colon']} {writer.phrase(gap.reason)}"
            for gap in assessment.footprint.gaps
        ),
    ]
