"""Collection: how data come about, by devices in the field, people at screens, machines, purchase or reuse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field

from lca.quantities.provenance import Stated
from lca.subjects.footprint.device import (
    Device,
    count_of_devices,
    device_electricity,
    manufacture_of_presence,
    manufacture_of_use,
    parameter,
)
from lca.subjects.footprint.flow import BOTH, EMBODIED, OPERATIONAL, Context, Flow, Gap
from lca.subjects.footprint.machine import Machine, active_power, electricity_at_plug, host_power, machine_time
from lca.subjects.footprint.manufacture import manufacture_flows, use_share
from lca.subjects.footprint.named_factor import named_factor, note_place, note_problem
from lca.subjects.footprint.period import Period
from lca.subjects.footprint.processor import count_of
from lca.subjects.footprint.stage import Activities, Need, Setting, Stage
from lca.subjects.footprint.stated import StatedFootprint
from lca.subjects.footprint.supply import Supply, electricity_flows

#: Kinds of collection that are done by devices, whatever else is said of them.
WITH_DEVICES = ("sensors", "cameras", "drones", "satellite", "crawling", "annotation")

NO_SITE = "no site says where its electricity comes from"


class UsedFlow(Struct, frozen=True):
    """Something that a collection uses, such as fuel, travel or freight: an amount, and the factor of one unit of it."""

    path: str
    name: str
    amount: Stated | None = None
    factor: str = ""


class Collection(Struct, frozen=True):
    """One way in which data come to the project."""

    path: str
    name: str
    kind: str
    device: str = ""
    count: Stated | None = None
    duration: Stated | None = None
    hours: Stated | None = None
    on: str = ""
    electricity: Stated | None = None
    amount: Stated | None = None
    factor: str = ""
    flows: Mapping[str, UsedFlow] = field(default_factory=dict)
    reason: str = ""
    estimated_share: Stated | None = None
    site: str = ""
    period: Period | None = None
    stated: StatedFootprint | None = None
    note: str = ""
    label: str = ""


def needs(_: Collection, __: Activities) -> Iterator[Need]:
    """Yield nothing: a collection of which nothing is known is not assessed, and told among the gaps."""
    yield from ()


def flows(setting: Setting, collection: Collection) -> Iterator[Flow]:
    """Yield what the collection uses; what no factor covers becomes a gap, printed as not assessed."""
    if collection.kind == "existing":
        return
    context, path = setting.context, collection.path
    before = len(context.gaps)
    found = list(_used(setting, collection))
    told = context.gaps[before:]
    if not found and not told:
        reason = "nothing describes what it uses: add `device`, `hours`, `on`, `electricity`, `flows`, or `amount` with a factor"
        context.gaps.append(Gap("collection", path, collection.kind, reason, BOTH))
    elif _has_devices(collection, found):
        scopes = {*(flow.scope for flow in found), *(gap.scope for gap in told)}
        if EMBODIED not in scopes:
            reason = "nothing says which devices it takes: add `device`, with `hours` or `duration`, or `on`"
            context.gaps.append(Gap("collection", path, "manufacture of the devices", reason, EMBODIED))
    yield from found


def _has_devices(collection: Collection, found: Iterable[Flow]) -> bool:
    """Say whether a collection cannot be without devices: by its kind, or because it draws electricity."""
    return collection.kind in WITH_DEVICES or any(flow.is_electricity for flow in found)


def _used(setting: Setting, collection: Collection) -> Iterator[Flow]:
    """Yield what is described of a collection: electricity, a machine, a device, amounts with a factor."""
    context, path = setting.context, collection.path
    machine = setting.machines.get(collection.on)
    site = collection.site or (machine.site if machine else "")
    supply = setting.supplies.of_site(site) if site else None
    if collection.electricity is not None and supply is not None:
        yield from electricity_flows(supply, "collection", path, "electricity", context.sample(collection.electricity))
    elif collection.electricity is not None:
        context.gaps.append(Gap("collection", path, "electricity", NO_SITE, OPERATIONAL))
    if machine is not None and supply is not None and collection.duration is not None:
        yield from _machine(context, supply, machine, collection)
    device = setting.devices.get(collection.device)
    if device is not None:
        yield from _device(context, supply, device, collection)
    yield from _amount(setting, path, UsedFlow(path, "", collection.amount, collection.factor))
    for used in collection.flows.values():
        yield from _amount(setting, path, used)


def _amount(setting: Setting, activity: str, used: UsedFlow) -> Iterator[Flow]:
    """Yield an amount with the factor that it names; its line is called as the descriptor calls it, or by the factor."""
    context = setting.context
    if used.amount is None or not used.factor:
        return
    found = named_factor(context, setting.factors, used.factor, used.amount.unit)
    if found is None:
        places = (f"{used.path}.factor", f"{used.path}.amount")
        note_problem(context, setting.factors, used.factor, used.amount.unit, places)
        return
    note_place(context, used.factor, found, f"{used.path}.factor")
    amount, part = context.sample(used.amount), used.name or found.part
    yield Flow("collection", activity, part, found.scope, found.key, amount, found.leaves, note=found.note)


def _machine(context: Context, supply: Supply, machine: Machine, collection: Collection) -> Iterator[Flow]:
    assert collection.duration is not None
    count = count_of(context, collection.count, f"{collection.path}.count")
    time = machine_time(machines=count, duration=context.sample(collection.duration))
    power, host = active_power(context, machine, None, None), host_power(context, machine)
    for drawn, part in ((power, "processors and memory"), (host, "host")):
        if drawn is not None:
            electricity = electricity_at_plug(power=drawn, machine_time=time)
            yield from electricity_flows(supply, "collection", collection.path, part, electricity)
    share = use_share(context, machine, collection.path, time)
    yield from manufacture_flows(context, machine, "collection", collection.path, share)


def _device(context: Context, supply: Supply | None, device: Device, collection: Collection) -> Iterator[Flow]:
    path = collection.path
    if collection.hours is not None and collection.duration is None:
        time = context.sample(collection.hours)
        yield from manufacture_of_use(context, device, "collection", path, time)
    elif collection.duration is not None:
        count, duration = count_of_devices(context, device, path, collection.count), context.sample(collection.duration)
        yield from manufacture_of_presence(context, device, "collection", path, count, duration)
        if collection.hours is not None:  # kept in the field all the time, and used for some of it
            time = context.sample(collection.hours)
        else:
            time = machine_time(machines=count, duration=duration).named("time in the field")
    else:
        message = f"{path} names a device without `hours` or `duration`"
        context.problem(path, "LCA402", message, "add the working hours, or the time in the field")
        return
    power = parameter(context, device, "power")
    if collection.electricity is not None:
        return
    if power is None or supply is None:
        reason = "its power is not known" if power is None else NO_SITE
        context.gaps.append(Gap("collection", path, f"electricity of {device.name}", reason, OPERATIONAL))
        return
    drawn = device_electricity(power=power, time=time)
    yield from electricity_flows(supply, "collection", path, f"electricity of {device.name}", drawn)


STAGE = Stage("collection", Collection, flows, needs)
