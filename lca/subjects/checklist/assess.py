"""The checklist of a project: the verdict on each row, and the doubts about its answers and legal texts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from lca.descriptor.descriptor import Descriptor
from lca.problems import Problem, listed
from lca.subjects.checklist.checks import declared_problems
from lca.subjects.checklist.declared import Declarations
from lca.subjects.checklist.examination import Documents, Examination, examine
from lca.subjects.checklist.facts import facts_of
from lca.subjects.checklist.model import Checklist
from lca.subjects.checklist.rules import Finding, is_open
from lca.subjects.subject import Inputs, Result, Results

LEGAL_TEXT_MAXIMUM_AGE = datetime.timedelta(days=365)


class ChecklistResult(Result, frozen=True, eq=False, kw_only=True):
    """The criteria of all acts, and what was found of a project on them."""

    criteria: Checklist
    examination: Examination

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The verdicts on the rows."""
        return self.examination.findings


def assess(inputs: Inputs, earlier: Results) -> ChecklistResult:
    """Judge every row of the acts that a project needs or chooses."""
    descriptor, criteria = inputs.descriptor, inputs.rules[Checklist]
    about = descriptor.about
    applicants = frozenset(name.strip().casefold() for name in (about.applicant, *about.partners) if name)
    facts = facts_of(descriptor, inputs.book, criteria, earlier, inputs.as_of)
    documents = Documents(descriptor.files, applicants)
    examination = examine(criteria, descriptor[Declarations], facts, documents)
    problems = (
        *_stale_texts(descriptor, criteria, inputs.as_of),
        *declared_problems(descriptor, criteria, inputs.as_of),
    )
    return ChecklistResult(criteria=criteria, examination=examination, problems=problems)


def open_rows(findings: Iterable[Finding]) -> list[Finding]:
    """Return the rows of the acts that wait for an answer."""
    return [finding for finding in findings if is_open(finding) and finding.criterion.counts]


def unanswered(descriptor: Descriptor, findings: Iterable[Finding]) -> Iterator[Problem]:
    """Yield one error that names all rows without an answer; a call that wants all of them asks with `--strict`."""
    rows = [finding.criterion for finding in open_rows(findings)]
    if rows:
        file, answers = descriptor.document.file, ("checklist", "answers")
        place = descriptor.document.key_at((*answers, rows[0].id) if len(rows) == 1 else answers)
        message = f"the row {rows[0].id} has no answer: {rows[0].question.en}"
        if len(rows) > 1:
            named = listed([row.id for row in rows], f"lca dnsh {file}")
            message = f"{len(rows)} rows of the checklist have no answer: {named}"
        hint = f"`lca check --fill {file}` writes a block for each into the descriptor, to be uncommented and answered"
        yield Problem(place, "LCA413", message, hint)


def _stale_texts(descriptor: Descriptor, criteria: Checklist, as_of: datetime.date) -> Iterator[Problem]:
    """Yield a warning where the legal texts are past their review."""
    if as_of - criteria.written > LEGAL_TEXT_MAXIMUM_AGE:
        message = f"the legal texts were last checked on {criteria.written}"
        yield Problem(descriptor.document.at(()), "LCA604", message, "look for a newer version of the program")
