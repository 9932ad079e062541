"""Rules over what a descriptor counts and leaves out, each a small function registered under its code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from lca.descriptor.descriptor import Descriptor
from lca.quantities.provenance import Evidence
from lca.quantities.units import conversion
from lca.subjects.benefit.declared import EVIDENCE_CLASSES, Benefit, Effect
from lca.subjects.claims.rules import ClaimRules
from lca.subjects.footprint.boundary import StageStatus
from lca.subjects.footprint.declared import ProductSystem

#: Stages whose silence understates a cost.
NEEDED_STAGES = ("inference", "experiments", "equipment")


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
        """The effects claimed."""
        return tuple(self.benefit.effects.values()) if self.benefit else ()


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


@check("LCA821")
def _reference_without_figures(study: CountedStudy) -> Iterator[Doubt]:
    reference = study.benefit.reference if study.benefit else None
    if reference is not None and not (reference.descriptor or reference.flows or reference.quantity):
        yield reference.path, "descriptor, flows, quantity: –"


@check("LCA822")
def _no_alternative_without_ai(study: CountedStudy) -> Iterator[Doubt]:
    reference = study.benefit.reference if study.benefit else None
    if reference is not None and not any(other.without_ai for other in reference.alternatives.values()):
        yield reference.path, "alternatives.*.without_ai: –"


@check("LCA823")
def _narrow_boundary(study: CountedStudy) -> Iterator[Doubt]:
    missing = [s.stage for s in study.boundary if s.status == "not-assessed" and s.stage in NEEDED_STAGES]
    if missing:
        yield "goal.excluded", ", ".join(missing)


@check("LCA824")
def _no_rebound(study: CountedStudy) -> Iterator[Doubt]:
    for effect in study.effects:
        if not effect.no_rebound and (effect.rebound is None or effect.rebound.value == 0):
            yield effect.path, "rebound: 0" if effect.rebound else "rebound: –"


@check("LCA825")
def _longer_benefit(study: CountedStudy) -> Iterator[Doubt]:
    horizon = study.benefit.horizon if study.benefit else None
    duration = study.descriptor.about.duration
    if horizon is None or duration is None:
        return
    if horizon.value * conversion(horizon.unit, "year") > duration.value * conversion(duration.unit, "year"):
        yield horizon.path, f"horizon: {horizon.text}, duration: {duration.text}"


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
    weakest = min(study.effects, key=lambda effect: EVIDENCE_CLASSES.index(effect.evidence))
    if EVIDENCE_CLASSES.index(weakest.evidence) < rests_on:
        yield f"{weakest.path}.evidence", f"{weakest.evidence} < {list(Evidence)[rests_on].word}"


@check("LCA827")
def _whole_attribution(study: CountedStudy) -> Iterator[Doubt]:
    for effect in study.effects:
        others = bool(study.descriptor.about.partners) or bool(effect.claimed_elsewhere)
        if effect.attribution is None:
            yield effect.path, "attribution: –"
        elif others and effect.attribution.value * conversion(effect.attribution.unit, "1") >= 1:
            who = "partners" if study.descriptor.about.partners else "claimed_elsewhere"
            yield effect.attribution.path, f"attribution: {effect.attribution.text}; {who}"


@check("LCA828")
def _full_at_once(study: CountedStudy) -> Iterator[Doubt]:
    yield from ((effect.path, "ramp_up: –") for effect in study.effects if not effect.ramp_up)


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
