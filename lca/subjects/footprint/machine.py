"""Machines: what they are, the power they draw, and the time they are used."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from lca.catalogue.instances import InstanceType
from lca.quantities.formula import formula, total
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Array
from lca.subjects.footprint.flow import Context, Leaf
from lca.subjects.footprint.processor import Processor, count_of, full_power_of, load_of, processor_power
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
    gpu: Processor | None = None
    cpu: Processor | None = None
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

    @property
    def archetype(self) -> str:
        """The host that is stated, or the one that its accelerators suggest."""
        return self.host or ("gpu-server" if self.gpu else "server")


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
def machine_time_of_processors(processor_time: Array, processors: Array) -> Array:
    """Time that machines are used, from the time of their accelerators.

    Args:
        processor_time [h]: accelerator-hours.
        processors [1]: accelerators in one machine.
    """
    return processor_time / processors


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
        return context.sample(machine.power)
    parts: list[Quantity] = []
    for processor, load in ((machine.gpu, gpu_load), (machine.cpu, cpu_load)):
        if processor is None:
            continue
        full = full_power_of(context, processor)
        if full is None:
            return None
        count = count_of(context, processor.count, f"{processor.path}.count")
        parts.append(processor_power(count=count, full_power=full, load=load_of(context, load)))
    if machine.memory is not None and machine.memory.value > 0:
        per_capacity = context.default("parameter/ram/power")
        parts.append(memory_power(capacity=context.sample(machine.memory), power_per_capacity=per_capacity))
    if not parts and machine.instance:
        return None  # its type is unknown, which is told
    if not parts:
        hint = "add `gpu`, `cpu` or `power`"
        context.problem(machine.path, "LCA202", f"{machine.path} has nothing that draws power", hint)
        return None
    return total(f"power of {machine.name}", "W", parts)


def host_power(context: Context, machine: Machine) -> Quantity | None:
    """Return the power of the host around the processors; None where it is within the machine's power, or not counted.

    The archetype's default serves only a machine of which neither processors nor memory nor power are stated apart.
    """
    if machine.host_power is not None:
        return context.sample(machine.host_power)
    archetype = context.book.archetypes["hosts"].get(machine.archetype, {})
    if "power" not in archetype or machine.power is not None or machine.cpu is not None or machine.memory is not None:
        return None
    full = context.default(f"parameter/{archetype['usage']}/{archetype['power']}")
    return shared_power(full_power=full, share=host_share(context, machine))


def idle_power(context: Context, machine: Machine) -> Quantity | None:
    """Return the power of one machine that is on and waits; None where nothing is known of it."""
    if machine.idle_power is not None:
        return context.sample(machine.idle_power)
    parts: list[Quantity] = []
    for processor in (machine.gpu, machine.cpu):
        if processor is not None and (processor.idle_power is not None or processor is machine.gpu):
            full = context.stated_or(processor.idle_power, "parameter/gpu/idle_power")
            count = count_of(context, processor.count, f"{processor.path}.count")
            parts.append(shared_power(full_power=full, share=count))
    if machine.memory is not None and machine.memory.value > 0:
        per_capacity = context.default("parameter/ram/power")
        parts.append(memory_power(capacity=context.sample(machine.memory), power_per_capacity=per_capacity))
    host = host_power(context, machine)
    if host is not None:
        parts.append(host)
    return total(f"idle power of {machine.name}", "W", parts) if parts else None


def host_share(context: Context, machine: Machine) -> Quantity:
    """Return the part of a host that a machine occupies: stated, by its accelerators, or all of it."""
    archetype = context.book.archetypes["hosts"].get(machine.archetype, {})
    if (
        machine.host_share is not None
        or "slots" not in archetype
        or machine.gpu is None
        or machine.manufacture is not None
    ):
        return count_of(context, machine.host_share, f"{machine.path}.host_share")
    slots = Stated(path="archetype.slots", value=float(archetype["slots"]), unit="1", text=str(archetype["slots"]))
    count = count_of(context, machine.gpu.count, f"{machine.gpu.path}.count")
    return slot_share(count=count, slots=context.sample(slots, "accelerators that one host holds"))
