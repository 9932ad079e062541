"""What is missing and what is doubtful in a dossier, as kinds by which a list of dossiers is filtered and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from lca.portfolio.across import REFERENCE, Finding
from lca.portfolio.row import ASSESSED, Row

#: What may be missing: any figure, a part of the emissions, the figure of a part, answers of the checklist, a word on a benefit;
#: a stage that is neither described nor excluded is `stage.` and its name.
UNASSESSED, AT_LEAST, GAPS, UNANSWERED, SILENT = ("unassessed", "at-least", "gaps", "unanswered", "silent")
STAGE = "stage."
#: An answer of the checklist that the dossier's own figures contradict; the other doubts are codes and kinds of findings.
CONTRADICTED = "contradicted"


def stages_missing(row: Row) -> list[str]:
    """Return the stages that are neither described nor excluded."""
    return [stage for stage, status in row.stages.items() if status == "not-assessed"]


def missing(row: Row) -> list[str]:
    """Return the kinds of what is missing."""
    if row.outcome != ASSESSED:
        return [UNASSESSED]
    asked = {
        AT_LEAST: row.at_least,
        GAPS: row.gaps,
        UNANSWERED: row.unanswered,
        SILENT: row.gain is not None and row.gain.kind == "silent",
    }
    return [*(STAGE + stage for stage in stages_missing(row)), *(kind for kind, is_so in asked.items() if is_so)]


def doubts(row: Row, findings: Iterable[Finding]) -> Counter[str]:
    """Return the kinds of doubts with the number of their places; a question that a warning asks already is not counted twice."""
    found = Counter(problem.code for problem in row.warnings)
    found.update(code for code in (row.gain.open if row.gain is not None else ()) if code not in found)
    if row.contradicted:
        found[CONTRADICTED] = row.contradicted
    found.update(finding.kind for finding in findings if finding.kind != REFERENCE)
    return found


def completeness(row: Row) -> int:
    """Return what sorts dossiers by how complete they are: first by stages that are missing, then by parts, then by answers.

    It is an order of reading, no mark; a dossier that was not assessed is the least complete.
    """
    if row.outcome != ASSESSED:
        return 0
    lacking = (len(stages_missing(row)), min(row.gaps, 999), min(row.unanswered, 999))
    return 10**7 - (lacking[0] * 10**6 + lacking[1] * 10**3 + lacking[2])
