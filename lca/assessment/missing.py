"""What a reviewer should know to be missing from a study, in words."""

from __future__ import annotations

from collections.abc import Iterator

from lca.assessment.record import Record
from lca.presenting.writer import Writer
from lca.subjects.footprint.completeness import NO_FACTOR


def missing(assessment: Record, writer: Writer) -> list[str]:
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
            if gap.reason != NO_FACTOR or gap.indicator == "gwp100"
        ),
        *_not_counted(assessment, writer),
    ]


def _not_counted(assessment: Record, writer: Writer) -> Iterator[str]:
    """Yield for each other indicator with a total how many lines of the inventory it does not count."""
    footprint, words = assessment.footprint, writer.words
    for name, part in footprint.totals.items():
        of = sum(lines.of for lines in footprint.coverage[name].values())
        left = of - sum(lines.counted for lines in footprint.coverage[name].values())
        if name != "gwp100" and part.total is not None and left:
            label = writer.inside(assessment.book.indicators[name].name[writer.language])
            yield words["lines_left_out"].format(indicator=label, left=left, of=of)
