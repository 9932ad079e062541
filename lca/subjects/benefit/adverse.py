"""The adverse test: what would remain under unfavourable readings, each alone and all together. It is never an estimate.

Where the applicant states bounds, the least favourable one is taken; where he declares no choice, the catalogue's adverse value
(`parameter/adverse/…`), so that declaring nothing is never rewarded. Corrections of factors are no adversity and stand in the
figure itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from lca.quantities.bounds import bounds95
from lca.quantities.formula import total
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Exact
from lca.quantities.units import conversion
from lca.subjects.benefit.declared import Alternative, Benefit, ChangedFlow, Effect, ReferenceFlow
from lca.subjects.benefit.formulas import after_adversity
from lca.subjects.benefit.study import OnClimate
from lca.subjects.footprint.flow import Context
from lca.subjects.footprint.other_readings import OtherReading

#: The readings in their order; `all` stands last.
READINGS = ("gain", "rebound", "adoption", "attribution", "reference", "alternative", "machines", "all")
#: The name of an alternative that the applicant does not declare.
UNDECLARED = "undeclared"

LOW, HIGH = 0, 1


class Taken(Struct, frozen=True):
    """What a reading takes in place of the applicant's estimate: a path, the value, and whether catalogue or call gives it."""

    path: str
    value: float
    unit: str
    by_catalogue: bool
    by_call: bool = False


class AdverseReading(Struct, frozen=True, eq=False):
    """What would remain under a reading, at best estimates but for what it takes."""

    name: str
    net: Quantity
    taken: tuple[Taken, ...]


class _Hand(Struct):
    """Takes bounds and adverse values, and notes each."""

    context: Context
    taken: list[Taken] = field(default_factory=list)

    def bound(self, stated: Stated, side: int) -> Stated:
        """Return the least favourable bound of a stated value; the value itself where it states no range."""
        value = bounds95(stated.value, stated.uncertainty)[side]
        if value == stated.value:
            return stated
        self.taken.append(Taken(stated.path, value, stated.unit, by_catalogue=False))
        return replace(stated, value=value, uncertainty=Exact())

    def adverse(self, name: str) -> float:
        """Return an adverse value of the call, or of the catalogue where the call gives none."""
        return self.context.default(f"parameter/adverse/{name}").value

    def given(self, name: str, path: str, value: float, unit: str = "1") -> Stated:
        """Return a value, made of an adverse one by its name, in place of an undeclared one."""
        self.note(name, path, value, unit)
        return Stated(path, value, unit, text=f"{value:g}")

    def note(self, name: str, path: str, value: float, unit: str = "1") -> None:
        """Note what is taken by an adverse value, and who gives that."""
        by_call = f"parameter/adverse/{name}" in self.context.book.given
        self.taken.append(Taken(path, value, unit, by_catalogue=not by_call, by_call=by_call))


Reading = Callable[[_Hand, Benefit, OnClimate], Benefit]


def adverse_test(
    context: Context,
    benefit: Benefit,
    climate: OnClimate,
    machines: Iterable[OtherReading],
) -> tuple[AdverseReading, ...]:
    """Return what would remain under each reading that takes anything, and under all.

    Args:
        context: finds the catalogue's adverse values.
        benefit: the benefit, its amounts known no better than what they rest on.
        climate: what would remain with other benefits.
        machines: other readings of machines that are counted as shared.
    """
    if context.book.find("parameter/adverse/realised_share") is None:
        return ()  # a study that is pinned to a catalogue without adverse values computes as it did on it
    found: list[AdverseReading] = []
    whole, everything = benefit, _Hand(context)
    for name, reading in _READINGS.items():
        hand = _Hand(context)
        changed = reading(hand, benefit, climate)
        remains = climate.net(changed) if hand.taken else None
        whole = reading(everything, whole, climate)
        if remains is not None:
            found.append(AdverseReading(name, remains, tuple(hand.taken)))
    net = climate.net(whole)
    on = [one for one in machines if one.reserved.value > one.shared.value]
    taken = tuple(Taken(f"machines.{one.machine}", one.reserved.value, "kgCO2e", by_catalogue=False) for one in on)
    if on:
        extra = total("machines of the project's own, always on", "kgCO2e", [_extra(context, one) for one in on])
        found.append(AdverseReading("machines", after_adversity(net=climate.base.net_project, extra=extra), taken))
        net = after_adversity(net=net, extra=extra) if net is not None else None
    if len(found) > 1 and net is not None:
        found.append(AdverseReading("all", net, (*everything.taken, *taken)))
    return tuple(found)


def _extra(context: Context, one: OtherReading) -> Quantity:
    more = one.reserved.value - one.shared.value
    return context.sample(Stated(f"benefit.adverse.machines.{one.machine}", more, "kgCO2e"), "always on, less shared")


def _each(benefit: Benefit, change: Callable[[Effect], Effect]) -> Benefit:
    return replace(benefit, effects={name: change(effect) for name, effect in benefit.effects.items()})


def _gain(hand: _Hand, benefit: Benefit, _: OnClimate) -> Benefit:
    flows = benefit.reference.flows if benefit.reference is not None else {}

    def amount(stated: Stated | None, effect: Effect) -> Stated | None:
        if stated is None:
            return None
        if not stated.without_range or effect.assessed == "ex-post":
            return hand.bound(stated, LOW)
        value = stated.value * hand.adverse("realised_share")
        return replace(hand.given("realised_share", stated.path, value, stated.unit), noun=stated.noun)

    def remains(changed: ChangedFlow, flow: ReferenceFlow | None, effect: Effect) -> ChangedFlow:
        stated = changed.with_project
        if stated is None or flow is None or flow.amount is None:
            return changed
        if not stated.without_range or effect.assessed == "ex-post":
            return replace(changed, with_project=hand.bound(stated, HIGH))
        without = flow.amount.value * conversion(flow.amount.unit, stated.unit)
        value = without - (without - stated.value) * hand.adverse("realised_share")
        return replace(
            changed,
            with_project=replace(hand.given("realised_share", stated.path, value, stated.unit), noun=stated.noun),
        )

    def change(effect: Effect) -> Effect:
        impacts = effect.impacts
        if impacts is not None and impacts.gwp100 is not None:
            impacts = replace(impacts, gwp100=amount(impacts.gwp100, effect))
        return replace(
            effect,
            quantity=amount(effect.quantity, effect),
            per_use=amount(effect.per_use, effect),
            impacts=impacts,
            flows={name: remains(changed, flows.get(name), effect) for name, changed in effect.flows.items()},
        )

    return _each(benefit, change)


def _rebound(hand: _Hand, benefit: Benefit, _: OnClimate) -> Benefit:
    def change(effect: Effect) -> Effect:
        if effect.rebound is not None:
            return replace(effect, rebound=hand.bound(effect.rebound, HIGH))
        if effect.no_rebound:
            return effect
        return replace(effect, rebound=hand.given("rebound", f"{effect.path}.rebound", hand.adverse("rebound")))

    return _each(benefit, change)


def _adoption(hand: _Hand, benefit: Benefit, _: OnClimate) -> Benefit:
    def change(effect: Effect) -> Effect:
        if effect.ramp_up:
            return replace(effect, ramp_up=tuple(hand.bound(stated, LOW) for stated in effect.ramp_up))
        return replace(effect, ramp_up=(hand.given("adoption", f"{effect.path}.ramp_up", hand.adverse("adoption")),))

    return _each(benefit, change)


def _attribution(hand: _Hand, benefit: Benefit, _: OnClimate) -> Benefit:
    def change(effect: Effect) -> Effect:
        if effect.attribution is not None:
            return effect
        return replace(
            effect, attribution=hand.given("attribution", f"{effect.path}.attribution", hand.adverse("attribution"))
        )

    return _each(benefit, change)


def _reference(hand: _Hand, benefit: Benefit, climate: OnClimate) -> Benefit:
    """Take the least favourable bounds of a declared path, or a reference that falls from year to year."""
    years = int(climate.base.horizon + 0.999)

    def path(stated: tuple[Stated, ...], where: str) -> tuple[Stated, ...]:
        if stated:
            return tuple(hand.bound(share, LOW) for share in stated)
        if years < 2:
            return ()
        yearly = hand.adverse("yearly_reference")
        hand.note("yearly_reference", f"{where}.path", yearly)
        return tuple(Stated(f"{where}.path.{year}", yearly**year, "1") for year in range(years))

    reference = benefit.reference
    if reference is not None:
        flows = {n: replace(f, over_years=path(f.over_years, f.path)) for n, f in reference.flows.items()}
        whole = path(reference.over_years, reference.path) if reference.quantity is not None else reference.over_years
        reference = replace(reference, flows=flows, over_years=whole)

    def change(effect: Effect) -> Effect:
        by_amount = effect.quantity is not None or effect.impacts is not None
        return replace(effect, over_years=path(effect.over_years, effect.path)) if by_amount else effect

    return _each(replace(benefit, reference=reference), change)


def _alternative(hand: _Hand, benefit: Benefit, climate: OnClimate) -> Benefit:
    """Take the most demanding alternative at its upper bound, credible or not; a share of the gain where none states a saving."""
    reference = benefit.reference
    if reference is None:
        return benefit
    stated = {other.name: other for other in reference.alternatives.values() if other.saving is not None}
    if stated:
        taken = {}
        for name, other in stated.items():
            assert other.saving is not None
            taken[name] = replace(other, credible=True, saving=hand.bound(other.saving, HIGH))
        return replace(benefit, reference=replace(reference, alternatives={**reference.alternatives, **taken}))
    potential = climate.potential(benefit)
    if potential.value <= 0:
        return benefit
    yearly = potential.value / climate.base.horizon * hand.adverse("avoided_anyway")
    path = f"{reference.path}.alternatives.{UNDECLARED}"
    saving = hand.given("avoided_anyway", f"{path}.saving", yearly, f"{potential.unit}/year")
    other = Alternative(path, UNDECLARED, UNDECLARED, credible=True, saving=saving)
    return replace(benefit, reference=replace(reference, alternatives={**reference.alternatives, UNDECLARED: other}))


_READINGS: Mapping[str, Reading] = {
    "gain": _gain,
    "rebound": _rebound,
    "adoption": _adoption,
    "attribution": _attribution,
    "reference": _reference,
    "alternative": _alternative,
}
