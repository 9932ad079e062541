"""A document as DOCX, the same bytes for the same document; the only user of the word-processing library."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from typing import Any

from lca.presenting.blocks import Block, Heading, Listing, Page, Paragraph, TableBlock

#: A font that word processors have or replace by one of the same widths.
FONT = "Arial"

#: Margin on all sides, mm.
MARGIN = 18

#: A table of more columns turns the pages.
WIDEST_UPRIGHT = 4

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
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = _clean(page.title), author, author
    properties.created = properties.modified = date.replace(tzinfo=None)
    properties.comments, properties.language = "", page.locale
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), page.locale)
    wide = any(isinstance(block, TableBlock) and len(block.head) > WIDEST_UPRIGHT for block in page.blocks)
    width, height = (297, 210) if wide else (210, 297)
    for section in document.sections:
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(width), Mm(height)
        section.left_margin = section.right_margin = Mm(MARGIN)
        section.top_margin = section.bottom_margin = Mm(MARGIN)
    for style in ("Normal", "Title", "Heading 1", "Heading 2"):
        _set_font(document.styles[style], qn)
    document.styles["Normal"].font.size = Pt(10)
    document.add_heading(_clean(page.title), level=1)
    for block in page.blocks:
        _add(document, block, width - 2 * MARGIN)
    held = io.BytesIO()
    document.save(held)
    return _same_bytes(held.getvalue(), date)


def _set_font(style: Any, qn: Any) -> None:
    """Give a style the document's font for all scripts."""
    style.font.name = FONT
    fonts = style.element.rPr.rFonts
    for theme in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[theme]
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)


def _add(document: Any, block: Block, width: float) -> None:
    match block:
        case Heading(text):
            document.add_heading(_clean(text), level=2)
        case Paragraph(text, kind):
            run = document.add_paragraph().add_run(_clean(text))
            run.italic, run.bold = kind == "note", kind == "mark"
        case Listing(items):
            for item in items:
                document.add_paragraph(_clean(item), style="List Bullet")
        case TableBlock():
            _add_table(document, block, width)


def _add_table(document: Any, block: TableBlock, width: float) -> None:
    """Add a table of a width in millimetres; its head row is repeated on each page, and no row is split."""
    from docx.oxml import OxmlElement
    from docx.shared import Mm, Pt

    if block.caption:
        document.add_paragraph().add_run(_clean(block.caption)).bold = True
    if document.paragraphs:
        document.paragraphs[-1].paragraph_format.keep_with_next = True  # no heading or note alone at the foot of a page
    table = document.add_table(rows=0, cols=len(block.head), style="Table Grid")
    table.autofit = False
    widths = [Mm(width * share / sum(block.widths)) for share in block.widths]
    for column, wanted in zip(table.columns, widths, strict=True):
        column.width = wanted
    for index, texts in enumerate((block.head, *block.rows)):
        row = table.add_row()
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if index == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for cell, text, wanted in zip(row.cells, texts, widths, strict=True):
            cell.width = wanted
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = paragraph.paragraph_format.space_before = Pt(2)
            paragraph.paragraph_format.keep_with_next = index == 0
            run = paragraph.add_run(_clean(text))
            run.font.size, run.bold = Pt(9), index == 0
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)


def _same_bytes(archive: bytes, date: datetime.datetime) -> bytes:
    """Return a zip archive with one date on all that it holds."""
    earliest, latest = (datetime.datetime(year, 1, 1, tzinfo=date.tzinfo) for year in (1980, 2107))  # of the format
    moment = min(max(date, earliest), latest)
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            new.writestr(entry, old.read(name))
    return held.getvalue()
