"""carbontracker: the text log of its runs (`…_carbontracker_output.log`) becomes a draft.

Blocks `Actual consumption for N epoch(s)` hold `Time`, `Energy` in kWh with a PUE within it (1.58 in version 2.4, 1.55 in 1.2), and
`CO2eq` in grams; a later block of a run holds the earlier one too. Predictions are no consumption. A processor that is named as
`cpu:0` was read by a sensor; one that bears the name of a model was taken at half of its thermal design power.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from lca.importers.draft_text import short
from lca.importers.drafted import Told
from lca.importers.gathering import without_copies
from lca.importers.importer import Draft, Importer, Log
from lca.importers.logged_table import text_of, without_nul
from lca.importers.logged_work import LoggedWork, draft_of_works
from lca.importers.other_logs import other_tool
from lca.problems import Location, Problem, ProblemsFound

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook

_TOLD = Told(
    "carbontracker",
    (
        "# Read each line, correct it, and answer for it under `applicant`. carbontracker reads the sensors of accelerators, and",
        "# of processors where it finds any; others it takes at half of their thermal design power. It multiplies by a mean PUE,",
        "# which stands in its other log: state the `pue` of the site. What the log cannot know: memory and host, earlier and",
        "# failed runs, data, storage, use.",
    ),
)
_BEGINS = re.compile(r"The following components were found: (.*)")
_GPUS = re.compile(r"GPU with device\(s\) (.+?)(?:\.(?=\s|$)|$)")
_CPUS = re.compile(r"CPU with device\(s\) (.+?)\.(?=\s|$)")
#: How a processor with a sensor is named: by its domain (`cpu:0`, `dram:0`), or without a name.
_SENSOR = re.compile(r"(?:cpu|dram|package-?)\W?\d*", re.IGNORECASE)
#: What the tool adds to the name that was given to a file: the process, and when it began.
_ADDED = re.compile(r"(?:^|_)\d+(?:\.\d+)?_\d{4}-\d\d-\d\dT\d+Z$")
_PLACE = re.compile(r"at detected location: (.+?)\.?\s*$")
_DAY = re.compile(r"^(\d{4}-\d\d-\d\d)[ T]\d\d:\d\d")
_ACTUAL = re.compile(r"Actual consumption(?: for (\d+) epoch)?")
_VALUE = re.compile(r"\s*(Time|Energy|CO2eq):\s*(.*?)\s*")
_TIME = re.compile(r"(?:(\d{1,5}) days?, )?(\d{1,6}):(\d\d):(\d\d(?:\.\d+)?)")
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?(?:[eE][-+]?\d{1,3})?) (kWh|Wh|g|kg)")
_IN_UNITS = {"kWh": Decimal(1), "Wh": Decimal("0.001"), "g": Decimal("0.001"), "kg": Decimal(1)}


class _Run:
    """What the lines of one run said so far."""

    def __init__(self) -> None:
        self.gpus: tuple[tuple[int, str], ...] = ()
        self.modelled_cpu = ""
        self.country, self.day = "", ""
        self.epochs, self.line, self.in_block = "", 0, False
        self.seconds: Decimal | None = None
        self.energy: Decimal | None = None
        self.own: Decimal | None = None


def _read(logs: Sequence[Log], book: FactorBook) -> Draft:
    notes: list[Problem] = []
    problems: list[Problem] = []
    given = list(without_copies(logs, notes))
    works: list[LoggedWork] = []
    for log in given:
        try:
            text = text_of(log, notes)
            if damaged := list(without_nul(text, log)):
                raise ProblemsFound(damaged)
            before = len(problems)
            runs = [run for run in _runs(text, log, problems) if run.line]
            if len(problems) == before:
                problems += (_cut_off(log, run) for run in runs if run.energy is None)
            works += (_work(log, run) for run in runs)
            if not runs:
                place = Location(log.file, 1, 1)
                hint = "carbontracker writes it into `..._carbontracker_output.log`, as a run ends"
                missing = Problem(place, "LCA202", "the log holds no actual consumption", hint)
                own = "carbontracker" in text.casefold()
                raise ProblemsFound([(None if own else other_tool(text, "carbontracker", place)) or missing])
        except ProblemsFound as error:
            problems += error.problems
    if problems:
        raise ProblemsFound(problems)
    return draft_of_works(_TOLD, works, given, book, notes)


def _runs(text: str, log: Log, problems: list[Problem]) -> Iterator[_Run]:
    """Yield the runs of a log, each with its last block of actual consumption."""
    run = _Run()
    for number, line in enumerate(text.split("\n"), start=1):
        if begins := _BEGINS.search(line):
            yield run
            run = _Run()
            names = _GPUS.search(begins[1])
            devices = [name.strip() for name in names[1].split(",")] if names else []
            run.gpus = tuple((devices.count(name), name) for name in dict.fromkeys(devices))
            cpu = _CPUS.search(begins[1])
            run.modelled_cpu = cpu[1] if cpu and not all(map(_SENSOR.fullmatch, cpu[1].split(", "))) else ""
        if day := _DAY.match(line):
            run.day = day[1]
        if place := _PLACE.search(line):
            run.country = place[1].rpartition(",")[2].strip()
        if actual := _ACTUAL.search(line):
            run.in_block, run.epochs, run.line = True, actual[1] or "", number
            run.seconds = run.energy = run.own = None
        elif "Predicted consumption" in line:
            run.in_block = False
        elif run.in_block and (value := _VALUE.fullmatch(line.rstrip("\r"))):
            _take(run, value, Location(log.file, number, value.start(2) + 1), problems)
    yield run


def _cut_off(log: Log, run: _Run) -> Problem:
    message = "the actual consumption of this run has no `Energy`"
    return Problem(Location(log.file, run.line, 1), "LCA205", message, "is the file cut off?")


def _take(run: _Run, value: re.Match[str], place: Location, problems: list[Problem]) -> None:
    """Note one value of a block, or that it is none."""
    name, text = value[1], value[2]
    time, amount = _TIME.fullmatch(text), _AMOUNT.fullmatch(text)
    if name == "Time" and time:
        days, hours, minutes, seconds = (Decimal(part or 0) for part in time.groups())
        run.seconds = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    elif name == "Energy" and amount and amount[2].endswith("Wh"):
        run.energy = Decimal(amount[1]) * _IN_UNITS[amount[2]]
    elif name == "CO2eq" and amount and amount[2].endswith("g"):
        run.own = Decimal(amount[1]) * _IN_UNITS[amount[2]]
    else:
        hint = "carbontracker writes `Time: 1:02:03`, `Energy: 0.123 kWh` and `CO2eq: 12.3 g`"
        code = "LCA304" if text.startswith("-") or text.casefold().startswith(("nan", "inf")) else "LCA301"
        problems.append(Problem(place, code, f"{name}: `{short(text)}` cannot be read", hint))


def _work(log: Log, run: _Run) -> LoggedWork:
    began = None
    if run.day:
        try:
            began = datetime.date.fromisoformat(run.day)
        except ValueError:
            began = None
    evidence, how = "measured", "sensors of accelerators and processors"
    if run.modelled_cpu:
        evidence = "estimated" if run.gpus else "proxy"
        how = f"{'accelerators by sensors, ' if run.gpus else ''}the processor at half of its thermal design power"
    return LoggedWork(
        log,
        Location(log.file, run.line, 1),
        f"line {run.line}",
        _ADDED.sub("", log.name.removesuffix(".log").removesuffix("_carbontracker_output")) or "run",
        run.energy or Decimal(0),
        run.seconds or None,
        evidence,
        f"{how}, times a mean PUE{f'; {run.epochs} epochs' if run.epochs else ''}",
        began=began,
        by="carbontracker",
        own=run.own,
        gpus=run.gpus,
        cpu=run.modelled_cpu,
        country=run.country,
        lines=("energy_includes_pue: true",),
    )


IMPORTER = Importer(50_000_000, _read)
