"""Equipment that no other activity uses: devices kept for the project, and the idle rest of dedicated machines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from msgspec import Struct

from lca.quantities.formula import formula, total
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Array
from lca.subjects.footprint.device import count_of_devices, manufacture_of_presence
from lca.subjects.footprint.flow import Context, Flow, Use
from lca.subjects.footprint.machine import Machine
from lca.subjects.footprint.manufacture import lifetime_of, manufacture_flows
from lca.subjects.footprint.period import Period
from lca.subjects.footprint.processor import count_of
from lca.subjects.footprint.stage import Activities, Need, Setting, Stage, given, missing
from lca.subjects.footprint.stated import StatedFootprint


class Equipment(Struct, frozen=True):
    """Devices kept for the project."""

    path: str
    name: str
    device: str = ""
    count: Stated | None = None
    duration: Stated | None = None
    period: Period | None = None
    stated: StatedFootprint | None = None
    note: str = ""
    label: str = ""


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


def needs(equipment: Equipment, _: Activities) -> Iterator[Need]:
    """Yield what equipment lacks."""
    yield from missing(given(equipment), {"device": "camera", "duration": "3 year"})


def flows(setting: Setting, equipment: Equipment) -> Iterator[Flow]:
    """Yield the manufacture of devices kept for the project."""
    context = setting.context
    device = setting.devices.get(equipment.device)
    if device is None or equipment.duration is None:
        return
    count = count_of_devices(context, device, equipment.path, equipment.count)
    yield from manufacture_of_presence(
        context, device, "equipment", equipment.path, count, context.sample(equipment.duration)
    )


def idle_rest(context: Context, machines: Mapping[str, Machine], duration: Stated | None) -> Iterator[Flow]:
    """Yield the manufacture of the time in which dedicated machines are kept and not used, once all uses are known."""
    for machine in machines.values():
        if not machine.dedicated or duration is None:
            continue
        none = context.sample(Stated(f"{machine.path}.unused", 0.0, "piece", text="0"), "no activity uses it")
        shares = [use.share for use in context.uses if use.machine == machine.name]
        used = total(f"{machine.name} in use", "piece", shares or [none])
        kept = kept_share(
            count=count_of(context, machine.count, f"{machine.path}.count"),
            duration=context.sample(duration),
            lifetime=lifetime_of(context, machine),
        )
        if used.value > kept.value * (1 + 1e-9):
            message = f"the activities use `{machine.name}` for longer than the project keeps it"
            hint = "check durations, `machines`, `count` and the project's duration"
            context.problem(machine.path, "LCA403", message, hint)
        yield from _rest(context, machine, kept, used)


def _rest(context: Context, machine: Machine, kept: Quantity, used: Quantity) -> Iterator[Flow]:
    share = unused_share(kept=kept, used=used)
    if share.value > 0:
        unused = machine_time_unused(share=share, lifetime=lifetime_of(context, machine))
        context.uses.append(Use(machine.name, f"equipment.{machine.name}", share, unused))
        yield from manufacture_flows(context, machine, "equipment", f"equipment.{machine.name}", share)


STAGE = Stage("equipment", Equipment, flows, needs)
