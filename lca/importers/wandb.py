"""Weights & Biases: its runs as CSV become a draft with a training a run, its samples of accelerators' power one with their energy.

The table of runs that the interface exports has `Name,State,Notes,User,Tags,Created,Runtime,Sweep` in quotes, `Runtime` in seconds,
and then the configuration and the last value of each metric. Samples are those of `run.history(stream="events")` as CSV:
`_timestamp` in seconds since 1970, and a column of watts for each accelerator, `system.gpu.0.powerWatts`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lca.importers.drafted import Told
from lca.importers.importer import Draft, Importer, Log
from lca.importers.logged_cells import Cells
from lca.importers.logged_layout import Layout
from lca.importers.logged_table import Row
from lca.importers.power_samples import Series
from lca.importers.runs_table import TrackedRun, draft_of_runs, energy_of
from lca.importers.sampled_draft import MAXIMUM_BYTES, draft_of_samples
from lca.importers.sampled_table import Sampled, head_of, series_of
from lca.problems import Location, Problem, ProblemsFound

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook

_RUNS = Layout(
    "Weights & Biases",
    ("Name", "State", "Created", "Runtime"),
    ("GPU Type", "GPU Count"),
    "the table of runs exports `Name,State,Notes,User,Tags,Created,Runtime`",
)
_SAMPLES = '`run.history(stream="events").to_csv()` writes `_timestamp` and `system.gpu.0.powerWatts`'
_WATTS = re.compile(r"(?:system[./])?gpu\.(\d+)\.powerWatts")
_OF_RUNS = Told(
    "Weights & Biases",
    (
        "# Read each line, correct it, and answer for it under `applicant`. Runs that finished are trainings, until you say which",
        "# were trials; those that failed, crashed or were killed are experiments. What the table cannot know: where the machine",
        "# stands, and which one it is unless it says so; runs that nobody tracked, data, storage, use.",
    ),
)
_OF_SAMPLES = Told(
    "wandb",
    (
        "# Read each line, correct it, and answer for it under `applicant`. The energy is that of the accelerators, by their own",
        "# sensors, between the first sample and the last, as Weights & Biases kept them; what it cannot know: processors, memory,",
        "# host and losses of the power supply, where the machine stands, data, storage, use.",
    ),
)


def _is_samples(log: Log) -> bool:
    return b"powerWatts" in log.content[:100_000].partition(b"\n")[0]


def _read(logs: Sequence[Log], book: FactorBook) -> Draft:
    """Return the draft of tables of runs, or of samples.

    Raises:
        ProblemsFound: something cannot be read, or the logs are of both kinds.
    """
    samples = [log for log in logs if _is_samples(log)]
    if not samples:
        return draft_of_runs(_OF_RUNS, lambda _: (_RUNS, _run), logs, book)
    if others := [log for log in logs if log not in samples]:
        message = "the file is a table of runs, and another one holds samples of power"
        hint = "import them one by one, and give each run the energy of its samples"
        raise ProblemsFound([Problem(Location(others[0].file, 1, 1), "LCA402", message, hint)])
    return draft_of_samples(_OF_SAMPLES, _series, logs, book)


def _run(log: Log, row: Row, problems: list[Problem]) -> TrackedRun | None:
    before, cells = len(problems), Cells(row, problems, "Weights & Biases")
    seconds, began = cells.unless_empty("Runtime"), cells.time("Created")
    energy, count = energy_of(cells), cells.optional("GPU Count")
    if len(problems) > before:
        return None
    gpus = (int(count or 1), row.cell("GPU Type")) if row.cell("GPU Type") else (0, "")
    return TrackedRun(log, row, row.cell("Name"), row.cell("State"), began, seconds, energy, gpus)


def _series(text: bytes, log: Log, notes: list[Problem], problems: list[Problem]) -> Sequence[Series]:
    """Return the samples of each accelerator, whose watts stand in a column of their own."""
    head = head_of(text)
    columns = [cell.strip(' "\r\ufeff') for cell in re.split("[,;\t]", head)]
    found: list[Series] = []
    for column in filter(_WATTS.fullmatch, columns):
        layout = Layout("Weights & Biases", ("_timestamp", column), (), _SAMPLES)
        told: list[Problem] = []
        sampled = Sampled(layout, "_timestamp", column, (), ())
        found += [replace(one, key=column) for one in series_of(text, log, sampled, told, problems)]
        notes += told if not found[1:] else [note for note in told if column in note.message]
    return found


IMPORTER = Importer(MAXIMUM_BYTES, _read)
