"""The checklist of a project, and claims that a reviewer would refuse."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from lca.activities.flow import Flow
from lca.benefit import EVIDENCE_CLASSES
from lca.checklist.declared import declared_problems
from lca.checklist.examination import Documents, Examination, examine
from lca.checklist.facts import Facts
from lca.checklist.model import Checklist
from lca.checklist.rules import Finding, is_open
from lca.problems import Problem
from lca.project import Project
from lca.provenance import Factor
from lca.units import conversion

LEGAL_TEXT_MAXIMUM_AGE = datetime.timedelta(days=365)


def screen(
    project: Project, checklist: Checklist, facts: Facts, flows: list[Flow]
) -> tuple[Examination, list[Problem]]:
    """Return the checklist of a project, and the doubts about its claims, answers and sources."""
    about = project.project
    applicants = frozenset(name.strip().casefold() for name in (about.applicant, *about.partners) if name)
    examination = examine(checklist, project.checklist, facts, Documents(project.files, applicants))
    problems = [
        *_claims(project),
        *_stale(project, checklist, flows, facts.as_of),
        *declared_problems(project, checklist, facts.as_of),
    ]
    return examination, problems


def open_rows(project: Project, findings: Iterable[Finding]) -> Iterator[Problem]:
    """Yield an error for each row that waits for an answer; a call that wants all of them asks with `--strict`."""
    for finding in findings:
        if is_open(finding):
            criterion = finding.criterion
            place = project.document.key_at(("checklist", "answers", criterion.id))
            message = f"the row {criterion.id} has no answer: {criterion.question.en}"
            yield Problem(place, "LCA413", message, f"add it under `checklist: answers`, act {criterion.act}")


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
