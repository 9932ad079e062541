"""The log of CodeCarbon (`emissions.csv`): what its columns hold, and each row of it as numbers and texts.

Columns by its documentation: `duration` in s, `energy_consumed` in kWh with the PUE within it, `emissions` in kg, `pue` 1 and
`wue` 0 unless somebody states them, `country_iso_code` of three letters, `timestamp` the end. Older versions lack some columns.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from lca.importers.importer import Log
from lca.importers.logged_cells import Cells
from lca.importers.logged_layout import Layout, table_of
from lca.importers.logged_table import Row
from lca.problems import Location, Problem

#: A log of some thousand runs is below it.
MAXIMUM_BYTES = 5_000_000

REQUIRED = ("timestamp", "duration", "energy_consumed", "emissions", "country_iso_code")
PARTS = ("cpu_energy", "gpu_energy", "ram_energy")
POWERS = ("cpu_power", "gpu_power", "ram_power")
OPTIONAL = (
    *("project_name", "run_id", "task_name", "region", "country_name", "cloud_provider", "cloud_region", "on_cloud"),
    *(
        "codecarbon_version",
        "cpu_count",
        "cpu_model",
        "gpu_count",
        "gpu_model",
        "ram_total_size",
        "tracking_mode",
        "os",
    ),
    *("pue", "wue", *PARTS, *POWERS),
)


_LAYOUT = Layout("CodeCarbon", REQUIRED, OPTIONAL, "CodeCarbon writes `emissions.csv`")


class LoggedRun(Struct, frozen=True):
    """One run as logged; `row` is its last row, `numbers` what that holds of parts, powers and counts.

    `readings` counts its rows, `runs` the runs that it is the sum of; `task` is the name of a task within a run.
    `modelled` says why its processor energy is a model's, or may be one; it is empty where only a sensor can have given it.
    """

    row: Row
    ended: datetime.datetime
    duration: Decimal
    energy: Decimal
    emissions: Decimal
    pue: Decimal | None
    wue: Decimal | None
    numbers: Mapping[str, Decimal]
    readings: int = 1
    runs: int = 1
    task: str = ""
    modelled: str = ""

    def text(self, column: str) -> str:
        """Return a cell, empty where the column lacks or the log says nothing."""
        return self.row.cell(column)

    def place(self, column: str) -> Location:
        """Return where a cell stands."""
        return self.row.place(column)

    @property
    def began(self) -> datetime.datetime:
        """When it began."""
        return self.ended - datetime.timedelta(seconds=min(float(self.duration), 1e9))


def read_rows(logs: Sequence[Log], notes: list[Problem], problems: list[Problem]) -> list[LoggedRun]:
    """Return each row of the logs as numbers and texts, noting what was assumed, and what cannot be read."""
    rows = (row for log in logs for row in table_of(log, _LAYOUT, notes, problems))
    return [run for row in rows if (run := _run(row, problems)) is not None]


def _run(row: Row, problems: list[Problem]) -> LoggedRun | None:
    """Return a row as a run, noting what cannot be read."""
    before, cells = len(problems), Cells(row, problems, "CodeCarbon", 2019)
    duration, energy = cells.number("duration"), cells.number("energy_consumed")
    if duration == 0 and energy:
        message = f"duration must be above 0 where energy is logged ({energy:f} kWh)"
        problems.append(Problem(row.place("duration"), "LCA304", message, "remove the row if the run did nothing"))
    emissions, ended = cells.number("emissions"), cells.time("timestamp")
    pue, wue = cells.optional("pue", Decimal(1)), cells.optional("wue")
    numbers = {name: value for name in PARTS if (value := cells.optional(name)) is not None}
    for name in (*POWERS, "cpu_count", "gpu_count", "ram_total_size"):
        value = cells.optional(name, None)
        if value is not None:
            numbers[name] = value
    if len(problems) > before or duration is None or energy is None or emissions is None or ended is None:
        return None
    return LoggedRun(row, ended, duration, energy, emissions, pue, wue, numbers, task=row.cell("task_name"))
