"""A document as DOCX, the same bytes for the same document; the only user of the word-processing library."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from typing import Any

from lca.forms.page import Block, Heading, Listing, Page, Paragraph, Table

_LOCALES = {"en": "en-GB", "fr": "fr-FR"}

#: Characters that XML 1.0 cannot hold.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_docx(page: Page, date: datetime.datetime, author: str) -> bytes:
    """Return a document as DOCX.

    Args:
        page: the document.
        date: of the file's properties and of all that the archive holds.
        author: who the file says made it.
    """
    import docx
    from docx.oxml.ns import qn

    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = _clean(page.title), author, author
    properties.created = properties.modified = date.replace(tzinfo=None)
    properties.comments, properties.language = "", _LOCALES[page.language]
    normal: Any = document.styles["Normal"]
    for fonts in normal.element.iter(qn("w:lang")):
        fonts.set(qn("w:val"), _LOCALES[page.language])
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), _LOCALES[page.language])
    for section in document.sections:
        section.page_width, section.page_height = docx.shared.Mm(210), docx.shared.Mm(297)
        section.left_margin = section.right_margin = docx.shared.Mm(20)
        section.top_margin = section.bottom_margin = docx.shared.Mm(18)
    document.add_heading(_clean(page.title), level=1)
    for block in page.blocks:
        _add(document, block)
    held = io.BytesIO()
    document.save(held)
    return _same_bytes(held.getvalue(), date)


def _add(document: Any, block: Block) -> None:
    match block:
        case Heading(text):
            document.add_heading(_clean(text), level=2)
        case Paragraph(text, kind):
            run = document.add_paragraph().add_run(_clean(text))
            run.italic, run.bold = kind == "note", kind == "mark"
        case Listing(items):
            for item in items:
                document.add_paragraph(_clean(item), style="List Bullet")
        case Table():
            _add_table(document, block)


def _add_table(document: Any, block: Table) -> None:
    """Add a table whose head row is repeated on each page, and whose first column is bold."""
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    if block.caption:
        document.add_paragraph().add_run(_clean(block.caption)).bold = True
    table = document.add_table(rows=0, cols=len(block.head), style="Table Grid")
    for index, texts in enumerate((block.head, *block.rows)):
        row = table.add_row()
        if index == 0:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            run = cell.paragraphs[0].add_run(_clean(text))
            run.font.size, run.bold = Pt(9), index == 0 or column == 0


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)


def _same_bytes(archive: bytes, date: datetime.datetime) -> bytes:
    """Return a zip archive with one date on all that it holds."""
    moment = max(date, datetime.datetime(1980, 1, 1, tzinfo=date.tzinfo))
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            new.writestr(entry, old.read(name))
    return held.getvalue()
