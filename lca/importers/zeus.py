"""Zeus: the table of its windows (`start_time,window_name,elapsed_time,gpu0_energy,…`) becomes a draft.

Columns of version 0.16: `start_time` in seconds since 1970, `elapsed_time` in seconds, energies of each accelerator, processor and
memory in joules, by NVML and RAPL.
"""

from __future__ import annotations

import datetime
import decimal
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from lca.importers.drafted import Told
from lca.importers.importer import Draft, Importer, Log
from lca.importers.logged_cells import Cells
from lca.importers.logged_layout import Layout
from lca.importers.logged_table import Row
from lca.importers.logged_work import LoggedWork, draft_of_table
from lca.problems import Location, Problem

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook

_LAYOUT = Layout(
    "Zeus",
    ("window_name", "elapsed_time"),
    ("start_time",),
    "Zeus writes `start_time,window_name,elapsed_time,gpu0_energy`",
)
_PART = re.compile(r"(gpu|cpu|dram|soc)\d*_energy")
_JOULES = 3_600_000
_TOLD = Told(
    "Zeus",
    (
        "# Read each line, correct it, and answer for it under `applicant`. The energy is that of the parts named beside it, by",
        "# their sensors; windows that lie within others count twice: remove one of them. What the log cannot know: the machine",
        "# and where it stands, its other parts, failed runs, data, storage, use.",
    ),
)


def _read(logs: Sequence[Log], book: FactorBook) -> Draft:
    return draft_of_table(_TOLD, _LAYOUT, _run, logs, book, _within)


def _run(log: Log, row: Row, problems: list[Problem]) -> Iterator[LoggedWork]:
    before, cells = len(problems), Cells(row, problems, "Zeus")
    parts = [name for name in row.columns if _PART.fullmatch(name)]
    if not parts:
        message = "no column is the energy of a part, such as `gpu0_energy`"
        problems.append(Problem(Location(log.file, 1, 1), "LCA202", message, "is it the right file?"))
        return
    seconds, start = cells.number("elapsed_time"), cells.optional("start_time")
    joules = [value for name in parts if (value := cells.unless_empty(name)) is not None]
    if start is not None and not 946684800 <= start < 4102444800:
        problems.append(
            Problem(row.place("start_time"), "LCA405", f"start_time: `{start:f}` is not a date", "seconds since 1970")
        )
    if len(problems) > before or seconds is None:
        return
    began = datetime.datetime.fromtimestamp(float(start), datetime.UTC) if start is not None else None
    with decimal.localcontext(prec=40):
        energy = sum(joules, Decimal(0)) / _JOULES
    yield LoggedWork(
        log,
        row.place(parts[0]),
        f"line {row.number}",
        row.cell("window_name"),
        energy,
        seconds or None,
        "measured",
        f"{', '.join(parts)}, by sensors",
        by="Zeus",
        began=began.date() if began else None,
        ended=(began + datetime.timedelta(seconds=min(float(seconds), 1e9))).date() if began else None,
        logged=tuple(f"{name} {row.cell(name)}" for name in (*parts, "start_time") if row.cell(name)),
    )


def _within(runs: Sequence[LoggedWork]) -> Iterator[Problem]:
    """Yield a doubt where windows of one name and others may hold each other."""
    names = {run.name for run in runs}
    if len(names) > 1:
        message = f"the log holds windows of {len(names)} names: those within others hold the same energy again"
        yield Problem(runs[0].where, "LCA607", message, "keep one of them")


IMPORTER = Importer(50_000_000, _read)
