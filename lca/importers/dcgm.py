"""DCGM: samples of its exporter, as Prometheus text with times or as a table of a range of them, become a draft.

Fields by its list (`DCGM_FI_DEV_…`): `POWER_USAGE` is watts, `TOTAL_ENERGY_CONSUMPTION` a counter of millijoules since the driver
was loaded. The counter is taken where both are there: it misses nothing between samples.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from lca.importers.draft_text import short
from lca.importers.drafted import Told
from lca.importers.importer import Draft, Importer, Log
from lca.importers.logged_layout import Layout
from lca.importers.logged_table import MOST_LOOKED_FOR
from lca.importers.other_logs import other_tool
from lca.importers.power_samples import Series
from lca.importers.sampled_draft import MAXIMUM_BYTES, draft_of_samples
from lca.importers.sampled_table import Sampled, series_of
from lca.problems import Location, Problem, ProblemsFound

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook

POWER, COUNTER = "DCGM_FI_DEV_POWER_USAGE", "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION"
_MILLI = 1e-3
#: What says of a log which tool wrote it stands in so many bytes.
_FIRST = 16_000
_LINE = re.compile(r"(DCGM_FI_\w+)\{([^}\n]*)\}[ \t]+(\S+)(?:[ \t]+(-?\d{1,15}))?[ \t]*")
_LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')
_WRITES = "its exporter writes Prometheus text: keep the time of each scrape behind the value, in milliseconds"
_TOLD = Told(
    "DCGM",
    (
        "# Read each line, correct it, and answer for it under `applicant`. The energy is that of the accelerators, by their own",
        "# sensors, between the first sample and the last; what the log cannot know: processors, memory, host and losses of the",
        "# power supply, where the machine stands, which work it was, data, storage, use.",
    ),
)


def _series(text: bytes, log: Log, notes: list[Problem], problems: list[Problem]) -> Sequence[Series]:
    first = text[:_FIRST].decode("utf-8", "replace").split("\n")
    head = next((line for line in first if line.strip() and not line.startswith("#")), "")
    if "{" not in head and (POWER in head or COUNTER in head):
        value = COUNTER if COUNTER in head else POWER
        keys, names = ("UUID", "gpu", "device"), ("modelName", "name")
        layout = Layout("DCGM", ("timestamp", value), keys, _WRITES)
        scale = _MILLI if value == COUNTER else 1.0
        sampled = Sampled(layout, "timestamp", value, keys, names, scale, value == COUNTER)
        return series_of(text, log, sampled, notes, problems)
    return list(_exposed(text, log, problems))


def _exposed(text: bytes, log: Log, problems: list[Problem]) -> Iterator[Series]:
    """Yield the samples of Prometheus text by accelerator: those of the counter, of the power where there is none.

    Raises:
        ProblemsFound: no line is one of a field of power or energy.
    """
    read: dict[tuple[str, str], tuple[list[int], list[int], list[float]]] = {}
    for number, raw in enumerate(io.BytesIO(text), start=1):
        line = raw.decode().rstrip("\r\n")
        found = _LINE.fullmatch(line)
        if found is None:
            if line.strip() and not line.startswith("#") and (wrong := _wrong_line(line, number, log)):
                problems.append(wrong)
        elif found[1] in (POWER, COUNTER):
            sample = _sample(found, number, log, problems)
            if sample is not None:
                lines, times, values = read.setdefault((found[1], found[2]), ([], [], []))
                lines.append(number)
                times.append(sample[0])
                values.append(sample[1])
        if len(problems) >= MOST_LOOKED_FOR:
            break
    if not read and not problems:
        place = Location(log.file, 1, 1)
        message = f"no sample of `{POWER}` or `{COUNTER}` is in the log"
        first = text[:_FIRST].decode("utf-8", "replace")
        raise ProblemsFound([other_tool(first, "DCGM", place) or Problem(place, "LCA202", message, _WRITES)])
    counted = {_label(labels) for field, labels in read if field == COUNTER}
    for (field, labels), (lines, times, values) in read.items():
        if field == POWER and _label(labels) in counted:
            continue
        known = dict(_LABEL.findall(labels))
        scale = _MILLI if field == COUNTER else 1.0
        yield Series(
            _label(labels),
            known.get("modelName", ""),
            np.array(lines, np.int32),
            np.array(times, np.int64) * 1000,
            np.array(values, float) * scale,
            field == COUNTER,
        )


def _label(labels: str) -> str:
    """Return what tells an accelerator of labels from others: its own identifier, or the host and its number."""
    known = dict(_LABEL.findall(labels))
    return known.get("UUID") or f"{known.get('Hostname', '')} gpu {known.get('gpu', '')}".strip()


def _wrong_line(line: str, number: int, log: Log) -> Problem | None:
    if not line.startswith("DCGM_FI_"):
        return None  # metrics of other exporters stand in one text with these
    message = "the line is no sample: a name, labels in braces, a value and a time"
    return Problem(Location(log.file, number, 1), "LCA205", message, "is the file cut off?")


def _sample(found: re.Match[str], number: int, log: Log, problems: list[Problem]) -> tuple[int, float] | None:
    """Return the time and value of a sample, noting what is none."""
    name, _, text, time = found.groups()
    try:
        value = float(text)
    except ValueError:
        message, code = f"{name}: `{short(text)}` is not a number", "LCA301"
    else:
        if not np.isfinite(value):
            message, code = f"{name}: the number must be finite, and real", "LCA304"
        elif value < 0:
            message, code = f"{name} must be at least 0, not {value:g}", "LCA304"
        elif time is None:
            message, code = f"{name}: the sample has no time", "LCA405"
        else:
            return int(time), value
    column = found.start(3) if code != "LCA405" else found.end(3)
    hint = _WRITES if code == "LCA405" else "DCGM writes it as `60.12`"
    problems.append(Problem(Location(log.file, number, column + 1), code, message, hint))
    return None


def _read(logs: Sequence[Log], book: FactorBook) -> Draft:
    return draft_of_samples(_TOLD, _series, logs, book)


IMPORTER = Importer(MAXIMUM_BYTES, _read)
