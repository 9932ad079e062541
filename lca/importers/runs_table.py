"""A table of runs, as trackers of experiments export it: which ended well, how long each took, how good it is, and its energy."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from lca.importers.draft_text import counted, number, quoted, short
from lca.importers.drafted import (
    Seen,
    Told,
    Work,
    descriptor_start,
    draft_of,
    measured,
    measured_by_line,
    period_line,
    provenance,
)
from lca.importers.gathering import without_copies
from lca.importers.importer import Draft, Log
from lca.importers.logged_cells import Cells
from lca.importers.logged_layout import Layout, table_of
from lca.importers.logged_machines import gpu_lines, host_line, kind_named
from lca.importers.logged_places import place_named
from lca.importers.logged_processors import identified
from lca.importers.logged_quality import Measure, measure_of
from lca.importers.logged_table import Row
from lca.importers.logged_work import MOST_ACTIVITIES
from lca.problems import Location, Problem, ProblemsFound

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook

#: What runs did that gave no result, by the words of trackers, and what has not ended.
_REASONS = {"failed": "failed", "crashed": "crashed", "killed": "killed", "preempted": "preempted"}
_GOING_ON = ("running", "pending", "scheduled", "queued", "preempting")
#: The column by which CodeCarbon tells trackers its kilowatt-hours.
_ENERGY = "energy_consumed"
#: What no user has said of the machine: a number to be replaced, which a strict check refuses.
_ASKED = (
    "power: <300 W>  # the table names no machine: state its power at the plug, or its gpu and cpu with model and count"
)


class TrackedRun(Struct, frozen=True):
    """One row: `state` is the tracker's word, `seconds` how long it took, `gpus` how many accelerators of what name."""

    log: Log
    row: Row
    name: str
    state: str
    began: datetime.datetime | None
    seconds: Decimal | None
    energy: Decimal | None = None
    gpus: tuple[int, str] = (0, "")


ReadRun = Callable[[Log, Row, list[Problem]], TrackedRun | None]


def energy_of(cells: Cells) -> Decimal | None:
    """Return the kilowatt-hours that CodeCarbon told the tracker, None where it did not."""
    column = next((name for name in cells.row.columns if name.rpartition(".")[2].rpartition("/")[2] == _ENERGY), "")
    return cells.unless_empty(column) if column else None


def draft_of_runs(
    told: Told, layouts: Callable[[Log], tuple[Layout, ReadRun]], logs: Sequence[Log], book: FactorBook
) -> Draft:
    """Return the draft of tables of runs, each in the layout that its head is of.

    Raises:
        ProblemsFound: something in a table cannot be read, or no run of it has ended.
    """
    notes: list[Problem] = []
    problems: list[Problem] = []
    given = list(without_copies(logs, notes))
    runs: list[TrackedRun] = []
    for log in given:
        layout, read = layouts(log)
        found = (read(log, row, problems) for row in table_of(log, layout, notes, problems))
        runs += [run for run in found if run is not None]
    place = Location(given[0].file, 1, 1)
    kept = list(_ended(runs, notes, problems))
    if not problems and not kept:
        problems.append(Problem(place, "LCA105", "the log holds no run that has ended and says how long it took"))
    if len(kept) > MOST_ACTIVITIES:
        message = f"the log holds {len(kept)} runs, a draft at most {MOST_ACTIVITIES}"
        problems.append(Problem(place, "LCA102", message, "import the rows of one project at a time"))
    measure = _measure(kept, place, notes) if not problems else None
    works = [_work(told.tool, run, measure, book, notes, problems) for run in kept] if not problems else []
    if problems:
        raise ProblemsFound(problems)
    start = descriptor_start([run.began.date() for run in kept if run.began], place, notes)
    return draft_of(told, works, given, Seen(counted(len(kept), "run"), start), notes)


def _ended(runs: Iterable[TrackedRun], notes: list[Problem], problems: list[Problem]) -> Iterator[TrackedRun]:
    """Yield runs that ended and took time."""
    for run in runs:
        state = run.state.casefold()
        where = run.row.place("")
        if state in _GOING_ON:
            message = f"the run `{short(run.name)}` has not ended ({state}), and was left out"
            notes.append(Problem(where, "LCA613", message, "import it again when it has"))
        elif state not in ("finished", *_REASONS):
            hint = "trackers write `finished`, `failed`, `crashed` or `killed`"
            problems.append(Problem(where, "LCA204", f"`{short(run.state)}` is no state of a run", hint))
        elif not run.seconds:
            notes.append(Problem(where, "LCA613", f"the run `{short(run.name)}` took no time, and was left out"))
        else:
            yield run


def _measure(runs: Sequence[TrackedRun], place: Location, notes: list[Problem]) -> Measure | None:
    """Return the column that says how good runs are, saying which one was taken."""
    columns = list(dict.fromkeys(column for run in runs for column in run.row.columns))
    finished = [run for run in runs if run.state.casefold() == "finished"]
    values = [[_plain_number(run.row.cell(column)) for run in finished] for column in columns]
    measure = measure_of(columns, values)
    if measure is None:
        message = "no column says how good a run is, so that quality cannot be set against cost"
        notes.append(Problem(place, "LCA613", message, "a column `test_accuracy`, for example, would"))
    else:
        message = f"the column `{short(measure.column)}` is taken for the {measure.metric} of the runs"
        hint = "it stands in per cent, for some are above 1" if measure.in_percent else ""
        notes.append(Problem(place, "LCA613", message, hint))
    return measure


def _plain_number(text: str) -> Decimal | None:
    """Return a number of a cell that may be anything, None where it is none."""
    try:
        found = Decimal(text) if text else None
    except ArithmeticError:
        return None
    return found if found is not None and found.is_finite() else None


def _work(
    tool: str, run: TrackedRun, measure: Measure | None, book: FactorBook, notes: list[Problem], problems: list[Problem]
) -> Work:
    source = provenance(tool, run.log, f"line {run.row.number}")
    assert run.seconds is not None
    lines = [f"duration: {measured(f'{number(run.seconds)} s', source)}"]
    if run.energy:
        how = f"{source}; {_ENERGY}, by CodeCarbon"
        lines.append(f"energy: {measured(f'{number(run.energy)} kWh', how, 'estimated')}")
        lines.append(measured_by_line("codecarbon"))
    state = run.state.casefold()
    if state in _REASONS:
        lines.append(f"reason: {quoted(_REASONS[state])}")
    if run.began:
        ended = run.began + datetime.timedelta(seconds=min(float(run.seconds), 1e9))
        lines.append(period_line(run.began.date(), ended.date()))
    if state == "finished" and measure is not None and run.row.cell(measure.column):
        value = Cells(run.row, problems, tool).number(measure.column, None)
        if value is not None:
            lines.append(f"quality: {{task: runs, metric: {measure.metric}, value: {measure.value(value)}}}")
    place = place_named("", "", run.row.place(""), book, notes)
    stage = "experiments" if state in _REASONS else "training"
    identity = (run.log.file, str(run.row.number))
    return Work(stage, run.name or "run", identity, tuple(lines), place, tuple(_machine(run, book, notes)))


def _machine(run: TrackedRun, book: FactorBook, notes: list[Problem]) -> Iterator[str]:
    """Yield the lines of the machine of a run: its accelerators, or what is asked where the table names none."""
    count, name = run.gpus
    if count and name:
        gpus = [identified(name, count, book)]
        yield host_line(kind_named("", name), gpus)
        yield from gpu_lines(gpus, run.row.place(""), "GPU", notes)
        if gpus[0].model:
            return
    if not run.energy:
        yield _ASKED
