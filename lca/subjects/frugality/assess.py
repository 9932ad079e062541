"""The frugality panel: data per day, rates, share of experiments, reuse, orders of magnitude; indicators without a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from lca.descriptor.descriptor import Descriptor
from lca.quantities.formula import total
from lca.quantities.provenance import Factor
from lca.quantities.quantity import Quantity
from lca.quantities.units import conversion, same_dimension
from lca.subjects.footprint.assess import Footprint
from lca.subjects.footprint.base_model import BaseModel
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import Context, Flow
from lca.subjects.footprint.inventory import Inventory, new_context, per_unit
from lca.subjects.footprint.requests import request_volume
from lca.subjects.footprint.stages.transfer import volume_of_period
from lca.subjects.footprint.supply import energy_total
from lca.subjects.frugality.formulas import data_per_day, equivalent, share_of_electricity, share_of_mark
from lca.subjects.subject import Inputs, Result, Results

#: What the climate total is also told as: a flight, a car, a train, two meals.
EQUIVALENCES = (
    "flight-paris-new-york-return",
    "transport-voiturethermique",
    "transport-tgv",
    "meal-avecduboeuf",
    "meal-vegetarien",
)


class Equivalent(Struct, frozen=True, eq=False):
    """How many of a known thing have the project's climate impact."""

    name: str
    factor: Factor
    quantity: Quantity


class Frugality(Result, frozen=True, eq=False, kw_only=True):
    """The panel's indicators; None where the descriptor does not give what an indicator needs.

    `volumes` holds the data handled by stage. Data that are collected and then moved count in both, so their sum is an
    upper bound. `published` are the climate figures that others print, the smallest first.
    """

    volumes: Mapping[str, Quantity]
    data_per_day: Quantity | None
    mark: Factor
    share_of_mark: Quantity | None
    energy_per_unit: Quantity | None
    experiments: Quantity | None
    trainings: int
    reused: Mapping[str, BaseModel]
    published: tuple[Factor, ...]
    equivalents: tuple[Equivalent, ...]


def assess(inputs: Inputs, earlier: Results) -> Frugality:
    """Return the panel of a project."""
    descriptor, book, sample, footprint = inputs.descriptor, inputs.book, inputs.sample, earlier[Footprint]
    inventory, climate, period = footprint.inventory, footprint.climate, descriptor.about.duration
    context = new_context(descriptor, book, sample)
    energy = energy_total("energy of all sites", list(inventory.flows))
    volumes = _volumes(descriptor, context, inventory)
    mark = book.get("mark/data-per-day")
    per_day = None
    if volumes and period is not None:
        volume = total("data collected and moved", "TB", volumes.values())
        per_day = data_per_day(volume=volume, period=sample(period))
    trainings = descriptor[ProductSystem].training.values()
    share = share_of_mark(data=per_day, mark=sample(mark)) if per_day is not None else None
    rate = per_unit.bound(impact="kWh")(amount=energy, units=inventory.units) if energy else None
    experiments = _share_of_experiments(inventory.flows, energy)
    equivalents = tuple(_equivalents(context, climate)) if climate is not None else ()
    figures = {
        "data-per-day": per_day,
        "share-of-mark": share,
        "energy-per-unit": rate,
        "experiments-share": experiments,
        **{f"equivalent.{e.name}": e.quantity for e in equivalents},
    }
    return Frugality(
        volumes=volumes,
        data_per_day=per_day,
        mark=mark,
        share_of_mark=share,
        energy_per_unit=rate,
        experiments=experiments,
        trainings=len(trainings),
        reused={training.path: training.base_model for training in trainings if training.base_model is not None},
        published=_published(context),
        equivalents=equivalents,
        figures={f"frugality.{name}": quantity for name, quantity in figures.items() if quantity is not None},
    )


def _volumes(descriptor: Descriptor, context: Context, inventory: Inventory) -> dict[str, Quantity]:
    """Return the data that each stage handles over the project, where their volume is stated."""
    sample = context.sample
    parts: dict[str, list[Quantity]] = {"collection": [], "transfer": [], "inference": []}
    for collection in descriptor[ProductSystem].collection.values():
        if collection.amount is not None and same_dimension(collection.amount.unit, "TB"):
            parts["collection"].append(sample(collection.amount))
    for transfer in descriptor[ProductSystem].transfer.values():
        stated = transfer.volume
        if stated is not None and same_dimension(stated.unit, "TB"):
            parts["transfer"].append(sample(stated))
        elif stated is not None and same_dimension(stated.unit, "TB/year") and transfer.duration is not None:
            volume = volume_of_period(rate=sample(stated), duration=sample(transfer.duration))
            parts["transfer"].append(volume.named(f"{transfer.path}.volume"))
    for service in descriptor[ProductSystem].inference.values():
        requests = inventory.requests.get(service.path)
        if requests is not None and service.network is not None and service.network.volume is not None:
            volume = request_volume(requests=requests, volume=sample(service.network.volume))
            parts["inference"].append(volume.named(f"data of the requests of {service.path}"))
    return {stage: total(f"data of {stage}", "TB", found) for stage, found in parts.items() if found}


def _share_of_experiments(flows: Iterable[Flow], energy: Quantity | None) -> Quantity | None:
    part = energy_total("electricity of experiments", [flow for flow in flows if flow.stage == "experiments"])
    return share_of_electricity(part=part, whole=energy) if part is not None and energy is not None else None


def _published(context: Context) -> tuple[Factor, ...]:
    """Return the published climate figures of the catalogue, the smallest first."""
    kind = "published-footprint"
    factors = [context.book.get(f"{kind}/{name}", "gwp100") for name in context.book.names(kind)]
    return tuple(sorted(factors, key=lambda factor: factor.value * conversion(factor.unit, "kgCO2e")))


def _equivalents(context: Context, climate: Quantity) -> Iterator[Equivalent]:
    for name in EQUIVALENCES:
        factor = context.book.get(f"equivalence/{name}", "gwp100")
        bound = equivalent.bound(amount=factor.unit.partition("/")[2] or "1")
        quantity = bound(impact=climate, each=context.sample(factor))
        yield Equivalent(name, factor, quantity.named(f"equivalent: {factor.names[0]}"))
