"""What a document is made of, whatever it is written as: headings, paragraphs, lists, tables and records."""

from __future__ import annotations

from msgspec import Struct


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
    """A whole document in one language; `colon` is how that language writes it."""

    title: str
    language: str
    colon: str
    blocks: tuple[Block, ...]
