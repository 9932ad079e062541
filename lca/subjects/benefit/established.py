"""What keeps a net from being established: questions that a comparison leaves open, each under the code of its doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from lca.descriptor.descriptor import Descriptor
from lca.quantities.units import conversion
from lca.subjects.benefit.declared import Benefit
from lca.subjects.footprint.boundary import StageStatus

#: Stages whose silence understates a cost.
NEEDED_STAGES = ("inference", "experiments", "equipment")


class OpenQuestion(Struct, frozen=True):
    """A doubt by its code: the path that it is about, and what stands there in the descriptor's own words ("–" for nothing)."""

    code: str
    path: str
    said: str


def open_questions(descriptor: Descriptor, boundary: Iterable[StageStatus]) -> tuple[OpenQuestion, ...]:
    """Return what is open; while anything is, the terms of a comparison are announced and their difference is no net."""
    benefit = descriptor.get(Benefit)
    if benefit is None or not benefit.effects:
        return tuple(narrow_boundary(boundary))
    return (
        *_reference(benefit),
        *narrow_boundary(boundary),
        *_longer_than_the_cost(descriptor, benefit),
        *_nothing_against(benefit),
        *_silent_shares(descriptor, benefit),
    )


def narrow_boundary(boundary: Iterable[StageStatus]) -> Iterator[OpenQuestion]:
    """Yield the stages that are neither counted nor excluded though a cost without them is understated."""
    missing = [s.stage for s in boundary if s.status == "not-assessed" and s.stage in NEEDED_STAGES]
    if missing:
        yield OpenQuestion("LCA823", "goal.excluded", ", ".join(missing))


def _reference(benefit: Benefit) -> Iterator[OpenQuestion]:
    reference = benefit.reference
    if reference is None:
        return  # an error of its own
    stated = [e for e in benefit.effects.values() if e.quantity or e.impacts or e.per_use or e.whole_reference]
    converted = {name for name, flow in reference.flows.items() if flow.factor or flow.electricity}
    if not (reference.descriptor or reference.quantity or converted or (reference.flows and not stated)):
        yield OpenQuestion("LCA821", reference.path, "descriptor, flows, quantity: –")
    for other in reference.alternatives.values():
        if other.credible and other.saving is None and (not other.flows or converted & set(other.flows)):
            # what remains of a flow is taken off in its own unit alone: off the climate benefit only a saving is
            yield OpenQuestion("LCA836", other.path, "saving: –" if other.flows else "saving, flows: –")
    if not any(other.without_ai for other in reference.alternatives.values()):
        yield OpenQuestion("LCA822", reference.path, "alternatives.*.without_ai: –")


def _longer_than_the_cost(descriptor: Descriptor, benefit: Benefit) -> Iterator[OpenQuestion]:
    horizon, duration = benefit.horizon, descriptor.about.duration
    if horizon is None or duration is None:
        return
    if horizon.value * conversion(horizon.unit, "year") > duration.value * conversion(duration.unit, "year"):
        yield OpenQuestion("LCA825", horizon.path, f"horizon: {horizon.text}, duration: {duration.text}")


def _silent_shares(descriptor: Descriptor, benefit: Benefit) -> Iterator[OpenQuestion]:
    """Yield the shares that are not stated though others take part, or claim the same benefit."""
    for effect in benefit.counted_effects:
        if effect.attribution is None and (descriptor.about.partners or effect.also_claimed_in):
            yield OpenQuestion("LCA827", effect.path, "attribution: –")
    others = (other for effect in benefit.effects.values() for other in effect.also_claimed_in.values())
    yield from (OpenQuestion("LCA827", other.path, "share: –") for other in others if other.share is None)


def _nothing_against(benefit: Benefit) -> Iterator[OpenQuestion]:
    """Yield what is neither described nor ruled out on the side of harms and of what others must install."""
    silent = [
        name
        for name, described, ruled_out in (
            ("harms", benefit.harms, benefit.no_harms),
            ("enabling", benefit.enabling, benefit.no_enabling),
        )
        if not described and not ruled_out
    ]
    if silent:
        yield OpenQuestion("LCA835", benefit.path, ", ".join(f"{name}: –" for name in silent))
