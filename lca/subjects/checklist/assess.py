"""The checklist of a project, and what is past its review."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from lca.descriptor.descriptor import Project
from lca.problems import Problem
from lca.quantities.provenance import Factor
from lca.subjects.checklist.checks import declared_problems
from lca.subjects.checklist.examination import Documents, Examination, examine
from lca.subjects.checklist.facts import Facts
from lca.subjects.checklist.model import Checklist
from lca.subjects.checklist.rules import Finding, is_open
from lca.subjects.footprint.flow import Flow

LEGAL_TEXT_MAXIMUM_AGE = datetime.timedelta(days=365)


def screen(
    project: Project, checklist: Checklist, facts: Facts, flows: list[Flow]
) -> tuple[Examination, list[Problem]]:
    """Return the checklist of a project, and the doubts about its answers and sources."""
    about = project.project
    applicants = frozenset(name.strip().casefold() for name in (about.applicant, *about.partners) if name)
    examination = examine(checklist, project.checklist, facts, Documents(project.files, applicants))
    problems = [
        *_stale(project, checklist, flows, facts.as_of),
        *declared_problems(project, checklist, facts.as_of),
    ]
    return examination, problems


def open_rows(project: Project, findings: Iterable[Finding]) -> Iterator[Problem]:
    """Yield an error for each row that waits for an answer; a call that wants all of them asks with `--strict`."""
    for finding in findings:
        if is_open(finding) and finding.criterion.counts:
            criterion = finding.criterion
            place = project.document.key_at(("checklist", "answers", criterion.id))
            message = f"the row {criterion.id} has no answer: {criterion.question.en}"
            yield Problem(place, "LCA413", message, f"add it under `checklist: answers`, act {criterion.act}")


def _stale(project: Project, checklist: Checklist, flows: list[Flow], as_of: datetime.date) -> Iterator[Problem]:
    """Yield a warning where the legal texts or a used source are past their review."""
    top = project.document.at(())
    if as_of - checklist.written > LEGAL_TEXT_MAXIMUM_AGE:
        yield Problem(
            top,
            "LCA604",
            f"the legal texts were last checked on {checklist.written}",
            "look for a newer version of the program",
        )
    factors = [leaf for flow in flows for leaf in flow.factors.values() if isinstance(leaf, Factor)]
    sources = {factor.source for factor in factors if factor.source.review_by}
    for source in sorted(sources, key=lambda s: s.id):
        if datetime.date.fromisoformat(source.review_by) < as_of:
            yield Problem(
                top,
                "LCA604",
                f"the source {source.id} was to be reviewed by {source.review_by}",
                "look for a newer version",
            )
