"""The checklist: acts shown, rows by objective beside the project's own figures, context checks and documents."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lca.assessment.record import Record
from lca.descriptor.named_file import EvidenceItem
from lca.presenting.writer import Writer
from lca.quantities.quantity import Quantity, Sampler
from lca.subjects.checklist.examination import ShownAct
from lca.subjects.checklist.explain import accepted_evidence, check_text
from lca.subjects.checklist.model import OBJECTIVES, Text
from lca.subjects.checklist.reading import read_date
from lca.subjects.checklist.rules import Finding, counts
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.inventory import new_context
from lca.subjects.footprint.manufacture import lifetime_of


@dataclass(frozen=True, slots=True)
class Row:
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


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one objective, with the project's own figures that bear on it."""

    objective: str
    label: str
    figures: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]


def view(assessment: Record, writer: Writer) -> dict[str, Any]:
    """Return what the section of the checklist needs."""
    examination, language = assessment.checklist.examination, writer.language
    return {
        "checklist_words": words_in(assessment, language),
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
        "objective_groups": tuple(groups(assessment, writer)),
        "role_counts": {
            role: found for role, found in counts(assessment.checklist.findings).items() if any(found.values())
        },
        "context_findings": examination.context,
        "documents": tuple(_documents(assessment, writer)),
    }


def statement_of(shown: ShownAct) -> str:
    """Return the name of the only sentence that may be said of an act as a whole, empty where none may."""
    if shown.act.alias == "software_only":
        return "software_only"
    verdict = shown.verdicts.get("dnsh", "")
    return verdict if verdict in ("pass", "no_criterion_in_act") else ""


def words_in(assessment: Record, language: str) -> dict[str, dict[str, str]]:
    """Return the checklist's words in one language."""
    return {
        group: {name: text.in_(language) for name, text in labels.items()}
        for group, labels in assessment.checklist.criteria.words.items()
    }


def groups(assessment: Record, writer: Writer) -> Iterator[Group]:
    """Yield the rows of each objective that has any, in the order of Article 9."""
    figures = figures_of(assessment, writer)
    for objective in OBJECTIVES:
        findings = [f for f in assessment.checklist.findings if f.criterion.objective == objective]
        if not findings:
            continue
        notes = list(dict.fromkeys(note.in_(writer.language) for f in findings for note in f.criterion.notes))
        yield Group(
            objective=objective,
            label=assessment.checklist.criteria.word("objectives", objective).in_(writer.language),
            figures=tuple(figures.get(objective, ())),
            rows=tuple(_row(assessment, writer, finding, notes) for finding in findings),
            notes=tuple(notes),
        )


def _row(assessment: Record, writer: Writer, finding: Finding, notes: list[str]) -> Row:
    checklist, language, criterion = assessment.checklist.criteria, writer.language, finding.criterion
    answer = finding.answer
    wanting = finding.rule in ("R02", "R11", "R12") and not criterion.no_criterion
    return Row(
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
        checks=tuple(_checks(assessment, finding, language)),
        notes=tuple(notes.index(note.in_(language)) + 1 for note in criterion.notes),
    )


def _checks(assessment: Record, finding: Finding, language: str) -> Iterator[tuple[str, str]]:
    """Yield the pre-checks that found data, whatever the answer is."""
    for name, outcome in finding.prechecks.items():
        if outcome.result != "missing":
            yield outcome.result, check_text(assessment.checklist.criteria, name, outcome).in_(language)


def figures_of(assessment: Record, writer: Writer) -> Mapping[str, list[tuple[str, str]]]:
    """Return the project's own figures that bear on each objective; an objective without any is not in it."""
    words = assessment.checklist.criteria.words["labels"]

    def figure(label: str, quantity: Quantity | None, partial: bool = False) -> list[tuple[str, str]]:
        if quantity is None:
            return [(label, str(writer.words["not_assessed"]))]
        range_ = f" ({writer.interval(quantity)})" if len(quantity.draws) > 1 else ""
        mark = f", {writer.words['partial']}" if partial else ""
        return [(label, f"{writer.amount(quantity)}{range_}{mark}")]

    def total(indicator: str) -> list[tuple[str, str]]:
        name = assessment.book.indicators[indicator].name[writer.language]
        return figure(name, assessment.footprint.totals[indicator].total, assessment.footprint.is_partial(indicator))

    climate = assessment.book.indicators["gwp100"].name[writer.language]
    made = words["manufacture"].in_(writer.language)
    return {
        "ccm": [*total("gwp100"), *figure(str(writer.words["energy"]), assessment.footprint.energy)],
        "wtr": [*total("water_consumption"), *total("water_scarcity")],
        "ce": [
            *total("adpe"),
            *total("primary_energy"),
            *figure(f"{climate}, {made}", assessment.footprint.totals["gwp100"].embodied),
            *_lifetimes(assessment, writer, words["lifetimes"], words["years"]),
        ],
    }


def _lifetimes(assessment: Record, writer: Writer, label: Text, years: Text) -> Iterator[tuple[str, str]]:
    """Yield the lifetimes that the calculation uses, in one line."""
    descriptor = assessment.study
    context = new_context(descriptor, assessment.book, Sampler(0, 0))
    used = [
        f"{name} {writer.trimmed(round(float(lifetime_of(context, machine).to('year')[0]), 2))}"
        for name, machine in descriptor[ProductSystem].machines.items()
    ]
    if used:
        yield label.in_(writer.language), f"{', '.join(used)}\u00a0{years.in_(writer.language)}"


def _documents(assessment: Record, writer: Writer) -> Iterable[dict[str, Any]]:
    """Yield each document once, with its file's hash and the rows that name it."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for finding in assessment.checklist.findings:
        for item in finding.answer.evidence if finding.answer else ():
            key = (item.type, item.title, item.file, item.url, item.date)
            file = assessment.study.files.get(item.file)
            entry = found.setdefault(key, {"item": item, "sha256": file.sha256 if file else "", "rows": []})
            entry["rows"].append(finding.criterion.id)
    for entry in found.values():
        entry["date"] = _shown(writer, entry["item"].date)
        entry["until"] = _shown(writer, entry["item"].valid_until)
        yield entry


def _shown(writer: Writer, text: str) -> str:
    date: datetime.date | None = read_date(text)
    return writer.date(date) if date else ""
