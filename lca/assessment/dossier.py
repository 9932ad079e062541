"""An assessment and the template texts become HTML; what each section needs comes from `lca.sections`."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lca.assessment import page_one as reviewer
from lca.assessment import scenario_section as scenarios
from lca.assessment import sources_section as sources
from lca.assessment import sweep_section as sweeps
from lca.assessment.comparison import Table
from lca.assessment.record import Record
from lca.presenting.contents import contents
from lca.presenting.writer import Writer
from lca.subjects.benefit import section as benefit
from lca.subjects.checklist import section as checklist
from lca.subjects.claims import section as claims
from lca.subjects.crosscheck import section as methods
from lca.subjects.crosscheck import uncertainty_section as uncertainty
from lca.subjects.footprint import coverage_section as coverage
from lca.subjects.footprint import section as footprint
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


@dataclass(frozen=True, slots=True)
class Texts:
    """The shipped texts: templates by name, and each language's fixed words."""

    templates: Mapping[str, str]
    locales: Mapping[str, Mapping[str, Any]]
    references: Mapping[str, str]


def render(assessment: Record, language: str, texts: Texts) -> str:
    """Return the report as one HTML text without references to anything outside it."""
    writer = Writer(language, texts.locales[language])
    view = _view(assessment, writer, texts)
    return _filled("report.html.j2", writer, texts, {**view, "a": assessment})


def render_comparison(studies: Mapping[str, Record], found: Sequence[Table], language: str, texts: Texts) -> str:
    """Return a comparison of studies as one HTML text without references to anything outside it."""
    writer = Writer(language, texts.locales[language])
    return _filled("comparison.html.j2", writer, texts, {**scenarios.page(studies, found, writer), "climate": None})


def _filled(template: str, writer: Writer, texts: Texts, view: Mapping[str, Any]) -> str:
    """Return a template with its names filled in; the figure `climate` gives the unit of the filter of that name."""
    from jinja2 import DictLoader, Environment, StrictUndefined

    environment = Environment(loader=DictLoader(dict(texts.templates)), autoescape=True, undefined=StrictUndefined)
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.finalize = writer.typeset
    for name in (
        "amount",
        "interval",
        "median",
        "stated",
        "trimmed",
        "percent",
        "probability",
        "date",
        "phrase",
        "unit",
        "number",
        "fixed",
        "in_unit",
        "heading",
        "inside",
        "when",
    ):
        environment.filters[name] = getattr(writer, name)
    environment.filters["climate"] = lambda value: writer.like(view["climate"], value)
    environment.filters["contents"] = contents
    environment.filters["picture"] = lambda svg: "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
    return environment.get_template(template).render(t=writer.words, language=writer.language, **view)


def _view(assessment: Record, writer: Writer, texts: Texts) -> dict[str, Any]:
    """Return the names that the templates use, gathered from the sections; the charts of all sections join."""
    view: dict[str, Any] = {
        "project": assessment.study.about,
        "goal": assessment.study.goal,
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
