"""An assessment and the template texts become HTML; what each section needs comes from `lca.sections`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lca.assessment import page_one as reviewer
from lca.assessment import scenario_section as scenarios
from lca.assessment import sources_section as sources
from lca.assessment import sweep_section as sweeps
from lca.assessment.comparison import Table
from lca.assessment.record import Record
from lca.presenting.html import Texts, filled
from lca.presenting.writer import Writer
from lca.subjects.benefit import section as benefit
from lca.subjects.benefit.declared import Benefit
from lca.subjects.checklist import section as checklist
from lca.subjects.claims import section as claims
from lca.subjects.crosscheck import section as methods
from lca.subjects.crosscheck import uncertainty_section as uncertainty
from lca.subjects.footprint import coverage_section as coverage
from lca.subjects.footprint import section as footprint
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import STAGES
from lca.subjects.frugality import section as frugality
from lca.subjects.money import section as money
from lca.subjects.quality import section as quality

SECTIONS = (
    reviewer,
    coverage,
    footprint,
    uncertainty,
    benefit,
    scenarios,
    sweeps,
    quality,
    money,
    frugality,
    checklist,
    claims,
    methods,
)


def render(assessment: Record, language: str, texts: Texts) -> str:
    """Return the report as one HTML text without references to anything outside it."""
    writer = Writer(language, texts.locales[language])
    view = _view(assessment, writer, texts)
    return filled("report.html.j2", writer, texts, {**view, "a": assessment})


def render_page_one(assessment: Record, language: str, texts: Texts) -> str:
    """Return page one alone, as HTML without a head."""
    writer = Writer(language, texts.locales[language])
    view = _view(assessment, writer, texts)
    return filled("sections/01-reviewer.html.j2", writer, texts, {**view, "a": assessment})


def render_comparison(studies: Mapping[str, Record], found: Sequence[Table], language: str, texts: Texts) -> str:
    """Return a comparison of studies as one HTML text without references to anything outside it."""
    writer = Writer(language, texts.locales[language])
    return filled("comparison.html.j2", writer, texts, {**scenarios.page(studies, found, writer), "climate": None})


def _view(assessment: Record, writer: Writer, texts: Texts) -> dict[str, Any]:
    """Return the names that the templates use, gathered from the sections; the charts of all sections join."""
    view: dict[str, Any] = {
        "project": assessment.study.about,
        "goal": assessment.study.goal,
        "declared_benefit": assessment.study.get(Benefit),
        "reductions": assessment.study[ProductSystem].reductions,
        "climate": assessment.footprint.totals["gwp100"].total,
        "indicators": assessment.book.indicators,
        "stages": STAGES,
        "draws": writer.trimmed(assessment.fingerprint.draws),
    }
    parts = [sources.view(assessment, texts.references), *(section.view(assessment, writer) for section in SECTIONS)]
    charts: dict[str, str] = {}
    for part in parts:
        charts |= part.pop("charts", {})
        assert not view.keys() & part.keys(), view.keys() & part.keys()
        view |= part
    return {**view, "charts": charts}
