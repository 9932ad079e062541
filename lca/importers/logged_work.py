"""A run as most tools log it: energy, time, place and hardware by name; it becomes one activity of a draft."""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from lca.importers.draft_text import comments, counted, number, plain, quoted, short
from lca.importers.drafted import (
    Place,
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
from lca.importers.logged_layout import Layout, table_of
from lca.importers.logged_machines import gpu_lines, host_line, kind_named, unknown_cpu
from lca.importers.logged_places import place_named
from lca.importers.logged_processors import identified
from lca.importers.logged_table import Row
from lca.problems import Location, Problem, ProblemsFound

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook

#: A draft with more activities than this is read by nobody.
MOST_ACTIVITIES = 300


class LoggedWork(Struct, frozen=True):
    """One run: `rows` says where in the log it stands, `how` what its energy rests on; `pue` is within the energy, if any.

    `gpus` are accelerators by how many and name. `by` is the tool that measured, where one did, and `own` what it prints of its
    emissions, in kilograms; `requests` how many a service answered; `is_timed` whether a clock ran, and no person typed the
    duration.
    """

    log: Log
    where: Location
    rows: str
    name: str
    energy: Decimal
    seconds: Decimal | None = None
    evidence: str = "measured"
    how: str = ""
    stage: str = "training"
    began: datetime.date | None = None
    ended: datetime.date | None = None
    pue: Decimal | None = None
    by: str = ""
    version: str = ""
    own: Decimal | None = None
    is_timed: bool = True
    gpus: tuple[tuple[int, str], ...] = ()
    cpu: str = ""
    memory: Decimal | None = None
    country: str = ""
    region: str = ""
    requests: Decimal | None = None
    lines: tuple[str, ...] = ()
    logged: tuple[str, ...] = ()


Doubts = Callable[[Sequence[LoggedWork]], Iterable[Problem]]
ReadRow = Callable[[Log, Row, list[Problem]], Iterable[LoggedWork]]


def draft_of_table(
    told: Told, layout: Layout, read_row: ReadRow, logs: Sequence[Log], book: FactorBook, doubts: Doubts | None = None
) -> Draft:
    """Return the draft of tables of runs, of which `read_row` reads a row; `doubts` looks at all of them together.

    Raises:
        ProblemsFound: something in a log cannot be read; all that is wrong at once.
    """
    notes: list[Problem] = []
    problems: list[Problem] = []
    given = list(without_copies(logs, notes))
    rows = ((log, row) for log in given for row in table_of(log, layout, notes, problems))
    runs = [run for log, row in rows for run in read_row(log, row, problems)]
    if problems:
        raise ProblemsFound(problems)
    notes += doubts(runs) if doubts is not None else ()
    return draft_of_works(told, runs, given, book, notes)


def draft_of_works(
    told: Told, runs: Sequence[LoggedWork], logs: Sequence[Log], book: FactorBook, notes: list[Problem]
) -> Draft:
    """Return the draft of runs, those of 0 kWh left out.

    Raises:
        ProblemsFound: no run holds energy, or there are more than a draft holds.
    """
    for run in runs:
        if not run.energy:
            message = f"the run `{short(run.name)}` of 0 kWh holds nothing, and was skipped"
            notes.append(Problem(run.where, "LCA613", message))
    kept = [run for run in runs if run.energy]
    if not kept:
        place = Location(logs[0].file, 1, 1)
        raise ProblemsFound(
            [Problem(place, "LCA105", "the log holds no run with energy" if runs else "the log holds no run")]
        )
    if len(kept) > MOST_ACTIVITIES:
        message = f"the log holds {len(kept)} runs, a draft at most {MOST_ACTIVITIES}"
        raise ProblemsFound([Problem(kept[0].where, "LCA102", message, "import the rows of one project at a time")])
    works = [_work(told.tool, run, book, notes) for run in kept]
    dates = [when for run in kept if (when := run.began or run.ended) is not None]
    start = descriptor_start(dates, kept[0].where, notes)
    names: dict[str, int] = {}
    for run in kept:
        names[run.name] = names.get(run.name, 0) + 1
    common = sorted(((name, count) for name, count in names.items() if name), key=lambda item: -item[1])
    with decimal.localcontext(prec=60):
        energy = sum((run.energy for run in kept), Decimal(0))
    summary = f"{counted(len(kept), 'run')}, {number(energy.normalize())} kWh"
    return draft_of(told, works, logs, Seen(summary, start, common), notes)


def _work(tool: str, run: LoggedWork, book: FactorBook, notes: list[Problem]) -> Work:
    source = provenance(tool, run.log, run.rows)
    how = f"{source}; {run.how}" if run.how else source
    lines = list(run.lines)
    if run.seconds:
        clock = "measured" if run.is_timed else "estimated"
        lines.append(f"duration: {measured(f'{number(run.seconds)} s', source, clock)}")
    if run.requests and run.seconds:
        with decimal.localcontext(prec=20):
            of_one, rate = run.energy / run.requests, run.requests / run.seconds * 3600
        lines.append(f"volume: {number(rate)} request/h")
        lines.append(f"energy_per_request: {measured(f'{number(of_one)} kWh/request', how, run.evidence)}")
    else:
        lines.append(f"energy: {measured(f'{number(run.energy)} kWh', how, run.evidence)}")
        lines += [measured_by_line(run.by, run.version, run.own)] if run.by else []
    includes_pue = run.pue is not None and run.pue != 1
    if includes_pue:
        lines.append("energy_includes_pue: true")
    if run.began and run.ended and run.began <= run.ended:
        lines.append(period_line(run.began, run.ended))
    if run.own is not None and not run.by:
        lines.append(
            f"# the tool's own figure: {number(run.own)} kgCO2e, by its own factor of electricity; not counted"
        )
    lines += comments((plain(text) for text in run.logged), "logged: ")
    place = place_named(run.country, run.region, run.where, book, notes)
    if includes_pue and run.pue is not None:
        pue = f"pue: {{value: {number(run.pue)}, source: {quoted(f'within the energy logged by {tool}')}}}"
        place = Place((*place.lines, pue), place.remarks, place.name)
    identity = (run.log.file, run.rows)
    machine = tuple(_machine(run, book, notes))
    if run.requests:  # a service by its energy names no machine: what it ran on is said beside it
        lines, machine = [*lines, *(f"# {line}" for line in machine)], ()
    return Work(run.stage, run.name or "run", identity, tuple(lines), place, machine)


def _machine(run: LoggedWork, book: FactorBook, notes: list[Problem]) -> Iterator[str]:
    """Yield the lines of the machine that a run names; none where it names no part of one."""
    gpus = [replace(identified(name, count, book), count=count) for count, name in run.gpus]
    cpu = identified(run.cpu, 1, book) if run.cpu else None
    if not gpus and cpu is None:
        return
    yield host_line(kind_named(run.cpu, gpus[0].name if gpus else ""), gpus)
    yield from gpu_lines(gpus, run.where, "GPU", notes)
    if cpu is not None and cpu.model:
        yield f"cpu: {{model: {quoted(cpu.model)}, count: 1}}  # logged: {plain(run.cpu)}; count the processors"
    elif cpu is not None:
        yield unknown_cpu(cpu, f"logged: {plain(run.cpu)}")
    if run.memory:
        yield f"memory: {number(run.memory)} GB"
