"""Slurm: its accounting of jobs becomes a draft with a training for each that completed and an experiment for each that did not."""

from __future__ import annotations

import decimal
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lca.importers.draft_text import comments, counted, number, quoted
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
from lca.importers.importer import Draft, Importer, Log
from lca.importers.logged_machines import gpu_lines, host_line
from lca.importers.logged_places import place_named
from lca.importers.logged_processors import identified
from lca.importers.slurm_log import Job, read_jobs
from lca.importers.unknown_models import power_of_accelerator, power_of_cores
from lca.problems import Location, Problem, ProblemsFound

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook

#: Some hundred thousand jobs with their steps.
MAXIMUM_BYTES = 100_000_000
#: A draft with more activities than this is read by nobody: jobs are then added up.
_MOST_ACTIVITIES = 300
_JOULES = 3_600_000
_TOLD = Told(
    "Slurm",
    (
        "# Read each line, correct it, and answer for it under `applicant`. Jobs that completed are trainings, until you say",
        "# which were trials; those that failed, were cancelled or timed out are experiments. What the log cannot know: where",
        "# the cluster stands and its PUE, which processors it has, data, storage, use. Where Slurm has an energy, its plug-in",
        "# saw the whole node, or the processors alone: ask who runs the cluster which, and whether others ran there too.",
    ),
)


def _read(logs: Sequence[Log], book: FactorBook) -> Draft:
    """Return the draft of logs.

    Raises:
        ProblemsFound: something in a log cannot be read, or no job ran; all that is wrong at once.
    """
    notes: list[Problem] = []
    problems: list[Problem] = []
    given = list(without_copies(logs, notes))
    jobs = read_jobs(given, notes, problems)
    if not problems and not jobs:
        problems.append(Problem(Location(given[0].file, 1, 1), "LCA105", "the log holds no job that ran and has ended"))
    groups = added_up(jobs, notes, problems)
    if problems:
        raise ProblemsFound(problems)
    place = place_named("", "", Location(given[0].file, 1, 1), book, notes)
    works = [replace(_work(job, book, notes), place=place) for job in groups]
    names: dict[str, int] = {}
    for job in jobs:
        names[job.name] = names.get(job.name, 0) + 1
    common = sorted(((name, count) for name, count in names.items() if name), key=lambda item: -item[1])
    dates = [when.date() for job in jobs if (when := job.began or job.ended) is not None]
    start = descriptor_start(dates, jobs[0].row.place("Start"), notes)
    energy = sum((job.energy for job in jobs if job.energy), Decimal(0)) / _JOULES
    summary = counted(len(jobs), "run") + (f", {number(energy)} kWh" if energy else "")
    return draft_of(_TOLD, works, given, Seen(summary, start, common), notes)


def added_up(jobs: Sequence[Job], notes: list[Problem], problems: list[Problem]) -> list[Job]:
    """Return jobs as they are, or where they are many their sums by name, end, machine and year."""
    if len(jobs) <= _MOST_ACTIVITIES:
        return list(jobs)
    for by_name in (True, False):
        groups: dict[tuple[object, ...], list[Job]] = {}
        for job in jobs:
            year = job.ended.year if job.ended else 0
            alike = (job.reason, job.nodes, job.cpus, job.gpus, job.asked, year, job.energy is None)
            groups.setdefault((job.name if by_name else "", *alike), []).append(job)
        if len(groups) <= _MOST_ACTIVITIES:
            by = "name, end and machine" if by_name else "end and machine, for the names are as many"
            message = f"the log holds {len(jobs)} jobs; they are added up by {by}: {counted(len(groups), 'activity', 'activities')}"
            notes.append(Problem(jobs[0].row.place("JobName"), "LCA613", message))
            return [_sum(group) for group in groups.values()]
    message = f"the log holds {len(jobs)} jobs of {len(groups)} kinds of machines, a draft at most {_MOST_ACTIVITIES}"
    problems.append(Problem(jobs[0].row.place("JobID"), "LCA102", message, "import the jobs of one project at a time"))
    return []


def _sum(group: Sequence[Job]) -> Job:
    with decimal.localcontext(prec=60):
        energy = sum((job.energy for job in group if job.energy is not None), Decimal(0))
        seconds = sum((job.seconds for job in group), Decimal(0))
    return replace(
        group[-1],
        seconds=seconds,
        energy=energy or None,
        began=min((job.began for job in group if job.began), default=None),
        ended=max((job.ended for job in group if job.ended), default=None),
        used=max((job.used for job in group if job.used), default=None),
        jobs=len(group),
    )


def _work(job: Job, book: FactorBook, notes: list[Problem]) -> Work:
    """Return the activity of a job, or of a sum of jobs."""
    which = f"job {job.row.cell('JobID')}, line {job.row.number}"
    if job.jobs > 1:
        which = f"{job.jobs} jobs{f' `{job.name}`' if job.name else ''}, the last of them in line {job.row.number}"
    source = provenance("Slurm", job.log, which)
    # Jobs may have run side by side: their sum is time added over nodes.
    time = f"{number(job.seconds)} s" if job.jobs == 1 else f"{number(job.seconds * job.nodes / 3600)} node h"
    lines = [f"duration: {measured(time, source)}"]
    if job.energy is not None:
        lines.append(
            f"energy: {measured(f'{number(job.energy / _JOULES)} kWh', f'{source}; ConsumedEnergyRaw, by sensors')}"
        )
        lines.append(measured_by_line("Slurm"))
    if job.reason:
        lines.append(f"reason: {quoted(job.reason)}")
    fits = (
        job.began and job.ended and (job.jobs > 1 or float(job.seconds) <= (job.ended - job.began).total_seconds() + 60)
    )
    if job.began and job.ended and fits:
        lines.append(period_line(job.began, job.ended))
    lines += _memory(job)
    logged = [f"{name} {job.row.cell(name)}" for name in ("Partition", "AllocTRES", "TotalCPU") if job.row.cell(name)]
    logged.append(f"State {job.state}")  # without the number of the user who cancelled it
    lines += comments(logged, "logged: " if job.jobs == 1 else "logged in the last of these jobs: ")
    wish = f"{job.name or 'job'} {job.row.cell('JobID')}" if job.jobs == 1 else job.name or f"jobs {job.reason}"
    stage, identity = "experiments" if job.reason else "training", (job.row.file, str(job.row.number))
    return Work(stage, wish, identity, tuple(lines), machine=tuple(_machine(job, book, notes)))


def _memory(job: Job) -> Iterator[str]:
    """Yield what is said of memory that a job was given and did not use."""
    if job.asked and job.used:
        needed = job.used.to_integral_value(ROUND_CEILING)
        if needed < job.asked:
            times = f"{float(job.asked / needed):.3g} times as much"
            yield f"# memory: {job.asked:.4g} GiB were given, {needed} GiB are enough for its largest task: {times}"


def _machine(job: Job, book: FactorBook, notes: list[Problem]) -> Iterable[str]:
    """Yield the lines of the machine of a job: one node of its nodes, where they divide evenly, else all as one."""
    even = all(count % job.nodes == 0 for count in (job.cpus, *(count for _, count in job.gpus)))
    nodes = job.nodes if even else 1
    gpus = [identified(kind or "unknown", count // nodes, book) for kind, count in job.gpus]
    place = job.row.place("AllocTRES")
    if nodes > 1:
        yield f"count: {nodes}"
    yield (
        host_line("server", gpus)
        if gpus
        else "host: compute-server  # guessed; choose: server, compute-server, desktop, laptop"
    )
    yield from gpu_lines(gpus, place, "AllocTRES", notes)
    if gpus and job.energy is None and not any(gpu.model for gpu in gpus):
        power = power_of_accelerator(gpus[0].candidates, book)
        yield f"gpu: {{count: {gpus[0].count}, power: {power}}}"
    if job.cpus and not gpus and job.energy is None:
        yield f"cpu: {{count: 1, cores: {job.cpus // nodes}, power: {power_of_cores(job.cpus // nodes, book)}}}  # state the model"
        message = "AllocTRES: the log names no processor: the mean power of a server's core stands in, with its spread"
        notes.append(Problem(place, "LCA613", message, "state the `cpu` of the machine, with model and count"))
    elif job.cpus:
        yield f"# logged: {job.cpus // nodes} cores of a processor without a name: add `cpu` with its model"
    if job.asked:
        yield f"memory: {number((job.asked / nodes).normalize())} GiB"


IMPORTER = Importer(MAXIMUM_BYTES, _read)
