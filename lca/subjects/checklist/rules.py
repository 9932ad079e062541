"""The thirteen ordered rules that give a row its verdict, and how verdicts add up; nothing here is undefined or scored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from lca.quantities.by_language import Text, unchanged
from lca.subjects.checklist.declared import Answer
from lca.subjects.checklist.explain import remedy_of, why
from lca.subjects.checklist.model import ROLES, SHORTEST_JUSTIFICATION, VERDICTS, Checklist, Criterion
from lca.subjects.checklist.outcome import AGREES, CONTRADICTS, MISSING, Outcome
from lca.subjects.checklist.standings import ACCEPTED, EXPIRED
from lca.subjects.claims.declared import Condition

_BORNE_OUT = Outcome(AGREES)

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
    reason: str = AGREES,
) -> str:
    """Return the first rule that fits, `R01` to `R13`; the order is the method.

    Args:
        criterion: the row.
        answer: what the applicant says, None for silence.
        standings: what each document of the answer is to the row.
        hard: results of the row's hard pre-checks.
        soft: results of its soft pre-checks.
        reason: whether the project bears out the stated reason for "not applicable", contradicts it, or is silent on it.
    """
    if criterion.no_criterion:
        return "R01"
    if answer is None or answer.answer == "unknown":
        return "R02"
    justified = is_justified(answer)
    if answer.answer == "not_applicable":
        if reason == CONTRADICTS:
            return "R03"
        allowed = answer.not_applicable_reason in criterion.not_applicable_reasons
        return "R04" if allowed and justified and reason == AGREES else "R05"
    if answer.answer in ("no", "partial"):
        return "R06" if answer.answer == "no" else "R07"
    decisive = set(hard)
    if CONTRADICTS in decisive:
        return "R08"
    if MISSING in decisive:
        return "R09"
    casting_doubt = set(soft)
    if CONTRADICTS in casting_doubt:
        return "R10"
    if MISSING in casting_doubt:
        return "R09"
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


def judge_row(
    checklist: Checklist,
    criterion: Criterion,
    answer: Answer | None,
    outcomes: Mapping[str, Outcome],
    standings: tuple[str, ...] = (),
    reason: Outcome = _BORNE_OUT,
) -> Finding:
    """Return the verdict on one row.

    Args:
        checklist: the words.
        criterion: the row.
        answer: what the applicant says, None for silence.
        outcomes: outcome of each pre-check that the row names, and of its sub-questions.
        standings: what each document of the answer is to the row.
        reason: what the project says of the stated reason for "not applicable".
    """

    def results(severity: str) -> list[str]:
        return [o.result for name, o in outcomes.items() if checklist.prechecks[name].severity == severity]

    rule = rule_of(criterion, answer, standings, results("hard"), results("soft"), reason.result)
    return Finding(
        criterion=criterion,
        verdict=verdict_of(rule, criterion),
        rule=rule,
        reason=why(checklist, rule, answer, outcomes, standings, reason),
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
            return Outcome(result, unchanged(named))
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
