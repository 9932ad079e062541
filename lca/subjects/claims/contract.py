"""Claims that would not hold, and the answers on frugality, in the contract; words in both languages."""

from __future__ import annotations

from lca.assessment.record import Record
from lca.presenting.values import Plain
from lca.subjects.claims.declared import FrugalAI
from lca.subjects.claims.frugal_ai import PRACTICES, counter, declared_by, is_documented


def claims(assessment: Record) -> list[Plain]:
    """Return each claim with its place, the words found, the rule against it and a wording that would hold."""
    return [
        {
            "code": claim.rule.code,
            "path": claim.path,
            "file": claim.location.file,
            "line": claim.location.line,
            "column": claim.location.column,
            "words": claim.words,
            **{name: dict(getattr(claim.rule, name)) for name in ("title", "reason", "source", "wording")},
        }
        for claim in assessment.claims.claims
    ]


def frugal_ai(assessment: Record) -> Plain:
    """Return what each condition is found to be, the counts of practices, and whether anything may be called frugal."""
    frugal = assessment.study.get(FrugalAI)
    return {
        "conditions": dict(assessment.claims.frugal_ai),
        "practices": {"of": PRACTICES, **counter(frugal), "adopted_by": declared_by(frugal)},
        "documented": is_documented(assessment.claims.frugal_ai),
    }
