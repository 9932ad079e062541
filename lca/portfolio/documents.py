"""The page and the paper of a run as files: what both are made from, the texts that are shipped for them, and the paper as PDF."""

from __future__ import annotations

import datetime
import functools
from typing import BinaryIO

from msgspec.structs import replace

from lca.files.folders import data_folder
from lca.files.pdf import render_pdf
from lca.files.shipped import code_version, load_catalogue, read_texts, source_date
from lca.files.writing_whole import WriteInto
from lca.portfolio import paper
from lca.portfolio.across import Across
from lca.portfolio.dashboard import SCRIPT, STYLE, Made, pieces
from lca.portfolio.overview import overview
from lca.portfolio.running import Run, side_by_side
from lca.portfolio.written import Reports
from lca.presenting.html import ShippedTexts
from lca.presenting.writer import Writer


def made_from(run: Run, across: Across) -> Made:
    """Return what the page and the paper are made from, beside the rows themselves."""
    return Made(
        setting=run.setting,
        version=code_version(),
        catalogue=load_catalogue()[0].version,
        totals=across.totals(),
        overview=overview(side_by_side(run, across)),
        others=run.listing.others,
    )


def page_of(made: Made, run: Run, across: Across, writer: Writer, reports: Reports) -> WriteInto:
    """Return what writes the dashboard, which leads to the reports on single dossiers."""
    return functools.partial(_write_page, made, run, across, writer, reports)


def _write_page(made: Made, run: Run, across: Across, writer: Writer, reports: Reports, file: BinaryIO) -> None:
    file.writelines(piece.encode() for piece in pieces(made, side_by_side(run, across), reports, writer, texts()))


def paper_of(made: Made, run: Run, across: Across, writer: Writer) -> WriteInto:
    """Return what writes the paper, a PDF dated by `SOURCE_DATE_EPOCH` or the day that the dossiers are judged as of.

    Raises:
        PangoMissing: a system library is missing.
    """
    html = paper.render(made, side_by_side(run, across), writer, read_texts())
    date = source_date() or datetime.datetime.combine(run.setting.as_of, datetime.time(), datetime.UTC)
    title, sheet = str(writer.words["portfolio"]["paper_title"]), read_texts().templates["print.css"]
    return functools.partial(_write_all, render_pdf(html, {}, date, title, f"lca {made.version}", sheet))


def _write_all(content: bytes, file: BinaryIO) -> None:
    file.write(content)


def texts() -> ShippedTexts:
    """Return the shipped texts with the dashboard's style and script."""
    shipped, folder = read_texts(), data_folder("templates")
    own = {name: (folder / name).read_text("utf-8") for name in (STYLE, SCRIPT)}
    return replace(shipped, templates={**shipped.templates, **own})
