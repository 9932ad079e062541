"""CodeCarbon: its logs of runs become a draft with one training a run or task."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from lca.importers.codecarbon_doubts import doubts, overlaps, with_models
from lca.importers.codecarbon_draft import Activity, draft
from lca.importers.codecarbon_log import MAXIMUM_BYTES, LoggedRun, read_rows
from lca.importers.codecarbon_machine import machine_of
from lca.importers.codecarbon_runs import added_up, runs_of
from lca.importers.codecarbon_site import site_of
from lca.importers.draft_text import counted, number
from lca.importers.gathering import gathered, without_copies
from lca.importers.importer import Draft, Importer, Log
from lca.problems import Location, Problem, ProblemsFound

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook


def _read(logs: Sequence[Log], book: FactorBook) -> Draft:
    """Return the draft of logs.

    Raises:
        ProblemsFound: something in a log cannot be read; all that is wrong at once.
    """
    notes: list[Problem] = []
    problems: list[Problem] = []
    given = list(without_copies(logs, notes))
    rows = read_rows(given, notes, problems)
    runs = with_models(runs_of(rows, notes, problems), book)
    if not problems and not runs:
        message = "the log holds no run with energy" if rows else "the log holds no run"
        problems.append(Problem(Location(given[0].file, 1, 1), "LCA105", message))
    activities = _activities(runs, book, notes, problems)
    if problems:
        raise ProblemsFound(problems)
    notes += overlaps(runs)
    warnings = gathered(notes)
    energy = sum((run.energy for run in runs), Decimal(0))
    text = draft(activities, runs, [log.name for log in given], warnings)
    summary = f"{counted(len(runs), 'run')}, {number(energy)} kWh"
    return Draft(text, f"{summary}, {counted(len(warnings), 'warning')}" if warnings else summary, warnings)


def _activities(
    runs: Sequence[LoggedRun], book: FactorBook, notes: list[Problem], problems: list[Problem]
) -> list[Activity]:
    """Return what each run, or sum of runs, becomes; doubts are of the runs themselves."""
    first_year = min((run.ended.year for run in runs), default=0)
    unknown: dict[str, Problem] = {}
    for run in runs:
        machine = machine_of(run, book, notes)
        site = site_of(run, machine.kind, first_year, book, notes)
        if isinstance(site, Problem):
            unknown.setdefault(site.message, site)
        else:
            notes += doubts(run, machine.most_watts, site.zone, book)
    problems += unknown.values()
    found = []
    for run in added_up(runs, notes, problems) if not unknown else ():
        machine = machine_of(run, book, [])
        site = site_of(run, machine.kind, first_year, book, [])
        if not isinstance(site, Problem):
            found.append(Activity(run, machine, site))
    return found


IMPORTER = Importer(MAXIMUM_BYTES, _read)
