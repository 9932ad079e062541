"""Green Algorithms: the table that its calculator exports becomes a draft, with the energy that it computes.

One row, semicolons; columns by its `import_export` form: `energy_needed` in kWh with the PUE and the multiplicative factor within
it, `carbonEmissions` in grams, `runTime_hour` and `runTime_min`, `location` as a code, `PUE`, names of processors, `memory` in GB.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from lca.importers.drafted import Told
from lca.importers.importer import Draft, Importer, Log
from lca.importers.logged_cells import Cells
from lca.importers.logged_layout import Layout
from lca.importers.logged_table import Row
from lca.importers.logged_work import LoggedWork, draft_of_table
from lca.problems import Problem

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook

_LAYOUT = Layout(
    "Green Algorithms",
    ("energy_needed", "runTime_hour", "runTime_min", "location"),
    (
        "carbonEmissions",
        "coreType",
        "CPUmodel",
        "numberCPUs",
        "GPUmodel",
        "numberGPUs",
        "memory",
        "PUE",
        "mult_factor",
        "PSF",
    ),
    "the calculator exports one row, by its button for CSV",
    ";",
)
_TOLD = Told(
    "Green Algorithms",
    (
        "# Read each line, correct it, and answer for it under `applicant`. The energy is computed from the design power of",
        "# processors and the size of the memory, no sensor saw it. What the table cannot know: when it ran, how often,",
        "# failed runs, data, storage, use.",
    ),
)
_EXPORTED = re.compile(r"GreenAlgorithms_results_(\d{4}-\d\d-\d\d)")
_OTHERS = ("other", "any", "")


def _read(logs: Sequence[Log], book: FactorBook) -> Draft:
    return draft_of_table(_TOLD, _LAYOUT, _run, logs, book)


def _run(log: Log, row: Row, problems: list[Problem]) -> Iterator[LoggedWork]:
    before, cells = len(problems), Cells(row, problems, "Green Algorithms")
    energy, hours, minutes = cells.number("energy_needed"), cells.number("runTime_hour"), cells.number("runTime_min")
    grams, pue, memory = cells.optional("carbonEmissions"), cells.optional("PUE", Decimal(1)), cells.optional("memory")
    times = (cells.optional("mult_factor") or cells.optional("PSF")) or Decimal(1)
    cores, count = cells.optional("numberCPUs"), cells.optional("numberGPUs")
    if len(problems) > before or energy is None or hours is None or minutes is None:
        return
    kind, gpu, cpu = row.cell("coreType"), row.cell("GPUmodel"), row.cell("CPUmodel")
    has_gpu = kind in ("GPU", "Both", "") and gpu.casefold() not in _OTHERS and bool(count)
    has_cpu = kind in ("CPU", "Both", "") and cpu.casefold() not in _OTHERS
    found = _EXPORTED.search(log.name)
    exported = datetime.date.fromisoformat(found[1]) if found else None
    seen = [
        f"{name} {row.cell(name)}"
        for name in row.columns
        if name and row.cell(name) and name not in ("location", "permalink")
    ]
    yield LoggedWork(
        log,
        row.place("energy_needed"),
        f"line {row.number}",
        "green algorithms",
        energy,
        (hours * 3600 + minutes * 60) * times or None,
        "estimated",
        f"computed from thermal design power{f' of {cores} cores' if cores else ''}",
        began=exported,
        is_timed=False,
        pue=pue,
        own=grams / 1000 if grams is not None else None,
        gpus=((int(count or 1), gpu),) if has_gpu else (),
        cpu=cpu if has_cpu else "",
        memory=memory,
        country=row.cell("location"),
        logged=tuple(seen),
    )


IMPORTER = Importer(5_000_000, _read)
