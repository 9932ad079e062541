"""What each activity was read as: its machine, its site, and how long how many processors work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from lca.descriptor.descriptor import Descriptor
from lca.quantities.formula import formula
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Array
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import Context
from lca.subjects.footprint.machine import InstanceMachine, Machine, accelerators_in, wall_clock_time
from lca.subjects.footprint.machine_work import MachineWork, machine_work, machines_named, repeated_time
from lca.subjects.footprint.processor import identify, load_of, number_in
from lca.subjects.footprint.supply import Supplies


class Resolved(Struct, frozen=True, eq=False):
    """What an activity was read as; None or empty where it does not say, or is no work of a machine.

    `instance` is the machine's instance type as its provider prints it, `year` that of its electricity. `processor` names the
    accelerators (of a machine without any, the processors), of which one machine has `processors`; `duration` is time on the
    clock, of all repeats; `model` is the model that is trained or served.
    """

    activity: str
    machine: str = ""
    instance: str = ""
    site: str = ""
    region: str = ""
    year: int | None = None
    model: str = ""
    processor: str = ""
    processors: Quantity | None = None
    processor_time: Quantity | None = None
    machine_time: Quantity | None = None
    duration: Quantity | None = None
    load: Quantity | None = None


@formula("h", source="definition")
def processor_time(machine_time: Array, processors: Array) -> Array:
    """Time that accelerators or processors are used, added over them.

    Args:
        machine_time [h]: time added over the machines.
        processors [1]: accelerators or processors in one machine.
    """
    return machine_time * processors


def resolve_activities(descriptor: Descriptor, context: Context) -> tuple[Resolved, ...]:
    """Return what each activity of a descriptor was read as, in its order."""
    work = {item.activity: item for item in machine_work(descriptor, context)}
    supplies = Supplies(context, descriptor[ProductSystem].sites)
    return tuple(_resolved(descriptor, context, supplies, activity, work) for activity in _activities(descriptor))


def _activities(descriptor: Descriptor) -> Iterator[Any]:
    for group in descriptor[ProductSystem].activities.values():
        yield from group.values()


def _resolved(
    descriptor: Descriptor, context: Context, supplies: Supplies, activity: Any, work: dict[str, MachineWork]
) -> Resolved:
    machines = descriptor[ProductSystem].machines
    named = machines_named(descriptor, activity.path)
    machine = machines[named[0]] if named else None
    site = _site(descriptor, activity) or (machine.site if machine is not None else "")
    dated = supplies.in_year(activity.period.year if activity.period else None)
    supply = dated.of_site(site) if site in descriptor[ProductSystem].sites else None
    where = Resolved(
        activity=activity.path,
        machine=machine.name if machine is not None else "",
        instance=machine.kind.name if isinstance(machine, InstanceMachine) else "",
        site=site,
        region=supply.zone if supply is not None else "",
        year=dated.year or (supply.site.year if supply is not None else None) or context.year or None,
        model=str(getattr(activity, "model", "") or getattr(getattr(activity, "api", None), "model", "")),
        processor=_names(context, machine) if machine is not None else "",
        processors=_processors(context, machine) if machine is not None else None,
    )
    item = work.get(activity.path)
    return where if item is None else _at_work(context, where, item)


def _at_work(context: Context, where: Resolved, item: MachineWork) -> Resolved:
    """Return what is known where the machine time is."""
    time = repeated_time(time=item.time, repeats=item.repeats)
    load = item.gpu_load if item.machine.kinds else item.cpu_load
    return replace(
        where,
        processor_time=processor_time(machine_time=time, processors=where.processors) if where.processors else None,
        machine_time=time,
        duration=wall_clock_time(machine_time=time, machines=item.machines) if item.machines is not None else None,
        load=load_of(context, load) if item.machine.power is None and where.processors is not None else None,
    )


def _site(descriptor: Descriptor, activity: Any) -> str:
    """Return the site that an activity names; repeats are where their training is."""
    repeats: str = getattr(activity, "repeats", "")
    original = descriptor[ProductSystem].training.get(repeats.removeprefix("training.")) if repeats else None
    return str(getattr(original or activity, "site", ""))


def _names(context: Context, machine: Machine) -> str:
    """Return the names of a machine's accelerators, or of its processors, as the catalogue has them, else as written."""
    names = []
    for processor in machine.kinds or ((machine.cpu,) if machine.cpu else ()):
        known = identify(context, processor)
        names.append(context.book.processors.label(known) if known else processor.model)
    return ", ".join(name for name in names if name)


def _processors(context: Context, machine: Machine) -> Quantity | None:
    if machine.kinds:
        return accelerators_in(context, machine)
    return number_in(context, machine.cpu) if machine.cpu is not None else None
