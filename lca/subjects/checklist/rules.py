"""The thirteen ordered rules that give a row its verdict, and how verdicts add up; nothing here is undefined or scored."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from lca.descriptor.named_file import EvidenceItem
from lca.subjects.checklist.declared import Answer
from lca.subjects.checklist.explain import remedy_of, why
from lca.subjects.checklist.model import ROLES, SHORTEST_JUSTIFICATION, STRENGTHS, VERDICTS, Checklist, Criterion, Text
from lca.subjects.checklist.outcome import AGREES, CONTRADICTS, MISSING, Outcome
from lca.subjects.checklist.reading import read_date
from lca.subjects.claims.declared import Condition

#: What a document is to a row: it supports a yes, or why it does not.
ACCEPTED, EXPIRED, TOO_WEAK, WRONG_TYPE, OWN = "accepted", "expired", "too_weak", "wrong_type", "own"

_VERDICT_OF_RULE = {
    "R01": "no_criterion_in_act",
    "R04": "not_applicable_justified",
    "R06": "fail",
    "R08": "fail",
    "R13": "pass",
}


class Finding(Struct, frozen=True):
    """A row's verdict, the rule that spoke, why, what would change it, and what it rests on."""

    criterion: Criterion
    verdict: str
    rule: str
    reason: Text
    remedy: Text
    contradiction: bool
    prechecks: Mapping[str, Outcome] = field(default_factory=dict)
    answer: Answer | None = None
    standings: tuple[str, ...] = ()


def rule_of(
    criterion: Criterion,
    answer: Answer | None,
    standings: Iterable[str],
    hard: Iterable[str],
    soft: Iterable[str],
    reason_contradicted: bool,
) -> str:
    """Return the first rule that fits, `R01` to `R13`; the order is the method.

    Args:
        criterion: the row.
        answer: what the applicant says, None for silence.
        standings: what each document of the answer is to the row.
        hard: results of the row's hard pre-checks.
        soft: results of its soft pre-checks.
        reason_contradicted: whether the project contradicts the stated reason for "not applicable".
    """
    if criterion.no_criterion:
        return "R01"
    if answer is None or answer.answer == "unknown":
        return "R02"
    justified = is_justified(answer)
    if answer.answer == "not_applicable":
        if reason_contradicted:
            return "R03"
        allowed = answer.not_applicable_reason in criterion.not_applicable_reasons
        return "R04" if allowed and justified else "R05"
    if answer.answer in ("no", "partial"):
        return "R06" if answer.answer == "no" else "R07"
    decisive = set(hard)
    if CONTRADICTS in decisive:
        return "R08"
    if MISSING in decisive:
        return "R09"
    if CONTRADICTS in set(soft):
        return "R10"
    found = set(standings)
    if not justified or not found & {ACCEPTED, EXPIRED}:
        return "R11"
    return "R13" if ACCEPTED in found else "R12"


def is_justified(answer: Answer | Condition) -> bool:
    """Say whether an answer's justification is long enough to say anything."""
    return len(answer.justification.strip()) >= SHORTEST_JUSTIFICATION


def verdict_of(rule: str, criterion: Criterion) -> str:
    """Return the verdict that a rule gives on a row."""
    return criterion.partial_policy if rule == "R07" else _VERDICT_OF_RULE.get(rule, "insufficient_evidence")


def standing_of(criterion: Criterion, item: EvidenceItem, own: bool, as_of: datetime.date) -> str:
    """Say what a document is to a row.

    Args:
        criterion: the row.
        item: the document.
        own: whether it is the project's own assessment, which is never evidence for its own rows.
        as_of: the date that expiry is judged by.
    """
    if own:
        return OWN
    if item.type not in criterion.evidence_accepted:
        return WRONG_TYPE
    if STRENGTHS.index(item.strength) < STRENGTHS.index(criterion.min_strength):
        return TOO_WEAK
    until, issued = read_date(item.valid_until), read_date(item.date)
    if until is not None and until < as_of:
        return EXPIRED
    if criterion.max_age_days is not None and issued is not None and (as_of - issued).days > criterion.max_age_days:
        return EXPIRED
    return ACCEPTED


def judge_row(
    checklist: Checklist,
    criterion: Criterion,
    answer: Answer | None,
    outcomes: Mapping[str, Outcome],
    standings: tuple[str, ...] = (),
    reason_contradicted: Text | None = None,
) -> Finding:
    """Return the verdict on one row.

    Args:
        checklist: the words.
        criterion: the row.
        answer: what the applicant says, None for silence.
        outcomes: outcome of each pre-check that the row names, and of its sub-questions.
        standings: what each document of the answer is to the row.
        reason_contradicted: what contradicts the stated reason for "not applicable".
    """

    def results(severity: str) -> list[str]:
        return [o.result for name, o in outcomes.items() if checklist.prechecks[name].severity == severity]

    rule = rule_of(criterion, answer, standings, results("hard"), results("soft"), reason_contradicted is not None)
    return Finding(
        criterion=criterion,
        verdict=verdict_of(rule, criterion),
        rule=rule,
        reason=why(checklist, rule, answer, outcomes, standings, reason_contradicted),
        remedy=remedy_of(checklist, rule, criterion),
        contradiction=rule in ("R03", "R08", "R10"),
        prechecks=outcomes,
        answer=answer,
        standings=standings,
    )


def of_sub_questions(findings: Iterable[Finding]) -> Outcome:
    """Return what a row's sub-questions are to it: one that fails contradicts, one that is open leaves it untested."""
    rows = [finding for finding in findings if finding.criterion.counts]
    for verdict, result in (("fail", CONTRADICTS), ("insufficient_evidence", MISSING)):
        named = ", ".join(finding.criterion.id for finding in rows if finding.verdict == verdict)
        if named:
            return Outcome(result, Text(named, named))
    return Outcome(AGREES)


def aggregate(findings: Iterable[Finding]) -> str:
    """Return the verdict on several rows together: the worst of them; a row that does not count is left out."""
    found = {finding.verdict for finding in findings if finding.criterion.counts}
    for verdict in ("fail", "insufficient_evidence", "pass", "not_applicable_justified"):
        if verdict in found:
            return verdict
    return "no_criterion_in_act"


def counts(findings: Iterable[Finding]) -> dict[str, dict[str, int]]:
    """Return for each role how many rows have each verdict: five counts, never a score."""
    rows = [(f.criterion.role, f.verdict) for f in findings if f.criterion.counts]
    return {role: {verdict: rows.count((role, verdict)) for verdict in VERDICTS} for role in ROLES}


def is_open(finding: Finding) -> bool:
    """Say whether a row waits for an answer."""
    return finding.rule == "R02"
