"""A form filled in from an assessed: its blocks in order, each made from the form's data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from lca.presenting.blocks import Block, Heading, Listing, Page, Paragraph, TableBlock, page
from lca.presenting.writer import Writer
from lca.quantities.provenance import Evidence
from lca.quantities.quantity import Quantity
from lca.quantities.trees import weakest
from lca.subjects.checklist.assess import ChecklistResult
from lca.subjects.checklist.forms.objectives import CELLS, UNVERIFIED, objectives
from lca.subjects.claims.assess import ClaimsResult
from lca.subjects.footprint.assess import Footprint
from lca.subjects.subject import Assessed

#: A form as data: its texts, and which cells are filled in.
Form = Mapping[str, Any]

#: The cells of a table of energy.
ENERGY_CELLS = ("part", "amount", "interval", "known")


def filled(form: Form, assessed: Assessed, writer: Writer) -> Page:
    """Return a form filled in from an assessed, in the writer's language."""
    blocks = (block for node in form["blocks"] for block in _blocks(node, form, assessed, writer))
    return page(form["title"][writer.language], blocks, writer)


def _blocks(node: Form, form: Form, assessed: Assessed, writer: Writer) -> Iterator[Block]:
    language = writer.language
    match node:
        case {"heading": texts}:
            yield Heading(texts[language])
        case {"paragraph": kind}:
            yield Paragraph(node[language], kind)
        case {"marks": True}:
            yield from (Paragraph(text, "mark") for text in marks(assessed, writer))
        case {"objectives": "paragraph"}:
            for objective in objectives(assessed, writer, form):
                cells = {name: CELLS[name](objective) for name in CELLS if f"{{{name}}}" in node[language]}
                yield Paragraph(node[language].format(**cells).strip())
        case {"objectives": "table"}:
            columns = node["columns"]
            rows = tuple(
                tuple(CELLS[column["cell"]](objective) for column in columns)
                for objective in objectives(assessed, writer, form)
            )
            yield _table(node, rows, language)
        case {"energy": "table"}:
            yield from _energy(node, assessed, writer)
        case {"boundary": True}:
            yield _boundary(assessed, writer)
        case {"footer": True}:
            yield Paragraph(footer(assessed, writer), "note")
        case _:
            raise ValueError(f"a form has no block {sorted(node)}")


def _table(node: Form, rows: tuple[tuple[str, ...], ...], language: str) -> TableBlock:
    columns = node["columns"]
    widths = tuple(column.get("width", 1) for column in columns)
    return TableBlock(
        tuple(c[language] for c in columns), rows, widths, node["caption"][language] if "caption" in node else ""
    )


def marks(assessed: Assessed, writer: Writer) -> Iterator[str]:
    """Yield what a reader must see first: the study's level, the rows without verification, claims that would not hold."""
    words = writer.words["forms"]
    if assessed.study.goal.level == "screening":
        yield writer.words["screening_banner"]
    asked = [finding for finding in assessed.results[ChecklistResult].findings if finding.criterion.role == "dnsh"]
    for verdict, text in (("fail", "rows_not_met"), (UNVERIFIED, "rows_unverified")):
        rows = [finding.criterion.id for finding in asked if finding.verdict == verdict]
        if rows:
            yield words[text].format(rows=", ".join(rows))
    codes = sorted({claim.rule.code for claim in assessed.results[ClaimsResult].claims if claim.in_text})
    if codes:
        yield words["claims_found"].format(codes=", ".join(codes))


def footer(assessed: Assessed, writer: Writer) -> str:
    """Return the line that says what a document was made from, and that it is a self-assessed."""
    made: str = writer.words["forms"]["made_from"].format(
        project=assessed.study.about.name,
        version=assessed.fingerprint.code_version,
        descriptor=assessed.fingerprint.descriptor,
        catalogue=assessed.fingerprint.catalogue_version,
        date=writer.date(assessed.fingerprint.as_of),
    )
    return made


def _energy(node: Form, assessed: Assessed, writer: Writer) -> Iterator[Block]:
    words, footprint = writer.words["forms"], assessed.results[Footprint]
    energy = footprint.energy
    if energy is None:
        yield Paragraph(words["no_energy"], "mark")
        return
    parts = [(writer.words[stage], quantity) for stage, quantity in footprint.energy_by_stage.items()]
    cells: dict[str, Callable[[Quantity], str]] = {
        "amount": writer.amount,
        "interval": writer.interval,
        "known": lambda quantity: _known(quantity, writer),
    }
    rows = tuple(
        tuple(name if column["cell"] == "part" else cells[column["cell"]](quantity) for column in node["columns"])
        for name, quantity in (*parts, (writer.words["total"], energy))
    )
    yield _table(node, rows, writer.language)


def _known(quantity: Quantity, writer: Writer) -> str:
    """Say whether an energy is known by measurement, or by what it is estimated."""
    evidence = weakest(quantity, {})
    words = writer.words["forms"]
    if evidence == Evidence.MEASURED:
        return str(words["known"])
    return str(words["estimated"].format(evidence=writer.words[f"class_{evidence.word}"]))


def _boundary(assessed: Assessed, writer: Writer) -> Block:
    words, colon = writer.words, writer.words["colon"]
    lines = [
        f"{words[s.stage]}{colon} {words[f'boundary_{s.status}']}"
        + (f" ({words['boundary_in-use'] if s.reason == 'in-use' else s.reason})" if s.reason else "")
        for s in assessed.results[Footprint].boundary
    ]
    if assessed.results[Footprint].energy_at_plug is not None:
        lines.append(f"{words['at_plug']}{colon} {writer.amount(assessed.results[Footprint].energy_at_plug)}")
    return Listing(tuple(lines))
