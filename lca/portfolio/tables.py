"""The rows of a portfolio as tables."""

from __future__ import annotations

import csv
from pathlib import Path

from lca.portfolio.across import Across
from lca.portfolio.running import Run, side_by_side


def write_csv(run: Run, across: Across, path: Path) -> None:
    """Write a line a dossier."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(["number", "file", "outcome", "name", "warnings", "found"])
        for row, found in side_by_side(run, across):
            lines.writerow([row.number, row.file, row.outcome, row.name, len(row.warnings), len(found)])
