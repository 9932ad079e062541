"""Criteria files to records; a file from outside the package is checked first and can never stand in for a shipped one."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from lca.descriptor.document import Document, Path
from lca.descriptor.reading import validate
from lca.problems import Problem, did_you_mean
from lca.quantities.by_language import Text, with_texts
from lca.subjects.checklist.model import (
    SCREENING,
    Act,
    Checklist,
    ContextRule,
    Criterion,
    Fluids,
    Pending,
    PrecheckRule,
)

Node = Mapping[str, Any]
Words = Mapping[str, Mapping[str, Text]]

#: Files of `acts/` that hold no act.
_OTHERS = ("words.yaml", "prechecks.yaml", "context.yaml", "reference.yaml")


def parse_checklist(files: Mapping[str, Node]) -> Checklist:
    """Read the shipped criteria files (plain data by file name)."""
    others = {name: with_texts(files[name], name.removesuffix(".yaml")) for name in _OTHERS}
    words, reference = others["words.yaml"], others["reference.yaml"]
    acts = [_act(data, words) for name, data in files.items() if name not in _OTHERS]
    acts.sort(key=_order)
    latest = {act.id: act for act in acts}
    return Checklist(
        acts=latest,
        former={name: found for name in latest if (found := tuple(a for a in acts if a.id == name)[:-1])},
        prechecks={
            name: PrecheckRule(name, node["severity"], node["label"], node.get("limit", 0.0), node.get("source"))
            for name, node in others["prechecks.yaml"].items()
        },
        context={
            name: ContextRule(
                id=name,
                label=node["label"],
                origin=node["origin"],
                confidence=node["confidence"],
                limit=node.get("limit", 0.0),
                note=node.get("note"),
            )
            for name, node in others["context.yaml"].items()
        },
        hazards=reference["hazards"],
        fluids=Fluids(reference["warming"], reference["blends"], reference["fluids"]),
        words=words,
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
            act = _act(document.data, checklist.words)
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


def _act(file: Node, words: Words) -> Act:
    data = with_texts(file, file["act"])
    reference = _reference(data["legal_ref"], data["legal_ref"].get("paragraph"), words)
    return Act(
        id=data["act"],
        alias=data.get("alias", ""),
        name=data["name"],
        reference=reference,
        legal_text_of=datetime.date.fromisoformat(data["legal_text_of"]),
        applies_from=datetime.date.fromisoformat(data.get("applies_from", data["legal_text_of"])),
        written=datetime.date.fromisoformat(data["written"]),
        when=data["when"],
        description=data.get("description"),
        substantial_contribution=data.get("substantial_contribution"),
        notes=tuple(data.get("notes", ())),
        attribution=data.get("attribution"),
        pending=tuple(_pending(node) for node in data.get("pending", ())),
        criteria={name: _criterion(data, name, node, words) for name, node in data["criteria"].items()},
    )


def _pending(node: Text) -> Pending:
    return Pending(_text(node, "date", "confidence"), datetime.date.fromisoformat(node["date"]), node["confidence"])


def _criterion(data: Node, name: str, node: Node, words: Words) -> Criterion:
    return Criterion(
        id=name,
        act=data["act"],
        objective=node["objective"],
        role=node["role"],
        text=_text(node["criterion"], "text_kind"),
        text_kind=node["criterion"]["text_kind"],
        question=node["question"],
        reference=node.get("reference") or _reference(data["legal_ref"], node.get("paragraph"), words),
        notes=tuple(node.get("notes", ())),
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


def _reference(node: Node, paragraph: Text | None, words: Words) -> Text:
    """Return act, annex, section and paragraph on one line of each language that has them all; a section is a number or a text."""
    annex, section = node.get("annex"), node.get("section")
    if section and not isinstance(section, Text):
        section = _filled(words["details"]["section"], section)
    parts = (node["act"], _filled(words["details"]["annex"], annex) if annex else None, section, paragraph)
    texts = [part for part in parts if part]
    known = (language for language in node["act"] if all(language in text for text in texts))
    return Text({language: ", ".join(text[language] for text in texts) for language in known}, node["act"].name)


def _text(node: Text, *beside: str) -> Text:
    """Return the text of a node without what stands beside it."""
    return Text({language: text for language, text in node.items() if language not in beside}, node.name)


def _filled(form: Text, number: str) -> Text:
    return Text({language: text.format(number=number) for language, text in form.items()})
