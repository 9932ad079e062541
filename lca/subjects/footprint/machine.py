"""Machines: what they are, the power they draw, and the time they are used."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from msgspec import Struct, field

from lca.catalogue.instances import InstanceType
from lca.quantities.formula import formula, total
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Array
from lca.subjects.footprint.flow import Context, Leaf
from lca.subjects.footprint.processor import (
    Accelerator,
    Cpu,
    count_of,
    full_power_of,
    load_of,
    number_in,
    processor_power,
)
from lca.subjects.footprint.stated import StatedFootprint


class MachineParts(Struct, frozen=True):
    """What one machine is made of, for a bottom-up sum."""

    path: str
    processor_die: Stated | None = None
    processors: Stated | None = None
    memory_die: Stated | None = None
    memory_modules: Stated | None = None
    ssd: Stated | None = None
    ssd_drives: Stated | None = None
    hdd_drives: Stated | None = None
    power_supply: Stated | None = None
    motherboards: Stated | None = None
    enclosures: Stated | None = None


class Machine(Struct, frozen=True):
    """A kind of computer that a project uses."""

    path: str
    name: str
    site: str
    instance: str = ""
    count: Stated | None = None
    host: str = ""
    host_share: Leaf | None = None
    host_power: Stated | None = None
    power: Stated | None = None
    idle_power: Stated | None = None
    gpu: Accelerator | None = None
    accelerators: Mapping[str, Accelerator] = field(default_factory=dict)
    cpu: Cpu | None = None
    memory: Leaf | None = None
    lifetime: Stated | None = None
    utilisation: Stated | None = None
    dedicated: bool = False
    manufacture: StatedFootprint | None = None
    transport: StatedFootprint | None = None
    end_of_life: StatedFootprint | None = None
    parts: MachineParts | None = None
    price: Stated | None = None
    rent: Stated | None = None
    label: str = ""

    @property
    def archetype(self) -> str:
        """The host that is stated, or the one that its accelerators suggest."""
        return self.host or ("gpu-server" if self.kinds else "server")

    @property
    def kinds(self) -> tuple[Accelerator, ...]:
        """Its accelerators, one record a kind."""
        return (*((self.gpu,) if self.gpu else ()), *self.accelerators.values())


class InstanceMachine(Machine, frozen=True, kw_only=True):
    """A machine that has the parts of its instance type."""

    kind: InstanceType


@formula("W", source="lannelongue-2021")
def memory_power(capacity: Array, power_per_capacity: Array) -> Array:
    """Power of a machine's memory, which depends on what is available and not on what is used.

    Args:
        capacity [GB]: memory available.
        power_per_capacity [W/GB]: power per unit of capacity.
    """
    return capacity * power_per_capacity


@formula("W", source="assumption")
def shared_power(full_power: Array, share: Array) -> Array:
    """Power of the part of a host that one machine occupies.

    Args:
        full_power [W]: power of the whole host.
        share [1]: part of the host that the machine occupies.
    """
    return full_power * share


@formula("1", source="assumption")
def slot_share(count: Array, slots: Array) -> Array:
    """Part of a host that a machine with some of its accelerators occupies, at most one.

    Args:
        count [1]: accelerators of the machine.
        slots [1]: accelerators that one host holds.
    """
    return np.minimum(count / slots, 1)


@formula("h", source="definition")
def machine_time(machines: Array, duration: Array) -> Array:
    """Time that machines are used, added over the machines.

    Args:
        machines [1]: machines used together.
        duration [h]: wall-clock time.
    """
    return machines * duration


@formula("h", source="luccioni-2023")
def wall_clock_time(machine_time: Array, machines: Array) -> Array:
    """Wall-clock time in which machines that run together reach a machine time.

    Args:
        machine_time [h]: time added over the machines.
        machines [1]: machines used together.
    """
    return machine_time / machines


@formula("kWh", source="patterson-2021")
def electricity_at_plug(power: Array, machine_time: Array) -> Array:
    """Electricity that machines draw at the plug.

    Args:
        power [kW]: mean power of one machine.
        machine_time [h]: time added over the machines.
    """
    return power * machine_time


def active_power(
    context: Context, machine: Machine, gpu_load: Stated | None, cpu_load: Stated | None
) -> Quantity | None:
    """Return the power of one machine's processors and memory while it works, without the host around them."""
    if machine.power is not None:
        return of_the_node(context, machine, context.sample(machine.power))
    parts: list[Quantity] = []
    kinds = [(kind, gpu_load) for kind in machine.kinds]
    for processor, load in (*kinds, *([(machine.cpu, cpu_load)] if machine.cpu else [])):
        full = full_power_of(context, processor)
        if full is None:
            return None
        power = processor_power(count=number_in(context, processor), full_power=full, load=load_of(context, load))
        parts.append(of_the_node(context, machine, power) if processor is machine.cpu else power)
    if machine.memory is not None and machine.memory.value > 0:
        parts.append(_memory(context, machine, machine.memory))
    if not parts and machine.instance:
        return None  # its type is unknown, which is told
    if not parts:
        hint = "add `gpu`, `cpu` or `power`"
        context.problem(machine.path, "LCA202", f"{machine.path} has nothing that draws power", hint)
        return None
    return total(f"power of {machine.name}", "W", parts)


def _memory(context: Context, machine: Machine, capacity: Leaf) -> Quantity:
    per_capacity = context.default("parameter/ram/power")
    power = memory_power(capacity=context.sample(capacity), power_per_capacity=per_capacity)
    return of_the_node(context, machine, power)


def host_power(context: Context, machine: Machine) -> Quantity | None:
    """Return the power of the host around the processors; None where it is within the machine's power, or not counted.

    The archetype's default serves only a machine of which neither processors nor memory nor power are stated apart.
    """
    if machine.host_power is not None:
        return of_the_node(context, machine, context.sample(machine.host_power))
    archetype = context.book.archetypes["hosts"].get(machine.archetype, {})
    if "power" not in archetype or machine.power is not None or machine.cpu is not None or machine.memory is not None:
        return None
    full = context.default(f"parameter/{archetype['usage']}/{archetype['power']}")
    return shared_power(full_power=full, share=host_share(context, machine))


def idle_power(context: Context, machine: Machine) -> Quantity | None:
    """Return the power of one machine that is on and waits, by default a part of its stated power; None where nothing is known."""
    if machine.idle_power is not None:
        return of_the_node(context, machine, context.sample(machine.idle_power))
    parts: list[Quantity] = []
    for processor in (*machine.kinds, *([machine.cpu] if machine.cpu and machine.cpu.idle_power else [])):
        full = context.stated_or(processor.idle_power, "parameter/gpu/idle_power")
        power = shared_power(full_power=full, share=number_in(context, processor))
        parts.append(of_the_node(context, machine, power) if processor is machine.cpu else power)
    if machine.memory is not None and machine.memory.value > 0:
        parts.append(_memory(context, machine, machine.memory))
    host = host_power(context, machine)
    if host is not None:
        parts.append(host)
    share = context.book.find("parameter/machine/idle_power_share")
    if not parts and machine.power is not None and share is not None:  # the first catalogue has none: then it is a gap
        full = context.sample(machine.power)
        return of_the_node(context, machine, shared_power(full_power=full, share=context.sample(share)))
    return total(f"idle power of {machine.name}", "W", parts) if parts else None


def host_share(context: Context, machine: Machine) -> Quantity:
    """Return the part of a host that a machine occupies: stated, by its accelerators, or all of it."""
    part = node_share(context, machine)
    if part is not None:
        return part
    archetype = context.book.archetypes["hosts"].get(machine.archetype, {})
    if (
        machine.host_share is not None
        or "slots" not in archetype
        or not machine.kinds
        or machine.manufacture is not None
    ):
        return count_of(context, machine.host_share, f"{machine.path}.host_share")
    slots = Stated(path="archetype.slots", value=float(archetype["slots"]), unit="1", text=str(archetype["slots"]))
    return slot_share(
        count=accelerators_in(context, machine), slots=context.sample(slots, "accelerators that one host holds")
    )


def accelerators_in(context: Context, machine: Machine) -> Quantity:
    """Return how many accelerators one machine has, of all kinds."""
    numbers = [number_in(context, kind) for kind in machine.kinds]
    return numbers[0] if len(numbers) == 1 else total(f"accelerators of {machine.name}", "1", numbers)


def node_share(context: Context, machine: Machine) -> Quantity | None:
    """Return the part of a node that a machine is, by its accelerators; None where it is a whole one."""
    whole = [context.sample(kind.of) for kind in machine.kinds if kind.of is not None]
    if not whole:
        return None
    slots = whole[0] if len(whole) == 1 else total(f"accelerators of the node of {machine.name}", "1", whole)
    return slot_share(count=accelerators_in(context, machine), slots=slots)


def of_the_node(context: Context, machine: Machine, power: Quantity) -> Quantity:
    """Return the part of a power of a node that a machine is: all of it, where the machine is no part of one."""
    share = node_share(context, machine)
    return power if share is None else shared_power(full_power=power, share=share)
