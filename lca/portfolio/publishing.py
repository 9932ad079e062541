"""What a run writes: the page, the tables and the short paper for the jury, each whole or not at all."""

from __future__ import annotations

from pathlib import Path

from lca.portfolio.across import Across
from lca.portfolio.running import Run
from lca.portfolio.tables import write_csv
from lca.presenting.writer import Writer


def publish(run: Run, across: Across, writer: Writer, folder: Path) -> list[Path]:
    """Write what a run found, and return the files.

    Raises:
        ProblemsFound: a file cannot be written.
    """
    table = folder / "portfolio.csv"
    write_csv(run, across, table)
    return [table]
