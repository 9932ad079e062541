"""MLflow: its runs as CSV, of the interface's download or of `search_runs().to_csv()`, become a draft with a training a run.

The download writes `Start Time,Duration,Run ID,Name,...,Status` and then parameters, metrics and tags by their bare names, and
durations as `3.4s`, `1.2min`, `2.0h` or `1.1d`; the table of `search_runs` has `start_time`, `end_time`, `status`, `metrics.*` and
`tags.*`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from lca.importers.draft_text import short
from lca.importers.drafted import Told
from lca.importers.importer import Draft, Importer, Log
from lca.importers.logged_cells import Cells
from lca.importers.logged_layout import Layout
from lca.importers.logged_table import Row
from lca.importers.runs_table import ReadRun, TrackedRun, draft_of_runs, energy_of
from lca.problems import Problem

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook

_DOWNLOAD = Layout(
    "MLflow",
    ("Start Time", "Duration", "Run ID", "Status"),
    ("Name",),
    "its interface downloads `Start Time,Duration,Run ID,Name,...,Status`",
)
_SEARCHED = Layout(
    "MLflow",
    ("run_id", "status", "start_time", "end_time"),
    ("tags.mlflow.runName",),
    "`mlflow.search_runs().to_csv()` writes `run_id,...,status,...,start_time,end_time`",
)
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|min|h|d)")
_SECONDS = {"ms": Decimal("0.001"), "s": Decimal(1), "min": Decimal(60), "h": Decimal(3600), "d": Decimal(86400)}
_TOLD = Told(
    "MLflow",
    (
        "# Read each line, correct it, and answer for it under `applicant`. Runs that finished are trainings, until you say which",
        "# were trials; those that failed or were killed are experiments. What the table cannot know: the machine and where it",
        "# stands, unless its energy was tracked; runs that nobody tracked, data, storage, use.",
    ),
)


def _layouts(log: Log) -> tuple[Layout, ReadRun]:
    head = log.content[:20_000].partition(b"\n")[0]
    return (_SEARCHED, _searched) if b"run_id" in head else (_DOWNLOAD, _downloaded)


def _downloaded(log: Log, row: Row, problems: list[Problem]) -> TrackedRun | None:
    before, cells = len(problems), Cells(row, problems, "MLflow")
    began = cells.time("Start Time")
    text = row.cells[row.columns.index("Duration")]
    found = _DURATION.fullmatch(text)
    if found is None and text not in ("", "-"):
        message = f"Duration: `{short(text)}` is no time"
        problems.append(Problem(row.place("Duration"), "LCA301", message, "MLflow writes it as `1.2min`"))
    seconds = Decimal(found[1]) * _SECONDS[found[2]] if found else None
    energy = energy_of(cells)
    if len(problems) > before:
        return None
    name = row.cell("Name") or row.cell("Run ID")[:8]
    return TrackedRun(log, row, name, row.cell("Status"), began, seconds, energy)


def _searched(log: Log, row: Row, problems: list[Problem]) -> TrackedRun | None:
    before, cells = len(problems), Cells(row, problems, "MLflow")
    began = cells.time("start_time")
    ended = cells.time("end_time") if row.cell("end_time") not in ("", "NaT") else None
    if began is not None and ended is not None and ended < began:
        message = "end_time is before start_time: the clock went back"
        problems.append(Problem(row.place("end_time"), "LCA405", message, "correct one of the two"))
    energy = energy_of(cells)
    if len(problems) > before or began is None:
        return None
    seconds = Decimal(str((ended - began).total_seconds())) if ended is not None else None
    name = row.cell("tags.mlflow.runName") or row.cell("run_id")[:8]
    return TrackedRun(log, row, name, row.cell("status"), began, seconds, energy)


def _read(logs: Sequence[Log], book: FactorBook) -> Draft:
    return draft_of_runs(_TOLD, _layouts, logs, book)


IMPORTER = Importer(50_000_000, _read)
