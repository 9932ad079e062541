"""BoAmps: reports of energy by its form 1.1.0, and by CodeCarbon's `0.1` of the same shape, become a draft.

Fields by its schemas: `measures[].powerConsumption` is an energy in kWh in spite of its name, `measurementDuration` in seconds,
`infrastructure.components[]` with `componentType`, `componentName`, `nbComponent` and `memorySize` in GB. CodeCarbon writes half of
the threads as the number of processors, so that their number is asked for.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lca.descriptor.document import Document, read_document
from lca.importers.draft_text import letters, quoted, short
from lca.importers.drafted import Told
from lca.importers.gathering import without_copies
from lca.importers.importer import Draft, Importer, Log
from lca.importers.logged_cells import LARGEST, LAST_YEAR
from lca.importers.logged_table import text_of, without_nul
from lca.importers.logged_work import LoggedWork, draft_of_works
from lca.importers.other_logs import other_tool
from lca.problems import Location, Problem, ProblemsFound

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook

_TOLD = Told(
    "BoAmps",
    (
        "# Read each line, correct it, and answer for it under `applicant`. The energy is taken as that at the plug, without PUE,",
        "# but for carbontracker's, which holds one. What a report cannot know: earlier and failed runs, data, storage, and what",
        "# it does not name of the machine.",
    ),
)
#: What becomes of a task, by the words of its stage; others are experiments, with the stage as the reason.
_STAGES = {"training": "training", "retraining": "training", "finetuning": "training", "inference": "inference"}
#: Methods that read a sensor; others compute, or model a part.
_SENSORS = re.compile(r"watt-?meter|nvml|nvidia-smi|dcgm|rapl|ipmi|zeus|scaphandre|pdu", re.IGNORECASE)
_WITH_PUE = "carbontracker"
#: The version that CodeCarbon gives its reports of the same shape.
_OF_CODECARBON = "0.1"
#: What stands where the form requires a word and nobody has one.
_SAYS_NOTHING = ("unspecified", "other")
#: Tools whose name a method may be, as a descriptor names them.
_TOOLS = ("codecarbon", "carbontracker", "eco2ai", "zeus", "nvidia-smi", "dcgm", "slurm", "wandb")
Path = tuple[str, ...]


class _Report:
    """One report, with where its values stand and what is wrong with them.

    `root` is where it stands in the document, and `before` how many lines that has before the file's own.
    """

    def __init__(self, document: Document, problems: list[Problem], root: Path = (), before: int = 0) -> None:
        self.document, self.problems, self.root, self.before = document, problems, root, before

    def at(self, path: Path) -> Location:
        """Return where a value stands in the file."""
        place = self.document.at((*self.root, *path))
        return Location(place.file, place.line - self.before, place.column)

    def get(self, path: Path) -> Any:
        """Return what stands at a path, None where nothing does."""
        found: Any = self.document.data
        for key in (*self.root, *path):
            if isinstance(found, Mapping):
                found = found.get(key)
            elif isinstance(found, list) and key.isdecimal() and int(key) < len(found):
                found = found[int(key)]
            else:
                return None
        return found

    def text(self, *path: str) -> str:
        """Return a text, empty where there is none."""
        found = self.get(path)
        return found if isinstance(found, str) else str(found) if isinstance(found, int | float) else ""

    def items(self, *path: str) -> int:
        """Return how many items a list has."""
        found = self.get(path)
        return len(found) if isinstance(found, list) else 0

    def number(self, *path: str) -> Decimal | None:
        """Return a number of at least 0, None where there is none, noting what is none."""
        found = self.get(path)
        if found is None:
            return None
        place, name = self.at(path), path[-1]
        if isinstance(found, bool) or not isinstance(found, int | float):
            hint = "write it without quotation marks and unit, as in `0.0325`"
            self.problems.append(Problem(place, "LCA301", f"{name}: `{short(str(found))}` is not a number", hint))
        elif found != found or abs(found) > LARGEST:
            self.problems.append(Problem(place, "LCA304", f"{name}: the number must be finite, and real"))
        elif found < 0:
            self.problems.append(Problem(place, "LCA304", f"{name} must be at least 0, not {found:g}"))
        else:
            written = self.document.written((*self.root, *path), found) if isinstance(found, float) else found
            return Decimal(written)
        return None


def _read(logs: Sequence[Log], book: FactorBook) -> Draft:
    notes: list[Problem] = []
    problems: list[Problem] = []
    given = list(without_copies(logs, notes))
    runs: list[LoggedWork] = []
    for log in given:
        try:
            text = text_of(log, notes)
            if damaged := list(without_nul(text, log)):
                raise ProblemsFound(damaged)
            for report in _reports(text, log, problems):
                runs += _runs(log, report, notes)
        except ProblemsFound as error:
            problems += error.problems
    if problems:
        raise ProblemsFound(problems)
    return draft_of_works(_TOLD, runs, given, book, notes)


def _reports(text: str, log: Log, problems: list[Problem]) -> Iterator[_Report]:
    """Yield the reports of a file, which holds one or a list of them.

    Raises:
        ProblemsFound: it is no JSON, or holds no report.
    """
    try:
        found = json.loads(text.removeprefix("\ufeff")) if text.strip("\ufeff \r\n\t") else {}
    except ValueError as error:
        place = Location(log.file, getattr(error, "lineno", 1), getattr(error, "colno", 1))
        message = "the text is no JSON from here on"
        raise ProblemsFound([Problem(place, "LCA205", message, "is the file cut off?")]) from None
    several = isinstance(found, list)
    whole = f'{{"reports":\n{text}}}' if several else text  # a document is a map
    document = read_document(whole, log.file, '{"header": {"formatVersion": "1.1.0"}, ...}')
    for index, data in enumerate(found if several else [found]):
        report = _Report(document, problems, *((("reports", str(index)), 1) if several else ()))
        if not (isinstance(data, dict) and {"measures", "task"} & data.keys()):
            message = "the file holds neither `task` nor `measures`"
            missing = Problem(report.at(()), "LCA202", message, "is it the right file?")
            raise ProblemsFound([other_tool(text, "BoAmps", Location(log.file, 1, 1)) or missing])
        yield report


def _runs(log: Log, report: _Report, notes: list[Problem]) -> Iterator[LoggedWork]:
    """Yield the task of a report with its first measure; further ones are said to be other views of the same work."""
    before, measure = len(report.problems), ("measures", "0")
    where = report.at((*measure, "powerConsumption"))
    if report.get((*measure, "powerConsumption")) is None:
        message = "the report holds no energy: `measures` has no `powerConsumption`"
        report.problems.append(Problem(where, "LCA202", message, "in kWh, as in `0.0325`"))
        return
    if report.items("measures") > 1:
        message = f"the report holds {report.items('measures')} measures of one task; the first is counted"
        notes.append(Problem(where, "LCA607", message, "add them up where each saw another part of the machine"))
    energy, seconds = report.number(*measure, "powerConsumption"), report.number(*measure, "measurementDuration")
    requests, accuracy = report.number("task", "nbRequest"), report.number("task", "measuredAccuracy")
    method = report.text(*measure, "measurementMethod")
    stage_text = report.text("task", "taskStage")
    stage = _STAGES.get(letters(stage_text), "experiments")
    if stage == "inference" and not (requests and seconds):
        stage = "experiments"
        message = "an inference without `nbRequest` and `measurementDuration` is taken for an experiment"
        notes.append(Problem(report.at(("task",)), "LCA613", message, "state how many requests it answered"))
    gpus, cpu, memory = _components(report)
    if len(report.problems) > before or energy is None:
        return
    began, ended = _period(report, seconds, notes)
    sensors = bool(
        _SENSORS.search(" ".join((method, *(report.text(*measure, f"{p}TrackingMode") for p in ("gpu", "cpu")))))
    )
    constant = any("constant" in report.text(*measure, f"{part}TrackingMode").casefold() for part in ("gpu", "cpu"))
    yield LoggedWork(
        log,
        where,
        f"line {where.line}",
        next(filter(None, _names(report)), "task"),
        energy,
        seconds or None,
        "measured" if sensors and not constant else "estimated",
        f"{method or 'an unnamed method'} {report.text(*measure, 'version')}".strip(),
        stage,
        began,
        ended,
        gpus=gpus,
        by=_tool(method) if stage != "inference" else "",
        version=report.text(*measure, "version"),
        cpu=cpu,
        memory=memory,
        country=report.text("environment", "country"),
        requests=requests if stage == "inference" else None,
        lines=tuple(_lines(report, stage, stage_text, method, accuracy)),
        logged=tuple(_logged(report)),
    )


def _tool(method: str) -> str:
    """Return the tool that a method names, empty where it names none that a descriptor knows."""
    return next((tool for tool in _TOOLS if letters(tool) in letters(method)), "")


def _names(report: _Report) -> Iterator[str]:
    """Yield what a task may be called by; a word that says nothing is none."""
    for path in (
        ("header", "publisher", "projectName"),
        ("task", "taskFamily"),
        ("task", "algorithms", "0", "algorithmName"),
    ):
        name = report.text(*path)
        yield "" if name.casefold() in _SAYS_NOTHING else name


def _lines(report: _Report, stage: str, stage_text: str, method: str, accuracy: Decimal | None) -> Iterator[str]:
    if letters(stage_text) == "finetuning":
        yield "kind: fine-tuning"
    if stage == "experiments":
        yield f"reason: {quoted(stage_text or 'the report names no stage')}"
    if _WITH_PUE in method.casefold():
        yield "energy_includes_pue: true"
    if accuracy is not None and stage == "training" and accuracy <= 1:
        task = (
            re.sub(r"[^a-z0-9]+", "-", report.text("task", "taskFamily").casefold()).strip("-")[:60].strip("-")
            or "task"
        )
        yield f"quality: {{task: {quoted(task)}, metric: accuracy, value: {accuracy:f}}}"


def _components(report: _Report) -> tuple[tuple[tuple[int, str], ...], str, Decimal | None]:
    """Return the accelerators, the processor and the memory of a report."""
    gpus, cpu, memory = [], "", Decimal(0)
    for index in range(report.items("infrastructure", "components")):
        path = ("infrastructure", "components", str(index))
        kind, name = report.text(*path, "componentType").casefold(), report.text(*path, "componentName")
        count, size = report.number(*path, "nbComponent"), report.number(*path, "memorySize")
        if kind == "gpu" and name:
            gpus.append((int(count or 1), re.sub(r"^\d+ x ", "", name)))
        elif kind == "cpu":
            cpu = cpu or name
        elif kind in ("ram", "memory"):
            memory += (size or Decimal(0)) * (count or 1)
    return tuple(gpus), cpu, memory or None


def _period(
    report: _Report, seconds: Decimal | None, notes: list[Problem]
) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the days that a measurement began and ended: by its form the date is the beginning, in CodeCarbon's the end."""
    when, took = _date(report, notes), datetime.timedelta(seconds=min(float(seconds or 0), 1e9))
    if when is None:
        return None, None
    if report.text("header", "formatVersion") == _OF_CODECARBON:
        return (when - took).date(), when.date()
    return when.date(), (when + took).date()


def _date(report: _Report, notes: list[Problem]) -> datetime.datetime | None:
    for path in (("measures", "0", "measurementDateTime"), ("header", "reportDatetime")):
        text = report.text(*path)
        if text:
            try:
                found = datetime.datetime.fromisoformat(text)
                if not 2000 <= found.year <= LAST_YEAR:
                    raise ValueError("no year of a report")
                return found
            except ValueError:
                message = f"{path[-1]}: `{short(text)}` is not a date"
                notes.append(Problem(report.at(path), "LCA613", message, "as in `2025-05-06 10:00:00`"))
    return None


def _logged(report: _Report) -> Iterator[str]:
    """Yield what a report says besides, as comments; the people who published it are not copied."""
    paths: tuple[Path, ...] = (
        *(("header", name) for name in ("formatVersion", "reportId")),
        *(("task", name) for name in ("taskStage", "taskFamily", "nbRequest", "taskDescription")),
        *(("task", "algorithms", "0", name) for name in ("algorithmName", "foundationModelName", "parametersNumber")),
        *(("infrastructure", name) for name in ("infraType", "cloudProvider", "cloudInstance")),
        *(("environment", name) for name in ("location", "powerSourceCarbonIntensity")),
        ("quality",),
    )
    for path in paths:
        if text := report.text(*path):
            yield f"{path[-1]} {text}"


IMPORTER = Importer(5_000_000, _read)
