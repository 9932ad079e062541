"""The footprint of a project: its flows, their impacts by stage, activity and site, and what is not assessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from lca.quantities.formula import total
from lca.quantities.quantity import Quantity
from lca.subjects.footprint.boundary import StageStatus, boundary, cut_off_share
from lca.subjects.footprint.completeness import Lines, lines_by_stage
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.evidence import evidence_shares
from lca.subjects.footprint.flow import Context, Flow, Gap
from lca.subjects.footprint.impacts import (
    Breakdown,
    Impact,
    breakdown,
    characterise,
    group,
    relative_to,
)
from lca.subjects.footprint.inventory import Inventory, new_context, per_unit, take_inventory
from lca.subjects.footprint.machine_work import figures_of_work, machine_work
from lca.subjects.footprint.market_based import MarketResult, by_contract
from lca.subjects.footprint.metered import figures_of_meter
from lca.subjects.footprint.other_readings import OtherReading, other_readings
from lca.subjects.footprint.requests import requests_equal_to_training
from lca.subjects.footprint.resolved import Resolved, resolve_activities
from lca.subjects.footprint.supply import energy_total
from lca.subjects.subject import Inputs, Result, Results

#: Impacts by the name of a stage, an activity or a site, and by indicator.
Groups = Mapping[str, Mapping[str, Breakdown]]


class Footprint(Result, frozen=True, eq=False, kw_only=True):
    """The flows of a project, their impacts, and how much of the whole these cover.

    `parity` holds, for each service, how many requests use as much electricity as training and experiments did; `coverage` how
    many lines of a stage are counted on an indicator; `evidence` the share of an indicator that rests on each class
    of evidence.
    """

    inventory: Inventory
    impacts: tuple[Impact, ...]
    totals: Mapping[str, Breakdown]
    by_stage: Groups
    by_activity: Groups
    by_site: Groups
    energy: Quantity | None
    energy_at_plug: Quantity | None
    energy_by_activity: Mapping[str, Quantity]
    energy_by_stage: Mapping[str, Quantity]
    parity: Mapping[str, Quantity]
    per_unit: Mapping[str, Quantity]
    coverage: Mapping[str, Mapping[str, Lines]]
    evidence: Mapping[str, Mapping[str, float]]
    boundary: tuple[StageStatus, ...]
    cut_off_share: float
    market_based: MarketResult | None
    resolved: tuple[Resolved, ...]
    other_readings: tuple[OtherReading, ...]

    @property
    def flows(self) -> tuple[Flow, ...]:
        """The flows of all activities."""
        return self.inventory.flows

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What could not be covered, and why."""
        return self.inventory.gaps

    @property
    def units(self) -> Quantity:
        """How many functional units the project delivers."""
        return self.inventory.units

    @property
    def climate(self) -> Quantity | None:
        """The total on climate change."""
        return self.totals["gwp100"].total

    @property
    def printed(self) -> Iterator[tuple[str, Quantity]]:
        """The figures and the sums of each site; no shares, which wait for the total."""
        yield from ((path, figure) for path, figure in self.figures.items() if not path.endswith(".share"))
        for site, parts in self.by_site.items():
            for part in parts.values():
                yield from ((site, q) for q in (part.total, part.operational, part.embodied) if q is not None)

    @property
    def walked(self) -> Iterator[tuple[str, Quantity]]:
        """Impacts first, so that a flow is let go when its impacts are there."""
        yield from ((impact.flow.activity, impact.quantity) for impact in self.impacts)
        yield from self.printed

    def is_partial(self, indicator: str) -> bool:
        """Say whether something is not counted on an indicator, so that its total is a part of the whole."""
        return not all(lines.whole for lines in self.coverage[indicator].values())


def assess(inputs: Inputs, _: Results) -> Footprint:
    """Compute the footprint of a project."""
    descriptor, book, sample = inputs.descriptor, inputs.book, inputs.sample
    context = new_context(descriptor, book, sample)
    inventory = take_inventory(descriptor, context)
    flows, indicators = inventory.flows, book.indicators
    impacts = characterise(flows, indicators, sample)
    totals = {
        name: breakdown(f"total.{name}", [i for i in impacts if i.indicator == name], indicator.unit)
        for name, indicator in indicators.items()
    }
    by_stage, by_activity, by_site = (group(impacts, name, indicators) for name in (_stage, _activity, _site))
    energy, at_plug = _energy("energy of all sites", flows), _energy("energy at the plug", flows, at_plug=True)
    energy_by_activity = _energies(flows, lambda flow: flow.activity)
    energy_by_stage = _energies(flows, lambda flow: flow.stage)
    parity = _parity(flows, energy_by_activity, inventory.requests)
    rates = {
        name: per_unit.bound(impact=indicators[name].unit)(amount=part.total, units=inventory.units)
        for name, part in totals.items()
        if part.total is not None
    }
    market_based = by_contract(descriptor, impacts, sample)
    figures = dict(_breakdowns({"total": totals, **by_stage, **by_activity}))
    figures |= _shares(totals["gwp100"].total, {**by_stage, **by_activity})
    figures |= {f"per-unit.{indicator}": quantity for indicator, quantity in rates.items()}
    figures |= {f"{name}.energy": quantity for name, quantity in {**energy_by_stage, **energy_by_activity}.items()}
    figures |= {name: q for name, q in (("energy", energy), ("energy.at_plug", at_plug)) if q is not None}
    figures |= _lines(impacts, flows)
    resolved = resolve_activities(descriptor, new_context(descriptor, book, sample))
    figures |= _machine_work(inputs, resolved)
    figures |= {f"{path}.parity": quantity for path, quantity in parity.items()}
    figures |= {"total.gwp100.market-based": market_based.total} if market_based is not None else {}
    return Footprint(
        inventory=inventory,
        impacts=impacts,
        totals=totals,
        by_stage=by_stage,
        by_activity=by_activity,
        by_site=by_site,
        energy=energy,
        energy_at_plug=at_plug,
        energy_by_activity=energy_by_activity,
        energy_by_stage=energy_by_stage,
        parity=parity,
        per_unit=rates,
        coverage={name: lines_by_stage(flows, inventory.gaps, indicators[name]) for name in indicators},
        evidence={name: evidence_shares(impacts, name) for name in indicators},
        boundary=boundary(descriptor),
        cut_off_share=cut_off_share(descriptor),
        market_based=market_based,
        resolved=resolved,
        other_readings=tuple(other_readings(descriptor, book, context, inventory)),
        figures=figures,
        roots=(
            *(impact.quantity for impact in impacts),
            *rates.values(),
            *((market_based.total,) if market_based is not None else ()),
        ),
        problems=tuple(context.problems),
    )


def _stage(impact: Impact) -> str:
    return impact.flow.stage


def _activity(impact: Impact) -> str:
    return impact.flow.activity


def _site(impact: Impact) -> str:
    return impact.flow.site or "elsewhere"


def _energy(label: str, flows: Iterable[Flow], at_plug: bool = False) -> Quantity | None:
    return energy_total(label, list(flows), at_plug)


def _energies(flows: Iterable[Flow], of: Callable[[Flow], str]) -> dict[str, Quantity]:
    """Return the electricity of the flows by activity or stage, in their order, where there is any."""
    groups: dict[str, list[Flow]] = {}
    for flow in flows:
        groups.setdefault(of(flow), []).append(flow)
    found = ((name, energy_total(f"{name}.energy", rows)) for name, rows in groups.items())
    return {name: energy for name, energy in found if energy is not None}


def _parity(
    flows: Iterable[Flow], energies: Mapping[str, Quantity], requests: Mapping[str, Quantity]
) -> dict[str, Quantity]:
    """Return for each service how many requests use as much electricity as training and experiments did."""
    made = energy_total("training and experiments", [f for f in flows if f.stage in ("training", "experiments")])
    if made is None:
        return {}
    return {
        path: requests_equal_to_training(training=made, service=energies[path], requests=count)
        for path, count in requests.items()
        if path in energies and count.value > 0 and energies[path].value > 0
    }


def _breakdowns(groups: Groups) -> Iterator[tuple[str, Quantity]]:
    """Yield the impacts of the whole, of stages and of activities by their paths, with their scopes."""
    for name, parts in groups.items():
        for indicator, part in parts.items():
            scopes = {"": part.total, ".operational": part.operational, ".embodied": part.embodied}
            yield from ((f"{name}.{indicator}{scope}", q) for scope, q in scopes.items() if q is not None)


def _shares(climate: Quantity | None, groups: Groups) -> dict[str, Quantity]:
    """Return the share of each stage and activity in the climate total."""
    if climate is None or climate.value <= 0:
        return {}
    bound = relative_to.bound(amount="kgCO2e")
    wholes = {name: parts["gwp100"].total for name, parts in groups.items() if "gwp100" in parts}
    return {
        f"{name}.gwp100.share": bound(amount=whole, reference=climate)
        for name, whole in wholes.items()
        if whole is not None
    }


def _lines(impacts: Iterable[Impact], flows: Iterable[Flow]) -> dict[str, Quantity]:
    """Return the figures of each line of the inventory, such as `training.final-model.idle.gwp100` and its energy."""
    lines: dict[str, list[Quantity]] = {}
    for impact in impacts:
        path = f"{impact.flow.activity}.{_slug(impact.flow.part)}.{impact.indicator}"
        lines.setdefault(path, []).append(impact.quantity)
    for flow in flows:
        if flow.is_electricity:
            lines.setdefault(f"{flow.activity}.{_slug(flow.part)}.energy", []).append(flow.quantity)
    return {path: q[0] if len(q) == 1 else total(path, q[0].unit, q) for path, q in lines.items()}


def _slug(part: str) -> str:
    """Return the name of a line as a path has it: `clients' devices` as `clients-devices`."""
    return "-".join(re.findall(r"[a-z0-9]+", part.casefold().replace("'", "")))


def _machine_work(inputs: Inputs, resolved: Iterable[Resolved]) -> dict[str, Quantity]:
    """Return machine time, wall-clock time, processor time and power of each activity, and what meters counted."""
    context: Context = new_context(inputs.descriptor, inputs.book, inputs.sample)
    found = {
        f"{work.activity}.{name}": figure
        for work in machine_work(inputs.descriptor, context)
        for name, figure in figures_of_work(work, context).items()
    }
    for service in inputs.descriptor[ProductSystem].inference.values():
        if service.metered is not None:
            counted = figures_of_meter(context, service.metered, service.duration)
            found |= {f"{service.path}.{name}": figure for name, figure in counted.items()}
    return found | {f"{one.activity}.processor_time": one.processor_time for one in resolved if one.processor_time}
