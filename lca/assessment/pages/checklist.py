"""The checklist in short: a matrix of objectives and acts, the rows that are not met or doubtful, and those without an answer."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from lca.assessment.record import Record
from lca.presenting.writer import Writer
from lca.subjects.checklist.model import OBJECTIVES
from lca.subjects.checklist.rules import Finding
from lca.subjects.checklist.section import words_in
from lca.subjects.subject import View

#: Rows that stand in full; what is beyond is counted, and stands in what is attached.
MOST_IN_FULL = 9
#: The signs of the matrix, by verdict.
SIGNS = {"pass": "✓", "fail": "✗", "insufficient_evidence": "?"}


class FullRow(Struct, frozen=True):
    """A row that is not met, contradicted, or answered without sufficient evidence: its question, why, and what would change it."""

    id: str
    verdict: str
    sign: str
    reference: str
    question: str
    reason: str
    remedy: str


class ShortRow(Struct, frozen=True):
    """An answered row in one line."""

    id: str
    sign: str
    question: str


def view(assessment: Record, writer: Writer) -> View:
    """Return what the page on the checklist needs."""
    language, result = writer.language, assessment.checklist
    findings = list(result.findings)
    grave = sorted((f for f in findings if _is_grave(f)), key=_gravity)
    others = [f for f in findings if f.answer is not None and not _is_grave(f)]
    silent = [f for f in findings if f.answer is None and f.verdict == "insufficient_evidence"]
    objectives = words_in(assessment, language)["objectives"]
    acts = [shown.act for shown in result.examination.shown]
    return {
        "matrix_acts": [act.name.in_(language) for act in acts],
        "matrix": [
            (
                objectives[objective],
                [
                    _signs(f for f in findings if f.criterion.act == act.id and f.criterion.objective == objective)
                    for act in acts
                ],
            )
            for objective in OBJECTIVES
            if any(f.criterion.objective == objective for f in findings)
        ],
        "full_rows": [_full(finding, language) for finding in grave[:MOST_IN_FULL]],
        "full_more": max(len(grave) - MOST_IN_FULL, 0),
        "short_rows": [ShortRow(f.criterion.id, _sign(f), f.criterion.question.in_(language)) for f in others],
        "silent_rows": [f.criterion.id for f in silent],
    }


def _is_grave(finding: Finding) -> bool:
    return finding.verdict == "fail" or (finding.verdict == "insufficient_evidence" and finding.answer is not None)


def _gravity(finding: Finding) -> tuple[bool, bool, str]:
    """Rows that contradict the project's own data first, then those that are not met, then those without evidence."""
    return (not finding.contradiction, finding.verdict != "fail", finding.criterion.id)


def _sign(finding: Finding) -> str:
    return SIGNS.get(finding.verdict, "–")


def _signs(findings: Iterable[Finding]) -> str:
    """Return how many rows have each verdict, as in `✗ 1 ? 3 ✓ 2`."""
    counted: dict[str, int] = {}
    for finding in findings:
        counted[_sign(finding)] = counted.get(_sign(finding), 0) + 1
    order = ("✗", "?", "✓", "–")
    return "  ".join(f"{sign}\u00a0{counted[sign]}" for sign in order if sign in counted)


def _full(finding: Finding, language: str) -> FullRow:
    criterion = finding.criterion
    return FullRow(
        criterion.id,
        finding.verdict,
        _sign(finding),
        criterion.reference.in_(language),
        criterion.question.in_(language),
        finding.reason.in_(language),
        finding.remedy.in_(language),
    )
