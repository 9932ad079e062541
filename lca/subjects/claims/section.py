"""Claims that would not hold."""

from __future__ import annotations

from lca.presenting.writer import Writer
from lca.subjects.claims.assess import ClaimsResult
from lca.subjects.subject import Assessed, Section, View

WORDS = ("title", "reason", "source", "wording")


def view(assessed: Assessed, writer: Writer) -> View:
    """Return what the section on claims needs."""
    return {
        "claims": [
            (claim, {name: getattr(claim.rule, name)[writer.language].replace("`", "") for name in WORDS})
            for claim in assessed.results[ClaimsResult].claims
        ]
    }


SECTIONS = (Section("claims", "claims/section.html.j2", view),)
