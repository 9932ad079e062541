"""Machine time of each activity, with the machine and the site that it runs on."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from lca.descriptor.descriptor import Descriptor
from lca.quantities.formula import formula
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Array
from lca.subjects.footprint.computation import is_amount, machines_of, time_of_work
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import Context
from lca.subjects.footprint.machine import Machine, active_power, wall_clock_time
from lca.subjects.footprint.processor import count_of
from lca.subjects.footprint.requests import busy_time
from lca.subjects.footprint.stages.experiments import Experiments
from lca.subjects.footprint.stages.inference import requests_of
from lca.subjects.footprint.stages.training import Training
from lca.subjects.footprint.supply import Supplies, Supply


class MachineWork(Struct, frozen=True, eq=False):
    """Machine time of one activity, added over its machines, with what a method asks about it.

    `machines` work together, where that is known. `per` is the unit of time in which a service states its requests (`d`,
    `week`), empty for work that ends.
    """

    activity: str
    machine: Machine
    supply: Supply
    time: Quantity
    repeats: Quantity
    machines: Quantity | None
    gpu_load: Stated | None
    cpu_load: Stated | None
    per: str = ""


@formula("1", source="lannelongue-2021")
def repeated_runs(runs: Array, relative_duration: Array) -> Array:
    """The calculator's multiplicative factor of repeats.

    Args:
        runs [1]: number of repeats.
        relative_duration [1]: duration of one over that of the named run.
    """
    return runs * relative_duration


@formula("h", source="patterson-2021")
def repeated_time(time: Array, repeats: Array) -> Array:
    """Hours of all repeats.

    Args:
        time [h]: hours of one run.
        repeats [1]: repeats.
    """
    return time * repeats


def machine_work(descriptor: Descriptor, context: Context) -> Iterator[MachineWork]:
    """Yield the work of every activity whose machine and time are known, trainings first."""
    supplies = Supplies(context, descriptor[ProductSystem].sites)
    one = context.sample(Stated("methods.once", 1.0, "1", text="1"), "once")

    def of(work: Training | Experiments, activity: str, repeats: Quantity) -> Iterator[MachineWork]:
        machine = descriptor[ProductSystem].machines.get(work.on)
        dated = supplies.in_year(work.period.year if work.period else None)
        supply = dated.of_site(work.site or machine.site) if machine else None
        time = time_of_work(context, machine, work) if machine else None
        if machine is not None and supply is not None and time is not None and work.stated is None:
            is_unknown = is_amount(work) and work.machines is None and machine.count is None
            machines = None if is_unknown else machines_of(context, machine, work)
            yield MachineWork(activity, machine, supply, time, repeats, machines, work.gpu_load, work.cpu_load)

    for training in descriptor[ProductSystem].training.values():
        yield from of(training, training.path, one)
    for experiments in descriptor[ProductSystem].experiments.values():
        if experiments.repeats:
            runs = count_of(context, experiments.runs, f"{experiments.path}.runs")
            relative = count_of(context, experiments.relative_duration, f"{experiments.path}.relative_duration")
            original = descriptor[ProductSystem].training.get(experiments.repeats.removeprefix("training."))
            if original is not None:  # else the problems say so
                yield from of(original, experiments.path, repeated_runs(runs=runs, relative_duration=relative))
        else:
            yield from of(experiments, experiments.path, one)
    for service in descriptor[ProductSystem].inference.values():
        machine = descriptor[ProductSystem].machines.get(service.on or service.reserved)
        requests = requests_of(context, service)
        dated = supplies.in_year(service.period.year if service.period else None)
        supply = dated.of_site(machine.site) if machine else None
        if machine and requests and supply and service.volume and service.time_per_request is not None:
            batch = count_of(context, service.batch, f"{service.path}.batch")
            time = busy_time(requests=requests, time=context.sample(service.time_per_request), batch=batch)
            per = service.volume.unit.rpartition("/")[2]
            yield MachineWork(service.path, machine, supply, time, one, None, service.gpu_load, service.cpu_load, per)


def figures_of_work(work: MachineWork, context: Context) -> dict[str, Quantity]:
    """Return what an activity's machine work is, by name: its machine time, wall-clock time and the power of one machine."""
    found = {"machine_time": repeated_time(time=work.time, repeats=work.repeats)}
    if work.machines is not None:
        found["wall_clock_time"] = wall_clock_time(machine_time=found["machine_time"], machines=work.machines)
    power = active_power(context, work.machine, work.gpu_load, work.cpu_load)
    if power is not None:
        found["power"] = power
    return found


def machines_named(descriptor: Descriptor, activity: str) -> list[str]:
    """Return the names of the machines that an activity of a descriptor runs on; none of one that is not there."""
    stage, _, name = activity.partition(".")
    record = descriptor[ProductSystem].activities.get(stage, {}).get(name)
    repeats = getattr(record, "repeats", "")
    if repeats:
        return machines_named(descriptor, repeats)
    federated = getattr(record, "federated", None)
    named = (getattr(record, "on", ""), getattr(record, "reserved", ""), getattr(federated, "server", ""))
    return [machine for machine in named if machine in descriptor[ProductSystem].machines]
