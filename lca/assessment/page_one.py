"""Page one: the largest contributions, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from lca.assessment.record import Record
from lca.descriptor.placeholders import placeholder_lines
from lca.presenting.writer import Writer
from lca.quantities.uncertainty import sampling_error
from lca.subjects.benefit.declared import Benefit
from lca.subjects.benefit.section import line_names, net_not_established, threshold
from lca.subjects.checklist.section import counted
from lca.subjects.footprint.completeness import NO_FACTOR
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.impacts import Impact
from lca.subjects.footprint.section import coverage_lines, is_outside, other_reading_lines, partial
from lca.subjects.subject import View


def view(assessment: Record, writer: Writer) -> View:
    """Return what page one needs."""
    footprint, climate = assessment.footprint, assessment.footprint.climate
    coverage, mixed = coverage_lines(assessment, writer)
    return {
        "footprint": footprint,
        "benefit": assessment.benefit,
        **_of_benefit(assessment, writer),
        "fingerprint": assessment.fingerprint,
        "declared_benefit": assessment.study.get(Benefit),
        "reductions": assessment.study[ProductSystem].reductions,
        "draws": writer.trimmed(assessment.fingerprint.draws),
        "sampling": sampling_error(climate.draws) if climate is not None else None,
        "outside": is_outside(climate),
        "coverage_sentence": coverage,
        "mixed_coverage": mixed,
        "other_readings": other_reading_lines(assessment, writer),
        "largest": _largest(assessment),
        "missing": missing(assessment, writer),
        "placeholders": placeholder_lines(assessment.problems),
        "placeholder_lines": _few(sorted(set(placeholder_lines(assessment.problems)))),
        "partial": partial(footprint),
        **counted(assessment, writer),
    }


def _of_benefit(assessment: Record, writer: Writer) -> View:
    """Return what the lines of the benefit are called, what keeps its net from being established, and the threshold."""
    study = assessment.benefit.study
    not_established = net_not_established(assessment.benefit.open_questions, writer)
    if study is None:
        return {"not_established": not_established}
    return {
        "line_names": line_names(study.climate, writer),
        "not_established": not_established,
        "threshold": threshold(assessment.benefit, writer),
    }


def _largest(assessment: Record, count: int = 3) -> list[tuple[Impact, float]]:
    """Return the flows that contribute most to climate change, with their shares."""
    climate = assessment.footprint.totals["gwp100"].total
    rows = sorted((i for i in assessment.footprint.impacts if i.indicator == "gwp100"), key=lambda i: -i.quantity.value)
    whole = climate.value if climate and climate.value else 1.0
    return [(impact, impact.quantity.value / whole) for impact in rows[:count]]


def _few(lines: list[int], most: int = 12) -> str:
    return ", ".join([*map(str, lines[:most]), *(["…"] if len(lines) > most else [])])


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
