"""All activities of a project to flows; what its stages count; and how much the functional unit is of the whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from lca.catalogue.book import FactorBook
from lca.descriptor.descriptor import Descriptor
from lca.problems import Problem
from lca.quantities.formula import formula, total
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity, Sampler
from lca.quantities.uncertainty import Array
from lca.subjects.footprint.boundary import CUT_OFF_LIMIT, boundary, cut_off_share
from lca.subjects.footprint.completeness import gaps_of_flows
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import Context, Flow, Gap, Use
from lca.subjects.footprint.own_machines import ask_whether_shared
from lca.subjects.footprint.stage import Setting, Stage
from lca.subjects.footprint.stages import LIFE_CYCLE
from lca.subjects.footprint.stages.equipment import idle_rest
from lca.subjects.footprint.stages.inference import counted_of, requests_of
from lca.subjects.footprint.stages.training import ask_for_base_models
from lca.subjects.footprint.stated import stated_flow
from lca.subjects.footprint.supply import Supplies, Supply
from lca.subjects.footprint.water import water_gaps
from lca.subjects.footprint.years import note_years_of_use


class Inventory(Struct, frozen=True, eq=False):
    """The flows of a project, what could not be covered, and the problems met on the way."""

    flows: tuple[Flow, ...]
    gaps: tuple[Gap, ...]
    problems: tuple[Problem, ...]
    uses: tuple[Use, ...]
    supplies: Mapping[str, Supply]
    units: Quantity
    requests: Mapping[str, Quantity]


@formula("1", source="iso-14040")
def units_delivered(delivered: Array, quantity: Array) -> Array:
    """How many functional units the project delivers.

    Args:
        delivered [1]: amount that the project delivers in all.
        quantity [1]: amount in one functional unit.
    """
    return delivered / quantity


@formula("impact", source="iso-14040")
def per_unit(amount: Array, units: Array) -> Array:
    """Impact of one functional unit.

    Args:
        amount [impact]: impact of the whole project.
        units [1]: functional units that the project delivers.
    """
    return amount / units


def take_inventory(descriptor: Descriptor, context: Context) -> Inventory:
    """Turn every activity into flows, in the order of stages and of the descriptor."""
    system = descriptor[ProductSystem]
    supplies = Supplies(context, system.sites)
    for name in system.sites:
        supplies.of_site(name)
    setting = Setting(context, supplies, system.machines, system.devices, system.factors)
    flows: list[Flow] = []
    for stage in LIFE_CYCLE:
        for activity in system.stage(stage.name).values():
            dated = supplies.in_year(activity.period.year if activity.period else None)
            flows += _flows(stage, replace(setting, supplies=dated, flows=tuple(flows)), activity)
    ask_whether_shared(context, system, descriptor.about.duration)
    ask_for_base_models(context, system.training.values())
    flows += idle_rest(context, system.machines, descriptor.about.duration)
    context.gaps.extend(water_gaps(supplies.known(), flows))
    context.gaps.extend(gaps_of_flows(flows, context.book.indicators))
    activities = [activity for group in system.activities.values() for activity in group.values()]
    durations = {each.path: getattr(each, "duration", None) for each in activities}
    periods = {each.path: each.period for each in activities if each.period}
    note_years_of_use(context, supplies.places(), flows, durations, descriptor.about.duration, periods)
    units = _units(descriptor, context)
    _check_cut_offs(descriptor, context)
    requests = _requests(descriptor, context)
    return Inventory(
        flows=tuple(flows),
        gaps=tuple(context.gaps),
        problems=tuple(context.problems),
        uses=tuple(context.uses),
        supplies=supplies.known(),
        units=units,
        requests=requests,
    )


def _flows(stage: Stage[Any], setting: Setting, activity: Any) -> list[Flow]:
    """Return the flows of one activity of a stage."""
    if activity.stated is not None:
        return [stated_flow(setting.context, stage.name, activity.stated, activity.note)]
    return list(stage.flows(setting, activity))


def _units(descriptor: Descriptor, context: Context) -> Quantity:
    """Return how many functional units the project delivers; one where the project as a whole is the unit."""
    whole = Stated("goal.functional_unit", 1.0, "1", text="1", location=context.at("goal.functional_unit"))
    unit = descriptor.goal.functional_unit
    if unit is None or unit.quantity is None:
        return context.sample(whole, "the project as a whole")
    quantity = context.sample(unit.quantity)
    if unit.delivered is not None:
        if unit.delivered.noun != unit.quantity.noun:
            message = f"`{unit.delivered.noun}` is delivered, but the functional unit counts `{unit.quantity.noun}`"
            context.problem(f"{unit.path}.delivered", "LCA404", message, "count the same noun in both")
        return units_delivered(delivered=context.sample(unit.delivered), quantity=quantity)
    served = [
        requests.named(f"requests of {service.path}")
        for service in descriptor[ProductSystem].inference.values()
        if (counted := counted_of(service)) is not None and counted.noun == unit.quantity.noun
        if (requests := requests_of(context, service)) is not None
    ]
    if not served:
        return context.sample(whole, "the project as a whole")
    return units_delivered(delivered=total("delivered", "1", served), quantity=quantity)


def _requests(descriptor: Descriptor, context: Context) -> dict[str, Quantity]:
    """Return the requests of each service whose volume is stated."""
    found = {service.path: requests_of(context, service) for service in descriptor[ProductSystem].inference.values()}
    return {path: requests for path, requests in found.items() if requests is not None}


def _check_cut_offs(descriptor: Descriptor, context: Context) -> None:
    estimated = cut_off_share(descriptor)
    if estimated > CUT_OFF_LIMIT:
        message = (
            f"the exclusions and cut-offs are estimated at {estimated:.1%} of the total, above {CUT_OFF_LIMIT:.0%}"
        )
        context.problem("goal", "LCA603", message, "describe the largest of them instead")
    for status in boundary(descriptor):
        if status.status == "not-assessed":
            message = f"the stage {status.stage} is neither described nor excluded"
            context.problem(
                "goal.excluded",
                "LCA606",
                message,
                f"describe it, or add `goal: {{excluded: {{{status.stage}: {{reason: ...}}}}}}`",
            )


def new_context(descriptor: Descriptor, book: FactorBook, sample: Sampler) -> Context:
    """Return the context in which a project's activities are read."""

    document = descriptor.document
    years = [site.year for site in descriptor[ProductSystem].sites.values() if site.year is not None]
    year = descriptor.year or (years[0] if years else 0)
    models = descriptor[ProductSystem].models
    return Context(book=book, sample=sample, year=year, locate=document.nodes, file=document.file, models=models)
