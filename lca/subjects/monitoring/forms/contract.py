"""The list of conditions of a contract: as a document, as the file that the parties fill in, and as plain data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lca.presenting.blocks import Block, Heading, Page, Paragraph, TableBlock, page
from lca.presenting.typography import plain
from lca.presenting.values import Plain
from lca.presenting.writer import Writer
from lca.subjects.checklist.reading import read_date
from lca.subjects.monitoring.agreed import FIRST_LINE, AgreedCondition, AgreedConditions
from lca.subjects.monitoring.condition import KINDS

#: How much of a hash tells one file from another to a person.
_SHORT_HASH = 16


def as_page(conditions: AgreedConditions, writer: Writer) -> Page:
    """Return the conditions as a document in the writer's language, by what they come from."""
    words = writer.words["conditions_words"]
    made = read_date(conditions.made)
    head = words["made"].format(
        file=conditions.descriptor.file,
        sha256=conditions.descriptor.sha256[:_SHORT_HASH],
        date=writer.date(made) if made else conditions.made,
    )
    sealed = words["sealed"].format(seal=conditions.seal[:_SHORT_HASH]) if conditions.seal else words["not_sealed"]
    number = len(conditions.required)
    counted = writer.counted(number, words["number"]) if number else str(words["none"])
    blocks: list[Block] = [Paragraph(counted), Paragraph(f"{head} {sealed}"), Paragraph(str(words["note"]), "note")]
    for kind in (*KINDS, ""):
        rows = [one for one in conditions.required.values() if _kind(one) == kind]
        if rows:
            blocks.append(Heading(str(words["kinds"][kind or "own"])))
            blocks.append(_table(rows, writer))
    return page(words["title"].format(project=conditions.project), blocks, writer)


def _kind(condition: AgreedCondition) -> str:
    kind = condition.name.partition(".")[0]
    return kind if kind in KINDS else ""


def _table(rows: list[AgreedCondition], writer: Writer) -> TableBlock:
    words = writer.words["conditions_words"]
    columns = words["columns"]
    head = tuple(writer.heading(columns[name]) for name in ("asks", "because", "evidence", "where", "owner", "date"))
    lines = tuple(
        (
            f"{one.asks} [{one.name}]",
            " ".join(filter(None, (str(words["states"][one.state]), one.because))),
            one.evidence or str(words["to_be_agreed"]),
            _place(one, writer),
            one.owner or str(words["to_be_named"]),
            writer.when(one.date) if one.date else str(words["to_be_agreed"]),
        )
        for one in rows
    )
    return TableBlock(head, lines, (28, 26, 26, 18, 14, 11))


def _place(condition: AgreedCondition, writer: Writer) -> str:
    where = condition.where
    if where is None:
        return ""
    line = writer.words["conditions_words"]["line"].format(file=where.file, line=where.line) if where.line else ""
    return f"{writer.words['semicolon']} ".join(part for part in (where.key, line) if part)


def as_yaml(conditions: AgreedConditions, writer: Writer) -> str:
    """Return the file that the parties fill in: owner and date stand empty where the descriptor says nothing of them."""
    words = writer.words["conditions_words"]["file"]
    made_from = conditions.descriptor
    lines = [
        *(f"# {line}" for line in words["head"]),
        FIRST_LINE,
        f"project: {_quoted(conditions.project)}",
        f"descriptor: {{file: {_quoted(made_from.file)}, sha256: {_quoted(made_from.sha256)}}}",
        *([f"seal: {_quoted(conditions.seal)}"] if conditions.seal else []),
        f"made: {_quoted(conditions.made)}",
        "required:" if conditions.required else "required: {}",
    ]
    for one in conditions.required.values():
        lines += _lines(one, writer)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _lines(one: AgreedCondition, writer: Writer) -> Iterator[str]:
    words = writer.words["conditions_words"]
    yield f"  {_quoted(one.name)}:"
    yield f"    asks: {_quoted(one.asks)}"
    if one.because:
        yield f"    because: {_quoted(one.because)}"
    for key, text, silent in (
        ("evidence", one.evidence, "to_be_agreed"),
        ("owner", one.owner, "to_be_named"),
        ("date", one.date, "to_be_agreed"),
    ):
        yield f"    {key}: {_quoted(text)}" if text else f"    {key}:  # {plain(str(words[silent]))}"
    if one.where is not None:
        where = one.where
        yield f"    where: {{key: {_quoted(where.key)}, file: {_quoted(where.file)}, line: {where.line}}}"
    yield f"    state: {one.state}"


def as_data(conditions: AgreedConditions) -> Plain:
    """Return what the file holds as plain data."""
    return {
        "conditions": 1,
        "project": conditions.project,
        "descriptor": {"file": conditions.descriptor.file, "sha256": conditions.descriptor.sha256},
        "seal": conditions.seal or None,
        "made": conditions.made,
        "required": {name: _data(one) for name, one in conditions.required.items()},
    }


def _data(one: AgreedCondition) -> dict[str, Any]:
    where = one.where
    return {
        "asks": plain(one.asks),
        "because": plain(one.because),
        "evidence": plain(one.evidence) or None,
        "where": {"key": where.key, "file": where.file, "line": where.line} if where is not None else None,
        "owner": one.owner or None,
        "date": one.date or None,
        "state": one.state,
    }


def _quoted(text: str) -> str:
    """Return a text as YAML reads it whatever it holds, on one line and with plain spaces."""
    return json.dumps(plain(" ".join(text.split())), ensure_ascii=False)
