"""What a run writes: the page, the tables and the short paper for the jury, all of them whole or none."""

from __future__ import annotations

from pathlib import Path

from lca.files.pdf import PANGO_HINT, PangoMissing
from lca.files.texts import shown
from lca.files.writing_whole import write_streamed
from lca.portfolio.across import Across
from lca.portfolio.documents import made_from, page_of, paper_of
from lca.portfolio.running import Run
from lca.portfolio.tables import tables
from lca.portfolio.written import Reports
from lca.presenting.writer import Writer
from lca.problems import Location, Problem

#: What the page and the paper are called, without the ending.
NAME = "portfolio"


def publish(
    run: Run, across: Across, writer: Writer, folder: Path, reports: Reports
) -> tuple[list[Path], list[Problem]]:
    """Write what a run found; the page leads to the `reports` on single dossiers.

    Returns:
        The files written, and what could not be made for lack of a system library.

    Raises:
        ProblemsFound: a file cannot be written; nothing is then.
    """
    made, lacking = made_from(run, across), list[Problem]()
    files = {folder / f"{NAME}.html": page_of(made, run, across, writer, reports)}
    printed = folder / f"{NAME}.pdf"
    try:
        files[printed] = paper_of(made, run, across, writer)
    except PangoMissing as error:
        message = f"the PDF needs a system library that is missing ({error})"
        lacking.append(Problem(Location(shown(printed), 1, 1), "LCA702", message, PANGO_HINT))
    files |= tables(run, across, writer, folder)
    write_streamed(files, run.listing.inputs)
    return list(files), lacking
