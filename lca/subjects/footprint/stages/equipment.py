"""Equipment that no other activity uses: devices kept for the project, and the idle rest of dedicated machines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from lca.quantities.formula import formula
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Array
from lca.subjects.footprint.device import Device, manufacture_of_presence
from lca.subjects.footprint.flow import Context, Flow, Use
from lca.subjects.footprint.machine import Machine, count_of
from lca.subjects.footprint.manufacture import lifetime_of, manufacture_flows
from lca.subjects.footprint.stated import Footprint


@dataclass(frozen=True, slots=True)
class Equipment:
    """Devices kept for the project."""

    path: str
    name: str
    device: str = ""
    count: Stated | None = None
    duration: Stated | None = None
    stated: Footprint | None = None
    note: str = ""


@formula("piece", source="definition")
def kept_share(count: Array, duration: Array, lifetime: Array) -> Array:
    """Dedicated machines that the project wears out by keeping them, at most the whole of them.

    Args:
        count [1]: machines.
        duration [h]: time that they are kept for the project.
        lifetime [h]: time from purchase to disposal.
    """
    return count * np.minimum(duration / lifetime, 1)


@formula("piece", source="definition")
def unused_share(kept: Array, used: Array) -> Array:
    """Dedicated machines that the project wears out by keeping them idle.

    Args:
        kept [piece]: machines worn out by keeping them.
        used [piece]: machines worn out by the activities.
    """
    return np.maximum(kept - used, 0)


@formula("h", source="definition")
def machine_time_unused(share: Array, lifetime: Array) -> Array:
    """Machine time in which dedicated machines are kept idle.

    Args:
        share [piece]: machines worn out by keeping them idle.
        lifetime [h]: time from purchase to disposal.
    """
    return share * lifetime


def equipment_flows(context: Context, devices: Mapping[str, Device], equipment: Equipment) -> Iterator[Flow]:
    """Yield the manufacture of devices kept for the project."""
    device = devices.get(equipment.device)
    if device is None or equipment.duration is None:
        return
    count = count_of(context, equipment.count, f"{equipment.path}.count")
    yield from manufacture_of_presence(
        context, device, "equipment", equipment.path, count, context.sample(equipment.duration)
    )


def remainder_flows(context: Context, machine: Machine, kept: Quantity, used: Quantity) -> Iterator[Flow]:
    """Yield the manufacture of the time in which a dedicated machine is kept and not used."""
    share = unused_share(kept=kept, used=used)
    if share.value > 0:
        unused = machine_time_unused(share=share, lifetime=lifetime_of(context, machine))
        context.uses.append(Use(machine.name, f"equipment.{machine.name}", share, unused))
        yield from manufacture_flows(context, machine, "equipment", f"equipment.{machine.name}", share)
