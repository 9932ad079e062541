"""The checklist: acts shown, rows by objective beside the project's own figures, context checks and documents."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from lca.descriptor.named_file import EvidenceItem
from lca.presenting.writer import Writer
from lca.quantities.by_language import Text
from lca.quantities.quantity import Quantity, Sampler
from lca.subjects.checklist.assess import ChecklistResult
from lca.subjects.checklist.examination import ShownAct
from lca.subjects.checklist.explain import accepted_evidence, check_text
from lca.subjects.checklist.law_section import law_and_depth
from lca.subjects.checklist.model import OBJECTIVES, VERDICTS
from lca.subjects.checklist.reading import read_date
from lca.subjects.checklist.rules import Finding, counts
from lca.subjects.claims.assess import ClaimsResult
from lca.subjects.claims.declared import FrugalAI
from lca.subjects.claims.frugal_ai import PARTIES, PRACTICES, counter, declared_by, is_documented
from lca.subjects.footprint.assess import Footprint
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.inventory import new_context
from lca.subjects.footprint.manufacture import lifetime_of
from lca.subjects.subject import Assessed, Section, View


class ShownRow(Struct, frozen=True):
    """One row in the reader's language: the finding, and the lines beneath question and verdict."""

    finding: Finding
    reference: str
    question: str
    text: str
    reason: str
    remedy: str
    accepted: str
    documents: tuple[tuple[EvidenceItem, str, str], ...]
    checks: tuple[tuple[str, str], ...]
    notes: tuple[int, ...]


class ObjectiveRows(Struct, frozen=True):
    """The rows of one objective, with the project's own figures that bear on it."""

    objective: str
    label: str
    figures: tuple[tuple[str, str], ...]
    rows: tuple[ShownRow, ...]
    notes: tuple[str, ...]


def view(assessed: Assessed, writer: Writer) -> View:
    """Return what the section of the checklist needs."""
    examination, language = assessed.results[ChecklistResult].examination, writer.language
    return {
        "acts_shown": [
            {
                "act": shown.act,
                "why": shown.why.in_(language),
                "verdicts": list(shown.verdicts.items()),
                "statement": statement_of(shown),
            }
            for shown in examination.shown
        ],
        "acts_left_out": [
            (act.name.in_(language), act.reference.in_(language), why.in_(language))
            for act, why in examination.not_chosen
        ],
        "objective_groups": tuple(groups(assessed, writer)),
        **counted(assessed, writer),
        "context_findings": examination.context,
        **law_and_depth(assessed, writer),
        "documents": tuple(_documents(assessed, writer)),
    }


def counted(assessed: Assessed, writer: Writer) -> View:
    """Return what the table of verdicts needs."""
    findings = assessed.results[ChecklistResult].findings
    return {
        "checklist_words": words_in(assessed, writer.language),
        "role_counts": {role: found for role, found in counts(findings).items() if any(found.values())},
        "verdicts": VERDICTS,
    }


def frugal_ai(assessed: Assessed, writer: Writer) -> View:
    """Return what the panel on frugal AI needs; its answers and documents go by the checklist's words."""
    frugal, found = assessed.study.get(FrugalAI), assessed.results[ClaimsResult].frugal_ai
    return {
        "checklist_words": words_in(assessed, writer.language),
        "frugal_ai": {
            "answers": frugal,
            "conditions": dict(found),
            "counts": counter(frugal),
            "declared_by": declared_by(frugal),
            "parties": PARTIES,
            "practices": PRACTICES,
            "documented": is_documented(found),
        },
    }


SECTIONS = (
    Section("checklist", "checklist/section.html.j2", view),
    Section("frugal-ai", "checklist/frugal_ai.html.j2", frugal_ai),
)


def statement_of(shown: ShownAct) -> str:
    """Return the name of the only sentence that may be said of an act as a whole, empty where none may."""
    if shown.act.alias == "software_only":
        return "software_only"
    verdict = shown.verdicts.get("dnsh", "")
    return verdict if verdict in ("pass", "no_criterion_in_act") else ""


def words_in(assessed: Assessed, language: str) -> dict[str, dict[str, str]]:
    """Return the checklist's words in one language."""
    return {
        group: {name: text.in_(language) for name, text in labels.items()}
        for group, labels in assessed.results[ChecklistResult].criteria.words.items()
    }


def groups(assessed: Assessed, writer: Writer) -> Iterator[ObjectiveRows]:
    """Yield the rows of each objective that has any, in the order of Article 9."""
    figures = figures_of(assessed, writer)
    for objective in OBJECTIVES:
        findings = [f for f in assessed.results[ChecklistResult].findings if f.criterion.objective == objective]
        if not findings:
            continue
        notes = list(dict.fromkeys(note.in_(writer.language) for f in findings for note in f.criterion.notes))
        yield ObjectiveRows(
            objective=objective,
            label=assessed.results[ChecklistResult].criteria.word("objectives", objective).in_(writer.language),
            figures=tuple(figures.get(objective, ())),
            rows=tuple(_row(assessed, writer, finding, notes) for finding in findings),
            notes=tuple(notes),
        )


def _row(assessed: Assessed, writer: Writer, finding: Finding, notes: list[str]) -> ShownRow:
    checklist, language, criterion = assessed.results[ChecklistResult].criteria, writer.language, finding.criterion
    answer = finding.answer
    wanting = finding.rule in ("R02", "R11", "R12") and not criterion.no_criterion
    return ShownRow(
        finding=finding,
        reference=criterion.reference.in_(language),
        question=criterion.question.in_(language),
        text=criterion.text.in_(language),
        reason=finding.reason.in_(language),
        remedy=finding.remedy.in_(language),
        accepted=accepted_evidence(checklist, criterion).in_(language) if wanting else "",
        documents=tuple(
            (item, standing, _shown(writer, item.date))
            for item, standing in zip(answer.evidence if answer else (), finding.standings, strict=True)
        ),
        checks=tuple(_checks(assessed, finding, language)),
        notes=tuple(notes.index(note.in_(language)) + 1 for note in criterion.notes),
    )


def _checks(assessed: Assessed, finding: Finding, language: str) -> Iterator[tuple[str, str]]:
    """Yield the pre-checks that found data, whatever the answer is."""
    for name, outcome in finding.prechecks.items():
        if outcome.result != "missing":
            yield outcome.result, check_text(assessed.results[ChecklistResult].criteria, name, outcome).in_(language)


def figures_of(assessed: Assessed, writer: Writer) -> Mapping[str, list[tuple[str, str]]]:
    """Return the project's own figures that bear on each objective; an objective without any is not in it."""
    words = assessed.results[ChecklistResult].criteria.words["labels"]

    def figure(label: str, quantity: Quantity | None, partial: bool = False) -> list[tuple[str, str]]:
        if quantity is None:
            return [(label, str(writer.words["not_assessed"]))]
        range_ = f" ({writer.interval(quantity)})" if quantity.is_drawn else ""
        mark = f", {writer.words['partial']}" if partial else ""
        return [(label, f"{writer.amount(quantity)}{range_}{mark}")]

    def total(indicator: str) -> list[tuple[str, str]]:
        name = assessed.book.indicators[indicator].name[writer.language]
        return figure(
            name, assessed.results[Footprint].totals[indicator].total, assessed.results[Footprint].is_partial(indicator)
        )

    climate = assessed.book.indicators["gwp100"].name[writer.language]
    made = words["manufacture"].in_(writer.language)
    return {
        "ccm": [*total("gwp100"), *figure(str(writer.words["energy"]), assessed.results[Footprint].energy)],
        "wtr": [*total("water_consumption"), *total("water_scarcity")],
        "ce": [
            *total("adpe"),
            *total("primary_energy"),
            *figure(f"{climate}, {made}", assessed.results[Footprint].totals["gwp100"].embodied),
            *_lifetimes(assessed, writer, words["lifetimes"], words["years"]),
        ],
    }


def _lifetimes(assessed: Assessed, writer: Writer, label: Text, years: Text) -> Iterator[tuple[str, str]]:
    """Yield the lifetimes that the calculation uses, in one line."""
    descriptor = assessed.study
    context = new_context(descriptor, assessed.book, Sampler(0, 0))
    used = [
        f"{name} {writer.trimmed(round(lifetime_of(context, machine).best_in('year'), 2))}"
        for name, machine in descriptor[ProductSystem].machines.items()
    ]
    if used:
        yield label.in_(writer.language), f"{', '.join(used)}\u00a0{years.in_(writer.language)}"


def _documents(assessed: Assessed, writer: Writer) -> Iterable[dict[str, Any]]:
    """Yield each document once, with its file's hash and the rows that name it."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for finding in assessed.results[ChecklistResult].findings:
        for item in finding.answer.evidence if finding.answer else ():
            key = (item.type, item.title, item.file, item.url, item.date)
            file = assessed.study.files.get(item.file)
            entry = found.setdefault(key, {"item": item, "sha256": file.sha256 if file else "", "rows": []})
            entry["rows"].append(finding.criterion.id)
    for entry in found.values():
        entry["date"] = _shown(writer, entry["item"].date)
        entry["until"] = _shown(writer, entry["item"].valid_until)
        yield entry


def _shown(writer: Writer, text: str) -> str:
    date: datetime.date | None = read_date(text)
    return writer.date(date) if date else ""
