"""The conditions of a contract, of what a study leaves open: rows, questions on the benefit, adverse readings, the call's rules."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from msgspec.structs import replace

from lca.descriptor.descriptor import Descriptor
from lca.descriptor.parts import Parts
from lca.problems import Location
from lca.subjects.benefit.adverse import UNDECLARED
from lca.subjects.benefit.declared import Benefit, PlannedMeasurement
from lca.subjects.benefit.established import OpenQuestion
from lca.subjects.benefit.result import BenefitResult
from lca.subjects.checklist.assess import ChecklistResult
from lca.subjects.checklist.model import Checklist
from lca.subjects.checklist.rules import is_open
from lca.subjects.monitoring.condition import (
    ADVERSE,
    BENEFIT,
    CALL,
    CHECKLIST,
    INSUFFICIENT,
    OPEN,
    UNMET,
    Condition,
    Driver,
    RulesOfCall,
)
from lca.subjects.monitoring.declared import MonitoredInput
from lca.subjects.monitoring.inputs import node_at

#: What a row may be that needs nothing more.
_SETTLED = ("pass", "not_applicable_justified", "no_criterion_in_act")
#: The evidence, as a descriptor writes it, that shows a value which no meter gives.
_SHOWN = ("measured", "calculated")
#: Questions that are asked of several stages or sides at once: each is a condition of its own.
_OF_SEVERAL = ("LCA823", "LCA835")


def conditions_of(descriptor: Descriptor, results: Parts, rules: Parts, as_of: datetime.date) -> tuple[Condition, ...]:
    """Return what a study that was computed leaves to be shown, each thing once."""
    found: dict[str, Condition] = {}
    for one in (
        *_rows(descriptor, results[ChecklistResult]),
        *_questions(descriptor, results[BenefitResult]),
        *_drivers(descriptor, results[BenefitResult]),
        *_of_call(descriptor, rules[Checklist], as_of),
    ):
        found.setdefault(one.id, one)
    return tuple(one if one.owner else replace(one, owner=_keeper(descriptor, one.location)) for one in found.values())


def _rows(descriptor: Descriptor, found: ChecklistResult) -> Iterator[Condition]:
    for finding in found.findings:
        row = finding.criterion
        if row.counts and finding.verdict not in _SETTLED:
            state = OPEN if is_open(finding) else UNMET if finding.verdict == "fail" else INSUFFICIENT
            keys = ("checklist", "answers", row.id)
            place = descriptor.document.key_at(keys)
            yield Condition(f"{CHECKLIST}.{row.id}", ".".join(keys), place, state, finding)


def _questions(descriptor: Descriptor, found: BenefitResult) -> Iterator[Condition]:
    for question in found.open_questions:
        plan = planned(descriptor, question.path)
        for name, one in _each(question):
            place = descriptor.document.key_at(tuple(one.path.split(".")))
            yield Condition(f"{BENEFIT}.{name}", one.path, place, OPEN, one, *_agreed(plan))


def _each(question: OpenQuestion) -> Iterator[tuple[str, OpenQuestion]]:
    """Yield a question under its name; one that is asked of several things for each of them."""
    if question.code not in _OF_SEVERAL:
        yield f"{question.code}.{question.path.removeprefix('benefit.')}", question
        return
    for part in question.said.split(", "):
        name = part.partition(":")[0]
        path = name if question.code == "LCA823" else f"{question.path}.{name}"
        yield f"{question.code}.{name}", replace(question, path=path, said=part)


def _drivers(descriptor: Descriptor, found: BenefitResult) -> Iterator[Condition]:
    """Yield what each reading of the adverse test takes that leaves less than the applicant's estimates.

    A range of what no meter shows is nothing to be shown once its source and its evidence stand there.
    """
    if found.climate is None:
        return
    for reading in found.adverse:
        if reading.net.value < found.climate.net_project.value:
            for taken in reading.taken:
                driver = Driver(reading, taken)
                if driver.is_declared and not can_be_measured(taken.path) and is_shown(descriptor, taken.path):
                    continue
                place = descriptor.document.key_at(tuple(taken.path.split(".")))
                state = INSUFFICIENT if driver.is_declared else OPEN
                plan = planned(descriptor, taken.path)
                yield Condition(f"{ADVERSE}.{taken.path}", as_key(taken.path), place, state, driver, *_agreed(plan))


def as_key(path: str) -> str:
    """Return a path as a descriptor would state it: what is not declared there bears a name of the applicant's own."""
    return path.replace(f".{UNDECLARED}.", ".NAME.")


def can_be_measured(path: str) -> bool:
    """Say whether a measurement can answer for what the adverse test takes at a path: a machine is by how much it is used."""
    return path.startswith("machines.") or MonitoredInput("", "", path).is_measurable


def is_shown(descriptor: Descriptor, path: str) -> bool:
    """Say whether a value that stands at a path states where it is from, and that it was measured or calculated."""
    node = node_at(descriptor.document.data, tuple(path.split(".")))
    return isinstance(node, dict) and bool(node.get("source")) and node.get("evidence") in _SHOWN


def _of_call(descriptor: Descriptor, criteria: Checklist, as_of: datetime.date) -> Iterator[Condition]:
    call = descriptor.get(RulesOfCall)
    if call is None:
        return
    deadline = call.deadline if call.deadline > as_of.isoformat() else ""  # a day that is past is none to agree on
    for rule in call.unmet(descriptor, criteria, as_of):
        yield Condition(f"{CALL}.{rule.rule}", rule.rule, rule.problems[0].location, UNMET, rule, "", deadline)


def planned(descriptor: Descriptor, path: str) -> PlannedMeasurement | None:
    """Return the measurement that is planned of the effect of a path: that of its name, or the only one of an only effect."""
    benefit, keys = descriptor.get(Benefit), path.split(".")
    if benefit is None or keys[:2] != ["benefit", "effects"]:
        return None
    if len(benefit.monitoring) == 1 and len(benefit.effects) == 1:
        return next(iter(benefit.monitoring.values()))
    return benefit.monitoring.get(keys[2])


def _agreed(plan: PlannedMeasurement | None) -> tuple[str, str]:
    """Return who measures, and when, as the descriptor plans it."""
    return (plan.responsible, plan.review) if plan is not None else ("", "")


def _keeper(descriptor: Descriptor, location: Location) -> str:
    """Return the partner in whose part of the descriptor a place is, empty where it is in no part."""
    parts = descriptor.included.values()
    return next((part.owner for part in parts if Location(part.file, 1, 1).name == location.name), "")
