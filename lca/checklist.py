"""The "do no significant harm" checklist: criteria, answers, and the ordered rules that give each row its verdict."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lca.claims.rules import ClaimRules
from lca.problems import Location

VERDICTS = ("pass", "fail", "insufficient_evidence", "not_applicable_justified", "no_criterion_in_act")
STRENGTHS = ("declared", "documented", "third_party")
SCREENING = "art17_screening"
DEFAULT_ACTIVITIES = (SCREENING, "cca_8_1")
SHORTEST_JUSTIFICATION = 40

#: Results of a pre-check: it may contradict an answer, it never grants one.
AGREES, CONTRADICTS, MISSING = "agrees", "contradicts", "missing"


@dataclass(frozen=True, slots=True)
class Text:
    """The same text in both languages."""

    en: str
    fr: str

    def in_(self, language: str) -> str:
        """Return the text in `en` or `fr`."""
        return self.fr if language == "fr" else self.en


@dataclass(frozen=True, slots=True)
class Criterion:
    """One row: what the act says, the question it becomes, and what counts as evidence."""

    id: str
    activity: str
    objective: str
    role: str
    text: Text
    text_kind: str
    question: Text
    legal_ref: Mapping[str, str]
    not_applicable_reasons: tuple[str, ...]
    evidence_accepted: tuple[str, ...]
    min_strength: str
    partial_policy: str
    prechecks: tuple[str, ...]
    confidence: str
    no_criterion: bool = False
    max_age_days: int | None = None

    @property
    def reference(self) -> str:
        """Act, annex, section and paragraph on one line."""
        parts = [self.legal_ref["act"]]
        parts += [f"Annex {self.legal_ref['annex']}"] if self.legal_ref.get("annex") else []
        parts += [f"section {self.legal_ref['section']}"] if self.legal_ref.get("section") else []
        return ", ".join([*parts, self.legal_ref["paragraph"]] if self.legal_ref.get("paragraph") else parts)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A document that supports an answer."""

    type: str
    title: str
    file: str = ""
    url: str = ""
    issuer: str = ""
    date: datetime.date | None = None
    valid_until: datetime.date | None = None
    strength: str = "declared"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the applicant says of one row."""

    answer: str
    justification: str = ""
    evidence: tuple[Evidence, ...] = ()
    not_applicable_reason: str = ""
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the project itself says that bears on the rows; None where it says nothing."""

    climate_result: bool
    embodied_result: bool
    water_result: bool
    mineral_result: bool
    uses_equipment: bool
    edition: str = ""
    practices_of_value_5: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A row's verdict, the rule that spoke, why, and what would change it."""

    criterion: Criterion
    verdict: str
    rule: str
    reason: Text
    remedy: Text
    contradiction: bool
    prechecks: Mapping[str, str] = field(default_factory=dict)
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Checklist:
    """All criteria by activity, with the words that the report prints."""

    criteria: Mapping[str, tuple[Criterion, ...]]
    names: Mapping[str, Text]
    words: Mapping[str, Mapping[str, Text]]
    legal_text_of: datetime.date
    written: datetime.date
    attribution: Text
    disclaimer: Text
    claims: ClaimRules

    def word(self, group: str, name: str, language: str) -> str:
        """Return a label, such as that of a verdict."""
        return self.words[group][name].in_(language)


def _text(node: Mapping[str, str]) -> Text:
    return Text(node["en"], node["fr"])


def parse_checklist(files: Mapping[str, Any], claims: ClaimRules) -> Checklist:
    """Read the criteria files (plain data by file name), beside the rules on claims."""
    words = {group: {n: _text(t) for n, t in labels.items()} for group, labels in files["words.yaml"].items()}
    acts = [data for name, data in files.items() if name != "words.yaml"]
    acts.sort(key=lambda data: (data["activity"] != SCREENING, data["activity"]))
    return Checklist(
        criteria={data["activity"]: tuple(_criterion(data["activity"], c) for c in data["criteria"]) for data in acts},
        names={data["activity"]: _text(data["name"]) for data in acts},
        words=words,
        legal_text_of=min(datetime.date.fromisoformat(data["legal_text_of"]) for data in acts),
        written=min(datetime.date.fromisoformat(data["written"]) for data in acts),
        attribution=_text(acts[0]["attribution"]),
        disclaimer=_text(acts[0]["disclaimer"]),
        claims=claims,
    )


def _criterion(activity: str, node: Mapping[str, Any]) -> Criterion:
    return Criterion(
        id=node["id"],
        activity=activity,
        objective=node["objective"],
        role=node["role"],
        text=_text(node["criterion"]),
        text_kind=node["criterion"]["text_kind"],
        question=_text(node["question"]),
        legal_ref=node["legal_ref"],
        not_applicable_reasons=tuple(node["not_applicable_reasons"]),
        evidence_accepted=tuple(node["evidence_accepted"]),
        min_strength=node["min_strength"],
        partial_policy=node["partial_policy"],
        prechecks=tuple(node["prechecks"]),
        confidence=node["confidence"],
        no_criterion=bool(node.get("no_criterion", False)),
        max_age_days=node.get("max_age_days"),
    )


def parse_answers(node: Mapping[str, Any], locate: Callable[[tuple[str, ...]], Location]) -> dict[str, Answer]:
    """Read the answers of a descriptor's `checklist` (plain data that fits the schema)."""

    def date(text: str | None) -> datetime.date | None:
        try:
            return datetime.date.fromisoformat(text) if text else None
        except ValueError:
            return None

    answers = {}
    for name, given in (node.get("answers") or {}).items():
        evidence = tuple(
            Evidence(**{**item, "date": date(item.get("date")), "valid_until": date(item.get("valid_until"))})
            for item in given.get("evidence", ())
        )
        place = locate(("checklist", "answers", name))
        reason = given.get("not_applicable_reason", "")
        answers[name] = Answer(given["answer"], given.get("justification", ""), evidence, reason, place)
    return answers


#: Pre-checks by the id that the criteria use: whether a contradiction is hard, and the check itself.
PRECHECKS: dict[str, tuple[bool, Callable[[Facts], str]]] = {}


def precheck(name: str, hard: bool) -> Callable[[Callable[[Facts], str]], Callable[[Facts], str]]:
    """Register a pre-check under the id that the criteria use."""

    def register(check: Callable[[Facts], str]) -> Callable[[Facts], str]:
        PRECHECKS[name] = (hard, check)
        return check

    return register


@precheck("expected-practices-of-value-5", hard=True)
def _value_5(facts: Facts) -> str:
    if not facts.practices_of_value_5:
        return MISSING
    return AGREES if set(facts.practices_of_value_5) == {"implemented"} else CONTRADICTS


@precheck("edition-of-the-code-stated", hard=False)
def _edition(facts: Facts) -> str:
    return AGREES if facts.edition else MISSING


@precheck("climate-result-present", hard=False)
def _climate(facts: Facts) -> str:
    return AGREES if facts.climate_result else CONTRADICTS


@precheck("boundary-wider-than-operation", hard=False)
def _boundary(facts: Facts) -> str:
    return AGREES if facts.embodied_result else CONTRADICTS


@precheck("water-result-present", hard=False)
def _water(facts: Facts) -> str:
    return AGREES if facts.water_result else CONTRADICTS


@precheck("mineral-result-present", hard=False)
def _minerals(facts: Facts) -> str:
    return AGREES if facts.mineral_result else CONTRADICTS


def rule_of(
    criterion: Criterion, answer: Answer | None, results: Mapping[str, str], equipment: bool, as_of: datetime.date
) -> str:
    """Return the first rule that fits, `R01` to `R13`; the order is the method.

    Args:
        criterion: the row.
        answer: what the applicant says, None for silence.
        results: result of each pre-check of the row.
        equipment: whether the project uses equipment, which contradicts the reason `no_equipment`.
        as_of: the date that expiry is judged by.
    """
    hard = [result for name, result in results.items() if PRECHECKS[name][0]]
    soft = [result for name, result in results.items() if not PRECHECKS[name][0]]
    if criterion.no_criterion:
        return "R01"
    if answer is None or answer.answer == "unknown":
        return "R02"
    justified = len(answer.justification.strip()) >= SHORTEST_JUSTIFICATION
    if answer.answer == "not_applicable":
        if answer.not_applicable_reason == "no_equipment" and equipment:
            return "R03"
        allowed = answer.not_applicable_reason in criterion.not_applicable_reasons
        return "R04" if allowed and justified else "R05"
    if answer.answer in ("no", "partial"):
        return "R06" if answer.answer == "no" else "R07"
    if CONTRADICTS in hard:
        return "R08"
    if MISSING in hard:
        return "R09"
    if CONTRADICTS in soft:
        return "R10"
    accepted = [e for e in answer.evidence if _accepted(criterion, e)]
    if not justified or not accepted:
        return "R11"
    return "R13" if any(_valid(criterion, e, as_of) for e in accepted) else "R12"


_VERDICT_OF_RULE = {
    "R01": "no_criterion_in_act",
    "R04": "not_applicable_justified",
    "R06": "fail",
    "R08": "fail",
    "R13": "pass",
}


def judge(
    checklist: Checklist, criterion: Criterion, answer: Answer | None, facts: Facts, as_of: datetime.date
) -> Finding:
    """Return the verdict on one row."""
    results = {name: PRECHECKS[name][1](facts) for name in criterion.prechecks}
    rule = rule_of(criterion, answer, results, facts.uses_equipment, as_of)
    verdict = criterion.partial_policy if rule == "R07" else _VERDICT_OF_RULE.get(rule, "insufficient_evidence")
    return Finding(
        criterion=criterion,
        verdict=verdict,
        rule=rule,
        reason=checklist.words["rules"][rule],
        remedy=checklist.words["remedies"][rule],
        contradiction=rule in ("R03", "R08", "R10"),
        prechecks=results,
        answer=answer,
    )


def _accepted(criterion: Criterion, evidence: Evidence) -> bool:
    """Say whether a document may support a row; the tool's own report never does, only an assessment by a third party."""
    strength = STRENGTHS.index(evidence.strength)
    if evidence.type == "lca_report" and evidence.strength != "third_party":
        return False
    return evidence.type in criterion.evidence_accepted and strength >= STRENGTHS.index(criterion.min_strength)


def _valid(criterion: Criterion, evidence: Evidence, as_of: datetime.date) -> bool:
    if evidence.valid_until is not None and evidence.valid_until < as_of:
        return False
    if criterion.max_age_days is None or evidence.date is None:
        return True
    return (as_of - evidence.date).days <= criterion.max_age_days


def assess_checklist(
    checklist: Checklist, activities: Iterable[str], answers: Mapping[str, Answer], facts: Facts, as_of: datetime.date
) -> tuple[Finding, ...]:
    """Return the verdicts on all rows of some activities; the Article 17 screening is always among them."""
    wanted = {SCREENING, *activities}
    return tuple(
        judge(checklist, criterion, answers.get(criterion.id), facts, as_of)
        for activity, criteria in checklist.criteria.items()
        if activity in wanted
        for criterion in criteria
    )


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many rows have each verdict; five counts, never a score."""
    found = [finding.verdict for finding in findings]
    return {verdict: found.count(verdict) for verdict in VERDICTS}
