"""What a document is made of, whatever it is written as: headings, paragraphs, lists, tables and records."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from lca.presenting.writer import Writer


class Heading(Struct, frozen=True):
    """A heading below the title."""

    text: str


class Paragraph(Struct, frozen=True):
    """A paragraph; a `note` explains, a `mark` must be seen."""

    text: str
    kind: str = ""


class Listing(Struct, frozen=True):
    """A list of short lines."""

    items: tuple[str, ...]


class TableBlock(Struct, frozen=True):
    """A table whose first column heads its rows, with columns of relative widths; in plain text each row is a record."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    caption: str = ""


Block = Heading | Paragraph | Listing | TableBlock


class Page(Struct, frozen=True):
    """A whole document in one language; `locale` is whose spelling that is, `colon` how that language writes it."""

    title: str
    language: str
    locale: str
    colon: str
    blocks: tuple[Block, ...]


def page(title: str, blocks: Iterable[Block], writer: Writer) -> Page:
    """Return a document in a writer's language, with that language's spaces."""
    words, typeset = writer.words, writer.typeset
    return Page(
        typeset(title), writer.language, words["locale"], words["colon"], tuple(_typeset(b, typeset) for b in blocks)
    )


def _typeset(block: Block, typeset: Callable[[str], str]) -> Block:
    match block:
        case Heading(text):
            return Heading(typeset(text))
        case Paragraph(text, kind):
            return Paragraph(typeset(text), kind)
        case Listing(items):
            return Listing(tuple(map(typeset, items)))
        case TableBlock(head, rows, widths, caption):
            lines = tuple(tuple(map(typeset, row)) for row in rows)
            return TableBlock(tuple(map(typeset, head)), lines, widths, typeset(caption))
