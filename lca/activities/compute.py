"""Training and experiments: machines that work for some time, or a measured energy, or repeats of a named training."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lca.activities.device import Device
from lca.activities.federated import Federated, federated_flows
from lca.activities.flow import Context, Flow, Gap, Use
from lca.activities.footprint import Footprint
from lca.activities.machine import (
    Machine,
    active_power,
    count_of,
    electricity_at_plug,
    host_power,
    idle_power,
    machine_time,
    machine_time_of_processors,
    wall_clock_time,
)
from lca.activities.manufacture import manufacture_flows, use_share
from lca.activities.site import Supplies, Supply, electricity_flows
from lca.provenance import Stated
from lca.quantity import Quantity, formula
from lca.uncertainty import Array


@dataclass(frozen=True, slots=True)
class Idle:
    """Machines that are on, reserved and wait."""

    path: str
    power: Stated | None = None
    duration: Stated | None = None


@dataclass(frozen=True, slots=True)
class MeasuredBy:
    """The tool that measured an energy, and the emissions that it prints itself."""

    path: str
    tool: str
    version: str = ""
    gwp100: Stated | None = None


@dataclass(frozen=True, slots=True)
class Work:
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
    stated: Footprint | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class BaseModel:
    """A model that others trained and this project builds on, with the rule for its footprint."""

    path: str
    name: str
    rule: str
    reason: str
    share: Stated | None = None
    footprint: Footprint | None = None


@dataclass(frozen=True, slots=True)
class Quality:
    """How good a training's model is at a task, by one metric, and how much data it learned from.

    With `surplus_over`, what is stated of the training is what it takes beyond that other training of the same task.
    """

    path: str
    task: str
    metric: str
    value: Stated | None = None
    better: str = ""
    training_set: Stated | None = None
    surplus_over: str = ""


@dataclass(frozen=True, slots=True)
class Training(Work):
    """A training or fine-tuning that ends in a model."""

    kind: str = "training"
    quality: Quality | None = None
    base_model: BaseModel | None = None
    federated: Federated | None = None


@dataclass(frozen=True, slots=True)
class Experiments(Work):
    """Repeated, exploratory and failed runs."""

    repeats: str = ""
    runs: Stated | None = None
    relative_duration: Stated | None = None
    reason: str = ""


@formula("kWh", source="luccioni-2023")
def idle_electricity(power: Array, duration: Array) -> Array:
    """Electricity that waiting machines draw at the plug.

    Args:
        power [kW]: power of all machines together.
        duration [h]: time that they are reserved.
    """
    return power * duration


@formula("amount", source="definition")
def repeated(amount: Array, runs: Array, relative_duration: Array) -> Array:
    """What repeats of a training use.

    Args:
        amount [amount]: what the training uses.
        runs [1]: number of repeats.
        relative_duration [1]: duration of one repeat over that of the training.
    """
    return amount * runs * relative_duration


def work_flows(
    context: Context, supplies: Supplies, machines: Mapping[str, Machine], stage: str, work: Work
) -> Iterator[Flow]:
    """Yield the flows of one piece of work: processors, host, idle machines, and the manufacture of what it wears out."""
    machine = machines.get(work.on)
    site = work.site or (machine.site if machine else "")
    supply = supplies.of_site(site)
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
        context.gaps.append(Gap(stage, work.path, "manufacture of the machine", reason))


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


def time_of_work(context: Context, machine: Machine, work: Work) -> Quantity | None:
    """Return the time of a piece of work added over its machines; None where only its energy is known."""
    if work.processor_hours is not None:
        gpu = machine.gpu or machine.cpu
        processors = count_of(context, gpu.count if gpu else None, f"{machine.path}.gpu.count")
        return machine_time_of_processors(processor_time=context.sample(work.processor_hours), processors=processors)
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


def training_flows(
    context: Context,
    supplies: Supplies,
    machines: Mapping[str, Machine],
    devices: Mapping[str, Device],
    training: Training,
) -> Iterator[Flow]:
    """Yield the flows of a training, federated or not, and of the base model by its declared rule."""
    if training.federated is not None:
        yield from federated_flows(context, supplies, machines, devices, training.path, training.federated)
    else:
        yield from work_flows(context, supplies, machines, "training", training)
    base = training.base_model
    if base is None or base.rule == "excluded":
        return
    if base.footprint is None or (base.rule == "share" and base.share is None):
        what = "`footprint`" if base.footprint is None else "`share`"
        context.problem(
            base.path, "LCA402", f"the rule `{base.rule}` needs {what}", "state it, or use the rule `excluded`"
        )
        return
    share = count_of(context, base.share if base.rule == "share" else None, f"{base.path}.share")
    part = f"training of {base.name}"
    scope = "embodied" if base.footprint.scope == "embodied" else "operational"
    yield Flow("training", training.path, part, scope, "stated", share, base.footprint.leaves())


def repeat_flows(context: Context, experiments: Experiments, originals: list[Flow]) -> Iterator[Flow]:
    """Yield the flows of a named training again, times runs and relative duration."""
    runs = count_of(context, experiments.runs, f"{experiments.path}.runs")
    relative = count_of(context, experiments.relative_duration, f"{experiments.path}.relative_duration")

    def again(amount: Quantity) -> Quantity:
        return repeated.bound(amount=amount.unit)(amount=amount, runs=runs, relative_duration=relative)

    for use in [use for use in context.uses if use.activity == experiments.repeats]:
        context.uses.append(Use(use.machine, experiments.path, again(use.share), again(use.time)))
    for flow in originals:
        if flow.activity != experiments.repeats or flow.key == "stated":
            continue
        at_plug = again(flow.at_plug) if flow.at_plug is not None else None
        yield replace(
            flow, stage="experiments", activity=experiments.path, quantity=again(flow.quantity), at_plug=at_plug
        )
