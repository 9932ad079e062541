"""The dossier: its pages, and behind them the sections of all subjects and those of the whole, each filled in alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from lca.assessment import scenario_section, sources_section, sweep_section
from lca.assessment.arrangement import AS_USUAL, Arrangement
from lca.assessment.comparison import FigureTable
from lca.assessment.missing import missing
from lca.assessment.opinions import NO_OPINIONS, Opinions
from lca.assessment.pages import answer, benefit, changes, checklist, cost, doubt, jury, limits, what_if
from lca.assessment.record import Record
from lca.presenting.html import ShippedTexts, Templates
from lca.presenting.script import hash_source
from lca.presenting.writer import Writer
from lca.subjects import SUBJECTS
from lca.subjects.footprint.flow import STAGES
from lca.subjects.subject import View

#: The layouts: the pages of the dossier, the long form of all sections, page one alone, and the sheet for a jury.
DOSSIER, FULL, PAGE, JURY = LAYOUTS = ("dossier", "full", "page", "jury")
#: The pages in their order, each with its template of the same name.
PAGES: Mapping[str, Callable[[Record, Writer], View]] = {
    "answer": answer.view,
    "cost": cost.view,
    "benefit": benefit.view,
    "doubt": doubt.view,
    "changes": changes.view,
    "checklist": checklist.view,
    "limits": limits.view,
}
#: The order of the sections; one of a subject that is not named here stands before the bibliography.
ORDER = (
    *("goal", "inventory", "results", "uncertainty", "benefit", "monitoring", "scenarios", "quality", "money"),
    *("frugality", "checklist", "frugal-ai", "claims", "methods", "limits"),
)
LAST = ("bibliography", "annex")


def render(
    assessment: Record,
    language: str,
    texts: ShippedTexts,
    layout: str = DOSSIER,
    arranged: Arrangement = AS_USUAL,
    opinions: Opinions = NO_OPINIONS,
) -> str:
    """Return the report in one of `LAYOUTS` as one HTML text without references to anything outside it.

    `arranged` is how the call arranges reports, `opinions` what experts say, which the sheet for a jury alone prints.
    """
    assessment.settle()
    writer = Writer(language, texts.locales[language])
    templates = _templates(assessment, writer, texts, arranged)
    page: View = {"fingerprint": assessment.fingerprint}
    if layout == FULL:
        one = templates.filled("pages/answer.html.j2", answer.view(assessment, writer))
        page |= {"page_one": one, "sections": _filled(assessment, writer, templates, texts, arranged)}
        return templates.filled("assessment/report.html.j2", page)
    if layout == JURY:
        pages = [templates.filled("pages/jury.html.j2", jury.view(assessment, writer, arranged, opinions))]
    else:
        wanted = arranged.printed(PAGES) if layout == DOSSIER else ["answer"]
        pages = [templates.filled(f"pages/{name}.html.j2", PAGES[name](assessment, writer)) for name in wanted]
    details = _filled(assessment, writer, templates, texts, arranged) if layout == DOSSIER else []
    page |= {"pages": pages, "details": details, "what_if": None, "is_jury": layout == JURY}
    if layout == DOSSIER and (changeable := what_if.view(assessment, writer)) is not None:
        page["what_if"] = {**changeable, "source": hash_source(templates.filled("pages/what_if.js", {}))}
    return templates.filled("pages/dossier.html.j2", page)


def _filled(
    assessment: Record, writer: Writer, templates: Templates, texts: ShippedTexts, arranged: Arrangement
) -> list[str]:
    """Return the sections that are printed, in their order."""
    filled = {
        name: templates.filled(template, view)
        for name, template, view in _sections(assessment, writer, texts.references)
        if name not in arranged.left_out
    }
    named = [*ORDER, *(name for name in filled if name not in (*ORDER, *LAST)), *LAST]
    return [filled[name] for name in arranged.ordered(named)]


def render_page_one(assessment: Record, language: str, texts: ShippedTexts, arranged: Arrangement = AS_USUAL) -> str:
    """Return page one alone, as HTML without a head."""
    writer = Writer(language, texts.locales[language])
    templates = _templates(assessment, writer, texts, arranged)
    return templates.filled("pages/answer.html.j2", answer.view(assessment, writer))


def render_comparison(
    studies: Mapping[str, Record], found: Sequence[FigureTable], language: str, texts: ShippedTexts
) -> str:
    """Return a comparison of studies as one HTML text without references to anything outside it."""
    writer = Writer(language, texts.locales[language])
    templates = Templates(writer, texts, {"climate": None})
    return templates.filled("assessment/comparison.html.j2", scenario_section.page(studies, found, writer))


def _templates(assessment: Record, writer: Writer, texts: ShippedTexts, arranged: Arrangement) -> Templates:
    """Return the templates with the names that any section may use."""
    common = {
        "project": assessment.study.about,
        "goal": assessment.study.goal,
        "climate": assessment.footprint.climate,
        "indicators": assessment.book.indicators,
        "stages": STAGES,
        "call": arranged.view(writer),
    }
    return Templates(writer, texts, common)


def _sections(assessment: Record, writer: Writer, references: Mapping[str, str]) -> Iterator[tuple[str, str, View]]:
    """Yield the name, the template and the view of each section: of the subjects, then of the whole."""
    for subject in SUBJECTS:
        for section in subject.module("section").SECTIONS:
            yield section.name, section.template, section.view(assessment, writer)
    yield "scenarios", "assessment/scenarios.html.j2", _scenarios(assessment, writer)
    yield "limits", "assessment/limits.html.j2", {"missing": missing(assessment, writer)}
    yield "bibliography", "assessment/bibliography.html.j2", sources_section.bibliography(assessment, references)
    yield "annex", "assessment/annex.html.j2", sources_section.annex(assessment, writer)


def _scenarios(assessment: Record, writer: Writer) -> View:
    """Return what the section on scenarios and sweeps needs."""
    scenarios, sweeps = scenario_section.view(assessment, writer), sweep_section.view(assessment, writer)
    return {**scenarios, **sweeps, "charts": {**scenarios["charts"], **sweeps["charts"]}}
