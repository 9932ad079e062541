"""What a project itself says that bears on the rows: its results, its hosts, its machines and its claim."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from lca.catalogue.book import FactorBook
from lca.descriptor.descriptor import Descriptor
from lca.quantities.by_language import Text
from lca.quantities.formula import total
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Computed, Quantity, Sampler
from lca.quantities.trees import leaves
from lca.quantities.uncertainty import Exact
from lca.quantities.units import conversion
from lca.subjects.benefit.declared import Benefit
from lca.subjects.benefit.result import BenefitResult
from lca.subjects.checklist.declared import AvoidanceClaim, Declarations, EquipmentLine, Hosting, HostPractice
from lca.subjects.checklist.fluids import F_GAS, basis_of, is_blend, warming_of
from lca.subjects.checklist.model import Checklist
from lca.subjects.checklist.outcome import Said, about, said
from lca.subjects.checklist.practices import practice_table
from lca.subjects.crosscheck.assess import Crosscheck
from lca.subjects.crosscheck.other_methods import MethodResult
from lca.subjects.footprint.assess import Footprint
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import EMBODIED, Flow
from lca.subjects.footprint.inventory import new_context
from lca.subjects.footprint.manufacture import lifetime_of
from lca.subjects.footprint.supply import Supply
from lca.subjects.footprint.water import water_on_site
from lca.subjects.frugality.assess import Frugality
from lca.subjects.subject import Results

if TYPE_CHECKING:
    from lca.subjects.benefit.balance import Balance

_EXACT_DRAWS = Sampler(0, 0)
_COMPUTING_STAGES = ("storage", "training", "experiments", "inference")


class Fluid(Struct, frozen=True):
    """A refrigerant with its global warming potential and the words for its basis."""

    name: str
    warming: float
    basis: Text


class HostFacts(Struct, frozen=True, eq=False):
    """One data centre: what its host declares, and what the calculation uses for it.

    `practices` is None where there is no table; `expected_water` is the declared WUE times the IT energy.
    """

    name: str
    declared: Hosting | None = None
    practices: tuple[HostPractice, ...] | None = None
    zone: str = ""
    pue: Quantity | None = None
    grid: float | None = None
    water: Quantity | None = None
    expected_water: Quantity | None = None
    fluids: tuple[Fluid, ...] = ()


class MachineFacts(Struct, frozen=True):
    """One kind of machine or device: what is declared of it, and the lifetime that the calculation uses, in years."""

    name: str
    declared: EquipmentLine | None = None
    lifetime: float | None = None
    lifetime_stated: bool = False
    server: bool = False


class Facts(Struct, frozen=True, eq=False):
    """All that a check may ask; empty where the project says nothing."""

    as_of: datetime.date
    climate_result: bool = False
    embodied_result: bool = False
    water_result: bool = False
    mineral_result: bool = False
    computing: bool = False
    equipment: bool = False
    start: str = ""
    hosts: tuple[HostFacts, ...] = ()
    machines: tuple[MachineFacts, ...] = ()
    claim: AvoidanceClaim | None = None
    avoided: bool = False
    reference: bool = False
    alternatives: tuple[str, ...] = ()
    cost: Quantity | None = None
    saving: Quantity | None = None
    net: Quantity | None = None
    green_algorithms: Said | None = None
    missing_beside_benefit: tuple[Said, ...] | None = None
    data_per_day: Quantity | None = None
    hazards: tuple[str, ...] = ()


def facts_of(
    descriptor: Descriptor, book: FactorBook, checklist: Checklist, earlier: Results, as_of: datetime.date
) -> Facts:
    """Gather the facts of a project and of what was computed of it."""
    footprint, balance = earlier[Footprint], earlier[BenefitResult].climate
    rows, totals = list(footprint.flows), footprint.totals
    computing = bool(descriptor[ProductSystem].machines) or any(
        descriptor[ProductSystem].stage(stage) for stage in _COMPUTING_STAGES
    )
    claimed = descriptor.get(Benefit)
    return Facts(
        as_of=as_of,
        climate_result=totals["gwp100"].total is not None,
        embodied_result=any(flow.scope == EMBODIED for flow in rows),
        water_result=totals["water_consumption"].total is not None or totals["water_scarcity"].total is not None,
        mineral_result=totals["adpe"].total is not None,
        computing=computing,
        equipment=computing or bool(descriptor[ProductSystem].devices or descriptor[ProductSystem].stage("equipment")),
        start=str(descriptor.about.start),
        hosts=tuple(_hosts(descriptor, checklist, rows, footprint.inventory.supplies)),
        machines=tuple(_machines(descriptor, book)),
        claim=descriptor[Declarations].claim,
        avoided=claimed is not None and bool(claimed.effects),
        reference=claimed is not None and claimed.reference is not None,
        alternatives=tuple(claimed.reference.alternatives) if claimed is not None and claimed.reference else (),
        cost=balance.cost if balance else None,
        saving=balance.potential if balance else None,
        net=balance.net_solution if balance else None,
        green_algorithms=_green_algorithms(descriptor, earlier[Crosscheck].methods),
        missing_beside_benefit=tuple(_missing(claimed, balance, descriptor))
        if claimed is not None and claimed.effects
        else None,
        hazards=tuple(checklist.hazards),
        data_per_day=earlier[Frugality].data_per_day,
    )


def _hosts(
    descriptor: Descriptor, checklist: Checklist, flows: list[Flow], supplies: Mapping[str, Supply]
) -> Iterable[HostFacts]:
    """Yield each data centre of the project, and each host that is declared where the descriptor has no sites."""
    declared = descriptor[Declarations].hosting
    names = [
        name for name, site in descriptor[ProductSystem].sites.items() if site.kind == "data-centre" or name in declared
    ]
    for name in names if descriptor[ProductSystem].sites else declared:
        hosting, supply = declared.get(name), supplies.get(name)
        table, _ = practice_table(hosting.code_of_conduct if hosting else None, descriptor.files)
        leaf = supply.factors.get("gwp100") if supply else None
        at_plug = [flow.at_plug for flow in flows if flow.site == name and flow.at_plug is not None]
        water = [flow.quantity for flow in flows if flow.site == name and flow.key == "water/on-site"]
        wue = hosting.wue.value if hosting and hosting.wue else None
        yield HostFacts(
            name=name,
            declared=hosting,
            practices=table,
            zone=supply.zone if supply else "",
            pue=supply.pue if supply else None,
            grid=leaf.value * conversion(leaf.unit, "gCO2e/kWh") if leaf is not None else None,
            water=total("water on site", "L", water) if water else None,
            expected_water=water_on_site(it_electricity=total("IT energy", "kWh", at_plug), wue=_EXACT_DRAWS(wue))
            if wue is not None and at_plug
            else None,
            fluids=tuple(_fluids(hosting, checklist)) if hosting else (),
        )


def _fluids(hosting: Hosting, checklist: Checklist) -> Iterable[Fluid]:
    for refrigerant in (hosting.refrigerants or {}).values():
        warming = warming_of(refrigerant, checklist)
        if warming is not None:
            by_mass = refrigerant.gwp is None and is_blend(refrigerant.fluid, checklist.fluids)
            basis = "by-mass" if by_mass else basis_of(refrigerant) or F_GAS
            yield Fluid(refrigerant.fluid, warming, checklist.word("bases", basis))


def _machines(descriptor: Descriptor, book: FactorBook) -> Iterable[MachineFacts]:
    """Yield each machine and device of the project, and each line declared where the descriptor has neither."""
    declared = descriptor[Declarations].equipment
    context = new_context(descriptor, book, _EXACT_DRAWS)
    for name, machine in descriptor[ProductSystem].machines.items():
        years = lifetime_of(context, machine).best_in("year")
        server = machine.archetype.endswith("server")
        yield MachineFacts(name, declared.get(name), years, machine.lifetime is not None, server)
    for name, device in descriptor[ProductSystem].devices.items():
        stated = device.lifetime
        yield MachineFacts(name, declared.get(name), _years(stated), stated is not None)
    if not descriptor[ProductSystem].machines and not descriptor[ProductSystem].devices:
        yield from (MachineFacts(name, line) for name, line in declared.items())


def _years(stated: Stated | None) -> float | None:
    return None if stated is None else stated.value * conversion(stated.unit, "year")


def _green_algorithms(descriptor: Descriptor, methods: Iterable[MethodResult]) -> Said | None:
    """Say which figure of Green Algorithms the dossier holds: one of this report, or one of a document."""
    versions = [m.version for m in methods if m.name == "green-algorithms" and m.carbon is not None]
    if versions:
        return said("versions_here", versions=", ".join(versions))
    for answer in descriptor[Declarations].answers.values():
        for item in answer.evidence:
            if item.type == "measurement_log" and "green algorithms" in item.title.casefold():
                return said("document", title=item.title)
    return None


def _missing(benefit: Benefit, balance: Balance | None, descriptor: Descriptor) -> Iterable[Said]:
    """Yield what a claimed benefit lacks of baseline, horizon, range and rebound."""
    ranged = {part.path for part in balance.effects if _has_range(part.potential)} if balance else set()
    if benefit.reference is None:
        yield said("no_reference")
    if benefit.horizon is None and descriptor.about.duration is None:
        yield said("no_horizon_of_benefit")
    for effect in benefit.counted_effects:
        if effect.path not in ranged:
            yield about(effect.name, said("no_range"))
        if effect.rebound is None and not effect.no_rebound:
            yield about(effect.name, said("no_rebound"))


def _has_range(amounts: Iterable[Quantity | None]) -> bool:
    """Say whether anything that some amounts rest on is uncertain."""
    found = leaves(amount for amount in amounts if amount is not None)
    return any(
        not isinstance(leaf.origin.uncertainty, Exact) for leaf in found if not isinstance(leaf.origin, Computed)
    )
