"""What the project itself says to the checklist's rows, and claims that a reviewer would refuse."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from lca.activities.flow import EMBODIED, Flow
from lca.benefit import EVIDENCE_CLASSES
from lca.checklist import DEFAULT_ACTIVITIES, Checklist, Facts, Finding, assess_checklist, parse_answers
from lca.impacts import Breakdown
from lca.problems import Problem
from lca.project import Project
from lca.provenance import Factor
from lca.units import conversion

LEGAL_TEXT_MAXIMUM_AGE = datetime.timedelta(days=365)


def screen(
    project: Project, checklist: Checklist, totals: Mapping[str, Breakdown], flows: list[Flow], as_of: datetime.date
) -> tuple[tuple[Finding, ...], list[Problem]]:
    """Return the checklist's findings and the doubts about the project's claims."""
    node = project.checklist
    answers = parse_answers(node, project.document.at)
    activities = node.get("acts") or DEFAULT_ACTIVITIES
    findings = assess_checklist(checklist, activities, answers, facts_of(project, totals, flows), as_of)
    problems = [*_claims(project), *_stale(project, checklist, flows, as_of)]
    return findings, problems


def facts_of(project: Project, totals: Mapping[str, Breakdown], flows: list[Flow]) -> Facts:
    """Return what the results and the descriptor say that bears on the rows."""
    practices = project.checklist.get("practices") or {}
    items = practices.get("items", {}).values()
    value_5 = tuple(item["status"] for item in items if item["expected"] and item["value"] == 5)
    return Facts(
        climate_result=totals["gwp100"].total is not None,
        embodied_result=any(flow.scope == EMBODIED for flow in flows),
        water_result=totals["water_consumption"].total is not None or totals["water_scarcity"].total is not None,
        mineral_result=totals["adpe"].total is not None,
        uses_equipment=bool(project.machines or project.devices),
        edition=practices.get("edition", ""),
        practices_of_value_5=value_5 if practices else None,
    )


def _claims(project: Project) -> Iterator[Problem]:
    """Yield a warning for each claim of benefit that lacks what makes it credible."""
    benefit = project.benefit
    if benefit is None or not benefit.effects:
        return
    document = project.document

    def doubt(path: str, message: str, hint: str) -> Problem:
        return Problem(document.at(tuple(path.split("."))), "LCA605", message, hint)

    if benefit.reference is None:
        yield doubt(
            "benefit", "a benefit is claimed without a reference scenario", "describe what happens without the project"
        )
    elif not any(alternative.without_ai for alternative in benefit.reference.alternatives.values()):
        yield doubt(
            "benefit.reference",
            "no alternative without AI is named",
            "add one under `alternatives` with `without_ai: true`",
        )
    horizon, duration = benefit.horizon, project.project.duration
    if horizon is not None and duration is not None:
        if horizon.value * conversion(horizon.unit, "year") > duration.value * conversion(duration.unit, "year"):
            hint = "count the cost over the same years, or shorten the horizon"
            yield doubt("benefit.horizon", "benefits are counted for longer than the project's cost", hint)
    for effect in benefit.effects.values():
        zero = effect.rebound is None or effect.rebound.value == 0
        if zero and not effect.no_rebound:
            hint = "state `rebound`, or say under `no_rebound` why there is none"
            yield doubt(effect.path, f"{effect.path}: no rebound is counted and no reason is given", hint)
        if not effect.ramp_up:
            yield doubt(effect.path, f"{effect.path}: the full effect is counted from the first day", "state `ramp_up`")
        if effect.attribution is None:
            yield doubt(
                effect.path, f"{effect.path}: the whole effect is attributed to the project", "state `attribution`"
            )
        if effect.evidence == EVIDENCE_CLASSES[0]:
            hint = "the probability of a positive net is not printed; measure in a pilot"
            yield doubt(effect.path, f"{effect.path}: the effect rests on an expert's word", hint)


def _stale(project: Project, checklist: Checklist, flows: list[Flow], as_of: datetime.date) -> Iterator[Problem]:
    """Yield a warning where the legal texts or a used source are past their review."""
    top = project.document.at(())
    if as_of - checklist.written > LEGAL_TEXT_MAXIMUM_AGE:
        yield Problem(
            top,
            "LCA604",
            f"the legal texts were last checked on {checklist.written}",
            "look for a newer version of the program",
        )
    factors = [leaf for flow in flows for leaf in flow.factors.values() if isinstance(leaf, Factor)]
    sources = {factor.source for factor in factors if factor.source.review_by}
    for source in sorted(sources, key=lambda s: s.id):
        if datetime.date.fromisoformat(source.review_by) < as_of:
            yield Problem(
                top,
                "LCA604",
                f"the source {source.id} was to be reviewed by {source.review_by}",
                "look for a newer version",
            )
