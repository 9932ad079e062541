"""eco2AI: its table of runs (`emission.csv`) becomes a draft.

Columns of version 0.3.12: `duration(s)`, `power_consumption(kWh)` (an energy, in spite of its name), `CO2_emissions(kg)`, names of
processors as `NAME/N device(s), TDP:W`, `region/country` (in brackets where a factor of electricity was stated), and an epoch where
it was asked for one: then each row is the energy of one epoch, and those of one run have one id.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lca.importers.draft_text import number
from lca.importers.drafted import Told
from lca.importers.importer import Draft, Importer, Log
from lca.importers.logged_cells import Cells
from lca.importers.logged_layout import Layout
from lca.importers.logged_table import Row
from lca.importers.logged_work import LoggedWork, draft_of_table
from lca.problems import Problem

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook

_ENERGY, _CARBON = "power_consumption(kWh)", "CO2_emissions(kg)"
_LAYOUT = Layout(
    "eco2AI",
    ("start_time", "duration(s)", _ENERGY),
    (
        "id",
        "project_name",
        "experiment_description",
        "epoch",
        _CARBON,
        "CPU_name",
        "GPU_name",
        "OS",
        "region/country",
        "cost",
    ),
    "eco2AI writes `emission.csv`",
)
_TOLD = Told(
    "eco2AI",
    (
        "# Read each line, correct it, and answer for it under `applicant`. eco2AI reads the sensors of accelerators, and models",
        "# processor and memory by what the process itself used of them. A PUE that it was given is within the energy, and the log",
        "# does not say it: then add `energy_includes_pue: true`. What the log cannot know: earlier and failed runs, data,",
        "# storage, use.",
    ),
)
#: Watts below which no computer works.
_LEAST_WATTS = 0.5
_DEVICES = re.compile(r"(.*?)\s*/?\s*(\d+)\s+device\(s\).*")


def _read(logs: Sequence[Log], book: FactorBook) -> Draft:
    return draft_of_table(_TOLD, _LAYOUT, _run, logs, book, _doubts)


def _doubts(runs: Sequence[LoggedWork]) -> Iterator[Problem]:
    """Yield the runs whose power no computer has: epochs are sampled once, and the sample may have missed the work."""
    for run in runs:
        if run.seconds and 0 < (watts := float(run.energy * 3_600_000 / run.seconds)) < _LEAST_WATTS:
            message = (
                f"{number(run.energy)} kWh in {number(run.seconds)} s are {watts:.4g} W, less than any computer draws"
            )
            hint = "the tool counts the process alone, and of an epoch one moment: measure the whole run in another way"
            yield Problem(run.where, "LCA607", message, hint)


def devices(text: str) -> tuple[int, str]:
    """Return how many processors a text such as `NVIDIA A100/2 device(s), TDP:250.0` names, and their name; 0 for none."""
    found = _DEVICES.fullmatch(text)
    if found is None:
        return (1, text) if text else (0, "")
    return int(found[2]), found[1].strip(" /")


def place_of(text: str) -> tuple[str, str]:
    """Return the country and the region of a text in which either may stand first: the country is a code of capitals."""
    parts = [part.strip() for part in text.strip("()").split("/") if part.strip()]
    country = next((part for part in parts if re.fullmatch("[A-Z]{2,3}", part)), parts[-1] if parts else "")
    return country, next((part for part in parts if part != country), "")


def _run(log: Log, row: Row, problems: list[Problem]) -> Iterator[LoggedWork]:
    before, cells = len(problems), Cells(row, problems, "eco2AI")
    energy, seconds, began = cells.number(_ENERGY), cells.number("duration(s)"), cells.time("start_time")
    own = cells.optional(_CARBON)
    if len(problems) > before or energy is None or seconds is None or began is None:
        return
    count, gpu = devices(row.cell("GPU_name"))
    country, region = place_of(row.cell("region/country"))
    logged = [
        f"{name} {row.cell(name)}"
        for name in row.columns
        if name and row.cell(name) and name not in ("id", _ENERGY, _CARBON)
    ]
    yield LoggedWork(
        log,
        row.place(_ENERGY),
        f"line {row.number}",
        row.cell("project_name"),
        energy,
        seconds or None,
        "estimated" if count else "proxy",
        f"{'accelerators by sensors, ' if count else ''}processors and memory by models",
        began=began.date(),
        ended=(began + datetime.timedelta(seconds=min(float(seconds), 1e9))).date(),
        by="eco2AI",
        own=own,
        gpus=((count, gpu),) if count and gpu else (),
        cpu=devices(row.cell("CPU_name"))[1],
        country=country,
        region=region,
        logged=tuple(logged),
    )


IMPORTER = Importer(50_000_000, _read)
