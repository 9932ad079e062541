"""Whether a dossier is admissible by the rules of its call: the verdict is the rules', and the program adds none of its own."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from lca.call.applied import another_law, other_factors
from lca.call.profile import NOT_ADMISSIBLE, TO_COMPLETE, Cited, Profile, Said
from lca.descriptor.descriptor import Descriptor
from lca.problems import Location, Problem, listed
from lca.quantities.provenance import Stated
from lca.quantities.units import COMMON_NOUNS, conversion, parse_measure, same_dimension
from lca.subjects.benefit.declared import Benefit, Reference
from lca.subjects.checklist.declared import Declarations
from lca.subjects.checklist.model import Act, Checklist
from lca.subjects.checklist.reading import read_date
from lca.subjects.footprint.boundary import boundary

ADMISSIBLE = "admissible"
#: What is said of a dossier whose errors keep its figures from being computed: no rule judges it.
NOT_JUDGED = "not-judged"

#: What is wrong with what a call prescribes: an error of the study, which its own rule judges too.
PRESCRIBED, _LACKING = "LCA932", "LCA936"


class Lacking(Struct, frozen=True):
    """Something that a dossier does not keep to: the rule with its source, where, what is wrong and what would complete it."""

    rule: str
    otherwise: str
    source: Cited | None
    problem: Problem


class Admissibility(Struct, frozen=True):
    """The verdict on a dossier, and what it lacks.

    `open` are the rules that ask nothing, and why; `elsewhere` those that are judged on the printed report.
    """

    verdict: str
    lacking: tuple[Lacking, ...]
    open: tuple[tuple[str, Said], ...]
    elsewhere: tuple[str, ...]


class Dossier(Struct, frozen=True):
    """What is judged: a descriptor, the criteria of all acts, the set of factors that leads, and the date of assessment."""

    descriptor: Descriptor
    criteria: Checklist
    factor_set: str
    as_of: datetime.date

    def key_at(self, *path: str) -> Location:
        """Return the place of a key, or of its nearest parent that stands there."""
        return self.descriptor.document.key_at(path)

    def stated(self, *path: str) -> Any:
        """Return what the descriptor says at a path, None where it says nothing."""
        node = self.descriptor.document.data
        for key in path:
            node = node.get(key) if isinstance(node, dict) else None
        return node


def judge(dossier: Dossier, profile: Profile, problems: tuple[Problem, ...]) -> Admissibility:
    """Judge a dossier, of which all other problems are known, by every rule of its call that asks for something of it."""
    asking = [rule for rule in profile.rules() if not rule.open]
    lacking = tuple(
        Lacking(rule.path, rule.otherwise, rule.source, problem)
        for rule in asking
        if rule.path in _JUDGES
        for problem in _JUDGES[rule.path](dossier, profile)
    )
    errors = any(problem.severity == "error" and problem.code != PRESCRIBED for problem in problems)
    otherwise = {one.otherwise for one in lacking}
    verdict = next((worst for worst in (NOT_ADMISSIBLE, TO_COMPLETE) if worst in otherwise), ADMISSIBLE)
    return Admissibility(
        verdict=NOT_JUDGED if errors else verdict,
        lacking=lacking,
        open=tuple((rule.path, rule.open) for rule in profile.rules() if rule.open),
        elsewhere=tuple(rule.path for rule in asking if rule.path == "pages"),
    )


def _deadline(dossier: Dossier, profile: Profile) -> Iterator[Problem]:
    date = read_date(profile.deadline.date) if profile.deadline is not None else None
    if date is not None and dossier.as_of > date:
        message = f"the study is assessed on {dossier.as_of}, after the deadline of {date}"
        yield Problem(
            dossier.key_at(), _LACKING, message, "a dossier that was deposited in time is judged with `--as-of`"
        )


def _language(dossier: Dossier, profile: Profile) -> Iterator[Problem]:
    stated, rule = dossier.stated("project", "language"), profile.language
    if rule is not None and stated not in (None, rule.code):
        message = f"the descriptor is written for reports in `{stated}`, the call asks for `{rule.code}`"
        hint = f"write its texts in that language, and `language: {rule.code}`"
        yield Problem(dossier.descriptor.document.at(("project", "language")), _LACKING, message, hint)


def _factors(dossier: Dossier, profile: Profile) -> Iterator[Problem]:
    yield from other_factors(dossier.descriptor.document, profile, dossier.factor_set)


def _law(dossier: Dossier, profile: Profile) -> Iterator[Problem]:
    yield from another_law(dossier.descriptor.document, profile)
    rule = profile.law
    if rule is None or not rule.answered:
        return
    criteria = dossier.criteria.on(read_date(rule.date) or dossier.as_of)
    for act in filter(None, map(criteria.act_of, rule.acts)):
        yield from _rows(dossier, act)


def _rows(dossier: Dossier, act: Act) -> Iterator[Problem]:
    """Yield one problem that names all rows of an act without an answer."""
    answers = dossier.descriptor[Declarations].answers
    asked = [row.id for row in act.criteria.values() if row.counts and not row.no_criterion]
    silent = [name for name in asked if name not in answers]
    if silent:
        message = f"{len(silent)} of {len(asked)} rows of `{act.id}` have no answer: {listed(silent, most=6)}"
        hint = f"`lca check --fill {dossier.descriptor.document.file}` writes a block for each"
        yield Problem(dossier.key_at("checklist", "answers"), _LACKING, message, hint)


def _stages(dossier: Dossier, profile: Profile) -> Iterator[Problem]:
    required = profile.stages.required if profile.stages is not None else ()
    status = {one.stage: one.status for one in boundary(dossier.descriptor)}
    for stage in required:
        if status[stage] == "excluded":
            message = f"the stage `{stage}` is excluded, and the call requires it"
            place = dossier.key_at("goal", "excluded", stage)
            yield Problem(place, _LACKING, message, f"describe it under `{stage}`, and remove the exclusion")
        elif status[stage] == "not-assessed":
            message = f"the stage `{stage}` is not described, and the call requires it"
            hint = f"describe it under `{stage}`: `lca keys {stage}`"
            yield Problem(dossier.key_at(stage), _LACKING, message, hint)


def _unit(dossier: Dossier, profile: Profile) -> Iterator[Problem]:
    rule, unit = profile.functional_unit, dossier.descriptor.goal.functional_unit
    expected = rule.quantities if rule is not None else ()
    nouns = (*COMMON_NOUNS, *(rule.nouns if rule is not None else ()))
    stated = unit.quantity if unit is not None else None
    if not expected or (stated is not None and any(_is_same(stated, text, nouns) for text in expected)):
        return
    place = dossier.key_at("goal", "functional_unit", "quantity")
    hint = f"the call expects {listed([f'`{text}`' for text in expected])}"
    message = "no functional unit is declared"
    if stated is not None:
        place = dossier.descriptor.document.at(("goal", "functional_unit", "quantity"))
        message = f"the functional unit `{dossier.stated('goal', 'functional_unit', 'quantity')}` is none that the call expects"
    yield Problem(place, _LACKING, message, hint)


def _is_same(stated: Stated, text: str, nouns: tuple[str, ...]) -> bool:
    asked = parse_measure(text, nouns)
    if stated.noun != asked.noun or not same_dimension(stated.unit, asked.unit):
        return False
    return math.isclose(stated.value * conversion(stated.unit, asked.unit), asked.value, rel_tol=1e-9)


def _benefit(dossier: Dossier, profile: Profile) -> Iterator[Problem]:
    rule, benefit = profile.reference, dossier.descriptor.get(Benefit)
    if rule is None:
        return
    if rule.effects and (benefit is None or not benefit.effects):
        hint = "describe them under `benefit.effects`: `lca keys benefit.effects`"
        yield Problem(dossier.key_at("benefit", "none"), _LACKING, "the benefit has no effects", hint)
    reference = benefit.reference if benefit is not None else None
    where = ("benefit", "reference")
    if rule.in_figures and not _has_figures(reference):
        hint = "add `flows`, a `quantity` or a `descriptor`: `lca keys benefit.reference`"
        yield Problem(dossier.key_at(*where), _LACKING, "the reference scenario has no figures", hint)
    others = [*reference.alternatives.values()] if reference is not None else []
    place = dossier.key_at(*where, "alternatives")
    if len(others) < rule.alternatives:
        message = f"alternatives that are described: {len(others)}, of {rule.alternatives} that the call asks for"
        yield Problem(place, _LACKING, message, "add them under `benefit.reference.alternatives`")
    if rule.without_ai and not any(other.without_ai for other in others):
        message = "no alternative does without AI, and the call asks for one"
        yield Problem(place, _LACKING, message, "add one with `without_ai: true`")


def _has_figures(reference: Reference | None) -> bool:
    if reference is None:
        return False
    return bool(reference.flows or reference.descriptor) or reference.quantity is not None


#: What judges a dossier by a rule, by the rule's name.
_JUDGES: Mapping[str, Callable[[Dossier, Profile], Iterator[Problem]]] = {
    "deadline": _deadline,
    "language": _language,
    "catalogue": _factors,
    "law": _law,
    "stages": _stages,
    "functional_unit": _unit,
    "reference": _benefit,
}
