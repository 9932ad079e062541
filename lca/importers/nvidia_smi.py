"""nvidia-smi: its samples of power (`--query-gpu=timestamp,...,power.draw --format=csv`) become a draft.

Columns by `nvidia-smi --help-query-gpu`: `timestamp` as `YYYY/MM/DD HH:MM:SS.msec`, `power.draw` in watts, also as a mean of a
second (`power.draw.average`) or at the moment (`power.draw.instant`); with a unit in the head unless `nounits` is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lca.importers.drafted import Told
from lca.importers.importer import Draft, Importer, Log
from lca.importers.logged_layout import Layout
from lca.importers.power_samples import Series
from lca.importers.sampled_draft import MAXIMUM_BYTES, draft_of_samples
from lca.importers.sampled_table import Sampled, series_of
from lca.problems import Problem

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook

_POWERS = ("power.draw", "power.draw.average", "power.draw.instant")
_ASKED = "`nvidia-smi --query-gpu=timestamp,index,uuid,name,power.draw --format=csv -l 1` writes such a log"
_TOLD = Told(
    "nvidia-smi",
    (
        "# Read each line, correct it, and answer for it under `applicant`. The energy is that of the accelerators, by their own",
        "# sensors, between the first sample and the last; what the log cannot know: processors, memory, host and losses of the",
        "# power supply, where the machine stands, which work it was, data, storage, use.",
    ),
)


def _sampled(power: str) -> Sampled:
    layout = Layout("nvidia-smi", ("timestamp", power), ("index", "uuid", "name", "utilization.gpu"), _ASKED)
    keys = ("uuid", "gpu_uuid", "index", "pci.bus_id", "gpu_bus_id", "serial")
    return Sampled(layout, "timestamp", power, keys, ("name", "gpu_name"))


def _series(text: bytes, log: Log, notes: list[Problem], problems: list[Problem]) -> Sequence[Series]:
    head = text[:2000].decode("utf-8", "replace").partition("\n")[0]
    power = next(
        (name for name in _POWERS if f"{name} " in head or head.rstrip().endswith(name) or f"{name}," in head),
        _POWERS[0],
    )
    return [replace(one, key=one.key or "0") for one in series_of(text, log, _sampled(power), notes, problems)]


def _read(logs: Sequence[Log], book: FactorBook) -> Draft:
    return draft_of_samples(_TOLD, _series, logs, book)


IMPORTER = Importer(MAXIMUM_BYTES, _read)
