"""The whole pipeline on one screen: a project and a catalogue become an assessment."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from lca.activities.flow import Flow, Gap
from lca.activities.inference import requests_equal_to_training
from lca.activities.site import energy_total
from lca.audit import evidence_shares, leaves
from lca.balance.balance import LINES as BALANCE_LINES
from lca.balance.balance import Balance
from lca.balance.breakeven import BreakEven, break_evens
from lca.balance.checks import benefit_problems, coverage_problems, reference_problems
from lca.balance.study import BenefitStudy, study_benefit, yearly_reference
from lca.balance.worth import is_carbon_value, is_money, per_tonne, value_of
from lca.checklist.examination import Examination
from lca.checklist.facts import Results, facts_of
from lca.checklist.model import Checklist
from lca.checklist.rules import Finding
from lca.claims.findings import Claim, claims_of
from lca.factors import FactorBook
from lca.frugal_ai import is_documented, judge
from lca.frugality import Frugality, panel
from lca.impacts import Breakdown, Impact, breakdown, characterise, coverage_by_stage, group, relative_to
from lca.implied import doubtful_results
from lca.inventory import Inventory, StageStatus, boundary, cut_off_share, new_context, per_unit, take_inventory
from lca.market import MarketResult, by_contract
from lca.methods import figures_of_methods, software_carbon_intensity
from lca.money import MoneyResult, cost_of, money_problems
from lca.plausibility import Limits, doubts, limits_of
from lca.problems import Problem, did_you_mean
from lca.project import Project
from lca.quality.metrics import quality_problems
from lca.quality.tradeoff import TradeOff
from lca.quality.trainings import trade_offs
from lca.quantity import Apart, Computed, Quantity, Sampler, total
from lca.recomputed import CONTRADICTS, UNKNOWN, Recomputed, recompute
from lca.scenarios import told
from lca.screening import screen
from lca.work import figures_of_work, machine_work

DEFAULT_DRAWS = 10_000
DEFAULT_SEED = 2026


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a report depends on; the same fingerprint gives the same bytes. `files` holds the hash of each further file."""

    descriptor: str
    catalogue: str
    catalogue_version: str
    code_version: str
    seed: int
    draws: int
    as_of: datetime.date
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Assessment:
    """Everything that a report says about a project, as quantities that know where they come from."""

    project: Project
    book: FactorBook
    fingerprint: Fingerprint
    flows: tuple[Flow, ...]
    gaps: tuple[Gap, ...]
    impacts: tuple[Impact, ...]
    totals: Mapping[str, Breakdown]
    by_stage: Mapping[str, Mapping[str, Breakdown]]
    by_activity: Mapping[str, Mapping[str, Breakdown]]
    by_site: Mapping[str, Mapping[str, Breakdown]]
    energy: Quantity | None
    energy_at_plug: Quantity | None
    energy_by_activity: Mapping[str, Quantity]
    energy_by_stage: Mapping[str, Quantity]
    parity: Mapping[str, Quantity]
    units: Quantity
    per_unit: Mapping[str, Quantity]
    coverage: Mapping[str, Mapping[str, float]]
    evidence: Mapping[str, Mapping[str, float]]
    boundary: tuple[StageStatus, ...]
    cut_off_share: float
    benefit: Balance | None
    benefit_study: BenefitStudy | None
    break_evens: tuple[BreakEven, ...]
    worth: Mapping[str, Quantity]
    checklist: Checklist
    examination: Examination
    claims: tuple[Claim, ...]
    frugal_ai: Mapping[str, str]
    problems: tuple[Problem, ...]
    frugality: Frugality
    money: MoneyResult | None = None
    trade_offs: tuple[TradeOff, ...] = ()
    recomputed: tuple[Recomputed, ...] = ()
    market_based: MarketResult | None = None
    scenarios: Mapping[str, Assessment] = field(default_factory=dict)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The verdicts on the rows of the checklist."""
        return self.examination.findings


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
    if not project.scenarios:
        return base
    scenarios = {name: alone(scenario) for name, scenario in project.scenarios.items()}
    found = [problem for name, scenario in scenarios.items() for problem in _of_scenario(base, name, scenario)]
    return replace(base, scenarios=scenarios, problems=_ordered([*base.problems, *found]))


def _of_scenario(base: Assessment, name: str, scenario: Assessment) -> Iterator[Problem]:
    """Yield what a scenario adds to the problems of its base, and a warning where it changes no figure."""
    document = base.project.document
    own = [*benefit_problems(scenario.project), *scenario.problems]
    yield from told(document, name, own, [*benefit_problems(base.project), *base.problems])
    if _inputs(base) == _inputs(scenario):
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
            found.add(Problem(place, "LCA610", message, did_you_mean(result.stated.figure, nodes(assessment))))
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


def sci_score(assessment: Assessment) -> Quantity | None:
    """Return the project's score by the SCI specification, per functional unit; None where either part is not assessed."""
    climate = assessment.totals["gwp100"]
    if climate.operational is None or climate.embodied is None:
        return None
    return software_carbon_intensity(operational=climate.operational, embodied=climate.embodied, units=assessment.units)


def cost_nodes(assessment: Assessment) -> list[Quantity]:
    """Return the roots of the trees of money and of quality against cost."""
    money = assessment.money.totals.values() if assessment.money is not None else ()
    return [*money, *(node for trade_off in assessment.trade_offs for node in trade_off.nodes().values())]


def _figures_of_lines(assessment: Assessment) -> dict[str, Quantity]:
    """Return the figures of each line of the inventory, such as `training.final-model.idle.gwp100` and its energy."""
    lines: dict[str, list[Quantity]] = {}
    for impact in assessment.impacts:
        path = f"{impact.flow.activity}.{_slug(impact.flow.part)}.{impact.indicator}"
        lines.setdefault(path, []).append(impact.quantity)
    for flow in assessment.flows:
        if flow.key.startswith("electricity/"):
            lines.setdefault(f"{flow.activity}.{_slug(flow.part)}.energy", []).append(flow.quantity)
    return {path: q[0] if len(q) == 1 else total(path, q[0].unit, q) for path, q in lines.items()}


def _slug(part: str) -> str:
    """Return the name of a line as a path has it: `clients' devices` as `clients-devices`."""
    return "-".join(re.findall(r"[a-z0-9]+", part.casefold().replace("'", "")))


def _figures_of_work(assessment: Assessment) -> dict[str, Quantity]:
    """Return the machine time, wall-clock time and power of each activity, drawn as in the assessment."""
    sample = Sampler(assessment.fingerprint.seed, assessment.fingerprint.draws)
    context = new_context(assessment.project, assessment.book, sample)
    return {
        f"{work.activity}.{name}": figure
        for work in machine_work(assessment.project, context)
        for name, figure in figures_of_work(work, context).items()
    }


def nodes(assessment: Assessment) -> dict[str, Quantity]:
    """Return every figure that can be explained, by its path: `total.gwp100`, `training.final-model.gwp100`, `energy`."""
    found: dict[str, Quantity] = {}

    def add(prefix: str, parts: Mapping[str, Breakdown]) -> None:
        for indicator, part in parts.items():
            for suffix, quantity in (
                ("", part.total),
                (".operational", part.operational),
                (".embodied", part.embodied),
            ):
                if quantity is not None:
                    found[f"{prefix}.{indicator}{suffix}"] = quantity

    add("total", assessment.totals)
    for groups in (assessment.by_stage, assessment.by_activity):
        for name, parts in groups.items():
            add(name, parts)
    climate = assessment.totals["gwp100"].total
    if climate is not None and climate.value > 0:
        for groups in (assessment.by_stage, assessment.by_activity):
            for name, parts in groups.items():
                whole = parts["gwp100"].total if "gwp100" in parts else None
                if whole is not None:
                    bound = relative_to.bound(amount="kgCO2e")
                    found[f"{name}.gwp100.share"] = bound(amount=whole, reference=climate)
    found |= {f"per-unit.{indicator}": quantity for indicator, quantity in assessment.per_unit.items()}
    for energies in (assessment.energy_by_stage, assessment.energy_by_activity):
        found |= {f"{name}.energy": quantity for name, quantity in energies.items()}
    for name, energy in (("energy", assessment.energy), ("energy.at_plug", assessment.energy_at_plug)):
        if energy is not None:
            found[name] = energy
    found |= _figures_of_lines(assessment)
    found |= _figures_of_work(assessment)
    found |= figures_of_methods(assessment.project, assessment.book)
    found |= {f"{path}.parity": quantity for path, quantity in assessment.parity.items()}
    score = sci_score(assessment)
    if score is not None:
        found["methods.sci.gwp100"] = score
    if assessment.market_based is not None:
        found["total.gwp100.market-based"] = assessment.market_based.total
    found |= assessment.frugality.nodes()
    if assessment.money is not None:
        found |= assessment.money.nodes()
    for trade_off in assessment.trade_offs:
        found |= trade_off.nodes()
    return found | _benefit_nodes(assessment)


def _benefit_nodes(assessment: Assessment) -> dict[str, Quantity]:
    """Return the figures of the benefit: its lines on climate change, on each other indicator, payback and break-evens."""
    study = assessment.benefit_study
    if study is None:
        return {}
    found = {f"benefit.{line}": getattr(study.climate, line) for line in BALANCE_LINES}
    found["benefit.payback"] = study.climate.payback
    found |= {f"benefit.{name}": quantity for name, quantity in assessment.worth.items()}
    for indicator, balance in study.balances.items():
        if indicator != "gwp100":
            found |= {f"benefit.{indicator}.{line}": getattr(balance, line) for line in BALANCE_LINES}
    for item in assessment.break_evens:
        if item.tree is not None:
            found[".".join(["benefit.break-even", item.name, *([item.subject] if item.subject else [])])] = item.tree
    return found
