"""Effects, harms and enabling cost as amounts of each indicator in each period, in the equations' order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from lca.quantities.formula import total
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Exact
from lca.quantities.units import same_dimension
from lca.subjects.benefit.declared import Benefit, ChangedFlow, Effect, Enabling, Harm, ReferenceFlow
from lca.subjects.benefit.formulas import (
    attributed,
    enabling_of_period,
    flow_saving,
    highest_adoption,
    impact_of_saving,
    on_path,
    potential_of_period,
    realised,
    saving_of_uses,
)
from lca.subjects.benefit.periods import NEAR, Period, of_year, years_of
from lca.subjects.benefit.shares import claims_beside
from lca.subjects.footprint.flow import Context, Leaf
from lca.subjects.footprint.named_factor import named_factor
from lca.subjects.footprint.site import Site
from lca.subjects.footprint.stated import OwnFactor
from lca.subjects.footprint.supply import find_zone


class Contribution(Struct, frozen=True, eq=False):
    """One effect, harm or enabling cost (by its path) on one indicator: an amount in each period, and the project's share.

    Of an effect, `potential` is before rebound and `amounts` after it; of the others both are the same. Index 0 of the
    sequences is the start, before the first period.
    """

    path: str
    potential: tuple[Quantity | None, ...]
    amounts: tuple[Quantity | None, ...]
    attributed: tuple[Quantity | None, ...]


class BenefitInputs(Struct, frozen=True):
    """What savings are computed from: the context, the benefit, its horizon in years, the periods, and other parts of the study.

    `reference` is the impact of the reference's descriptor per year by indicator, `uses` the requests of each service in
    each period.
    """

    context: Context
    benefit: Benefit
    horizon: float
    periods: tuple[Period, ...]
    own: Mapping[str, OwnFactor]
    indicators: Mapping[str, str]
    reference: Mapping[str, Quantity]
    uses: Mapping[str, Sequence[Quantity | None]]


def share_of(
    context: Context, stated: Stated | None, path: str, default: float, without_range: bool = False
) -> Quantity:
    """Return a stated share, or its default under a record of its own, so that a break-even can move it alone."""
    assumed = Stated(path, default, "1", text=f"{default:g}", without_range=without_range)
    return context.sample(stated or assumed, "" if stated else "none stated")


def attribution_of(known: BenefitInputs, record: Effect | Harm | Enabling) -> Quantity:
    """Return the project's share, what its partners claim together; it is swept, never sampled: a range makes no draws."""

    def claimed(one: Effect | Harm | Enabling) -> Quantity:
        stated = replace(one.attribution, uncertainty=Exact()) if one.attribution else None
        return share_of(known.context, stated, f"{one.path}.attribution", 1.0)

    shares = [claimed(one) for one in (record, *claims_beside(known.benefit, record))]
    return shares[0] if len(shares) == 1 else total("shares of all partners", "1", shares)


def effect_part(known: BenefitInputs, effect: Effect, indicator: str) -> Contribution | None:
    """Return an effect on one indicator; None where it says nothing of it."""
    rate = _rate_of_effect(known, effect, indicator)
    if rate is None:
        return None
    silent = effect.assessed == "ex-ante" and not effect.no_rebound
    rebound = share_of(known.context, effect.rebound, f"{effect.path}.rebound", 0.0, silent)
    indirect = share_of(known.context, effect.indirect_rebound, f"{effect.path}.indirect_rebound", 0.0)
    unit = known.indicators[indicator]
    potential = [_potential(known, effect, rate, period, unit) for period in known.periods]
    kept = [
        None if p is None else realised.bound(impact=unit)(potential=p, rebound=rebound, indirect_rebound=indirect)
        for p in potential
    ]
    named = [None if k is None else k.named(f"realised by {effect.name}, {p.label}") for k, p in _with(known, kept)]
    return _part(known, effect, unit, [None, *potential], [None, *named])


def harm_part(known: BenefitInputs, harm: Harm, indicator: str) -> Contribution | None:
    """Return a harm on one indicator; it grows with adoption and knows no rebound."""
    stated = _stated(harm, indicator)
    if stated is None:
        return None
    rate, unit = known.context.sample(stated), known.indicators[indicator]
    model = known.benefit.effects.get(harm.grows_with)
    ruled: Effect | Harm = harm if harm.ramp_up or model is None else model
    amounts = [None, *(_potential(known, ruled, lambda _: rate, period, unit) for period in known.periods)]
    return _part(known, harm, unit, amounts, amounts)


def enabling_part(known: BenefitInputs, enabling: Enabling, indicator: str) -> Contribution | None:
    """Return an enabling cost on one indicator, at the start or as adopters join."""
    stated = _stated(enabling, indicator)
    if stated is None:
        return None
    cost, unit = known.context.sample(stated), known.indicators[indicator]
    effect = known.benefit.effects.get(enabling.grows_with)
    if effect is None:
        amounts: list[Quantity | None] = [cost, *(None for _ in known.periods)]
        return _part(known, enabling, unit, amounts, amounts)
    amounts = [None]
    before = known.context.sample(Stated(f"{enabling.path}.before", 0.0, "1", text="0"), "nobody before")
    for period in known.periods:
        adoption = _adoption(known, effect, period)
        joined = enabling_of_period.bound(impact=unit)(cost=cost, adoption=adoption, before=before)
        amounts.append(joined.named(f"{enabling.name}, {period.label}"))
        before = highest_adoption(adoption=adoption, before=before)
    return _part(known, enabling, unit, amounts, amounts)


def _with(known: BenefitInputs, amounts: Sequence[Quantity | None]) -> list[tuple[Quantity | None, Period]]:
    return list(zip(amounts, known.periods, strict=True))


def _part(
    known: BenefitInputs,
    record: Effect | Harm | Enabling,
    unit: str,
    potential: Sequence[Quantity | None],
    amounts: Sequence[Quantity | None],
) -> Contribution:
    share = attribution_of(known, record)
    own = tuple(
        None
        if a is None
        else attributed.bound(impact=unit)(amount=a, attribution=share).named(f"{a.label}, attributed")
        for a in amounts
    )
    return Contribution(record.path, tuple(potential), tuple(amounts), own)


def _stated(record: Effect | Harm | Enabling, indicator: str) -> Stated | None:
    stated: Stated | None = getattr(record.impacts, indicator, None)
    return record.quantity if stated is None and indicator == "gwp100" else stated


def _adoption(known: BenefitInputs, record: Effect | Harm, period: Period) -> Quantity:
    silent = isinstance(record, Effect) and record.assessed == "ex-ante"
    full = Stated(f"{record.path}.full-adoption", 1.0, "1", text="1", without_range=silent)
    return known.context.sample(of_year(record.ramp_up, period.year) or full)


def _potential(
    known: BenefitInputs, record: Effect | Harm, rate: Callable[[int], Quantity], period: Period, unit: str
) -> Quantity | None:
    return adopted(known, record, rate(known.periods.index(period)), period, unit)


def adopted(
    known: BenefitInputs, record: Effect | Harm, saving: Quantity, period: Period, unit: str
) -> Quantity | None:
    """Return what a record brings in a period, at its adoption; None once its evidence supports it no longer."""
    if record.validity is not None and period.start > years_of(record.validity) - NEAR:
        return None
    adoption = _adoption(known, record, period)
    found = potential_of_period.bound(impact=unit)(saving=saving, adoption=adoption, length=period.length)
    return found.named(f"{record.name}, {period.label}")


def _rate_of_effect(known: BenefitInputs, effect: Effect, indicator: str) -> Callable[[int], Quantity] | None:
    """Return the saving per year at full adoption by index of the period."""
    context, unit = known.context, known.indicators[indicator]
    moved: list[tuple[Quantity, tuple[Stated, ...]]] = []
    stated = _stated(effect, indicator)
    if stated is not None:
        moved.append((context.sample(stated), effect.over_years))
    if effect.whole_reference:
        moved += _whole_reference(known, indicator)
    flows = [
        found for flow in effect.flows.values() if (found := _saved_impact(known, flow, indicator, unit)) is not None
    ]
    uses = known.uses.get(effect.service) if effect.per_use is not None and indicator == "gwp100" else None
    if not moved and not flows and uses is None:
        return None
    follow = on_path.bound(impact=unit)

    def at(saving: Quantity, path: tuple[Stated, ...], year: int) -> Quantity:
        value = of_year(path, year)
        return follow(saving=saving, path=context.sample(value)) if value is not None else saving

    def rate(index: int) -> Quantity:
        period = known.periods[index]
        # The path is one of carbon intensity: it says nothing of water, metals or primary energy.
        intensity = known.benefit.electricity_path if indicator == "gwp100" else ()
        parts = [at(saving, path, period.year) for saving, path in moved]
        for saved, flow in flows:
            own = at(saved, flow.over_years, period.year)
            parts.append(at(own, intensity if flow.electricity else (), period.year))
        if uses is not None and effect.per_use is not None and (used := uses[index]) is not None:
            bound = saving_of_uses.bound(impact=unit)
            parts.append(bound(per_use=context.sample(effect.per_use), uses=used, span=period.length))
        if not parts:
            parts.append(
                context.sample(Stated(f"{effect.path}.unused", 0.0, f"{unit}/year"), "the service does not run")
            )
        return parts[0] if len(parts) == 1 else total(f"saving of {effect.name}", f"{unit}/year", parts)

    return rate


def _whole_reference(known: BenefitInputs, indicator: str) -> list[tuple[Quantity, tuple[Stated, ...]]]:
    """Return the reference's impact per year, from its descriptor or as it is stated, and its path over the years."""
    reference = known.benefit.reference
    path = reference.over_years if reference is not None else ()
    if indicator in known.reference:
        return [(known.reference[indicator], path)]
    quantity = reference.quantity if reference and indicator == "gwp100" else None
    return [(known.context.sample(quantity), path)] if quantity is not None else []


def _saved_impact(
    known: BenefitInputs, changed: ChangedFlow, indicator: str, unit: str
) -> tuple[Quantity, ReferenceFlow] | None:
    """Return the yearly impact saved by a changed flow, and the flow of the reference."""
    reference = known.benefit.reference
    flow = reference.flows.get(changed.name) if reference else None
    if flow is None or flow.amount is None or changed.with_project is None:
        return None
    leaf = factor_of_flow(known.context, known.own, flow, indicator)
    if leaf is None:
        return None
    context, per = known.context, leaf.unit.partition("/")[2] or "1"
    if not all(same_dimension(stated.unit, f"{per}/year") for stated in (flow.amount, changed.with_project)):
        return None
    count = share_of(context, changed.count, f"{changed.path}.count", 1.0)
    saved = flow_saving.bound(amount=per)(
        count=count, reference=context.sample(flow.amount), with_project=context.sample(changed.with_project)
    )
    bound = impact_of_saving.bound(flow=per, impact=unit)
    impact = bound(saved=saved.named(f"{changed.name} saved"), factor=context.sample(leaf))
    return impact.named(f"impact of {changed.name} saved"), flow


def factor_of_flow(context: Context, own: Mapping[str, OwnFactor], flow: ReferenceFlow, indicator: str) -> Leaf | None:
    """Return the factor of a flow of the reference: the place's electricity in the study's year, or the one it names."""
    if flow.factor:
        factor = named_factor(context, own, flow.factor, flow.amount.unit, "/year") if flow.amount else None
        return factor.leaves.get(indicator) if factor else None
    if not flow.electricity:
        return None
    zone = find_zone(context, Site(f"{flow.path}.electricity", flow.name, location=flow.electricity, kind="office"))
    return context.book.for_year(f"electricity/{zone}", indicator, context.year) if zone else None
