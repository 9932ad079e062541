"""What the project itself says to the checklist's rows, and texts that are past their review."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from lca.activities.flow import EMBODIED, Flow
from lca.checklist import DEFAULT_ACTIVITIES, Checklist, Facts, Finding, assess_checklist, parse_answers
from lca.impacts import Breakdown
from lca.problems import Problem
from lca.project import Project
from lca.provenance import Factor

LEGAL_TEXT_MAXIMUM_AGE = datetime.timedelta(days=365)


def screen(
    project: Project, checklist: Checklist, totals: Mapping[str, Breakdown], flows: list[Flow], as_of: datetime.date
) -> tuple[tuple[Finding, ...], list[Problem]]:
    """Return the checklist's findings and what is past its review."""
    node = project.checklist
    answers = parse_answers(node, project.document.at)
    activities = node.get("acts") or DEFAULT_ACTIVITIES
    findings = assess_checklist(checklist, activities, answers, facts_of(project, totals, flows), as_of)
    problems = list(_stale(project, checklist, flows, as_of))
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
