"""Storage: copies of data kept for a time, the electricity of the drives and the share of their manufacture."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from lca.quantities.formula import formula
from lca.quantities.provenance import Stated
from lca.quantities.uncertainty import Array
from lca.subjects.footprint.flow import EMBODIED, Flow, Gap
from lca.subjects.footprint.period import Period
from lca.subjects.footprint.stage import Activities, Need, Setting, Stage, given, missing
from lca.subjects.footprint.stated import StatedFootprint
from lca.subjects.footprint.supply import electricity_flows


class Storage(Struct, frozen=True):
    """Data that are kept."""

    path: str
    name: str
    volume: Stated | None = None
    duration: Stated | None = None
    copies: Stated | None = None
    medium: str = "hdd"
    site: str = ""
    period: Period | None = None
    stated: StatedFootprint | None = None
    note: str = ""
    label: str = ""


@formula("kWh", source="definition")
def storage_electricity(volume: Array, copies: Array, duration: Array, intensity: Array) -> Array:
    """Electricity of the drives that keep all copies.

    Args:
        volume [TB]: volume of one copy.
        copies [1]: copies kept.
        duration [year]: time that they are kept.
        intensity [kWh/TB/year]: electricity per volume and time, IT side.
    """
    return volume * copies * duration * intensity


@formula("GB", source="definition")
def drive_capacity_in_use(volume: Array, copies: Array, duration: Array, lifetime: Array) -> Array:
    """Capacity of drives that keeping the copies wears out.

    Args:
        volume [GB]: volume of one copy.
        copies [1]: copies kept.
        duration [year]: time that they are kept.
        lifetime [year]: lifetime of a drive.
    """
    return volume * copies * duration / lifetime


def needs(storage: Storage, _: Activities) -> Iterator[Need]:
    """Yield what the storage of data lacks."""
    yield from missing(given(storage), {"volume": "138 GB", "duration": "3 year", "site": "paris"})


def flows(setting: Setting, storage: Storage) -> Iterator[Flow]:
    """Yield the electricity of the copies, and the manufacture of solid-state capacity."""
    context = setting.context
    supply = setting.supplies.of_site(storage.site)
    if supply is None or storage.volume is None or storage.duration is None:
        return
    volume, duration = context.sample(storage.volume), context.sample(storage.duration)
    copies = context.stated_or(storage.copies, "storage/replication")
    intensity = context.default(f"storage/{storage.medium}")
    drawn = storage_electricity(volume=volume, copies=copies, duration=duration, intensity=intensity)
    yield from electricity_flows(supply, "storage", storage.path, "drives", drawn)
    if storage.medium == "ssd":
        lifetime = context.default("parameter/server/lifetime")
        capacity = drive_capacity_in_use(volume=volume, copies=copies, duration=duration, lifetime=lifetime)
        key = "manufacture/ssd-gb"
        yield Flow(
            "storage",
            storage.path,
            "manufacture of the drives",
            EMBODIED,
            key,
            capacity,
            context.factors_of(key),
            storage.site,
        )
    else:
        reason = "a hard disk's manufacture is known per piece and the size of the disks is not stated"
        context.gaps.append(Gap("storage", storage.path, "manufacture of the drives", reason, EMBODIED))


STAGE = Stage("storage", Storage, flows, needs)
