"""Claims that would not hold, and the frugal-AI panel."""

from __future__ import annotations

from typing import Any

from lca.assessment.record import Record
from lca.presenting.writer import Writer
from lca.subjects.claims.declared import FrugalAI
from lca.subjects.claims.frugal_ai import PARTIES, PRACTICES, counter, declared_by, is_documented

WORDS = ("title", "reason", "source", "wording")


def view(assessment: Record, writer: Writer) -> dict[str, Any]:
    """Return what the sections on claims and on frugality need."""
    frugal = assessment.study.get(FrugalAI)
    return {
        "claims": [
            (claim, {name: getattr(claim.rule, name)[writer.language].replace("`", "") for name in WORDS})
            for claim in assessment.claims.claims
        ],
        "claim_problems": {claim.problem for claim in assessment.claims.claims},
        "frugal_ai": {
            "answers": frugal,
            "conditions": dict(assessment.claims.frugal_ai),
            "counts": counter(frugal),
            "declared_by": declared_by(frugal),
            "parties": PARTIES,
            "practices": PRACTICES,
            "documented": is_documented(assessment.claims.frugal_ai),
        },
    }
