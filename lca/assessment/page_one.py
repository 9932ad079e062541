"""Page one: the largest contributions, and what is missing."""

from __future__ import annotations

from typing import Any

from lca.assessment.record import Assessment
from lca.presenting.writer import Writer
from lca.subjects.checklist.model import VERDICTS
from lca.subjects.footprint.impacts import Impact


def view(assessment: Assessment, writer: Writer) -> dict[str, Any]:
    """Return what page one needs."""
    goal = assessment.project.goal
    return {
        "unestimated": sum(r.estimated_share is None for r in (*goal.excluded.values(), *goal.cut_offs.values())),
        "largest": _largest(assessment),
        "missing": _missing(assessment, writer),
        "verdicts": VERDICTS,
        "partial": {name: assessment.is_partial(name) for name in assessment.totals},
    }


def _largest(assessment: Assessment, count: int = 3) -> list[tuple[Impact, float]]:
    """Return the flows that contribute most to climate change, with their shares."""
    climate = assessment.totals["gwp100"].total
    rows = sorted((i for i in assessment.impacts if i.indicator == "gwp100"), key=lambda i: -i.quantity.value)
    whole = climate.value if climate and climate.value else 1.0
    return [(impact, impact.quantity.value / whole) for impact in rows[:count]]


def _missing(assessment: Assessment, writer: Writer) -> list[str]:
    """Return, in words, what a reviewer should know to be missing."""
    words = writer.words

    def line(what: str, names: list[str]) -> list[str]:
        return [f"{writer.heading(words[what])}{words['colon']} {', '.join(names)}"] if names else []

    def stages(status: str) -> list[str]:
        return [words[s.stage] for s in assessment.boundary if s.status == status]

    indicators = assessment.book.indicators
    unknown = [
        writer.inside(indicators[name].name[writer.language])
        for name, part in assessment.totals.items()
        if part.total is None
    ]
    return [
        *line("not_described", stages("not-assessed")),
        *line("excluded_stages", stages("excluded")),
        *line("no_factor_for", unknown),
        *(
            f"{gap.activity}, {writer.phrase(gap.part)}{words['colon']} {writer.phrase(gap.reason)}"
            for gap in assessment.gaps
        ),
    ]
