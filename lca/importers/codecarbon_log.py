"""The log of CodeCarbon (`emissions.csv`): what its columns hold, and what each run of it becomes in a draft descriptor.

Columns by its documentation: `duration` in s, `energy_consumed` in kWh with the PUE within it, `emissions` in kg, `pue` 1
unless somebody states it, `country_iso_code` of three letters. Rows of one `run_id` are readings of one run, each the sum
since its start. Older versions lack some columns.
"""

from __future__ import annotations

import csv
import datetime
import io
import math
from collections.abc import Iterator, Mapping

from msgspec import Struct

from lca.problems import MOST_PROBLEMS, Location, Problem, ProblemsFound, did_you_mean, listed

#: A log of some thousand runs is below it.
MAXIMUM_BYTES = 5_000_000
#: A draft with more trainings than this is read by nobody.
MAXIMUM_RUNS = 300

REQUIRED = ("timestamp", "duration", "energy_consumed", "emissions", "country_iso_code")
OPTIONAL = (
    *("project_name", "run_id", "region", "cloud_provider", "cloud_region", "codecarbon_version", "gpu_count"),
    *("gpu_model", "ram_total_size", "pue"),
)
#: The largest number that a log may hold, as in a descriptor.
LARGEST = 1e15
#: CodeCarbon is of 2020; no log is of the next century.
FIRST_YEAR, LAST_YEAR = 2019, 2099


class LoggedRun(Struct, frozen=True):
    """One run as logged; `cells` are its texts by column, `places` where they stand."""

    cells: Mapping[str, str]
    places: Mapping[str, Location]
    start: datetime.datetime
    duration: float
    energy: float
    emissions: float
    pue: float

    def text(self, column: str) -> str:
        """Return a cell, empty where the column lacks or the log says nothing."""
        found = self.cells.get(column, "")
        return "" if found.casefold() in ("nan", "none", "null") else found


def read_runs(text: str, file: str) -> list[LoggedRun]:
    """Return the runs of a log, in their order, the last reading of each.

    Raises:
        ProblemsFound: something in the log cannot be read; all that is wrong at once.
    """
    head = Location(file, 1, 1)
    lines = _lines(text, head)
    first = next(lines, None)
    if first is None:
        raise ProblemsFound([Problem(head, "LCA105", "the file is empty", "CodeCarbon writes `emissions.csv`")])
    columns = [cell.strip() for cell in first[1]]
    problems = list(_missing(columns, file))
    runs: dict[str, LoggedRun] = {}
    for number, cells, raw in lines if not problems else ():
        if len(problems) >= MOST_PROBLEMS - len(REQUIRED) - 1:  # so that this is told too
            message = "too much is wrong: nothing is read from this row on"
            problems.append(Problem(Location(file, number, 1), "LCA205", message, "is it the right file?"))
            break
        if len(cells) != len(columns):
            message = f"the row has {len(cells)} cells, the head {len(columns)}"
            problems.append(Problem(Location(file, number, 1), "LCA205", message, "is the file cut off?"))
            continue
        places = {name: Location(file, number, _column(raw, i)) for i, name in enumerate(columns)}
        run = _run(dict(zip(columns, (cell.strip() for cell in cells), strict=True)), places, problems)
        if run is not None:
            key = run.text("run_id") or str(number)
            earlier = runs.get(key)
            if earlier is not None and (run.duration < earlier.duration or run.energy < earlier.energy):
                message = f"run `{key}` goes back: its readings must grow"
                problems.append(Problem(places["energy_consumed"], "LCA402", message, "remove the rows that are wrong"))
            runs[key] = run
    if not problems and not runs:
        problems.append(Problem(head, "LCA105", "the log holds no run"))
    if len(runs) > MAXIMUM_RUNS:
        message = f"the log holds {len(runs)} runs, a draft at most {MAXIMUM_RUNS}"
        problems.append(Problem(head, "LCA102", message, "keep the rows of one project, or add up its trials"))
    if problems:
        raise ProblemsFound(problems)
    return list(runs.values())


def _lines(text: str, head: Location) -> Iterator[tuple[int, list[str], str]]:
    """Yield each row that holds something: the number of its first line, its cells, and its text.

    Raises:
        ProblemsFound: it is no table of commas.
    """
    source = io.StringIO(text.removeprefix("\ufeff"), newline="")
    kept: list[str] = []

    def remembered() -> Iterator[str]:
        for line in source:
            kept.append(line)
            yield line

    reader, before = csv.reader(remembered()), 0
    try:
        for cells in reader:
            raw, number = "".join(kept), before + 1
            kept.clear()
            before = reader.line_num
            if any(cell.strip() for cell in cells):
                yield number, cells, raw
    except csv.Error as error:
        message = f"not a table of commas: {error}"
        raise ProblemsFound([Problem(head, "LCA205", message, "is it the right file?")]) from None


def _column(raw: str, index: int) -> int:
    """Return where the cell of an index begins in a row, counted from one; quoted commas begin no cell."""
    quoted = seen = 0
    for position, character in enumerate(raw):
        if seen == index:
            return position + 1
        quoted ^= character == '"'
        seen += character == "," and not quoted
    return 1


def _missing(columns: list[str], file: str) -> Iterator[Problem]:
    place = Location(file, 1, 1)
    if len(columns) == 1 and ";" in columns[0]:
        hint = "export it again with commas; a spreadsheet has rewritten it"
        yield Problem(place, "LCA205", "the columns are separated by `;`, CodeCarbon writes commas", hint)
        return
    for name in REQUIRED:
        if name not in columns:
            others = [column for column in columns if column not in (*REQUIRED, *OPTIONAL)]
            hint = did_you_mean(name, others) or f"columns found: {listed(columns)}"
            yield Problem(place, "LCA202", f"the column `{name}` is missing", hint[:300])
    for name in (*REQUIRED, *OPTIONAL):
        if columns.count(name) > 1:
            yield Problem(place, "LCA108", f"the column `{name}` stands twice")


def _run(cells: Mapping[str, str], places: Mapping[str, Location], problems: list[Problem]) -> LoggedRun | None:
    """Return a row as a run, noting what cannot be read."""
    before = len(problems)

    def number(name: str, above: float | None = None, least: float = 0.0) -> float:
        try:
            value = float(cells[name])
        except ValueError:
            hint = "CodeCarbon writes it as `0.0325`"
            problems.append(Problem(places[name], "LCA301", f"{name}: `{short(cells[name])}` is not a number", hint))
            return 1.0
        if not math.isfinite(value) or abs(value) > LARGEST:
            problems.append(Problem(places[name], "LCA304", f"{name}: the number must be finite, and real"))
        elif above is not None and value <= above:
            hint = "remove the row if the run did nothing"
            problems.append(Problem(places[name], "LCA304", f"{name} must be above {above:g}, not {value:g}", hint))
        elif value < least:
            problems.append(Problem(places[name], "LCA304", f"{name} must be at least {least:g}, not {value:g}"))
        return value

    duration, energy = number("duration", above=0), number("energy_consumed", above=0)
    emissions, pue = number("emissions"), number("pue", least=1) if cells.get("pue") else 1.0
    try:
        start = datetime.datetime.fromisoformat(cells["timestamp"]).replace(tzinfo=None)
        if not FIRST_YEAR <= start.year <= LAST_YEAR:
            raise ValueError("no year of a log")
    except ValueError:
        message = f"timestamp: `{short(cells['timestamp'])}` is not a date"
        problems.append(Problem(places["timestamp"], "LCA405", message, "as in `2024-05-27T10:49:55`"))
        return None
    return LoggedRun(cells, places, start, duration, energy, emissions, pue) if len(problems) == before else None


def short(text: str) -> str:
    """Return a text as far as a message may quote it."""
    return text if len(text) <= 40 else text[:37] + "..."
