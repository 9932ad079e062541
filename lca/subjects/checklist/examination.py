"""The checklist of one project: which acts are shown and why, and the verdict on each of their rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from lca.quantities.by_language import Text
from lca.subjects.checklist.context import ContextFinding, run_context
from lca.subjects.checklist.declared import Answer, Declarations
from lca.subjects.checklist.facts import Facts
from lca.subjects.checklist.model import ROLES, SCREENING, Act, Checklist, Criterion
from lca.subjects.checklist.outcome import Outcome
from lca.subjects.checklist.prechecks import SUB_QUESTIONS, run_prechecks
from lca.subjects.checklist.reasons import outcome_of_reason
from lca.subjects.checklist.rules import Finding, aggregate, judge_row, of_sub_questions
from lca.subjects.checklist.standings import Documents

SAFEGUARDS = "minimum_safeguards"


class ShownAct(Struct, frozen=True):
    """An act with why it is shown, and the verdict on its rows of each role, its appendices among them."""

    act: Act
    why: Text
    verdicts: Mapping[str, str]


class Examination(Struct, frozen=True):
    """The findings on all rows shown, the context checks, and the acts that the descriptor chose not to show."""

    shown: tuple[ShownAct, ...]
    findings: tuple[Finding, ...]
    context: tuple[ContextFinding, ...]
    not_chosen: tuple[tuple[Act, Text], ...]


def examine(
    checklist: Checklist, declarations: Declarations, facts: Facts, documents: Documents, asked: Iterable[str] = ()
) -> Examination:
    """Judge every row of the acts that a project needs or chooses, and of those that its call asks for."""
    acts, not_chosen = choose(checklist, declarations, facts, asked)
    rows = [criterion for act, _ in acts for criterion in act.criteria.values()]
    outcomes = run_prechecks(facts, checklist)
    findings: dict[str, Finding] = {}
    for criterion in sorted(rows, key=lambda row: bool(row.sub_questions)):
        answer = declarations.answers.get(criterion.id)
        own = {name: outcomes[name] for name in criterion.prechecks}
        if criterion.sub_questions:
            own[SUB_QUESTIONS] = of_sub_questions(findings[name] for name in criterion.sub_questions)
        findings[criterion.id] = _judge(checklist, criterion, answer, own, facts, documents)
    ordered = tuple(findings[criterion.id] for criterion in rows)
    shown = tuple(ShownAct(act, why, _verdicts(act, findings)) for act, why in acts)
    return Examination(shown, ordered, run_context(facts, checklist), not_chosen)


def _judge(
    checklist: Checklist,
    criterion: Criterion,
    answer: Answer | None,
    outcomes: Mapping[str, Outcome],
    facts: Facts,
    documents: Documents,
) -> Finding:
    if answer is None:
        return judge_row(checklist, criterion, None, outcomes)
    standings = tuple(documents.standing(criterion, item, facts.as_of) for item in answer.evidence)
    reason = outcome_of_reason(answer.not_applicable_reason, facts, checklist)
    return judge_row(checklist, criterion, answer, outcomes, standings, reason)


def choose(
    checklist: Checklist, declarations: Declarations, facts: Facts, asked: Iterable[str] = ()
) -> tuple[list[tuple[Act, Text]], tuple[tuple[Act, Text], ...]]:
    """Return the acts to show with the reason of each, and those that the project needs but the descriptor leaves out."""
    needed = dict(_needed(facts))
    if declarations.acts is None:
        wanted = dict(needed)
    else:
        named = (checklist.act_of(name) for name in declarations.acts)
        wanted = {SCREENING: "always", **{act.id: "chosen" for act in named if act is not None and act.id != SCREENING}}
    for act in filter(None, map(checklist.act_of, asked)):
        wanted.setdefault(act.id, "asked")
    for appendix in _referred(checklist, [checklist.acts[name] for name in wanted]):
        wanted.setdefault(appendix, "referred")

    def because(names: Mapping[str, str]) -> list[tuple[Act, Text]]:
        return [
            (act, checklist.word("reasons_to_show", names[act.id]))
            for act in checklist.acts.values()
            if act.id in names
        ]

    left_out = {name: reason for name, reason in needed.items() if name not in wanted}
    return because(wanted), tuple(because(left_out))


def _needed(facts: Facts) -> Iterable[tuple[str, str]]:
    """Yield the acts that a project needs by its own content, with the name of the reason."""
    yield SCREENING, "always"
    if facts.computing:
        yield "cca_8_1", "computing"
    if facts.avoided:
        yield "ccm_8_2", "claim"
    if facts.computing or facts.avoided:
        yield SAFEGUARDS, "safeguards"


def _referred(checklist: Checklist, acts: Iterable[Act]) -> Iterable[str]:
    """Yield the appendices that rows of some acts refer to."""
    questions = {name for act in acts for row in act.criteria.values() for name in row.sub_questions}
    for act in checklist.acts.values():
        if questions & act.criteria.keys():
            yield act.id


def _verdicts(act: Act, findings: Mapping[str, Finding]) -> dict[str, str]:
    """Return the verdict on an act's rows of each role; what its rows ask in an appendix counts among them."""
    verdicts = {}
    for role in ROLES:
        rows = [row for row in act.criteria.values() if row.role == role and row.counts]
        asked = [findings[name] for row in rows for name in row.sub_questions]
        if rows:
            verdicts[role] = aggregate([*(findings[row.id] for row in rows), *asked])
    return verdicts
