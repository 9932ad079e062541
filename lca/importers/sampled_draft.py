"""Samples of accelerators become a draft: one training a log, with the energy that the sensors saw."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from lca.importers.draft_text import counted, number, short
from lca.importers.drafted import Place, Seen, Told, Work, draft_of, measured, measured_by_line, period_line, provenance
from lca.importers.gathering import without_copies
from lca.importers.importer import Draft, Log
from lca.importers.logged_machines import gpu_lines, host_line, kind_named
from lca.importers.logged_places import place_named
from lca.importers.logged_processors import LoggedProcessor, identified
from lca.importers.logged_table import MOST_LOOKED_FOR, utf8_of, without_nul
from lca.importers.power_samples import Drawn, Series, drawn
from lca.problems import Location, Problem, ProblemsFound

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook

#: Some million samples.
MAXIMUM_BYTES = 1_000_000_000
_JOULES, _FIRST = 3_600_000, 1000
#: Times the power of the catalogue that an accelerator's mean may not exceed.
_POWER_EXCEEDS = 1.5

#: What reads the text of a log, as UTF-8.
ReadSeries = Callable[[bytes, Log, list[Problem], list[Problem]], Sequence[Series]]


def draft_of_samples(told: Told, read: ReadSeries, logs: Sequence[Log], book: FactorBook) -> Draft:
    """Return the draft of logs of samples.

    Raises:
        ProblemsFound: something in a log cannot be read; all that is wrong at once.
    """
    notes: list[Problem] = []
    problems: list[Problem] = []
    found: list[tuple[Log, Sequence[Series], Sequence[Drawn]]] = []
    for log in without_copies(logs, notes):
        try:
            text = utf8_of(log, notes)
            if not text[:_FIRST].strip() and not text.strip():
                message, hint = "the file is empty", "name the log of a run that ended"
                raise ProblemsFound([Problem(Location(log.file, 1, 1), "LCA105", message, hint)])
            if b"\0" in text:
                raise ProblemsFound(list(without_nul(text.decode(), log)))
            before = len(problems)
            series = read(text, log, notes, problems)
        except ProblemsFound as error:
            problems += error.problems
            continue
        if len(problems) == before:
            problems += (problem for one in series for problem in _backwards(log, one))
        energies = [drawn(one) for one in series]
        if not problems and not any(one.joules for one in energies):
            message = "the log holds no energy: two samples of one accelerator make some"
            problems.append(Problem(Location(log.file, 1, 1), "LCA105", message))
        found.append((log, series, energies))
    if problems:
        raise ProblemsFound(problems)
    return _draft(told, found, book, notes)


def _draft(
    told: Told, found: Sequence[tuple[Log, Sequence[Series], Sequence[Drawn]]], book: FactorBook, notes: list[Problem]
) -> Draft:
    first = Location(found[0][0].file, 1, 1)
    message = "the energy is that of accelerators alone: processors, memory and host are not in it"
    notes.append(Problem(first, "LCA607", message, "measure at the plug, or add what they draw to the `energy`"))
    place = place_named("", "", first, book, notes)
    works = [_work(told.tool, log, series, energies, book, notes, place) for log, series, energies in found]
    start = min(int(one.times[0]) for _, series, _ in found for one in series if len(one.times))
    samples = sum(len(one.times) for _, series, _ in found for one in series)
    joules = sum(one.joules for _, _, energies in found for one in energies)
    summary = f"{samples} samples, {number(_kilowatt_hours(joules))} kWh"
    return draft_of(told, works, [log for log, _, _ in found], Seen(summary, f"{_date(start):%Y-%m}"), notes)


def _kilowatt_hours(joules: float) -> Decimal:
    return Decimal(repr(joules / _JOULES))


def _date(microseconds: int) -> datetime.date:
    return (datetime.datetime(1970, 1, 1) + datetime.timedelta(microseconds=microseconds)).date()


def _backwards(log: Log, series: Series) -> Iterator[Problem]:
    for place in series.backwards[:MOST_LOOKED_FOR]:
        passed = (int(series.times[place - 1]) - int(series.times[place])) / 1e6
        message = f"the time is {passed:.6g} s before that of line {series.lines[place - 1]}: the clock went back"
        hint = "did the clock change, or were two logs joined? Correct the times, or import the logs one by one"
        yield Problem(Location(log.file, int(series.lines[place]), 1), "LCA405", message, hint)


def _work(
    tool: str,
    log: Log,
    series: Sequence[Series],
    energies: Sequence[Drawn],
    book: FactorBook,
    notes: list[Problem],
    place: Place,
) -> Work:
    """Return the training of one log, with the doubts about its samples."""
    gaps = sum(seconds for one in energies for _, seconds in one.gaps)
    for one, energy in zip(series, energies, strict=True):
        notes += _doubts(log, one, energy, book)
    seen = [one for one in series if len(one.times)]
    rows = f"lines {min(int(one.lines[0]) for one in seen)} to {max(int(one.lines[-1]) for one in seen)}"
    samples = f"{sum(len(one.times) for one in seen)} samples of {counted(len(seen), 'accelerator')}"
    source = provenance(tool, log, rows)
    how = f"{source}; {samples} by their sensors"
    joules = sum(one.joules for one in energies)
    seconds = Decimal(repr(max(one.seconds for one in energies)))
    lines = [
        f"duration: {measured(f'{number(seconds)} s', source)}",
        f"energy: {measured(f'{number(_kilowatt_hours(joules))} kWh', how)}",
        measured_by_line(tool),
        period_line(_date(min(int(one.times[0]) for one in seen)), _date(max(int(one.times[-1]) for one in seen))),
        *(
            [f"# gaps of {gaps:.6g} s between samples, added over accelerators, are not counted: no sensor saw them"]
            if gaps
            else []
        ),
        *(
            f"# {one.key or one.name or 'accelerator'}: {energy.joules / _JOULES:.6g} kWh in {energy.seconds:.6g} s"
            for one, energy in zip(series, energies, strict=True)
        ),
    ]
    machine = _machine([identified(one.name, 1, book) for one in seen if one.name], log, notes)
    return Work("training", log.name.rpartition(".")[0] or log.name, (log.file,), tuple(lines), place, machine)


def _machine(gpus: Sequence[LoggedProcessor], log: Log, notes: list[Problem]) -> tuple[str, ...]:
    counts = Counter(gpus)
    kinds = [LoggedProcessor(n, g.name, g.model, g.candidates, g.near, g.slices) for g, n in counts.items()]
    if not kinds:
        return ()
    lines = gpu_lines(kinds, Location(log.file, 1, 1), "name", notes)
    return (host_line(kind_named("", kinds[0].name), kinds), *lines)


def _doubts(log: Log, series: Series, energy: Drawn, book: FactorBook) -> Iterator[Problem]:
    """Yield gaps, resets, and a power that its model does not draw."""
    for line, seconds in energy.gaps:
        message = f"{seconds:.6g} s pass since the sample before, the usual step is {energy.usual:.6g} s: a gap is not counted"
        yield Problem(Location(log.file, line, 1), "LCA607", message, "was the computer off, or the log interrupted?")
    for line, before in energy.resets:
        message = f"the counter of energy was reset, after it had shown {before:.6g} J: what it shows now is counted"
        yield Problem(
            Location(log.file, line, 1), "LCA607", message, "what was drawn before the reset and not shown is lost"
        )
    if len(series.times) == 1:
        message = f"the accelerator `{short(series.key or series.name)}` has one sample, and no energy"
        yield Problem(Location(log.file, int(series.lines[0]), 1), "LCA613", message)
    model = book.named_processor(series.name).identifier if series.name else ""
    full = book.find(f"processor/{model}/tdp") if model else None
    mean = energy.joules / energy.seconds if energy.seconds else 0.0
    if full is not None and mean > _POWER_EXCEEDS * full.value:
        message = f"`{short(series.name)}` drew {mean:.4g} W in the mean, its full power is {full.value:.4g} W"
        yield Problem(Location(log.file, int(series.lines[0]), 1), "LCA607", message, "are the samples in watts?")
