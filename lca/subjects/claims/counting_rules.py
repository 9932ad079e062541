"""Rules over what a descriptor counts and leaves out, each a small function registered under its code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from lca.descriptor.descriptor import Descriptor
from lca.quantities.provenance import Evidence
from lca.quantities.units import conversion
from lca.subjects.benefit.announced import counted_evidence, narrow_ranges
from lca.subjects.benefit.declared import EVIDENCE_CLASSES, Benefit, Effect
from lca.subjects.benefit.established import open_questions
from lca.subjects.benefit.periods import years_of
from lca.subjects.claims.rules import ClaimRules
from lca.subjects.footprint.boundary import StageStatus
from lca.subjects.footprint.declared import ProductSystem


class CountedStudy(Struct, frozen=True):
    """What the rules look at: the descriptor, its boundary, and what the climate total rests on."""

    descriptor: Descriptor
    boundary: tuple[StageStatus, ...]
    evidence: Mapping[str, float]
    rules: ClaimRules

    @property
    def benefit(self) -> Benefit | None:
        """The benefit, where one is claimed."""
        benefit = self.descriptor.get(Benefit)
        return benefit if benefit is not None and benefit.effects else None

    @property
    def effects(self) -> tuple[Effect, ...]:
        """The effects claimed that say how much they are."""
        return self.benefit.counted_effects if self.benefit else ()


#: A reference may stay the same for so many years before it is doubted.
CONSTANT_YEARS = 3

#: A doubt: the path that it is about, and what stands there, in the descriptor's own words ("–" for nothing).
Doubt = tuple[str, str]
CountingRule = Callable[[CountedStudy], Iterator[Doubt]]
CHECKS: dict[str, CountingRule] = {}


def check(code: str) -> Callable[[CountingRule], CountingRule]:
    """Register a check under the code of its rule."""

    def register(function: CountingRule) -> CountingRule:
        CHECKS[code] = function
        return function

    return register


def _open(code: str) -> CountingRule:
    """Return the rule of one of the questions that keep a net from being established."""

    def rule(study: CountedStudy) -> Iterator[Doubt]:
        questions = open_questions(study.descriptor, study.boundary)
        yield from ((question.path, question.said) for question in questions if question.code == code)

    return rule


for code in ("LCA821", "LCA822", "LCA823", "LCA825", "LCA835", "LCA836"):
    check(code)(_open(code))


@check("LCA824")
def _no_rebound(study: CountedStudy) -> Iterator[Doubt]:
    for effect in study.effects:
        if not effect.no_rebound and (effect.rebound is None or effect.rebound.value == 0):
            yield effect.path, "rebound: 0" if effect.rebound else "rebound: –"


@check("LCA826")
def _weaker_evidence(study: CountedStudy) -> Iterator[Doubt]:
    """Compare the weakest effect with the class that half of the climate total rests on or falls short of."""
    if not study.effects or not sum(study.evidence.values()):
        return
    rests_on, so_far = 0, 0.0
    for evidence in Evidence:
        so_far += study.evidence.get(evidence.word, 0.0)
        rests_on = list(Evidence).index(evidence)
        if so_far >= 0.5:
            break
    weakest = min(study.effects, key=lambda effect: EVIDENCE_CLASSES.index(counted_evidence(effect)))
    if EVIDENCE_CLASSES.index(counted_evidence(weakest)) < rests_on:
        yield f"{weakest.path}.evidence", f"{counted_evidence(weakest)} < {list(Evidence)[rests_on].word}"


@check("LCA827")
def _whole_attribution(study: CountedStudy) -> Iterator[Doubt]:
    for effect in study.effects:
        elsewhere = (
            "also_claimed_in" if effect.also_claimed_in else "claimed_elsewhere" if effect.claimed_elsewhere else ""
        )
        others = bool(study.descriptor.about.partners) or bool(elsewhere)
        if effect.attribution is None:
            yield effect.path, "attribution: –"
        elif others and effect.attribution.value * conversion(effect.attribution.unit, "1") >= 1:
            who = "partners" if study.descriptor.about.partners else elsewhere
            yield effect.attribution.path, f"attribution: {effect.attribution.text}; {who}"
        yield from ((other.path, "share: –") for other in effect.also_claimed_in.values() if other.share is None)


@check("LCA828")
def _full_at_once(study: CountedStudy) -> Iterator[Doubt]:
    for effect in study.effects:
        if not effect.ramp_up:
            yield effect.path, "ramp_up: –"
        elif effect.ramp_up[0].value * conversion(effect.ramp_up[0].unit, "1") >= 1:
            yield effect.ramp_up[0].path, f"ramp_up: {effect.ramp_up[0].text}"


@check("LCA829")
def _an_experts_word(study: CountedStudy) -> Iterator[Doubt]:
    for effect in study.effects:
        if effect.evidence == EVIDENCE_CLASSES[0]:
            yield f"{effect.path}.evidence", effect.evidence


@check("LCA830")
def _offsets(study: CountedStudy) -> Iterator[Doubt]:
    texts = [(f"{e.path}.description", e.description) for e in study.effects]
    texts += [(f"{e.path}.source", e.source) for e in study.effects]
    texts += [(f"{r.path}.action", r.action) for r in study.descriptor[ProductSystem].reductions.values()]
    for path, text in texts:
        found = study.rules.offsets.compiled.search(text.replace("’", "'"))
        if found:
            yield path, found[0]


@check("LCA831")
def _market_based(study: CountedStudy) -> Iterator[Doubt]:
    for site in study.descriptor[ProductSystem].sites.values():
        own = site.electricity
        found = study.rules.market_based.compiled.search(own.source.replace("’", "'")) if own is not None else None
        if own is not None and (found or own.value == 0):
            yield own.path, found[0] if found else f"{own.text}"


@check("LCA832")
def _undescribed_trial(study: CountedStudy) -> Iterator[Doubt]:
    for effect in study.effects:
        if effect.evidence != counted_evidence(effect):
            missing = effect.trial.missing if effect.trial is not None else ("trial",)
            yield f"{effect.path}.evidence", f"{effect.evidence}; {', '.join(f'{key}: –' for key in missing)}"


@check("LCA833")
def _constant_reference(study: CountedStudy) -> Iterator[Doubt]:
    benefit = study.benefit
    reference, horizon = (
        (benefit.reference, benefit.horizon or study.descriptor.about.duration) if benefit else (None, None)
    )
    if benefit is None or reference is None or horizon is None or years_of(horizon) <= CONSTANT_YEARS:
        return
    for flow in reference.flows.values():
        if not flow.over_years and not (flow.electricity and benefit.electricity_path):
            yield flow.path, f"path: –; horizon: {horizon.text}"
    if reference.quantity is not None and not reference.over_years:
        yield reference.path, f"path: –; horizon: {horizon.text}"


@check("LCA834")
def _narrow_ranges(study: CountedStudy) -> Iterator[Doubt]:
    for found in narrow_ranges(study.benefit) if study.benefit else ():
        yield found.path, f"{found.text}; {found.evidence}"
