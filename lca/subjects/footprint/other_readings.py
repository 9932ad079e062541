"""What the total would be if the project's own machines, counted as shared, were used by nobody else."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from lca.catalogue.book import FactorBook
from lca.descriptor.descriptor import About, Descriptor
from lca.descriptor.parts import Parts
from lca.quantities.formula import total
from lca.quantities.quantity import Quantity, Sampler
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import Context
from lca.subjects.footprint.impacts import characterise
from lca.subjects.footprint.inventory import Inventory, new_context, take_inventory
from lca.subjects.footprint.own_machines import HardlyUsed, hardly_used


class OtherReading(Struct, frozen=True, eq=False):
    """The total on climate change, at the best estimates, by another reading of who uses a machine.

    `dedicated` is the machine kept for the project and off while it does not work, `reserved` the machine on all the time.
    """

    machine: str
    share: float
    shared: Quantity
    dedicated: Quantity
    reserved: Quantity


def other_readings(
    descriptor: Descriptor, book: FactorBook, context: Context, inventory: Inventory
) -> Iterator[OtherReading]:
    """Yield the other readings of each machine that a service of the project uses little."""
    about, system = descriptor.about, descriptor[ProductSystem]
    for found in hardly_used(context, system, inventory.uses, about.duration):
        kept = replace(found.machine, dedicated=True)
        lasting = about if about.duration is not None else replace(about, duration=found.service.duration)
        dedicated = replace(system, machines={**system.machines, kept.name: kept})
        shared = _climate(descriptor, book, system, about)
        one, other = (
            _climate(descriptor, book, dedicated, lasting),
            _climate(descriptor, book, _reserved(system, found), about),
        )
        if shared is not None and one is not None and other is not None:
            yield OtherReading(found.machine.name, found.share, shared, one, other)


def _reserved(system: ProductSystem, found: HardlyUsed) -> ProductSystem:
    service = replace(found.service, on="", reserved=found.machine.name)
    return replace(system, inference={**system.inference, service.name: service})


def _climate(descriptor: Descriptor, book: FactorBook, system: ProductSystem, about: About) -> Quantity | None:
    """Return the best estimate on climate change of a descriptor with another product system."""
    parts = Parts(*(system if isinstance(part, ProductSystem) else part for part in descriptor.parts))
    other = replace(descriptor, parts=parts, about=about)
    sample = Sampler(0, 0)
    inventory = take_inventory(other, new_context(other, book, sample))
    only = {"gwp100": book.indicators["gwp100"]}
    flows = [replace(f, factors={i: leaf for i, leaf in f.factors.items() if i in only}) for f in inventory.flows]
    impacts = [impact.quantity for impact in characterise(flows, only, sample)]
    return total("climate change by another reading", "kgCO2e", impacts) if impacts else None
