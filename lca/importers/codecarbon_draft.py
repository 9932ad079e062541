"""Runs of CodeCarbon's logs, with their sites and machines, become the text of a draft descriptor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from lca.importers.codecarbon_doubts import modelled_share, parts_fit
from lca.importers.codecarbon_log import LoggedRun
from lca.importers.codecarbon_machine import LoggedMachine
from lca.importers.codecarbon_runs import names_of
from lca.importers.codecarbon_site import LoggedSite
from lca.importers.draft_text import Names, comments, counted, number, plain, quoted
from lca.problems import MOST_PROBLEMS, Problem

#: Columns that are keys of each activity; all others are comments.
_KEYS = frozenset({"duration", "energy_consumed", "emissions", "run_id", "codecarbon_version"})
#: A share of the energy up to which a part without a sensor leaves a measured energy measured.
_SENSORS_SUFFICE = Decimal("0.05")
#: From this share the default range is too narrow: sensors err by a twentieth, models by a factor of two.
_MODELS_DOMINATE = Decimal("0.5")
_NAMES_LISTED = 20


class Activity(Struct, frozen=True):
    """A run or a sum of runs, the machine that it names, and the site that it is placed at."""

    run: LoggedRun
    machine: LoggedMachine
    site: LoggedSite


def draft(
    activities: Sequence[Activity], runs: Sequence[LoggedRun], files: Sequence[str], warnings: Sequence[Problem]
) -> str:
    """Return a descriptor of activities: their energy, place and machine, CodeCarbon's own figure, and all else as comments."""
    sites, machines, trainings = Names(), Names(), Names()
    same = _same(activities)
    training: list[str] = []
    for activity in activities:
        site = sites.of(activity.site.name, list(activity.site.lines), activity.site.remarks)
        on = machines.of("node", [f"site: {site}", *activity.machine.lines]) if activity.machine.named else ""
        training += _training(activity, trainings, (site, on), same)
    names = list(names_of(runs))
    lines = [
        *_head(activities, runs, files, warnings),
        *comments((f"{column} {value}" for column, value in same.items()), "logged in every run: "),
        "descriptor: 1",
        "project:",
        f"  name: {quoted(names[0][0] if names else 'CodeCarbon log')}",
        *(f"  {line}" for line in _other_names(names)),
        f"  start: {min(run.ended for run in runs):%Y-%m}",
        "  # applicant: who answers for these figures",
        "sites:",
        *sites.lines(),
        *(
            ["machines:", *machines.lines()]
            if machines.made
            else ["# machines: the log names none; describe it, for its manufacture"]
        ),
        "training:  # trials and failed runs belong under `experiments`",
        *training,
    ]
    return "\n".join(lines) + "\n"


def _head(
    activities: Sequence[Activity], runs: Sequence[LoggedRun], files: Sequence[str], warnings: Sequence[Problem]
) -> Iterator[str]:
    versions = sorted({run.text("codecarbon_version") for run in runs} - {""})
    tool = " ".join(["CodeCarbon", *versions])
    seen = f"{counted(len(runs), 'run')}, {counted(len(activities), 'activity', 'activities')}"
    yield f"# Draft from {plain(', '.join(files))}, the log of {plain(tool)}: {seen}."
    yield "# Read each line, correct it, and answer for it under `applicant`. What the log cannot know: earlier and failed runs,"
    yield "# data, storage, use, the PUE of your data centre, and machines that it does not name. CodeCarbon measures processors"
    yield "# where it can read their sensors and models the rest, memory always."
    if warnings:
        yield "# Doubts about the log, each to be settled:"
    for warning in warnings[:MOST_PROBLEMS]:
        line = f"line {warning.location.line}"
        where = line if len(files) == 1 else f"{plain(warning.location.file.rpartition('/')[2])} {line}"
        yield f"#   {where}: {plain(warning.message)}{f'; {plain(warning.hint)}' if warning.hint else ''}"
    if len(warnings) > MOST_PROBLEMS:
        yield f"#   and {len(warnings) - MOST_PROBLEMS} more"


def _other_names(names: Sequence[tuple[str, int]]) -> Iterator[str]:
    if len(names) > 1:
        listed = [f"{name} ({counted(count, 'run')})" for name, count in names[:_NAMES_LISTED]]
        more = [f"and {len(names) - _NAMES_LISTED} more"] if len(names) > _NAMES_LISTED else []
        yield from comments([*listed, *more], "projects of the log: ")


def _same(activities: Sequence[Activity]) -> dict[str, str]:
    """Return the columns that have one value in all runs and are no key."""
    first = activities[0].run
    columns = dict.fromkeys(column for activity in activities for column in activity.run.row.columns if column)
    return {
        column: first.text(column)
        for column in columns
        if column not in _KEYS
        and first.text(column)
        and {activity.run.text(column) for activity in activities} == {first.text(column)}
    }


def _training(activity: Activity, names: Names, place: tuple[str, str], same: dict[str, str]) -> list[str]:
    run, (site, on) = activity.run, place
    run_id, version = run.text("run_id"), run.text("codecarbon_version")
    which = (
        f"run {run_id or run.ended.isoformat()}"
        if run.runs == 1
        else f"{run.runs} runs of `{run.text('project_name')}`"
    )
    if run.task:
        which += f", task {run.task}"
    source = f"{f'CodeCarbon {version}'.strip()}, {run.row.name}, {which}"
    own = [*([f"version: {quoted(version)}"] if version else []), f"gwp100: {number(run.emissions)} kgCO2e"]
    body = [
        *([f"on: {on}"] if on else []),
        f"site: {site}",
        f"duration: {{value: {number(run.duration)} s, evidence: measured, source: {quoted(source)}}}",
        f"energy: {{{_energy(run, source)}}}",
        *(["energy_includes_pue: true"] if run.pue is not None and run.pue != 1 else []),
        f"measured_by: {{tool: codecarbon, {', '.join(own)}}}",
    ]
    logged = [
        f"{column} {run.text(column)}"
        for column in run.row.columns
        if column and column not in _KEYS and column not in same and run.text(column)
    ]
    first = "logged: " if run.runs == 1 else "logged in the last of these runs: "
    if run.readings > run.runs:
        body.append(f"# {run.readings} rows are readings of this one; the last is counted")
    wish = " ".join(
        part for part in (run.text("project_name") or "run", run.task, run_id[:8] if run.runs == 1 else "") if part
    )
    name = names.of(wish, [str(run.row.file), str(run.row.number)])  # two runs may be alike and are two
    return [f"  {name}:", *(f"    {line}" for line in (*body, *comments(logged, first)))]


def _energy(run: LoggedRun, source: str) -> str:
    """Return an energy with its evidence: measured where sensors saw nearly all of it, and what they did not see."""
    share, value = modelled_share(run), f"value: {number(run.energy)} kWh"
    if share is None or not parts_fit(run):
        why = "the log does not say which part sensors measured" if share is None else "its parts do not sum to it"
        return f"{value}, evidence: estimated, source: {quoted(f'{source}; {why}')}"
    models = " and ".join(["memory by its size", *([run.modelled] if run.modelled else [])])
    seen = f"{source}; {_percent(1 - share)} by sensors, {_percent(share)} modelled ({models})"
    if share <= _SENSORS_SUFFICE:
        return f"{value}, evidence: measured, source: {quoted(seen)}"
    spread = ""
    if share >= _MODELS_DOMINATE:
        energy, modelled = float(run.energy), float(share)
        low, high = energy * (0.95 - 0.45 * modelled), energy * (1.05 + 0.95 * modelled)
        spread = f", range95: [{low:.4g} kWh, {high:.4g} kWh]"
    return f"{value}{spread}, evidence: estimated, source: {quoted(seen)}"


def _percent(share: Decimal) -> str:
    return f"{100 * float(share):.3g} %"
