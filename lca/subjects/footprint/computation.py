"""Machines that work for some time, or a measured energy: what trainings and experiments share."""

from __future__ import annotations

from collections.abc import Iterator, Set

from msgspec import Struct

from lca.quantities.formula import formula
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Array
from lca.subjects.footprint.flow import EMBODIED, Context, Flow, Gap
from lca.subjects.footprint.machine import (
    Machine,
    accelerators_in,
    active_power,
    electricity_at_plug,
    host_power,
    idle_power,
    machine_time,
    wall_clock_time,
)
from lca.subjects.footprint.manufacture import manufacture_flows, use_share
from lca.subjects.footprint.operations import Estimated, estimated_time
from lca.subjects.footprint.period import Period
from lca.subjects.footprint.processor import count_of
from lca.subjects.footprint.processor_hours import machine_time_of_processors, time_of_processors
from lca.subjects.footprint.stage import Need, Setting
from lca.subjects.footprint.stated import StatedFootprint
from lca.subjects.footprint.supply import Supply, electricity_flows


class Idle(Struct, frozen=True):
    """Machines that are on, reserved and wait."""

    path: str
    power: Stated | None = None
    duration: Stated | None = None


class MeasuredBy(Struct, frozen=True):
    """The tool that measured an energy, and the emissions that it prints itself."""

    path: str
    tool: str
    version: str = ""
    gwp100: Stated | None = None


class Work(Struct, frozen=True):
    """Work of machines: on which, how long, how hard; or the energy that was measured."""

    path: str
    name: str
    on: str = ""
    machines: Stated | None = None
    duration: Stated | None = None
    processor_hours: Stated | None = None
    gpu_load: Stated | None = None
    cpu_load: Stated | None = None
    idle: Idle | None = None
    energy: Stated | None = None
    energy_includes_pue: bool = False
    measured_by: MeasuredBy | None = None
    site: str = ""
    model: str = ""
    estimated: Estimated | None = None
    period: Period | None = None
    stated: StatedFootprint | None = None
    note: str = ""
    label: str = ""


@formula("kWh", source="luccioni-2023")
def idle_electricity(power: Array, duration: Array) -> Array:
    """Electricity that waiting machines draw at the plug.

    Args:
        power [kW]: power of all machines together.
        duration [h]: time that they are reserved.
    """
    return power * duration


def work_needs(has: Set[str]) -> Iterator[Need]:
    """Yield what a piece of work that gives some keys lacks or has twice: how much it is, where it runs, and its site."""
    work = has & {"duration", "processor_hours", "energy", "estimated"}
    if not work:
        yield "nothing says how much work it is", "add `duration`, `processor_hours`, `energy` or `estimated`"
    elif len(ways := [f"`{name}`" for name in ("duration", "processor_hours", "estimated") if name in work]) > 1:
        yield f"{' and '.join(ways)} both say how much work it is", "keep one of them"
    if "on" not in has and "energy" not in work:
        yield "nothing says where it runs", "add `on:` with the name of a machine"
    if "on" not in has and "site" not in has:
        yield "nothing says where its electricity comes from", "add `site`"


def measurement_needs(has: Set[str]) -> Iterator[Need]:
    """Yield a need where somebody measured and no energy is given."""
    if "measured_by" in has and "energy" not in has:
        yield "`measured_by` says who measured, but not what", "add the measured `energy`"


def work_flows(setting: Setting, stage: str, work: Work) -> Iterator[Flow]:
    """Yield the flows of one piece of work: processors, host, idle machines, and the manufacture of what it wears out."""
    context, machine = setting.context, setting.machines.get(work.on)
    site = work.site or (machine.site if machine else "")
    supply = setting.supplies.of_site(site)
    if supply is None:
        return
    time = time_of_work(context, machine, work) if machine else None
    if work.energy is not None:
        drawn = context.sample(work.energy)
        yield from electricity_flows(supply, stage, work.path, "measured energy", drawn, work.energy_includes_pue)
    elif machine is not None and time is not None:
        yield from _machine_electricity(context, supply, machine, stage, work, time)
    if machine is not None and time is not None:
        yield from _idle_flows(context, supply, machine, stage, work, time)
        share = use_share(context, machine, work.path, time, waiting=_waiting_time(context, machine, work))
        yield from manufacture_flows(context, machine, stage, work.path, share)
    else:
        reason = (
            "the machine or its time is not stated" if work.energy is not None else "nothing is known of the machine"
        )
        context.gaps.append(Gap(stage, work.path, "manufacture of the machine", reason, EMBODIED))


def _machine_electricity(
    context: Context, supply: Supply, machine: Machine, stage: str, work: Work, time: Quantity
) -> Iterator[Flow]:
    power = active_power(context, machine, work.gpu_load, work.cpu_load)
    if power is None:
        return
    drawn = electricity_at_plug(power=power, machine_time=time)
    yield from electricity_flows(supply, stage, work.path, "processors and memory", drawn)
    host = host_power(context, machine)
    if host is not None:
        yield from electricity_flows(
            supply, stage, work.path, "host", electricity_at_plug(power=host, machine_time=time)
        )


def is_amount(work: Work) -> bool:
    """Say whether work is stated as an amount, by hours of processors or operations: on how many machines, nobody says."""
    by_clock = work.duration is None or not work.duration.is_processor_time
    return work.processor_hours is not None or work.estimated is not None or not by_clock


def time_of_work(context: Context, machine: Machine, work: Work) -> Quantity | None:
    """Return the time of a piece of work added over its machines; None where only its energy is known."""
    stated = work.processor_hours or work.duration
    if stated is not None and stated.is_processor_time:
        return time_of_processors(context, machine, stated, stated.noun)
    if work.processor_hours is not None and machine.kinds:
        return time_of_processors(context, machine, work.processor_hours, "GPU")
    if work.processor_hours is not None:
        processors = count_of(context, machine.cpu.count if machine.cpu else None, f"{machine.path}.gpu.count")
        return machine_time_of_processors(processor_time=context.sample(work.processor_hours), processors=processors)
    if work.estimated is not None:
        processors = (
            accelerators_in(context, machine)
            if machine.kinds
            else count_of(context, machine.cpu.count if machine.cpu else None, f"{machine.path}.cpu.count")
        )
        time = estimated_time(context, work.path, work.estimated, context.models.get(work.model))
        return machine_time_of_processors(processor_time=time, processors=processors) if time is not None else None
    if work.duration is None:
        return None
    return machine_time(machines=machines_of(context, machine, work), duration=context.sample(work.duration))


def machines_of(context: Context, machine: Machine, work: Work) -> Quantity:
    """Return how many machines work together: stated for the work, or all of the machine's count."""
    if work.machines is not None:
        return context.sample(work.machines)
    return count_of(context, machine.count, f"{machine.path}.count")


def _waiting_time(context: Context, machine: Machine, work: Work) -> Quantity | None:
    """Return the machine time that is stated as waiting; None where idle machines wait beside the work, or none do."""
    if work.idle is None or work.idle.duration is None:
        return None
    return machine_time(machines=machines_of(context, machine, work), duration=context.sample(work.idle.duration))


def _idle_flows(
    context: Context, supply: Supply, machine: Machine, stage: str, work: Work, time: Quantity
) -> Iterator[Flow]:
    if work.idle is None:
        return
    if work.idle.power is None and work.idle.duration is None:
        message = "an idle line needs the time that the machines wait, or the power that they draw beside the work"
        context.problem(work.idle.path, "LCA402", message, "for example `idle: {duration: 24 h}`")
        return
    machines = machines_of(context, machine, work)
    if work.idle.duration is not None:
        duration = context.sample(work.idle.duration)
    else:
        duration = wall_clock_time(machine_time=time, machines=machines)
    if work.idle.power is not None:
        drawn = idle_electricity(power=context.sample(work.idle.power), duration=duration)
    else:
        waiting = idle_power(context, machine)
        if waiting is None:
            message = f"nothing gives the idle power of `{machine.name}`"
            context.problem(work.idle.path, "LCA402", message, "add `power` here, or `idle_power` to the machine")
            return
        drawn = electricity_at_plug(power=waiting, machine_time=machine_time(machines=machines, duration=duration))
    yield from electricity_flows(supply, stage, work.path, "idle", drawn)
