"""The checklist as the plain data of the public JSON contract; texts are the English ones."""

from __future__ import annotations

from lca.descriptor.named_file import NamedFile
from lca.presenting.values import Plain
from lca.subjects.checklist.assess import ChecklistResult
from lca.subjects.checklist.explain import check_text
from lca.subjects.checklist.rules import Finding, counts
from lca.subjects.subject import Assessed


def contract(assessed: Assessed) -> Plain:
    """Return the checklist as plain data."""
    return {"checklist": rows(assessed), "checklist_summary": summary(assessed)}


def rows(assessed: Assessed) -> Plain:
    """Return each row's verdict with what it rests on, by the row's id."""
    return {finding.criterion.id: _row(assessed, finding) for finding in assessed.results[ChecklistResult].findings}


def summary(assessed: Assessed) -> Plain:
    """Return the acts shown with their verdicts, the five counts of each role, and the context checks."""
    examination = assessed.results[ChecklistResult].examination
    return {
        "acts": {
            shown.act.id: {
                "name": shown.act.name.en,
                "reference": shown.act.reference.en,
                "legal_text_of": shown.act.legal_text_of.isoformat(),
                "checked": shown.act.written.isoformat(),
                "why": shown.why.en,
                "verdicts": dict(shown.verdicts),
            }
            for shown in examination.shown
        },
        "not_chosen": {act.id: reason.en for act, reason in examination.not_chosen},
        "counts": counts(assessed.results[ChecklistResult].findings),
        "context": {
            found.rule.id: {
                "label": found.rule.label.en,
                "result": found.result,
                "detail": found.detail.en if found.detail else "",
                "origin": found.rule.origin.en,
                "confidence": found.rule.confidence,
            }
            for found in examination.context
        },
    }


def _row(assessed: Assessed, finding: Finding) -> Plain:
    criterion, answer = finding.criterion, finding.answer
    checks = assessed.results[ChecklistResult].criteria.prechecks
    return {
        "act": criterion.act,
        "objective": criterion.objective,
        "role": criterion.role,
        "reference": criterion.reference.en,
        "counts": criterion.counts,
        "answer": answer.answer if answer else None,
        "justification": answer.justification if answer else "",
        "not_applicable_reason": answer.not_applicable_reason if answer else "",
        "verdict": finding.verdict,
        "rule": finding.rule,
        "reason": finding.reason.en,
        "would_change": finding.remedy.en,
        "contradiction": finding.contradiction,
        "prechecks": {
            name: {
                "severity": checks[name].severity,
                "result": outcome.result,
                "says": check_text(assessed.results[ChecklistResult].criteria, name, outcome).en,
            }
            for name, outcome in finding.prechecks.items()
        },
        "evidence": [
            {
                "type": item.type,
                "title": item.title,
                "issuer": item.issuer,
                "date": item.date,
                "valid_until": item.valid_until,
                "strength": item.strength,
                "file": item.file,
                "url": item.url,
                "sha256": _hash(assessed.study.files.get(item.file)),
                "standing": standing,
            }
            for item, standing in zip(answer.evidence if answer else (), finding.standings, strict=True)
        ],
    }


def _hash(file: NamedFile | None) -> str:
    return file.sha256 if file else ""
