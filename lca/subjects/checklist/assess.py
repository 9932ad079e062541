"""The checklist of a project: the verdict on each row, and the doubts about its answers and legal texts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from lca.descriptor.descriptor import Descriptor
from lca.problems import Problem, listed
from lca.subjects.checklist.checks import declared_problems
from lca.subjects.checklist.declared import AskedActs, Declarations
from lca.subjects.checklist.depth import IntendedLevel, intended_levels
from lca.subjects.checklist.examination import Examination, examine
from lca.subjects.checklist.facts import facts_of
from lca.subjects.checklist.model import Checklist
from lca.subjects.checklist.reading import read_date
from lca.subjects.checklist.rules import Finding, is_open
from lca.subjects.checklist.standings import Documents
from lca.subjects.subject import Inputs, Result, Results

LEGAL_TEXT_MAXIMUM_AGE = datetime.timedelta(days=365)


class ChecklistResult(Result, frozen=True, eq=False, kw_only=True):
    """The criteria of all acts on the date whose law is taken, and what was found of a project on them.

    `law_of` is that date; `by_later_text` what would be found by the texts of the date of assessment, None where they are the
    same.
    """

    criteria: Checklist
    examination: Examination
    law_of: datetime.date
    depth: tuple[IntendedLevel, ...] = ()
    by_later_text: Examination | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The verdicts on the rows."""
        return self.examination.findings


def assess(inputs: Inputs, earlier: Results) -> ChecklistResult:
    """Judge every row of the acts that a project needs or chooses."""
    descriptor, whole = inputs.descriptor, inputs.rules[Checklist]
    about, law_of = descriptor.about, law_date(descriptor, inputs.as_of)
    criteria, later = whole.on(law_of), whole.on(inputs.as_of)
    applicants = frozenset(name.strip().casefold() for name in (about.applicant, *about.partners) if name)
    facts = facts_of(descriptor, inputs.book, criteria, earlier, inputs.as_of)
    codes = [hosting.code_of_conduct for hosting in descriptor[Declarations].hosting.values()]
    tables = frozenset(code.file for code in codes if code is not None and code.file)
    documents = Documents(descriptor.files, applicants, tables, str(about.start))
    declarations = descriptor[Declarations]
    of_call = descriptor.get(AskedActs)
    asked = of_call.acts if of_call is not None else ()
    examination = examine(criteria, declarations, facts, documents, asked)
    by_later_text = None if later.acts == criteria.acts else examine(later, declarations, facts, documents, asked)
    problems = (
        *_stale_texts(descriptor, whole, inputs.as_of),
        *_unnamed_law(descriptor),
        *declared_problems(descriptor, whole, inputs.as_of),
    )
    return ChecklistResult(
        criteria=criteria,
        examination=examination,
        law_of=law_of,
        depth=intended_levels(declarations.depth, facts, criteria),
        by_later_text=by_later_text,
        problems=problems,
    )


def law_date(descriptor: Descriptor, as_of: datetime.date) -> datetime.date:
    """Return the date whose law is taken: that which the call names, else that of the assessment."""
    law = descriptor[Declarations].law
    return (read_date(law.date) if law else None) or as_of


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


def _unnamed_law(descriptor: Descriptor) -> Iterator[Problem]:
    """Yield a question where a project answers a call's checklist and does not say which text of the law the call names."""
    declared = descriptor[Declarations]
    if descriptor.about.call and declared.answers and declared.law is None:
        place = descriptor.document.key_at(("checklist",))
        message = "which text of the law does the call name? That of the date of assessment is taken"
        hint = "add `checklist: {law: {date: ..., source: ...}}` from the call's specification"
        yield Problem(place, "LCA616", message, hint)


def _stale_texts(descriptor: Descriptor, criteria: Checklist, as_of: datetime.date) -> Iterator[Problem]:
    """Yield a warning where the legal texts are past their review."""
    if as_of - criteria.written > LEGAL_TEXT_MAXIMUM_AGE:
        message = f"the legal texts were last checked on {criteria.written}"
        yield Problem(descriptor.document.at(()), "LCA604", message, "look for a newer version of the program")
