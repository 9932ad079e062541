"""The whole pipeline on one screen: a project and a catalogue become an assessment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from lca.assessment.figures import nodes
from lca.assessment.record import Assessment, Fingerprint
from lca.catalogue.book import FactorBook
from lca.descriptor.descriptor import Project
from lca.descriptor.merge_patch import told
from lca.descriptor.unused_names import unused_names
from lca.problems import Problem, did_you_mean
from lca.quantities.quantity import Apart, Computed, Quantity, Sampler
from lca.quantities.trees import leaves
from lca.subjects.benefit.assess import BenefitStudy, study_benefit, yearly_reference
from lca.subjects.benefit.break_even import break_evens
from lca.subjects.benefit.checks import benefit_problems
from lca.subjects.benefit.reference_checks import coverage_problems, reference_problems
from lca.subjects.benefit.value import is_carbon_value, is_money, per_tonne, value_of
from lca.subjects.checklist.assess import screen
from lca.subjects.checklist.facts import Results, facts_of
from lca.subjects.checklist.model import Checklist
from lca.subjects.claims.assess import claims_of
from lca.subjects.claims.frugal_ai import is_documented, judge
from lca.subjects.crosscheck.bounds import Limits, doubts, limits_of
from lca.subjects.crosscheck.printed_bounds import doubtful_results
from lca.subjects.crosscheck.stated_results import CONTRADICTS, UNKNOWN, recompute
from lca.subjects.footprint.boundary import boundary, cut_off_share
from lca.subjects.footprint.evidence import evidence_shares
from lca.subjects.footprint.flow import Flow
from lca.subjects.footprint.impacts import breakdown, characterise, coverage_by_stage, group
from lca.subjects.footprint.inventory import Inventory, new_context, per_unit, take_inventory
from lca.subjects.footprint.market_based import by_contract
from lca.subjects.footprint.requests import requests_equal_to_training
from lca.subjects.footprint.supply import energy_total
from lca.subjects.frugality.assess import panel
from lca.subjects.money.assess import cost_of
from lca.subjects.money.checks import money_problems
from lca.subjects.quality.assess import trade_offs
from lca.subjects.quality.checks import quality_problems


def assess(
    project: Project,
    book: FactorBook,
    checklist: Checklist,
    fingerprint: Fingerprint,
    reference: Project | None = None,
    apart: Apart | None = None,
) -> Assessment:
    """Compute a project and its scenarios; `reference` is its reference where that is a descriptor.

    The fingerprint gives the seed, the number of draws (0 for the best estimate alone) and the date that expiry is judged by.
    Errors are among the assessment's problems; figures then cover what could be computed. Scenarios take the same seed, so
    what they share with the project shares its draws; `apart` sets a project that stands beside another one apart.
    """

    def alone(one: Project) -> Assessment:
        sample = Sampler(fingerprint.seed, fingerprint.draws, apart)
        return _assess(one, book, checklist, fingerprint, sample, reference if one.reference_file else None)

    base = alone(project)
    scenarios = {name: alone(scenario) for name, scenario in project.scenarios.items()}
    inputs = _inputs(base) if scenarios else None
    found = [p for name, scenario in scenarios.items() for p in _of_scenario(base, name, scenario, inputs)]
    return replace(base, scenarios=scenarios, problems=_ordered([*base.problems, *unused_names(project), *found]))


def _of_scenario(base: Assessment, name: str, scenario: Assessment, inputs: object) -> Iterator[Problem]:
    """Yield what a scenario adds to the problems of its base, and a warning where its inputs are those of the base."""
    document = base.project.document
    own = [*benefit_problems(scenario.project), *scenario.problems]
    yield from told(document, name, own, [*benefit_problems(base.project), *base.problems])
    if _inputs(scenario) == inputs:
        message = f"scenario `{name}` changes no figure of this study"
        yield Problem(document.key_at(("scenarios", name)), "LCA905", message, "is it what you meant to change?")


def _inputs(assessment: Assessment) -> tuple[dict[str, float], set[object]]:
    """Return the figures of an assessment, and what their intervals come from."""
    figures = nodes(assessment)
    ends = (quantity.origin for quantity in leaves(figures.values()))
    spreads: set[object] = {(end.record, end.uncertainty) for end in ends if not isinstance(end, Computed)}
    return {name: figure.value for name, figure in figures.items()}, spreads


def _ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems), key=lambda p: (p.location, p.code, p.message)))


def _assess(
    project: Project,
    book: FactorBook,
    checklist: Checklist,
    fingerprint: Fingerprint,
    sample: Sampler,
    reference: Project | None,
) -> Assessment:
    """Compute one project without its scenarios."""
    context = new_context(project, book, sample)
    inventory = take_inventory(project, context)
    flows, indicators = inventory.flows, book.indicators
    impacts = characterise(flows, indicators, sample)
    totals = {
        name: breakdown(f"total.{name}", [i for i in impacts if i.indicator == name], indicator.unit)
        for name, indicator in indicators.items()
    }
    climate = totals["gwp100"].total
    energies = _energies(flows, lambda flow: flow.activity)
    against, doubts_on_reference = _reference(project, reference, book, sample)
    context.problems.extend(coverage_problems(project, context, inventory.supplies))
    units = {name: indicator.unit for name, indicator in indicators.items()}
    study = study_benefit(project, context, impacts, units, against) if climate else None
    limits = limits_of(project, book)
    balance = study.climate if study else None
    frugality = panel(project, context, inventory, climate)
    seen = Results(flows, totals, inventory.supplies, balance, frugality.data_per_day)
    facts = facts_of(project, book, checklist, seen, fingerprint.as_of)
    examination, doubtful = screen(project, checklist, facts, list(flows))
    evidence = {name: evidence_shares(impacts, name) for name in indicators}
    own = [name for name, file in project.files.items() if file.own]
    frugal_ai = judge(project.frugal_ai, fingerprint.as_of, own)
    claims = claims_of(project, checklist.claims, evidence["gwp100"], is_documented(frugal_ai))
    by_activity = group(impacts, lambda impact: impact.flow.activity, indicators)
    money = cost_of(project, inventory, book, sample, context.year)
    unlike = list(quality_problems(project))
    assessment = Assessment(
        project=project,
        book=book,
        fingerprint=fingerprint,
        flows=flows,
        gaps=inventory.gaps,
        impacts=impacts,
        totals=totals,
        by_stage=group(impacts, lambda impact: impact.flow.stage, indicators),
        by_activity=by_activity,
        by_site=group(impacts, lambda impact: impact.flow.site or "elsewhere", indicators),
        energy=energy_total("energy of all sites", list(flows)),
        energy_at_plug=energy_total("energy at the plug", list(flows), at_plug=True),
        energy_by_activity=energies,
        energy_by_stage=_energies(flows, lambda flow: flow.stage),
        parity=_parity(list(flows), energies, inventory.requests),
        units=inventory.units,
        per_unit={
            name: per_unit.bound(impact=indicators[name].unit)(amount=part.total, units=inventory.units)
            for name, part in totals.items()
            if part.total is not None
        },
        coverage={name: coverage_by_stage(impacts, flows, name) for name in indicators},
        evidence=evidence,
        boundary=boundary(project),
        cut_off_share=cut_off_share(project),
        benefit=balance,
        benefit_study=study,
        break_evens=break_evens(study, project) if study else (),
        worth=_worth(project, study, sample) if study else {},
        checklist=checklist,
        examination=examination,
        claims=claims,
        frugal_ai=frugal_ai,
        problems=_ordered(
            [
                *context.problems,
                *doubts_on_reference,
                *doubtful,
                *(claim.problem for claim in claims),
                *doubts(project, book, inventory, limits),
                *money_problems(project),
                *unlike,
            ]
        ),
        frugality=frugality,
        money=money,
        trade_offs=() if unlike else trade_offs(project, context, energies, by_activity, money),
        market_based=by_contract(project, impacts, sample),
    )
    return _with_stated_results(assessment, inventory, limits)


def _reference(
    project: Project, reference: Project | None, book: FactorBook, sample: Sampler
) -> tuple[dict[str, Quantity], list[Problem]]:
    """Return the impact per year of a reference that is a descriptor, by indicator, and what is wrong with it."""
    if reference is None:
        return {}, []
    context = new_context(reference, book, sample)
    flows = take_inventory(reference, context).flows
    impacts = characterise(flows, book.indicators, sample)
    problems = [*context.problems, *reference_problems(project, reference)]
    duration = reference.project.duration
    if duration is None:
        return {}, problems
    wholes = {
        name: breakdown(f"reference.{name}", [i for i in impacts if i.indicator == name], indicator.unit).total
        for name, indicator in book.indicators.items()
    }
    return {
        name: yearly_reference(whole, duration, context, book.indicators[name].unit)
        for name, whole in wholes.items()
        if whole is not None
    }, problems


def _worth(project: Project, study: BenefitStudy, sample: Sampler) -> dict[str, Quantity]:
    """Return the net in money: of the call's money per net tonne, and at a cited value of carbon, where these are stated."""
    funding, carbon_value = project.project.funding, project.benefit.carbon_value if project.benefit else None
    found: dict[str, Quantity] = {}
    if funding is not None and is_money(funding) and (spent := per_tonne(study.climate, sample(funding))) is not None:
        found["money_per_net_tonne"] = spent
    if carbon_value is not None and is_carbon_value(carbon_value):
        found["net_at_carbon_value"] = value_of(study.climate, sample(carbon_value))
    return found


def _with_stated_results(assessment: Assessment, inventory: Inventory, limits: Limits) -> Assessment:
    """Return the assessment with its stated results recomputed, a warning for each that contradicts its inputs."""
    project = assessment.project
    if not project.stated_results:
        return assessment
    figures = nodes(assessment)
    checked = recompute(project, figures, inventory.supplies, assessment.book)
    found = {*assessment.problems, *doubtful_results(project, figures, limits, inventory.uses)}
    for result in checked:
        place = project.document.at(tuple(result.stated.path.split(".")))
        if result.verdict == CONTRADICTS and result.ratio is not None:
            message = f"{result.stated.path} is {result.ratio:.4g} times what follows from the inputs"
            found.add(Problem(place, "LCA609", message, "check the inputs, or ask its source"))
        elif result.verdict == UNKNOWN:
            message = f"`{result.stated.figure}` is no figure of this study in that unit"
            found.add(Problem(place, "LCA610", message, did_you_mean(result.stated.figure, figures)))
    return replace(assessment, recomputed=checked, problems=_ordered(found))


def _energies(flows: Iterable[Flow], of: Callable[[Flow], str]) -> dict[str, Quantity]:
    """Return the electricity of the flows by activity or stage, in their order, where there is any."""
    groups: dict[str, list[Flow]] = {}
    for flow in flows:
        groups.setdefault(of(flow), []).append(flow)
    found = ((name, energy_total(f"{name}.energy", rows)) for name, rows in groups.items())
    return {name: energy for name, energy in found if energy is not None}


def _parity(
    flows: list[Flow], energies: Mapping[str, Quantity], requests: Mapping[str, Quantity]
) -> dict[str, Quantity]:
    """Return for each service how many requests use as much electricity as training and experiments did."""
    made = energy_total("training and experiments", [f for f in flows if f.stage in ("training", "experiments")])
    if made is None:
        return {}
    return {
        path: requests_equal_to_training(training=made, service=energies[path], requests=count)
        for path, count in requests.items()
        if path in energies and count.value > 0
    }
