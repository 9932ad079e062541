"""The log of CodeCarbon (`emissions.csv`): what its columns hold, and each row of it as numbers and texts.

Columns by its documentation: `duration` in s, `energy_consumed` in kWh with the PUE within it, `emissions` in kg, `pue` 1 and
`wue` 0 unless somebody states them, `country_iso_code` of three letters, `timestamp` the end. Older versions lack some columns.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from lca.importers.draft_text import short
from lca.importers.importer import Log
from lca.importers.logged_table import Row, rows_of, text_of
from lca.importers.other_logs import tool_of
from lca.problems import Location, Problem, ProblemsFound, did_you_mean, listed

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
#: The largest number that a log may hold, as in a descriptor.
LARGEST = Decimal("1e15")
#: CodeCarbon is of 2020; no log is of the next century.
FIRST_YEAR, LAST_YEAR = 2019, 2099

_DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d+(?:[eE][-+]?\d+)?")
_GROUPED = re.compile(r"[-+]?[1-9]\d{0,2}(?:\.\d{3})+")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?")


class LoggedRun(Struct, frozen=True):
    """One run as logged; `row` is its last row, `numbers` what that holds of parts, powers and counts.

    `readings` counts its rows, `runs` the runs that it is the sum of; `task` is the name of a task within a run.
    `modelled` says why its processor energy is a model's and no sensor's, empty where nothing speaks against a sensor.
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
    found: list[LoggedRun] = []
    for log in logs:
        try:
            text = text_of(log, notes)
            rows = rows_of(text, log, REQUIRED, notes, problems)
            head = next(rows, None)
            if head is None:
                hint = "CodeCarbon writes `emissions.csv`"
                raise ProblemsFound([Problem(Location(log.file, 1, 1), "LCA105", "the file is empty", hint)])
            wrong = list(_wrong_head(head, text))
            if wrong:
                raise ProblemsFound(wrong)
            found += (run for row in rows if (run := _run(row, problems)) is not None)
        except ProblemsFound as error:
            problems += error.problems
    return found


def _wrong_head(head: Row, text: str) -> Iterator[Problem]:
    place, missing = Location(head.file, head.number, 1), [name for name in REQUIRED if name not in head.columns]
    tool = tool_of(text) if missing else ""
    if tool:
        message = f"this looks like a log of {tool}, not of CodeCarbon"
        hint = (
            "`lca import --help` lists the tools; of another tool state the `energy` that it measured in a descriptor"
        )
        yield Problem(place, "LCA205", message, hint)
        return
    if len(missing) == len(REQUIRED):
        message = f"none of the columns of CodeCarbon's log is here: {', '.join(f'`{name}`' for name in REQUIRED)}"
        yield Problem(place, "LCA202", message, f"is it the right file? Columns found: {listed(head.columns)}"[:300])
        return
    for name in missing:
        others = [column for column in head.columns if column not in (*REQUIRED, *OPTIONAL)]
        hint = did_you_mean(name, others) or f"columns found: {listed(head.columns)}"
        yield Problem(place, "LCA202", f"the column `{name}` is missing", hint[:300])
    for name in (*REQUIRED, *OPTIONAL):
        if head.columns.count(name) > 1:
            yield Problem(place, "LCA108", f"the column `{name}` stands twice")


class _Cells:
    """Reads the numbers of a row, noting what is none."""

    def __init__(self, row: Row, problems: list[Problem]) -> None:
        self.row, self.problems = row, problems

    def number(self, name: str, least: Decimal | None = Decimal(0)) -> Decimal | None:
        """Return a number that must be there; None where it cannot be read, with the reason among the problems."""
        raw = self.row.cells[self.row.columns.index(name)]
        text, hint = self._with_point(raw)
        value = Decimal(text) if _NUMBER.fullmatch(text) else None
        if self.row.separator != "," and _GROUPED.fullmatch(raw):
            hint = f"write {raw.replace('.', '')} or {_last_dot(raw).replace('.', ',')}: it may be read as either"
            self._wrong(name, "LCA301", f"{name}: `{short(raw)}` may be two numbers", hint)
        elif text.casefold().lstrip("+-") in ("nan", "inf", "infinity") or (value is not None and abs(value) > LARGEST):
            self._wrong(name, "LCA304", f"{name}: the number must be finite, and real")
        elif value is None:
            self._wrong(name, "LCA301", f"{name}: `{short(raw)}` is not a number", hint)
        elif least is not None and value < least:
            self._wrong(name, "LCA304", f"{name} must be at least {least:f}, not {value:f}")
        else:
            return value
        return None

    def _with_point(self, raw: str) -> tuple[str, str]:
        """Return a number with a decimal point, where its comma is certainly one, and a hint for what is no number."""
        hint = "CodeCarbon writes it as `0.0325`"
        if not _DECIMAL_COMMA.fullmatch(raw):
            return raw, hint
        pointed = raw.replace(",", ".")
        return (
            (pointed, hint) if self.row.separator != "," else (raw, f"a decimal comma? CodeCarbon writes `{pointed}`")
        )

    def optional(self, name: str, least: Decimal | None = Decimal(0)) -> Decimal | None:
        """Return a number, None where nothing is logged."""
        return self.number(name, least) if self.row.cell(name) else None

    def time(self, name: str) -> datetime.datetime | None:
        """Return a time, in UTC where the log states its zone."""
        text = self.row.cells[self.row.columns.index(name)]
        hint = "as in `2024-05-27T10:49:55`"
        try:
            numbers = _DAY_FIRST.fullmatch(text)
            if numbers:
                one, other, year, hour, minute, second = (int(part or 0) for part in numbers.groups())
                if one <= 12 and other <= 12 and one != other:
                    hint = f"write it {hint}: it may be the day {one} or the month {one}"
                    raise ValueError("two dates at once")
                day, month = (other, one) if other > 12 else (one, other)
                found = datetime.datetime(year, month, day, hour, minute, second)
            else:
                found = datetime.datetime.fromisoformat(text)
            if not FIRST_YEAR <= found.year <= LAST_YEAR:
                raise ValueError("no year of a log")
        except ValueError:
            self._wrong(name, "LCA405", f"{name}: `{short(text)}` is not a date", hint)
            return None
        return found.astimezone(datetime.UTC).replace(tzinfo=None) if found.tzinfo else found

    def _wrong(self, name: str, code: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(self.row.place(name), code, message, hint))


def _last_dot(text: str) -> str:
    whole, _, rest = text.rpartition(".")
    return f"{whole.replace('.', '')}.{rest}"


def _run(row: Row, problems: list[Problem]) -> LoggedRun | None:
    """Return a row as a run, noting what cannot be read."""
    before, cells = len(problems), _Cells(row, problems)
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
