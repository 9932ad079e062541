"""Criteria files to records; a file from outside the package is checked first and can never stand in for a shipped one."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from lca.descriptor.document import Document, Path
from lca.descriptor.reading import validate
from lca.problems import Problem, did_you_mean
from lca.subjects.checklist.model import (
    SCREENING,
    Act,
    Checklist,
    ContextRule,
    Criterion,
    Fluids,
    Pending,
    PrecheckRule,
    Text,
)

Node = Mapping[str, Any]

#: Files of `acts/` that hold no act.
_OTHERS = ("words.yaml", "prechecks.yaml", "context.yaml", "reference.yaml")


def parse_checklist(files: Mapping[str, Node]) -> Checklist:
    """Read the shipped criteria files (plain data by file name)."""
    words, reference = files["words.yaml"], files["reference.yaml"]
    acts = [_act(data) for name, data in files.items() if name not in _OTHERS]
    acts.sort(key=_order)
    latest = {act.id: act for act in acts}
    return Checklist(
        acts=latest,
        former={name: found for name in latest if (found := tuple(a for a in acts if a.id == name)[:-1])},
        prechecks={
            name: PrecheckRule(
                name, node["severity"], _text(node["label"]), node.get("limit", 0.0), _optional(node.get("source"))
            )
            for name, node in files["prechecks.yaml"].items()
        },
        context={
            name: ContextRule(
                id=name,
                label=_text(node["label"]),
                origin=_text(node["origin"]),
                confidence=node["confidence"],
                limit=node.get("limit", 0.0),
                note=_optional(node.get("note")),
            )
            for name, node in files["context.yaml"].items()
        },
        hazards={name: _text(node) for name, node in reference["hazards"].items()},
        fluids=Fluids(reference["warming"], reference["blends"], reference["fluids"]),
        words={group: {name: _text(node) for name, node in labels.items()} for group, labels in words.items()},
    )


def _order(act: Act) -> tuple[bool, bool, str, datetime.date]:
    """The screening stands first, appendices after the acts that refer to them, texts of one act by date."""
    return act.id != SCREENING, act.id.startswith("appendix_"), act.id, act.applies_from


def with_acts(
    checklist: Checklist, documents: Mapping[str, Document], schema: Mapping[str, Any]
) -> tuple[Checklist, list[Problem]]:
    """Add acts from outside the package; `documents` is keyed by the hash of each file.

    Returns:
        The checklist with the acts of the files that have no problem, and all problems of the others.
    """
    problems: list[Problem] = []
    for digest, document in documents.items():
        _, found = validate(document, schema)
        found = found or list(_relations(checklist, document))
        problems += found
        if not found:
            act = _act(document.data)
            files = {**checklist.files, document.file.rpartition("/")[2]: digest}
            checklist = replace(checklist, acts={**checklist.acts, act.id: act}, files=files)
    return checklist, problems


def _relations(checklist: Checklist, document: Document) -> Iterator[Problem]:
    """Yield what a file that fits the schema still cannot say: ids that exist already, or references to nothing."""
    data = document.data
    taken = {*checklist.acts, *(act.alias for act in checklist.acts.values())} - {""}
    for key in ("act", "alias"):
        if data.get(key) in taken:
            message = f"`{data[key]}` is an act already"
            yield Problem(document.at((key,)), "LCA409", message, "choose another identifier; none can be replaced")
    known = {criterion.id for criterion in checklist.criteria()}
    nested = {criterion.id for criterion in checklist.criteria() if criterion.sub_questions}
    for name, node in data["criteria"].items():
        where = ("criteria", name)
        if name in known:
            message = f"the criterion `{name}` exists already"
            yield Problem(document.key_at(where), "LCA409", message, "choose another identifier; none can be replaced")
        for index, question in enumerate(node.get("sub_questions", ())):
            if question not in {*known, *data["criteria"]} - {name}:
                hint = did_you_mean(question, {*known, *data["criteria"]}) or "name a row of an appendix"
                place = document.at((*where, "sub_questions", str(index)))
                yield Problem(place, "LCA401", f"`{question}` is not a criterion", hint)
            elif question in nested or data["criteria"].get(question, {}).get("sub_questions"):
                place = document.at((*where, "sub_questions", str(index)))
                message = f"`{question}` has sub-questions of its own"
                yield Problem(place, "LCA402", message, "name its sub-questions here instead")
    dates: dict[Path, str] = {(key,): data[key] for key in ("legal_text_of", "applies_from", "written") if key in data}
    dates |= {("pending", str(index), "date"): node["date"] for index, node in enumerate(data.get("pending", ()))}
    for path, text in dates.items():
        if read_date(text) is None:
            yield Problem(document.at(path), "LCA405", f"`{text}` is not a date", "as in `2026-01-31`")


def read_date(text: str) -> datetime.date | None:
    """Return the date that an ISO text means, None where it means none."""
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _text(node: Node) -> Text:
    return Text(node["en"], node["fr"])


def _optional(node: Node | None) -> Text | None:
    return _text(node) if node else None


def _act(data: Node) -> Act:
    reference = _reference(data["legal_ref"], data["legal_ref"].get("paragraph"))
    return Act(
        id=data["act"],
        alias=data.get("alias", ""),
        name=_text(data["name"]),
        reference=reference,
        legal_text_of=datetime.date.fromisoformat(data["legal_text_of"]),
        applies_from=datetime.date.fromisoformat(data.get("applies_from", data["legal_text_of"])),
        written=datetime.date.fromisoformat(data["written"]),
        when=_text(data["when"]),
        description=_optional(data.get("description")),
        substantial_contribution=_optional(data.get("substantial_contribution")),
        notes=tuple(map(_text, data.get("notes", ()))),
        attribution=_optional(data.get("attribution")),
        pending=tuple(_pending(node) for node in data.get("pending", ())),
        criteria={name: _criterion(data, name, node) for name, node in data["criteria"].items()},
    )


def _pending(node: Node) -> Pending:
    return Pending(_text(node), datetime.date.fromisoformat(node["date"]), node["confidence"])


def _criterion(data: Node, name: str, node: Node) -> Criterion:
    own = _optional(node.get("reference"))
    return Criterion(
        id=name,
        act=data["act"],
        objective=node["objective"],
        role=node["role"],
        text=_text(node["criterion"]),
        text_kind=node["criterion"]["text_kind"],
        question=_text(node["question"]),
        reference=own or _reference(data["legal_ref"], node.get("paragraph")),
        notes=tuple(map(_text, node.get("notes", ()))),
        evidence_accepted=tuple(node.get("evidence_accepted", ())),
        min_strength=node.get("min_strength", "documented"),
        partial_policy=node.get("partial_policy", "insufficient_evidence"),
        not_applicable_reasons=tuple(node.get("not_applicable_reasons", ())),
        prechecks=tuple(node.get("prechecks", ())),
        sub_questions=tuple(node.get("sub_questions", ())),
        confidence=node["confidence"],
        no_criterion=node.get("no_criterion", False),
        counts=node.get("counts", True),
        max_age_days=node.get("max_age_days"),
        indicators=tuple(node.get("indicators", ())),
        of_project=node.get("of_project", False),
    )


def _reference(node: Node, paragraph: Node | None) -> Text:
    """Return act, annex, section and paragraph on one line of each language."""
    section = node.get("section", "")
    named = section if isinstance(section, Mapping) else {"en": f"section {section}", "fr": f"section {section}"}

    def line(language: str, annex: str) -> str:
        parts = [node["act"][language]]
        parts += [f"{annex} {node['annex']}"] if node.get("annex") else []
        parts += [named[language]] if section else []
        return ", ".join([*parts, *([paragraph[language]] if paragraph else [])])

    return Text(line("en", "Annex"), line("fr", "annexe"))
