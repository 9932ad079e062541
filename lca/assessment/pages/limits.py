"""What the study does not say: what is missing, wording to correct, other methods, and how to compute it again."""

from __future__ import annotations

from lca.assessment.pages.answer import MOST_QUESTIONS
from lca.assessment.pages.questions import questions
from lca.assessment.record import Record
from lca.presenting.writer import Writer
from lca.quantities.uncertainty import sampling_error
from lca.subjects.crosscheck.section import title
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.section import coverage_lines, other_reading_lines
from lca.subjects.subject import View

#: Lines of a list that a page has room for.
MOST_CLAIMS = 6


def view(assessment: Record, writer: Writer) -> View:
    """Return what the last page needs."""
    climate = assessment.footprint.climate
    coverage, mixed = coverage_lines(assessment, writer)
    asked = {"LCA823", *(question.code for question in assessment.benefit.open_questions)}  # what page one asks about
    claims = [
        (
            claim.words,
            claim.rule.title[writer.language].replace("`", ""),
            claim.rule.wording[writer.language].replace("`", ""),
        )
        for claim in assessment.claims.claims
        if claim.rule.code not in asked
    ]
    return {
        "asked_further": questions(assessment, writer)[MOST_QUESTIONS:],
        "reductions": assessment.study[ProductSystem].reductions,
        "claims": claims[:MOST_CLAIMS],
        "claims_more": max(len(claims) - MOST_CLAIMS, 0),
        "coverage_sentences": [line for line in (coverage, *mixed, *other_reading_lines(assessment, writer)) if line],
        "method_rows": [
            (title(result, writer), writer.amount(result.energy, 2), writer.amount(result.carbon, 2))
            for result in assessment.crosscheck.methods
            if result.counted
        ],
        "fingerprint": assessment.fingerprint,
        "parts": [
            (part.owner, part.file, assessment.fingerprint.files[part.file][:16])
            for part in assessment.study.included.values()
        ],
        "sampling": sampling_error(climate.draws) if climate is not None and climate.is_drawn else None,
    }
