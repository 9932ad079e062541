"""The page of a public copy, and what travels with it; made from the copy alone, never from a record."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from lca.assessment.attachments import HOW, Attachment, Manner, digest, safe_name
from lca.assessment.public.cells import CLASS, NOT_TOLD, TWO_DIGITS, Cell
from lca.assessment.public.copy import FORMAT, PUBLIC, PUBLIC_COPY, PublicCopy, PublicInput, Shown, Total
from lca.presenting.html import ShippedTexts, Templates
from lca.presenting.item_names import as_words
from lca.presenting.values import as_json
from lca.presenting.writer import Writer
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.subjects.footprint.flow import STAGES
from lca.subjects.subject import View

#: Figures that a page shows: of a stage, and of an activity.
_CLIMATE = ".gwp100"
#: What the files are that travel, by how they came.
_DESCRIPTIONS = {
    "descriptor": "The descriptor without its restricted values",
    "companion": "A descriptor that it names, without its restricted values",
    "checklist": "Criteria of a further act",
    "call": "The profile of the call",
}
#: The verdicts that are counted.
VERDICTS = ("pass", "fail", "insufficient_evidence")


class PublicSources(Struct, frozen=True):
    """What a public copy is made from: the redacted descriptor first, then the descriptors that it names, by name and text.

    `checklists` are names and texts of further acts, `call` those of the profile of the call, `factor_set` the sources that lead.
    """

    descriptors: tuple[tuple[str, str], ...]
    checklists: tuple[tuple[str, str], ...] = ()
    call: tuple[str, str] | None = None
    factor_set: str = ""


class Held(Struct, frozen=True):
    """A file that a public copy names, and the attachment that holds it."""

    name: str
    attachment: str


class PublicMaking(Struct, frozen=True):
    """How a public copy was made: `report.json`; `sha256` holds the hash of every other file that travels."""

    language: str
    rendered_by: str
    theme: str
    factor_set: str
    descriptors: tuple[Held, ...]
    checklists: tuple[Held, ...]
    call: Held | None
    sha256: dict[str, str]
    copy: str = PUBLIC_COPY
    report: int = FORMAT


class TotalRow(Struct, frozen=True):
    """A total: what it is of, how much, its interval where it has one, and what is to be known of it."""

    name: str
    amount: str
    interval: str
    note: str


def as_text(public: PublicCopy) -> str:
    """Return a public copy as JSON."""
    return as_json(msgspec.to_builtins(public))


def render(public: PublicCopy, language: str, texts: ShippedTexts) -> str:
    """Return the page of a public copy as one HTML text without references to anything outside it."""
    writer = Writer(language, texts.locales[language])
    templates = Templates(writer, texts, {"climate": None})
    return templates.filled("assessment/public.html.j2", _view(public, writer))


def attached(public: PublicCopy, sources: PublicSources, manner: Manner) -> dict[str, Attachment]:
    """Return what travels with a public copy, by file name."""
    found: dict[str, Attachment] = {}

    def held(name: str, text: str, kind: str) -> Held:
        safe = safe_name(name.rpartition("/")[2])
        free = safe if safe not in (*found, PUBLIC, HOW) else f"named-{len(found):02}-{safe}"
        found[free] = Attachment(text, _DESCRIPTIONS[kind], kind, name)
        return Held(name, free)

    kinds = ["descriptor", *["companion"] * (len(sources.descriptors) - 1)]
    descriptors = tuple(held(*one, kind) for one, kind in zip(sources.descriptors, kinds, strict=True))
    checklists = tuple(held(*one, "checklist") for one in sources.checklists)
    call = held(*sources.call, "call") if sources.call is not None else None
    found[PUBLIC] = Attachment(as_text(public), "All that the public copy says", PUBLIC)
    hashes = {name: digest(one.content) for name, one in found.items()}
    named = (manner.language, manner.rendered_by, manner.theme, sources.factor_set)
    made = PublicMaking(*named, descriptors, checklists, call, hashes)
    found[HOW] = Attachment(as_json(msgspec.to_builtins(made)), "How this report was made", HOW)
    return found


def _view(public: PublicCopy, writer: Writer) -> View:
    words = writer.words["public_copy"]
    status = writer.words["dossier"]["status"]
    verdicts = list(public.verdicts.values())
    date = writer.date(datetime.date.fromisoformat(public.computed.as_of))
    return {
        "public": public,
        "w": words,
        "status_line": [
            writer.counted(len(public.restricted), words["status"]),
            status["declared"],
            status["screening" if public.project.level == "screening" else "full"],
            status["no_ranking"],
            words["as_of"].format(date=date),
        ],
        "total_rows": [total_row(total, writer) for total in public.totals],
        "stage_rows": list(_stages(public, writer)),
        "verdict_line": ", ".join(
            writer.counted(verdicts.count(name), words["verdicts"][name]) for name in VERDICTS if name in verdicts
        ),
        "input_rows": [_input(one, writer) for one in public.inputs],
        "problems": [(one, writer.words["messages"].told(one.message)) for one in public.problems],
    }


def total_row(total: Total, writer: Writer) -> TotalRow:
    """Return a total as readers of a language are told it."""
    words, name = writer.words["public_copy"], total.names.get(writer.language, total.indicator)
    if total.shown is None and total.cell is None:
        return TotalRow(name, str(writer.words["not_assessed"]), "–", "")
    if total.shown is not None:
        amount, interval = _amount(total.shown, writer)
        return TotalRow(name, _at_least(amount, total, writer), interval, words["none_in_it"])
    assert total.cell is not None
    if total.cell.manner == NOT_TOLD:
        return TotalRow(name, words["restricted"], "–", words["manners"][NOT_TOLD])
    cell = total.cell
    if total.is_partial and cell.manner != TWO_DIGITS:  # the rounded number may be more than the least
        amount = writer.amount(_quantity(cell.low, total.unit), 2)
    else:
        amount = _of_cell(cell, total.unit, writer)
    return TotalRow(name, _at_least(amount, total, writer), "–", words["manners"][cell.manner])


def _at_least(amount: str, total: Total, writer: Writer) -> str:
    return str(writer.words["public_copy"]["at_least"].format(amount=amount)) if total.is_partial else amount


def _of_cell(cell: Cell, unit: str, writer: Writer) -> str:
    if cell.manner != CLASS:
        return writer.amount(_quantity(cell.middle, unit), 2 if cell.manner == TWO_DIGITS else 1)
    scale, written = writer.readable(_quantity(cell.low, unit))
    low, high = writer.trimmed(cell.low * scale), writer.in_unit(cell.high * scale, written)
    return str(writer.words["public_copy"]["between"].format(low=low, high=high))


def _amount(shown: Shown, writer: Writer) -> tuple[str, str]:
    quantity = _quantity(shown.value, shown.unit)
    if shown.low95 is None or shown.high95 is None or shown.low95 == shown.high95:
        return writer.amount(quantity), "–"
    return writer.bounded(quantity, shown.value, shown.low95, shown.high95)


def _quantity(value: float, unit: str) -> Quantity:
    """Return a number that is told as a quantity, to be written as one."""
    return Quantity("", unit, value, Stated("", value, unit))


def _stages(public: PublicCopy, writer: Writer) -> Iterator[tuple[str, str, str]]:
    """Yield each stage and activity with its climate impact and interval, or that it is restricted."""
    paths = [path for path in (*public.figures, *public.withheld) if path.endswith(_CLIMATE)]
    named = {path: path.removesuffix(_CLIMATE).split(".") for path in paths}
    for stage in STAGES:
        of_stage = [path for path, parts in named.items() if parts[0] == stage and len(parts) <= 2]
        for path in sorted(of_stage, key=lambda path: len(named[path])):
            name = ", ".join([writer.words[stage], *map(as_words, named[path][1:])])
            shown = public.figures.get(path)
            if shown is None:
                yield name, writer.words["public_copy"]["restricted"], "–"
            else:
                yield (name, *_amount(shown, writer))


def _input(one: PublicInput, writer: Writer) -> tuple[str, str, str, str]:
    evidence = writer.words["dossier"]["doubt"]["evidence_classes"]
    value = f"{writer.trimmed(float(f'{one.shown.value:.6g}'))} {writer.unit(one.shown.unit)}"
    return one.path, value.removesuffix(" 1"), str(evidence.get(one.evidence, one.evidence)), one.source
