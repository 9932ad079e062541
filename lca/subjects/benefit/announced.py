"""How surely an announced amount may be known: none without a range, and none more narrowly than its evidence allows.

What is stated before the fact and without a range has no interval: it is marked, and so is every figure that rests on it. A range
narrower than the class of its evidence takes the bounds of that class, unless a file stands behind it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import fields, replace

from lca.quantities.bounds import bounds95
from lca.quantities.provenance import Stated
from lca.quantities.uncertainty import Exact, from_range95
from lca.quantities.units import conversion, same_dimension
from lca.subjects.benefit.declared import (
    Alternative,
    Benefit,
    ChangedFlow,
    Effect,
    Enabling,
    Harm,
    ReferenceFlow,
    StatedImpacts,
)

#: How far the bounds of an announced amount lie from it at least, as a share of it, by what it rests on: the classes of quality of
#: the BoAmps format, high ±10 %, medium ±25 %, low ±50 %.
REACH = {"measured": 0.1, "pilot": 0.25, "model": 0.5, "literature": 0.5, "expert": 0.5}

Record = TypeVar("Record", Harm, Enabling)


class NarrowRange(Struct, frozen=True):
    """A range that is narrower than its evidence allows and that no file supports: where, and the evidence."""

    path: str
    text: str
    evidence: str


def counted_evidence(effect: Effect) -> str:
    """Return what an effect rests on: a trial that is not described counts as a model."""
    if effect.evidence in ("measured", "pilot") and (effect.trial is None or effect.trial.missing):
        return "model"
    return effect.evidence


def as_known(benefit: Benefit) -> Benefit:
    """Return a benefit whose amounts are known no better than what they rest on."""
    flows = benefit.reference.flows if benefit.reference is not None else {}
    reference = benefit.reference
    if reference is not None:
        alternatives = {name: _alternative(other, flows) for name, other in reference.alternatives.items()}
        reference = replace(reference, alternatives=alternatives)
    return replace(
        benefit,
        reference=reference,
        effects={name: _effect(effect, flows) for name, effect in benefit.effects.items()},
        harms={name: _burden(harm) for name, harm in benefit.harms.items()},
        enabling={name: _burden(item) for name, item in benefit.enabling.items()},
    )


def narrow_ranges(benefit: Benefit) -> Iterator[NarrowRange]:
    """Yield the ranges that are taken wider than they are stated."""
    flows = benefit.reference.flows if benefit.reference is not None else {}
    known = as_known(benefit)
    for effect in benefit.effects.values():
        evidence = counted_evidence(effect)
        for stated, taken in _pairs(effect, _effect(effect, flows)):
            if _is_wider(stated, taken):
                yield NarrowRange(stated.path, stated.text, evidence)
    for other in benefit.reference.alternatives.values() if benefit.reference is not None else ():
        assert known.reference is not None
        taken_saving = known.reference.alternatives[other.name].saving
        if other.saving is not None and taken_saving is not None and _is_wider(other.saving, taken_saving):
            yield NarrowRange(other.saving.path, other.saving.text, "expert")


def _pairs(effect: Effect, taken: Effect) -> Iterator[tuple[Stated, Stated]]:
    both = [(effect.quantity, taken.quantity), (effect.per_use, taken.per_use)]
    if effect.impacts is not None and taken.impacts is not None:
        both += [(getattr(effect.impacts, name), getattr(taken.impacts, name)) for name in _amounts(effect.impacts)]
    both += [(flow.with_project, taken.flows[name].with_project) for name, flow in effect.flows.items()]
    yield from ((stated, other) for stated, other in both if stated is not None and other is not None)


def _is_wider(stated: Stated, taken: Stated) -> bool:
    return not taken.without_range and stated.uncertainty != taken.uncertainty


def _effect(effect: Effect, flows: Mapping[str, ReferenceFlow]) -> Effect:
    if effect.assessed == "ex-post":
        return effect
    reach = 0.0 if effect.file else REACH[counted_evidence(effect)]
    return replace(
        effect,
        quantity=_amount(effect.quantity, reach),
        impacts=_impacts(effect.impacts, reach),
        per_use=_amount(effect.per_use, reach),
        flows={name: _flow(changed, flows.get(name), reach) for name, changed in effect.flows.items()},
        ramp_up=tuple(_share(stated) for stated in effect.ramp_up),
        rebound=_share(effect.rebound) if effect.rebound is not None else None,
        indirect_rebound=_share(effect.indirect_rebound) if effect.indirect_rebound is not None else None,
    )


def _burden(record: Record) -> Record:
    """A burden is marked where it has no range; a narrow range around it favours nobody."""
    return replace(record, quantity=_amount(record.quantity, 0.0), impacts=_impacts(record.impacts, 0.0))


def _alternative(other: Alternative, flows: Mapping[str, ReferenceFlow]) -> Alternative:
    reach = 0.0 if other.file else REACH["expert"]
    remaining = {
        name: replace(alike, remains=_saved_of(alike.remains, flows.get(name), reach))
        for name, alike in other.flows.items()
    }
    return replace(other, saving=_amount(other.saving, reach), flows=remaining)


def _impacts(impacts: StatedImpacts | None, reach: float) -> StatedImpacts | None:
    if impacts is None:
        return None
    return replace(impacts, **{name: _amount(getattr(impacts, name), reach) for name in _amounts(impacts)})


def _amounts(impacts: StatedImpacts) -> list[str]:
    return [field.name for field in fields(impacts) if field.name != "path"]


def _share(stated: Stated) -> Stated:
    """A share of nothing or of all is a choice; any other is a guess about others."""
    if stated.value * conversion(stated.unit, "1") in (0.0, 1.0):
        return stated
    return _amount(stated, 0.0) or stated


def _amount(stated: Stated | None, reach: float) -> Stated | None:
    return None if stated is None else _with_reach(stated, reach * stated.value)


def _flow(changed: ChangedFlow, flow: ReferenceFlow | None, reach: float) -> ChangedFlow:
    return replace(changed, with_project=_saved_of(changed.with_project, flow, reach))


def _saved_of(remains: Stated | None, flow: ReferenceFlow | None, reach: float) -> Stated | None:
    """What remains of a flow is known as well as what is saved of it."""
    amount = flow.amount if flow is not None else None
    if remains is None or amount is None or not same_dimension(amount.unit, remains.unit):
        return remains
    saved = abs(amount.value * conversion(amount.unit, remains.unit) - remains.value)
    return _with_reach(remains, reach * saved)


def _with_reach(stated: Stated, least: float) -> Stated:
    """Return a value whose bounds lie at least so far from it, marked where it states none."""
    if stated.value == 0 and least == 0:
        return stated
    if isinstance(stated.uncertainty, Exact):
        return replace(stated, without_range=True)
    low, high = bounds95(stated.value, stated.uncertainty)
    wanted = max(stated.value - least, 0.0), stated.value + least
    if (low <= wanted[0] or math.isclose(low, wanted[0])) and (high >= wanted[1] or math.isclose(high, wanted[1])):
        return stated
    return replace(stated, uncertainty=from_range95(stated.value, min(low, wanted[0]), max(high, wanted[1])))
