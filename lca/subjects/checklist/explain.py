"""Why a row has its verdict, and what would change it, in each language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lca.quantities.by_language import Composed, Text, joined
from lca.subjects.checklist.declared import Answer
from lca.subjects.checklist.model import SHORTEST_JUSTIFICATION, Checklist, Criterion
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
    return _because(checklist, sentence, details)


def _because(checklist: Checklist, sentence: Text, details: Iterable[Text]) -> Text:
    """Return a sentence with what follows it after a colon."""
    found = joined(details, checklist.word("labels", "semicolon"))

    def write(language: str) -> str:
        form = checklist.word("details", "because").in_(language)
        return form.format(sentence=sentence.in_(language).rstrip("."), found=found.in_(language))

    return Composed(write)


def _of(checklist: Checklist, outcomes: Mapping[str, Outcome], result: str, severity: str) -> list[Text]:
    """Return the label and detail of each pre-check of a severity that had a result."""
    found = []
    for name, outcome in outcomes.items():
        if outcome.result == result and checklist.prechecks[name].severity == severity:
            found.append(check_text(checklist, name, outcome))
    return found


def check_text(checklist: Checklist, name: str, outcome: Outcome) -> Text:
    """Return a pre-check's label, whether the project's data fit it, what they are, and where its limit is from."""
    rule, result = checklist.prechecks[name], checklist.word("results", outcome.result)
    label, said = rule.label, [text for text in (outcome.detail, rule.source) if text is not None]
    detail = joined(said, checklist.word("labels", "semicolon")) if said else None

    def write(language: str) -> str:
        form = checklist.word("details", "check").in_(language)
        more = f" ({detail.in_(language)})" if detail is not None else ""
        return form.format(label=label.in_(language), result=result.in_(language)) + more

    return Composed(write)


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
    allowed = (checklist.word("not_applicable_reasons", name) for name in criterion.not_applicable_reasons)
    return _because(checklist, sentence, allowed)


def accepted_evidence(checklist: Checklist, criterion: Criterion) -> Text:
    """Return the documents that may support a yes on a row, and how strong they must be."""
    accepted = [checklist.word("evidence_types", name) for name in criterion.evidence_accepted]
    types = joined(accepted, checklist.word("labels", "semicolon"))
    strength, least = checklist.word("strengths", criterion.min_strength), checklist.word("labels", "at_least")
    return Composed(lambda language: f"{types.in_(language)} ({least.in_(language)} {strength.in_(language)})")
