"""What a draft descriptor is made of: pieces of work with their sites and machines, and the lines that introduce them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from lca.importers.draft_text import Names, comments, counted, number, plain, quoted
from lca.importers.gathering import gathered
from lca.importers.importer import Draft, Log
from lca.problems import MOST_PROBLEMS, Location, Problem

_NAMES_LISTED = 20

#: The stages that logs tell of, in the order of a draft, with what is said beside each.
_STAGES = {
    "storage": "",
    "transfer": "",
    "training": "  # trials and failed runs belong under `experiments`",
    "experiments": "",
    "inference": "",
}


class Place(Struct, frozen=True):
    """The lines of a site, what is said below them, and its wished name."""

    lines: tuple[str, ...]
    remarks: tuple[str, ...]
    name: str


class Printed(Struct, frozen=True):
    """A figure that a tool prints itself: the path that it should equal, its value and unit, and where it is printed."""

    figure: str
    value: str
    source: str

    def lines_of(self, figure: str) -> list[str]:
        """Return the lines of a stated result that names a figure."""
        return [f"figure: {figure}", f"value: {self.value}", f"source: {quoted(self.source)}"]


class Work(Struct, frozen=True):
    """One activity of a draft: its stage, its wished name, what tells it from one that is alike, and its lines.

    `machine` holds the lines of the machine that it runs on, without its site; it is empty where the log names none. `place`
    is None where the activity says itself where it takes place. `printed` are figures of it by the tool itself, with paths
    that begin at the activity.
    """

    stage: str
    wish: str
    identity: tuple[str, ...]
    lines: tuple[str, ...]
    place: Place | None = None
    machine: tuple[str, ...] = ()
    machine_name: str = "node"
    printed: tuple[Printed, ...] = ()


class Seen(Struct, frozen=True):
    """What logs hold: a few words on it, and the month of the first run.

    `names` is what they call the project, the most common first, and how many runs each; `currency` that of a bill; `printed`
    are figures of the whole.
    """

    summary: str
    start: str
    names: Sequence[tuple[str, int]] = ()
    currency: str = ""
    printed: Sequence[Printed] = ()


def descriptor_lines(works: Iterable[Work], seen: Seen, otherwise: str, no_machine: str) -> list[str]:
    """Return the lines of a descriptor from its first key on.

    Args:
        works: its activities.
        seen: what the log holds.
        otherwise: the project's name where the log has none.
        no_machine: what is said where the log names no machine.
    """
    sites, machines, activities, stated = Names(), Names(), Names(), Names()
    names = seen.names
    for one in seen.printed:
        stated.of(one.figure, one.lines_of(one.figure))
    stages: dict[str, list[str]] = {}
    for work in works:
        where: list[str] = []
        if work.place is not None:
            site = sites.of(work.place.name, list(work.place.lines), work.place.remarks)
            on = machines.of(work.machine_name, [f"site: {site}", *work.machine]) if work.machine else ""
            where = [*([f"on: {on}"] if on else []), f"site: {site}"]
        name = activities.of(work.wish, [work.stage, *work.identity])  # two runs may be alike and are two
        stages.setdefault(work.stage, []).extend([f"  {name}:", *(f"    {line}" for line in (*where, *work.lines))])
        for one in work.printed:
            stated.of(f"{name} {one.figure}", one.lines_of(f"{work.stage}.{name}.{one.figure}"))
    return [
        "descriptor: 1",
        "project:",
        f"  name: {quoted(names[0][0] if names else otherwise)}",
        *(f"  {line}" for line in _other_names(names)),
        f"  start: {seen.start}",
        "  # applicant: who answers for these figures",
        *([f"money: {{currency: {seen.currency}}}"] if seen.currency else []),
        *(["sites:", *sites.lines()] if sites.made else []),
        *(["machines:", *machines.lines()] if machines.made else [f"# {no_machine}"]),
        *(line for stage, said in _STAGES.items() if stage in stages for line in (f"{stage}:{said}", *stages[stage])),
        *(
            ["stated_results:  # printed by the tool, recomputed here, never counted", *stated.lines()]
            if stated.made
            else []
        ),
    ]


def head_lines(
    tool: str, seen: str, told: Iterable[str], files: Sequence[str], warnings: Sequence[Problem]
) -> Iterator[str]:
    """Yield the comments that a draft begins with: what it is made of, what a log of the tool cannot know, and its doubts."""
    yield f"# Draft from {plain(', '.join(files))}, the log of {plain(tool)}: {seen}."
    yield from told
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


class Told(Struct, frozen=True):
    """What the drafts of one tool's logs say whatever these hold: its name, its comments, and what stands for what is not named."""

    tool: str
    lines: tuple[str, ...]
    no_machine: str = "machines: the log names none; describe it, for its manufacture"


def draft_of(told: Told, works: Sequence[Work], logs: Sequence[Log], seen: Seen, notes: Iterable[Problem]) -> Draft:
    """Return the draft of pieces of work."""
    warnings = gathered(notes)
    files = [log.name for log in logs]
    holds = f"{seen.summary}, {counted(len(works), 'activity', 'activities')}"
    lines = [
        *head_lines(told.tool, holds, told.lines, files, warnings),
        *descriptor_lines(works, seen, f"{told.tool} log", told.no_machine),
    ]
    held = f"{seen.summary}, {counted(len(warnings), 'warning')}" if warnings else seen.summary
    return Draft("\n".join(lines) + "\n", held, warnings)


def provenance(tool: str, log: Log, rows: str) -> str:
    """Return where a figure stands: the tool, the file with the hash of its content, and its rows."""
    return f"{tool}, {log.name} (sha256 {log.sha256[:16]}), {rows}"


def measured(value: str, source: str, evidence: str = "measured") -> str:
    """Return a quantity of a log as a map with its evidence and source."""
    return f"{{value: {value}, evidence: {evidence}, source: {quoted(source)}}}"


def measured_by_line(tool: str, version: str = "", own: Decimal | None = None) -> str:
    """Return which tool measured an energy, and what that prints of its emissions, in kilograms; never counted."""
    parts = [f"tool: {tool.casefold()}"]
    parts += [f"version: {quoted(version)}"] if version else []
    parts += [f"gwp100: {number(own)} kgCO2e"] if own is not None else []
    return f"measured_by: {{{', '.join(parts)}}}"


def period_line(began: datetime.date, ended: datetime.date) -> str:
    """Return when an activity took place."""
    return f"period: {{start: {began:%Y-%m-%d}, end: {ended:%Y-%m-%d}}}"


def descriptor_start(dates: Iterable[datetime.date], place: Location, notes: list[Problem]) -> str:
    """Return the month that a project begins with: that of its first run, noting where no run says when it was."""
    first = min(dates, default=None)
    if first is None:
        message = "no run says when it was: 2020-01 stands for it"
        notes.append(Problem(place, "LCA613", message, "state the `start` of the project: it chooses the electricity"))
        return "2020-01"
    return f"{first:%Y-%m}"
