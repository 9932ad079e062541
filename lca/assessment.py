"""The whole pipeline on one screen: a project and a catalogue become an assessment."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from lca.activities.flow import Flow, Gap
from lca.activities.inference import requests_equal_to_training
from lca.activities.site import Supply, energy_total
from lca.audit import evidence_shares, leaves
from lca.benefit import BenefitResult, compare
from lca.checklist import Checklist, Finding
from lca.factors import FactorBook
from lca.impacts import Breakdown, Impact, breakdown, characterise, coverage_by_stage, group, share_of_total
from lca.inventory import StageStatus, boundary, cut_off_share, new_context, per_unit, take_inventory
from lca.market import MarketResult, by_contract
from lca.methods import other_methods, software_carbon_intensity
from lca.plausibility import doubts
from lca.problems import Problem, did_you_mean
from lca.project import Project
from lca.quantity import Apart, Computed, Quantity, Sampler
from lca.recomputed import CONTRADICTS, UNKNOWN, Recomputed, recompute
from lca.scenarios import told
from lca.screening import screen

DEFAULT_DRAWS = 10_000
DEFAULT_SEED = 2026


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a report depends on; the same fingerprint gives the same bytes."""

    descriptor: str
    catalogue: str
    catalogue_version: str
    code_version: str
    seed: int
    draws: int
    as_of: datetime.date


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
    parity: Mapping[str, Quantity]
    units: Quantity
    per_unit: Mapping[str, Quantity]
    coverage: Mapping[str, Mapping[str, float]]
    evidence: Mapping[str, Mapping[str, float]]
    boundary: tuple[StageStatus, ...]
    cut_off_share: float
    benefit: BenefitResult | None
    checklist: Checklist
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    recomputed: tuple[Recomputed, ...] = ()
    market_based: MarketResult | None = None
    scenarios: Mapping[str, Assessment] = field(default_factory=dict)


def assess(
    project: Project, book: FactorBook, checklist: Checklist, fingerprint: Fingerprint, apart: Apart | None = None
) -> Assessment:
    """Compute a project's footprint, benefit and checklist, and those of its scenarios.

    The fingerprint gives the seed, the number of draws (0 for the best estimate alone) and the date that expiry is judged by.
    Errors are among the assessment's problems; figures then cover what could be computed. Scenarios take the same seed, so
    what they share with the project shares its draws; `apart` sets a project that stands beside another one apart.
    """

    def alone(one: Project) -> Assessment:
        return _assess(one, book, checklist, fingerprint, Sampler(fingerprint.seed, fingerprint.draws, apart))

    base = alone(project)
    if not project.scenarios:
        return base
    scenarios = {name: alone(scenario) for name, scenario in project.scenarios.items()}
    found = [problem for name, scenario in scenarios.items() for problem in _of_scenario(base, name, scenario)]
    return replace(base, scenarios=scenarios, problems=_ordered([*base.problems, *found]))


def _of_scenario(base: Assessment, name: str, scenario: Assessment) -> Iterator[Problem]:
    """Yield what a scenario adds to the problems of its base, and a warning where it changes no figure."""
    document = base.project.document
    yield from told(document, name, scenario.problems, base.problems)
    if _inputs(base) == _inputs(scenario):
        message = f"scenario `{name}` changes no figure of this study"
        yield Problem(document.key_at(("scenarios", name)), "LCA805", message, "is it what you meant to change?")


def _inputs(assessment: Assessment) -> tuple[dict[str, float], set[object]]:
    """Return the figures of an assessment, and what their intervals come from."""
    figures = nodes(assessment)
    ends = (quantity.origin for quantity in leaves(figures.values()))
    spreads: set[object] = {(end.record, end.uncertainty) for end in ends if not isinstance(end, Computed)}
    return {name: figure.value for name, figure in figures.items()}, spreads


def _ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems), key=lambda p: (p.location, p.code, p.message)))


def _assess(
    project: Project, book: FactorBook, checklist: Checklist, fingerprint: Fingerprint, sample: Sampler
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
    energies = {
        activity: energy
        for activity in dict.fromkeys(flow.activity for flow in flows)
        if (energy := energy_total(f"{activity}.energy", [f for f in flows if f.activity == activity])) is not None
    }
    benefit = (
        compare(project.benefit, climate, project.project.duration, sample) if project.benefit and climate else None
    )
    findings, claims = screen(project, checklist, totals, list(flows), fingerprint.as_of)
    assessment = Assessment(
        project=project,
        book=book,
        fingerprint=fingerprint,
        flows=flows,
        gaps=inventory.gaps,
        impacts=impacts,
        totals=totals,
        by_stage=group(impacts, lambda impact: impact.flow.stage, indicators),
        by_activity=group(impacts, lambda impact: impact.flow.activity, indicators),
        by_site=group(impacts, lambda impact: impact.flow.site or "elsewhere", indicators),
        energy=energy_total("energy of all sites", list(flows)),
        energy_at_plug=energy_total("energy at the plug", list(flows), at_plug=True),
        energy_by_activity=energies,
        parity=_parity(list(flows), energies, inventory.requests),
        units=inventory.units,
        per_unit={
            name: per_unit.bound(impact=indicators[name].unit)(amount=part.total, units=inventory.units)
            for name, part in totals.items()
            if part.total is not None
        },
        coverage={name: coverage_by_stage(impacts, flows, name) for name in indicators},
        evidence={name: evidence_shares(impacts, name) for name in indicators},
        boundary=boundary(project),
        cut_off_share=cut_off_share(project),
        benefit=benefit,
        checklist=checklist,
        findings=findings,
        problems=_ordered([*inventory.problems, *claims, *doubts(project, flows, inventory.uses)]),
        market_based=by_contract(project, impacts, sample),
    )
    return _with_stated_results(assessment, inventory.supplies)


def _with_stated_results(assessment: Assessment, supplies: Mapping[str, Supply]) -> Assessment:
    """Return the assessment with its stated results recomputed, a warning for each that contradicts its inputs."""
    project = assessment.project
    if not project.stated_results:
        return assessment
    checked = recompute(project, nodes(assessment), supplies, assessment.book)
    found = set(assessment.problems)
    for result in checked:
        place = project.document.at(tuple(result.stated.path.split(".")))
        if result.verdict == CONTRADICTS and result.ratio is not None:
            message = f"{result.stated.path} is {result.ratio:.4g} times what follows from the inputs"
            found.add(Problem(place, "LCA609", message, "check the inputs, or ask its source"))
        elif result.verdict == UNKNOWN:
            message = f"`{result.stated.figure}` is no figure of this study in that unit"
            found.add(Problem(place, "LCA610", message, did_you_mean(result.stated.figure, nodes(assessment))))
    return replace(assessment, recomputed=checked, problems=_ordered(found))


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
                    found[f"{name}.gwp100.share"] = share_of_total(part=whole, whole=climate)
    found |= {f"per-unit.{indicator}": quantity for indicator, quantity in assessment.per_unit.items()}
    found |= {f"{activity}.energy": quantity for activity, quantity in assessment.energy_by_activity.items()}
    if assessment.energy is not None:
        found["energy"] = assessment.energy
    for method in other_methods(assessment.project, assessment.book):
        name = f"methods.{method.name}{'-v' + method.version if method.version else ''}"
        found |= {
            f"{name}.{what}": q for what, q in (("energy", method.energy), ("gwp100", method.carbon)) if q is not None
        }
    found |= {f"{path}.parity": quantity for path, quantity in assessment.parity.items()}
    score = sci_score(assessment)
    if score is not None:
        found["methods.sci.gwp100"] = score
    if assessment.market_based is not None:
        found["total.gwp100.market-based"] = assessment.market_based.total
    if assessment.benefit is not None:
        names = ("potential", "realised", "attributed", "harms", "enabling", "cost", "net_solution", "net_project")
        found |= {f"benefit.{name}": getattr(assessment.benefit, name) for name in names}
    return found
