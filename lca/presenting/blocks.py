"""What a document is made of, whatever it is written as: headings, paragraphs, lists, tables and records."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a `note` explains, a `mark` must be seen."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of short lines."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table whose first column heads its rows, with columns of relative widths; in plain text each row is a record."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    caption: str = ""


Block = Heading | Paragraph | Listing | TableBlock


@dataclass(frozen=True, slots=True)
class Page:
    """A whole document in one language; `colon` is how that language writes it."""

    title: str
    language: str
    colon: str
    blocks: tuple[Block, ...]
