"""Why a row has its verdict, and what would change it, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lca.subjects.checklist.declared import Answer
from lca.subjects.checklist.model import SHORTEST_JUSTIFICATION, Checklist, Criterion, Text, joined
from lca.subjects.checklist.outcome import CONTRADICTS, MISSING, Outcome
from lca.subjects.checklist.standings import (
    ACCEPTED,
    BEFORE_PROJECT,
    EXPIRED,
    NO_INDICATOR,
    NO_START,
    OWN,
    OWN_WORD,
    UNDATED,
    UNLOCATED,
)


def why(
    checklist: Checklist,
    rule: str,
    answer: Answer | None,
    outcomes: Mapping[str, Outcome],
    standings: Iterable[str],
    reason: Outcome,
) -> Text:
    """Return the rule's sentence, followed by what it met on this row."""
    sentence = checklist.word("rules", rule)
    match rule:
        case "R03":
            details = [reason.detail] if reason.detail else []
        case "R05" if reason.result == MISSING and reason.detail:
            details = [reason.detail]
        case "R04" if answer is not None:
            details = [checklist.word("not_applicable_reasons", answer.not_applicable_reason)]
        case "R08":
            details = _of(checklist, outcomes, CONTRADICTS, "hard")
        case "R09":
            details = [*_of(checklist, outcomes, MISSING, "hard"), *_of(checklist, outcomes, MISSING, "soft")]
        case "R10":
            details = _of(checklist, outcomes, CONTRADICTS, "soft")
        case "R11" if answer is not None:
            details = _lacking(checklist, answer, standings)
        case _:
            details = []
    if not details:
        return sentence
    found = joined(details)
    return Text(f"{sentence.en.rstrip('.')}: {found.en}.", f"{sentence.fr.rstrip('.')}\u00a0: {found.fr}.")


def _of(checklist: Checklist, outcomes: Mapping[str, Outcome], result: str, severity: str) -> list[Text]:
    """Return the label and detail of each pre-check of a severity that had a result."""
    found = []
    for name, outcome in outcomes.items():
        if outcome.result == result and checklist.prechecks[name].severity == severity:
            found.append(check_text(checklist, name, outcome))
    return found


def check_text(checklist: Checklist, name: str, outcome: Outcome) -> Text:
    """Return a pre-check's label, whether the project's data fit it, and what they are."""
    label, result, detail = checklist.prechecks[name].label, checklist.word("results", outcome.result), outcome.detail
    english, french = (f" ({detail.en})", f" ({detail.fr})") if detail else ("", "")
    return Text(f"{label.en}: {result.en}{english}", f"{label.fr}\u00a0: {result.fr}{french}")


#: What is wrong with a document that its type and strength do not say.
_TOLD = (OWN, OWN_WORD, UNLOCATED, UNDATED, NO_INDICATOR, BEFORE_PROJECT, NO_START)


def _lacking(checklist: Checklist, answer: Answer, standings: Iterable[str]) -> list[Text]:
    lacks = ["justification"] if len(answer.justification.strip()) < SHORTEST_JUSTIFICATION else []
    if not answer.evidence:
        lacks.append("evidence")
    elif not set(standings) & {ACCEPTED, EXPIRED}:
        lacks.append("accepted")
    lacking = [checklist.word("lacking", name) for name in lacks]
    return [*lacking, *(checklist.word("standings", name) for name in dict.fromkeys(standings) if name in _TOLD)]


def remedy_of(checklist: Checklist, rule: str, criterion: Criterion) -> Text:
    """Return what would change the verdict."""
    sentence = checklist.word("remedies", rule)
    if rule != "R05" or not criterion.not_applicable_reasons:
        return sentence
    allowed = joined(checklist.word("not_applicable_reasons", name) for name in criterion.not_applicable_reasons)
    return Text(f"{sentence.en.rstrip('.')}: {allowed.en}.", f"{sentence.fr.rstrip('.')}\u00a0: {allowed.fr}.")


def accepted_evidence(checklist: Checklist, criterion: Criterion) -> Text:
    """Return the documents that may support a yes on a row, and how strong they must be."""
    types = joined(checklist.word("evidence_types", name) for name in criterion.evidence_accepted)
    strength, least = checklist.word("strengths", criterion.min_strength), checklist.word("labels", "at_least")
    return Text(f"{types.en} ({least.en} {strength.en})", f"{types.fr} ({least.fr} {strength.fr})")
