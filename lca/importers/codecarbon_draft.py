"""Runs of CodeCarbon's logs, with their sites and machines, become the text of a draft descriptor."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from lca.importers.codecarbon_doubts import modelled_share, parts_fit
from lca.importers.codecarbon_log import LoggedRun
from lca.importers.codecarbon_machine import LoggedMachine
from lca.importers.codecarbon_runs import names_of
from lca.importers.codecarbon_site import LoggedSite
from lca.importers.draft_text import comments, counted, number, quoted
from lca.importers.drafted import Place, Seen, Work, descriptor_lines, head_lines
from lca.problems import Problem

#: Columns that are keys of each activity; all others are comments.
_KEYS = frozenset({"duration", "energy_consumed", "emissions", "run_id", "codecarbon_version"})
#: A share of the energy up to which a part without a sensor leaves a measured energy measured.
_SENSORS_SUFFICE = Decimal("0.05")
#: From this share the default range is too narrow: sensors err by a twentieth, models by a factor of two.
_MODELS_DOMINATE = Decimal("0.5")
#: What a draft says of the log, whatever it holds.
_CANNOT_KNOW = (
    "# Read each line, correct it, and answer for it under `applicant`. What the log cannot know: earlier and failed runs,",
    "# data, storage, use, the PUE of your data centre, and machines that it does not name. CodeCarbon measures processors",
    "# where it can read their sensors and models the rest, memory always.",
)


class Activity(Struct, frozen=True):
    """A run or a sum of runs, the machine that it names, and the site that it is placed at."""

    run: LoggedRun
    machine: LoggedMachine
    site: LoggedSite


def draft(
    activities: Sequence[Activity], runs: Sequence[LoggedRun], files: Sequence[str], warnings: Sequence[Problem]
) -> str:
    """Return a descriptor of activities: their energy, place and machine, CodeCarbon's own figure, and all else as comments."""
    same = _same(activities)
    seen = f"{counted(len(runs), 'run')}, {counted(len(activities), 'activity', 'activities')}"
    versions = sorted({run.text("codecarbon_version") for run in runs} - {""})
    lines = [
        *head_lines(" ".join(["CodeCarbon", *versions]), seen, _CANNOT_KNOW, files, warnings),
        *comments((f"{column} {value}" for column, value in same.items()), "logged in every run: "),
        *descriptor_lines(
            (_training(activity, same) for activity in activities),
            Seen(seen, f"{min(run.ended for run in runs):%Y-%m}", list(names_of(runs))),
            "CodeCarbon log",
            "machines: the log names none; describe it, for its manufacture",
        ),
    ]
    return "\n".join(lines) + "\n"


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


def _training(activity: Activity, same: dict[str, str]) -> Work:
    run, site = activity.run, activity.site
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
    identity = (str(run.row.file), str(run.row.number))
    place = Place(site.lines, site.remarks, site.name)
    return Work("training", wish, identity, (*body, *comments(logged, first)), place, activity.machine.lines)


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
