"""Claims that would not hold, and the answers on frugality, in the contract; words in each language."""

from __future__ import annotations

from lca.presenting.values import Plain
from lca.subjects.claims.assess import ClaimsResult
from lca.subjects.claims.declared import FrugalAI
from lca.subjects.claims.frugal_ai import PRACTICES, counter, declared_by, is_documented
from lca.subjects.subject import Assessed


def contract(assessed: Assessed) -> Plain:
    """Return claims and frugal AI as plain data."""
    return {"claims": _claims(assessed), "frugal_ai": _frugal_ai(assessed)}


def _claims(assessed: Assessed) -> list[Plain]:
    """Return each claim with its place, the words found, the rule against it and a wording that would hold."""
    return [
        {
            "code": claim.rule.code,
            "path": claim.path,
            "file": claim.location.name,
            "line": claim.location.line,
            "column": claim.location.column,
            "words": claim.words,
            **{name: dict(getattr(claim.rule, name)) for name in ("title", "reason", "source", "wording")},
        }
        for claim in assessed.results[ClaimsResult].claims
    ]


def _frugal_ai(assessed: Assessed) -> Plain:
    """Return what each condition is found to be, the counts of practices, and whether anything may be called frugal."""
    frugal = assessed.study.get(FrugalAI)
    return {
        "conditions": dict(assessed.results[ClaimsResult].frugal_ai),
        "practices": {"of": PRACTICES, **counter(frugal), "adopted_by": declared_by(frugal)},
        "documented": is_documented(assessed.results[ClaimsResult].frugal_ai),
    }
