"""Manufacture: which share of its machines a use carries, and the embodied flows of that share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Protocol

from msgspec.structs import replace

from lca.quantities.formula import formula, total
from lca.quantities.provenance import Factor, Stated
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Array
from lca.subjects.footprint.flow import EMBODIED, Context, Flow, Gap, Leaf, Use
from lca.subjects.footprint.machine import Machine, MachineParts, host_share, node_share
from lca.subjects.footprint.processor import Processor, identify, number_in


@formula("piece", source="luccioni-2023")
def active_share(machine_time: Array, lifetime: Array, utilisation: Array) -> Array:
    """Machines that a use wears out: its time over the time that one machine works in its life.

    Args:
        machine_time [h]: time that the machines are used.
        lifetime [h]: time from purchase to disposal.
        utilisation [1]: share of its lifetime in which the machine works for anybody.
    """
    return machine_time / (lifetime * utilisation)


@formula("piece", source="definition")
def whole_time_share(machine_time: Array, lifetime: Array) -> Array:
    """Machines that a use wears out where no other work shares them: no division by their utilisation.

    Args:
        machine_time [h]: time that the machines are used.
        lifetime [h]: time from purchase to disposal.
    """
    return machine_time / lifetime


@formula("piece", source="definition")
def parts_in_use(share: Array, per_machine: Array) -> Array:
    """Parts that a use wears out.

    Args:
        share [piece]: machines that the use wears out.
        per_machine [1]: such parts in one machine.
    """
    return share * per_machine


@formula("amount", source="definition")
def amount_in_use(share: Array, per_machine: Array) -> Array:
    """Material or capacity that a use wears out.

    Args:
        share [piece]: machines that the use wears out.
        per_machine [amount]: amount in one machine.
    """
    return share * per_machine


#: Key below `parameter/` of the utilisation of machines that many share, where an archetype has none of its own.
SHARED_SERVER = "gpu-server/utilisation"
#: The word of a factor of accelerators, or of requests, that holds the host's share.
HOST_WITHIN = "includes-host"


class _FlowMaker(Protocol):
    def __call__(
        self, part: str, key: str, quantity: Quantity, factors: Mapping[str, Leaf], note: str = ""
    ) -> Flow: ...


def lifetime_of(context: Context, machine: Machine) -> Quantity:
    """Return a machine's lifetime, stated or by its archetype."""
    usage = context.book.archetypes["hosts"].get(machine.archetype, {}).get("usage", "server")
    return context.stated_or(machine.lifetime, f"parameter/{usage}/lifetime")


def utilisation_of(context: Context, machine: Machine) -> Quantity:
    """Return the share of its lifetime in which a machine works: stated, or the default of its archetype.

    That of a laptop or desktop is its daily use, so that it wears out as the same device does; that of servers is of shared ones.
    """
    archetype = context.book.archetypes["hosts"].get(machine.archetype, {})
    return context.stated_or(machine.utilisation, f"parameter/{archetype.get('utilisation', SHARED_SERVER)}")


def working_share_of(context: Context, machine: Machine) -> Quantity:
    """Return the share of the time that a machine is on in which it works: stated, or the default for shared machines."""
    return context.stated_or(machine.utilisation, f"parameter/{SHARED_SERVER}")


def use_share(
    context: Context,
    machine: Machine,
    activity: str,
    time: Quantity,
    reserved: bool = False,
    waiting: Quantity | None = None,
) -> Quantity:
    """Return how many machines a use wears out, by the machine's allocation rule, and note it.

    A machine that is dedicated to the project or reserved for the activity has no other user to share its idle time.
    `waiting` is machine time that is held and not worked: it wears nothing out, and is paid where the machine is rented.
    """
    lifetime = lifetime_of(context, machine)
    if machine.dedicated or reserved:
        share = whole_time_share(machine_time=time, lifetime=lifetime)
    else:
        share = active_share(machine_time=time, lifetime=lifetime, utilisation=utilisation_of(context, machine))
    held = total(f"{activity}: machine time", "h", [time, waiting]) if waiting is not None else time
    context.uses.append(Use(machine.name, activity, share, held))
    return share


def manufacture_flows(context: Context, machine: Machine, stage: str, activity: str, share: Quantity) -> Iterator[Flow]:
    """Yield the embodied flows of a share of machines: host, accelerators, transport and end of life where known."""

    def flow(part: str, key: str, quantity: Quantity, factors: Mapping[str, Leaf], note: str = "") -> Flow:
        return Flow(stage, activity, part, EMBODIED, key, quantity, factors, machine.site, None, note)

    part_of_node = node_share(context, machine)
    node = share if part_of_node is None else parts_in_use(share=share, per_machine=part_of_node)
    kinds = machine.kinds
    made = [
        one for kind in kinds for one in _processor_flows(context, kind, "accelerators", share, flow, modelled=True)
    ]
    held = frozenset(indicator for one in made for indicator, leaf in one.factors.items() if _holds_host(leaf))
    if held and (machine.manufacture is not None or machine.parts is not None):
        message = f"the figure of `{made[0].key}` holds the share of a host, which is stated apart and counted twice"
        hint = "state the manufacture of one accelerator alone under `gpu`, or leave out that of the host"
        context.problem(machine.path, "LCA607", message, hint)
    if machine.manufacture is not None:
        yield flow("manufacture of the host", f"{machine.path}.manufacture", node, machine.manufacture.leaves("piece"))
    elif machine.parts is not None:
        yield from _parts_flows(context, machine.parts, node, flow)
    elif machine.archetype in context.book.archetypes["hosts"]:
        key = f"manufacture/{context.book.archetypes['hosts'][machine.archetype]['item']}"
        factors = {i: leaf for i, leaf in context.factors_of(key).items() if i not in held}
        if factors:
            quantity = parts_in_use(share=share, per_machine=host_share(context, machine))
            yield replace(flow("manufacture of the host", key, quantity, factors), within=held)
    else:
        context.gaps.append(Gap(stage, activity, "manufacture of the host", "the descriptor counts no host", EMBODIED))
    yield from made
    if machine.cpu is not None:  # the host's figure holds its processors, unless theirs is stated apart
        yield from _processor_flows(context, machine.cpu, "processors", node, flow)
    for footprint, part in ((machine.transport, "transport"), (machine.end_of_life, "end of life")):
        if footprint is not None:
            yield flow(part, footprint.path, node, footprint.leaves("piece"))


def _holds_host(leaf: Leaf) -> bool:
    """Say whether a figure of an accelerator holds its share of the host around it."""
    return isinstance(leaf, Factor) and HOST_WITHIN in leaf.coverage


def _processor_flows(
    context: Context, processor: Processor, what: str, share: Quantity, flow: _FlowMaker, modelled: bool = False
) -> Iterator[Flow]:
    """Yield the manufacture of processors as it is stated, or where it is `modelled` by the catalogue's archetype."""
    quantity = parts_in_use(share=share, per_machine=number_in(context, processor))
    if processor.manufacture is not None:
        path = processor.manufacture.path
        yield flow(f"manufacture of the {what}", path, quantity, processor.manufacture.leaves("piece"))
    elif modelled:
        identifier = identify(context, processor)
        name = identifier or re.sub(r"[^a-z0-9]+", "-", processor.model.casefold())
        archetype = next(a for a in context.book.archetypes["accelerators"] if re.search(a["match"], name or "-"))
        own = context.factors_of(f"manufacture/{name}") if archetype.get("proxy") else {}
        key = f"manufacture/{name if own else archetype['item']}"
        factors = own or context.factors_of(key)
        if archetype.get("proxy") and not own:
            factors = {i: replace(f, proxy_for=processor.model) for i, f in factors.items() if isinstance(f, Factor)}
            if identifier or processor.power is not None:  # else the model itself is asked for
                message = f"the manufacture of `{key}` stands in for `{processor.model}`"
                context.problem(f"{processor.path}.model", "LCA608", message)
        yield flow(f"manufacture of the {what}", key, quantity, factors)


#: Part of a machine -> key of the bottom-up table and the formula that turns a share of machines into an amount.
_BOTTOM_UP = {
    "processor_die": "bottom-up/processor-die",
    "processors": "bottom-up/processor-package",
    "memory_die": "bottom-up/memory-die",
    "memory_modules": "bottom-up/memory-module",
    "ssd": "bottom-up/ssd-capacity",
    "ssd_drives": "bottom-up/ssd-drive",
    "hdd_drives": "bottom-up/hdd-drive",
    "power_supply": "bottom-up/power-supply",
    "motherboards": "bottom-up/motherboard",
    "enclosures": "bottom-up/enclosure",
}


def _parts_flows(context: Context, parts: MachineParts, share: Quantity, flow: _FlowMaker) -> Iterator[Flow]:
    for name, key in _BOTTOM_UP.items():
        stated: Stated | None = getattr(parts, name)
        if stated is not None:
            per_machine = context.sample(stated)
            unit = {"processor_die": "cm2", "memory_die": "cm2", "ssd": "GB", "power_supply": "kg"}.get(name, "1")
            bound = amount_in_use.bound(amount=unit)
            yield flow(
                f"manufacture: {name.replace('_', ' ')}",
                key,
                bound(share=share, per_machine=per_machine),
                context.factors_of(key),
            )
    key = "bottom-up/assembly"
    yield flow("manufacture: assembly", key, share, context.factors_of(key))
