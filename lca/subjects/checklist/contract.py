"""The checklist as the plain data of the public JSON contract; texts are the English ones."""

from __future__ import annotations

from lca.descriptor.named_file import NamedFile
from lca.presenting.values import Plain
from lca.subjects.checklist.assess import ChecklistResult
from lca.subjects.checklist.declared import Declarations
from lca.subjects.checklist.explain import check_text
from lca.subjects.checklist.later import Differences, differences
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
    found = assessed.results[ChecklistResult]
    examination, law = found.examination, assessed.study[Declarations].law
    return {
        "law": {
            "date": found.law_of.isoformat(),
            "named_by_the_call": law is not None,
            "source": law.source if law else "",
        },
        "by_later_text": differing(differences(examination, found.by_later_text) if found.by_later_text else None),
        "depth": _depth(assessed),
        "acts": {
            shown.act.id: {
                "name": shown.act.name.en,
                "reference": shown.act.reference.en,
                "legal_text_of": shown.act.legal_text_of.isoformat(),
                "applies_from": shown.act.applies_from.isoformat(),
                "checked": shown.act.written.isoformat(),
                "pending": [
                    {"text": text.text.en, "date": text.date.isoformat(), "confidence": text.confidence}
                    for text in shown.act.pending
                ],
                "why": shown.why.en,
                "verdicts": dict(shown.verdicts),
            }
            for shown in examination.shown
        },
        "not_chosen": {act.id: reason.en for act, reason in examination.not_chosen},
        "counts": counts(found.findings),
        "context": {
            check.rule.id: {
                "label": check.rule.label.en,
                "result": check.result,
                "detail": check.detail.en if check.detail else "",
                "origin": check.rule.origin.en,
                "confidence": check.rule.confidence,
            }
            for check in examination.context
        },
    }


def differing(found: Differences | None) -> Plain:
    """Return what differs from one examination to another, by the ids of acts and rows; empty where nothing does."""
    acts, rows = (found.acts, found.rows) if found else ((), ())
    return {
        "acts": {
            before.id: {"from": before.applies_from.isoformat(), "to": after.applies_from.isoformat()}
            for before, after in acts
        },
        "rows": {
            row.row: {"from": row.before, "to": row.after, "reason": row.reason.en if row.reason else ""}
            for row in rows
        },
    }


def _depth(assessed: Assessed) -> Plain:
    """Return how deep the study intends to be; what a text of the scale asks for and the study lacks is `unmet`."""
    depth = assessed.study[Declarations].depth
    return {
        "levels": {
            level.scale: {
                "level": level.level,
                "unmet": [text.en for text in level.unmet],
                "lacks": list(level.lacks),
            }
            for level in assessed.results[ChecklistResult].depth
        },
        "specificity": depth.specificity if depth else "",
        "gates": {
            name: {"answer": gate.answer, "justification": gate.justification}
            for name, gate in (depth.gates.items() if depth else ())
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
