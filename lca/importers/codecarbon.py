"""CodeCarbon: its logs of runs become a draft with one training a run or task."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lca.importers.codecarbon_doubts import doubts, overlaps, with_models
from lca.importers.codecarbon_draft import Activity, draft
from lca.importers.codecarbon_log import MAXIMUM_BYTES, LoggedRun, read_rows
from lca.importers.codecarbon_machine import machine_of
from lca.importers.codecarbon_runs import added_up, runs_of
from lca.importers.codecarbon_site import site_of
from lca.importers.draft_text import counted, number
from lca.importers.importer import Draft, Importer, Log
from lca.problems import Location, Problem, ProblemsFound

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook

#: Names of runs and numbers, which do not make another kind of doubt; so many of one kind are told.
_NUMBERS, _MOST_OF_A_KIND = re.compile(r"`[^`]*`|[\d.,]+(?:e[-+]?\d+)?"), 10


def _read(logs: Sequence[Log], book: FactorBook) -> Draft:
    """Return the draft of logs.

    Raises:
        ProblemsFound: something in a log cannot be read; all that is wrong at once.
    """
    notes: list[Problem] = []
    problems: list[Problem] = []
    given = list(_without_copies(logs, notes))
    rows = read_rows(given, notes, problems)
    runs = with_models(runs_of(rows, notes, problems), book)
    if not problems and not runs:
        message = "the log holds no run with energy" if rows else "the log holds no run"
        problems.append(Problem(Location(given[0].file, 1, 1), "LCA105", message))
    activities = _activities(runs, book, notes, problems)
    if problems:
        raise ProblemsFound(problems)
    notes += overlaps(runs)
    warnings = _gathered(notes)
    energy = sum((run.energy for run in runs), Decimal(0))
    text = draft(activities, runs, [log.name for log in given], warnings)
    summary = f"{counted(len(runs), 'run')}, {number(energy)} kWh"
    return Draft(text, f"{summary}, {counted(len(warnings), 'warning')}" if warnings else summary, warnings)


def _without_copies(logs: Sequence[Log], notes: list[Problem]) -> Iterable[Log]:
    """Yield logs, each content once."""
    seen: dict[bytes, Log] = {}
    for log in logs:
        if seen.setdefault(log.content, log) is log:
            yield log
        else:
            message = f"the file holds what {seen[log.content].name} holds, and was skipped"
            notes.append(Problem(Location(log.file, 1, 1), "LCA613", message))


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


def _gathered(notes: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return doubts in the order of their places: those of one message once, and of one kind the first few, with how many more."""
    alike: dict[tuple[str, str], list[Problem]] = {}
    for note in sorted(notes, key=lambda note: note.location):
        alike.setdefault((note.code, note.message), []).append(note)
    kinds: dict[tuple[str, str], list[list[Problem]]] = {}
    for (code, message), same in alike.items():
        kinds.setdefault((code, _NUMBERS.sub("#", message)), []).append(same)
    told = []
    for groups in kinds.values():
        for index, (first, *others) in enumerate(groups[:_MOST_OF_A_KIND]):
            last = index == _MOST_OF_A_KIND - 1
            more = len(others) + (sum(map(len, groups[_MOST_OF_A_KIND:])) if last else 0)
            message = f"{first.message} (so too in {counted(more, 'other row')})" if more else first.message
            told.append(replace(first, message=message))
    return tuple(sorted(told, key=lambda note: note.location))


IMPORTER = Importer(MAXIMUM_BYTES, _read)
