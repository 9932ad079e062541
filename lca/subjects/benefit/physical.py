"""Benefits in their own units: what is used less of each flow of the reference, whether or not a factor converts it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from lca.quantities.formula import total
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.quantities.units import same_dimension
from lca.subjects.benefit.declared import Alternative, ChangedFlow, Effect, Reference, ReferenceFlow
from lca.subjects.benefit.formulas import (
    attributed,
    flow_saving,
    on_path,
    physical_remainder,
    potential_of_period,
    realised,
)
from lca.subjects.benefit.periods import of_year
from lca.subjects.benefit.savings import BenefitInputs, adopted, attribution_of, share_of


class PhysicalBenefit(Struct, frozen=True, eq=False):
    """What an effect saves of one flow over the horizon, in the flow's unit; `noun` is what is counted, if anything is.

    `anyway` holds the project's share of what each credible alternative would save by itself, in full from the first day;
    `remains` is the attributed saving less the largest of these. `converted` says whether a factor counts it on an indicator.
    """

    effect: Effect
    flow: ReferenceFlow
    changed: ChangedFlow
    noun: str
    converted: bool
    potential: Quantity
    realised: Quantity
    attributed: Quantity
    anyway: Mapping[str, Quantity]
    remains: Quantity

    @property
    def path(self) -> str:
        """Where its figures stand."""
        return f"benefit.physical.{self.effect.name}.{self.flow.name}"

    @property
    def figures(self) -> Iterator[tuple[str, Quantity]]:
        """Its figures by path."""
        for name in ("potential", "realised", "attributed", "remains"):
            yield f"{self.path}.{name}", getattr(self, name)
        yield from ((f"{self.path}.anyway.{name}", amount) for name, amount in self.anyway.items())


def physical_benefits(known: BenefitInputs) -> tuple[PhysicalBenefit, ...]:
    """Return what each effect saves of each flow that it changes."""
    reference = known.benefit.reference
    if reference is None:
        return ()
    pairs = [(effect, changed) for effect in known.benefit.effects.values() for changed in effect.flows.values()]
    found = (_of(known, reference, effect, changed) for effect, changed in pairs)
    return tuple(one for one in found if one is not None)


def _of(known: BenefitInputs, reference: Reference, effect: Effect, changed: ChangedFlow) -> PhysicalBenefit | None:
    flow = reference.flows.get(changed.name)
    unit = flow.unit if flow is not None else ""
    if flow is None or flow.amount is None or changed.with_project is None or not unit:
        return None
    if not same_dimension(changed.with_project.unit, f"{unit}/year"):
        return None  # which is an error of its own
    context, share = known.context, attribution_of(known, effect)
    silent = effect.assessed == "ex-ante" and not effect.no_rebound
    rebound = share_of(context, effect.rebound, f"{effect.path}.rebound", 0.0, silent)
    indirect = share_of(context, effect.indirect_rebound, f"{effect.path}.indirect_rebound", 0.0)
    saved = _saved(known, flow, changed.with_project, share_of(context, changed.count, f"{changed.path}.count", 1.0))
    potential = _over_time(known, effect, flow, saved)
    kept = realised.bound(impact=unit)(potential=potential, rebound=rebound, indirect_rebound=indirect)
    own = attributed.bound(impact=unit)(amount=kept, attribution=share)
    anyway = {
        other.name: attributed.bound(impact=unit)(amount=amount, attribution=share)
        for other in reference.alternatives.values()
        if (amount := _anyway(known, other, changed, flow)) is not None
    }
    most = max(anyway.values(), key=lambda amount: amount.value, default=None)
    remains = own if most is None else physical_remainder.bound(amount=unit)(attributed=own, anyway=most)
    label = f"{flow.name} saved by {effect.name}"
    return PhysicalBenefit(
        effect=effect,
        flow=flow,
        changed=changed,
        noun=flow.amount.noun if changed.count is None else "",
        converted=bool(flow.factor or flow.electricity),
        potential=potential.named(label),
        realised=kept.named(f"{label}, after rebound"),
        attributed=own.named(f"{label}, attributed"),
        anyway=anyway,
        remains=remains.named(f"{label}, less what would be saved anyway"),
    )


def _saved(known: BenefitInputs, flow: ReferenceFlow, remains: Stated, count: Quantity) -> Quantity:
    """Return what is used less of a flow each year at full adoption."""
    assert flow.amount is not None
    sample, bound = known.context.sample, flow_saving.bound(amount=flow.unit)
    return bound(count=count, reference=sample(flow.amount), with_project=sample(remains))


def _over_time(known: BenefitInputs, effect: Effect, flow: ReferenceFlow, saved: Quantity) -> Quantity:
    """Return a yearly saving over the horizon, by the flow's path and the effect's adoption and validity."""
    parts = []
    for period in known.periods:
        value = of_year(flow.over_years, period.year)
        bound = on_path.bound(impact=flow.unit)
        at = saved if value is None else bound(saving=saved, path=known.context.sample(value))
        part = adopted(known, effect, at, period, flow.unit)
        parts += [part] if part is not None else []
    return total(f"potential of {effect.name}", flow.unit, parts)


def _anyway(known: BenefitInputs, other: Alternative, changed: ChangedFlow, flow: ReferenceFlow) -> Quantity | None:
    """Return what a credible alternative would save of a flow by itself, over the horizon."""
    alike = other.flows.get(flow.name)
    if not other.might_happen or alike is None or alike.remains is None:
        return None
    if not same_dimension(alike.remains.unit, f"{flow.unit}/year"):
        return None  # which is an error of its own
    count = share_of(known.context, alike.count or changed.count, f"{alike.path}.count", 1.0)
    saved = _saved(known, flow, alike.remains, count)
    full = known.context.sample(Stated(f"{other.path}.in-full", 1.0, "1", text="1"), "in full")
    bound = potential_of_period.bound(impact=flow.unit)
    parts = [bound(saving=saved, adoption=full, length=period.length) for period in known.periods]
    return total(f"{flow.name} saved by {other.name}", flow.unit, parts)
