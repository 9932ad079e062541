"""Which rows of a log belong to one run, which are tasks of it, which hold nothing, and runs added up where they are many."""

from __future__ import annotations

import decimal
import itertools
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from lca.importers.codecarbon_log import PARTS, LoggedRun
from lca.importers.draft_text import counted, number, short
from lca.problems import Problem

#: A draft with more activities than this is read by nobody: runs are then added up.
MOST_ACTIVITIES = 300

#: What two runs must share to be added up, beside the name of their project.
_ALIKE = (
    *(
        "country_iso_code",
        "region",
        "cloud_provider",
        "cloud_region",
        "on_cloud",
        "pue",
        "wue",
        "gpu_model",
        "gpu_count",
    ),
    *("cpu_model", "cpu_count", "ram_total_size", "tracking_mode", "codecarbon_version"),
)
#: A share of the duration, and seconds, by which rows may differ that are readings of one run.
_SAME_TIME, _SAME_SECONDS = 0.1, 60


def runs_of(rows: Iterable[LoggedRun], notes: list[Problem], problems: list[Problem]) -> list[LoggedRun]:
    """Return the runs that did something, in their order: rows of one run as one, tasks apart."""
    together: dict[str, list[LoggedRun]] = {}
    for index, row in enumerate(rows):
        together.setdefault(row.text("run_id") or f" {index}", []).append(row)
    found: list[LoggedRun] = []
    for readings in together.values():
        kept = _without_copies(readings, notes)
        tasks = [row for row in kept if row.task]
        others = [row for row in kept if not row.task]
        found += tasks
        if others:
            found += _one_run(others, notes, problems)
        if tasks and others:
            message = "the row has no task, others of its run have one: it may hold their energy again"
            notes.append(Problem(others[-1].place("task_name"), "LCA607", message, "if so, remove it from the draft"))
    empty = [run for run in found if run.energy == 0]
    for run in empty:
        name = short(run.task or run.text("project_name") or run.text("run_id"))
        message = f"the run `{name}` of 0 kWh in {number(run.duration)} s holds nothing, and was skipped"
        notes.append(Problem(run.place("energy_consumed"), "LCA613", message))
    return [run for run in found if run.energy > 0]


def _without_copies(readings: Sequence[LoggedRun], notes: list[Problem]) -> list[LoggedRun]:
    """Return rows of one run id, those that stand twice once."""
    kept: dict[tuple[str, ...], LoggedRun] = {}
    for row in readings:
        earlier = kept.setdefault((*row.row.columns, *row.row.cells), row)
        if earlier is not row:
            message = f"the row stands in line {earlier.row.number} of {earlier.row.name} too, and was counted once"
            notes.append(Problem(row.place("run_id"), "LCA613", message))
    return list(kept.values())


def _one_run(readings: Sequence[LoggedRun], notes: list[Problem], problems: list[Problem]) -> list[LoggedRun]:
    """Return readings of one run as one: the last energy, which is cumulative, and the duration that it took."""
    if len(readings) == 1:
        return list(readings)
    ordered = sorted(readings, key=lambda row: row.ended)
    pairs = list(itertools.pairwise(ordered))
    run, last = short(ordered[0].text("run_id")), ordered[-1]
    for earlier, later in pairs:
        if later.energy < earlier.energy:
            message = (
                f"run `{run}` goes back from {number(earlier.energy)} kWh (line {earlier.row.number}) to "
                f"{number(later.energy)} kWh: its rows are no readings that grow, and name no tasks"
            )
            hint = "where each row is an amount of its own, give each its own `run_id`; no row need be removed"
            problems.append(Problem(later.place("energy_consumed"), "LCA402", message, hint))
            return []
    lines = f"lines {min(r.row.number for r in ordered)} to {max(r.row.number for r in ordered)}"
    if any(later.duration < earlier.duration for earlier, later in pairs):
        duration = _sum(row.duration for row in ordered)
        message = (
            f"the energy of run `{run}` grows while its durations do not ({lines}): read as one run of "
            f"{number(last.energy)} kWh, the last, and {number(duration)} s, the sum of the durations"
        )
        notes.append(Problem(last.place("duration"), "LCA613", message))
        return [replace(last, duration=duration, readings=len(ordered))]
    if any(_apart(earlier, later) for earlier, later in pairs):
        message = (
            f"run `{run}` was read as {len(ordered)} readings of one amount, the last of {number(last.energy)} kWh "
            f"({lines}), but their times do not fit: if each is an amount of its own, some are lost"
        )
        hint = "then give each row its own `run_id` and import again"
        notes.append(Problem(last.place("energy_consumed"), "LCA607", message, hint))
    return [replace(last, readings=len(ordered))]


def _apart(earlier: LoggedRun, later: LoggedRun) -> bool:
    """Say whether the time between two readings is not that by which the duration grew."""
    passed = (later.ended - earlier.ended).total_seconds()
    grown = float(later.duration - earlier.duration)
    return abs(passed - grown) > max(_SAME_SECONDS, _SAME_TIME * grown)


def added_up(runs: Sequence[LoggedRun], notes: list[Problem], problems: list[Problem]) -> list[LoggedRun]:
    """Return runs as they are, or where they are many their sums by project, place and machine."""
    if len(runs) <= MOST_ACTIVITIES:
        return list(runs)
    for key in ("project_name", ""):
        groups: dict[tuple[str, ...], list[LoggedRun]] = {}
        for run in runs:
            alike = (run.modelled, str(run.ended.year), *(run.text(column) for column in _ALIKE))
            groups.setdefault((run.text(key) if key else "", *alike), []).append(run)
        if len(groups) <= MOST_ACTIVITIES:
            by = "project, place and machine" if key else "place and machine, for the projects are as many"
            message = f"the log holds {len(runs)} runs; they are added up by {by}: {counted(len(groups), 'activity', 'activities')}"
            notes.append(Problem(runs[0].place("project_name"), "LCA613", message))
            return [_added(group) for group in groups.values()]
    message = f"the log holds {len(runs)} runs of {len(groups)} machines and places, a draft at most {MOST_ACTIVITIES}"
    problems.append(Problem(runs[0].place("timestamp"), "LCA102", message, "import the rows of one project at a time"))
    return []


def _added(group: Sequence[LoggedRun]) -> LoggedRun:
    """Return the sum of runs that are alike."""
    numbers = dict(group[-1].numbers)
    for part in PARTS:
        if all(part in run.numbers for run in group):
            numbers[part] = _sum(run.numbers[part] for run in group)
        else:
            numbers.pop(part, None)
    return replace(
        group[-1],
        duration=_sum(run.duration for run in group),
        energy=_sum(run.energy for run in group),
        emissions=_sum(run.emissions for run in group),
        numbers=numbers,
        runs=len(group),
        readings=sum(run.readings for run in group),
    )


def _sum(values: Iterable[Decimal]) -> Decimal:
    """Return a sum to the last digit."""
    with decimal.localcontext(prec=60):
        return sum(values, Decimal(0))


def names_of(runs: Iterable[LoggedRun]) -> Iterator[tuple[str, int]]:
    """Yield the project names of runs with how many bear each, the most common first."""
    count: dict[str, int] = {}
    for run in runs:
        name = run.text("project_name")
        if name:
            count[name] = count.get(name, 0) + 1
    yield from sorted(count.items(), key=lambda item: -item[1])
