"""From a descriptor's benefit and the project's impacts to a balance per indicator, under the least favourable reference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from lca.descriptor.descriptor import Descriptor
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.subjects.benefit.adding import Amounts, balance
from lca.subjects.benefit.announced import as_known
from lca.subjects.benefit.balance import Balance
from lca.subjects.benefit.costs import cost_by_period, running_time, uses_by_period
from lca.subjects.benefit.declared import Alternative, Benefit, Effect, Harm
from lca.subjects.benefit.established import OpenQuestion, open_questions
from lca.subjects.benefit.formulas import attributed, potential_of_period, yearly_part
from lca.subjects.benefit.periods import cut, years_of
from lca.subjects.benefit.savings import (
    BenefitInputs,
    Contribution,
    attribution_of,
    effect_part,
    enabling_part,
    harm_part,
)
from lca.subjects.footprint.boundary import boundary
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import Context
from lca.subjects.footprint.impacts import Impact


class BenefitStudy(Struct, frozen=True, eq=False):
    """The balance of each indicator, the climate ones under every credible reference, and the horizon in years.

    While a question of `open_questions` is open, the difference of the terms is no net: it is what would remain.

    `references` holds the climate balance under the reference described (an empty name) and under each credible
    alternative that states what it would avoid. `uses` holds the requests of each service by period.
    """

    horizon: float
    balances: Mapping[str, Balance]
    references: Mapping[str, Balance]
    uses: Mapping[str, Sequence[Quantity | None]]
    open_questions: tuple[OpenQuestion, ...]

    @property
    def is_established(self) -> bool:
        """Whether nothing keeps the net from being one."""
        return not self.open_questions

    @property
    def climate(self) -> Balance:
        """The headline: climate change under the least favourable credible reference."""
        return self.balances["gwp100"]


def benefit_inputs(
    descriptor: Descriptor, context: Context, units: Mapping[str, str], reference: Mapping[str, Quantity]
) -> BenefitInputs | None:
    """Return what a benefit is computed from; None where there are no effects or no horizon.

    Args:
        descriptor: the descriptor with its benefit.
        context: draws values and finds factors.
        units: unit of each indicator.
        reference: impact per year of the reference's descriptor, by indicator.
    """
    declared = descriptor.get(Benefit)
    benefit = as_known(declared) if declared is not None else None
    stated = benefit.horizon or descriptor.about.duration if benefit else None
    if benefit is None or not benefit.effects or stated is None:
        return None
    growing: tuple[Effect | Harm, ...] = (*benefit.effects.values(), *benefit.harms.values())
    ends = [years_of(record.validity) for record in growing if record.validity is not None]
    periods = cut(years_of(stated), [*ends, *running_time(descriptor).values()], context.sample)
    uses = uses_by_period(descriptor, periods, context.sample)
    own = descriptor[ProductSystem].factors
    return BenefitInputs(context, benefit, years_of(stated), periods, own, units, reference, uses)


def study_benefit(descriptor: Descriptor, known: BenefitInputs, impacts: Iterable[Impact]) -> BenefitStudy | None:
    """Set the expected effects against the project's own life cycle, on each indicator.

    Returns:
        None where no effect says anything of any indicator.
    """
    benefit, periods, uses, rows = known.benefit, known.periods, known.uses, list(impacts)
    units, context = known.indicators, known.context
    if not any(_effects(known, indicator) for indicator in units):
        return None  # what is described is counted in its own unit alone
    questions = open_questions(descriptor, boundary(descriptor))

    def of(indicator: str, other: Alternative | None = None) -> Balance:
        unit, sample = units[indicator], context.sample
        costs = cost_by_period(descriptor, [i for i in rows if i.indicator == indicator], unit, periods, uses, sample)
        amounts = Amounts(
            effects=_effects(known, indicator),
            harms=[part for harm in benefit.harms.values() if (part := harm_part(known, harm, indicator))],
            enabling=[part for item in benefit.enabling.values() if (part := enabling_part(known, item, indicator))],
            anyway=_avoided_anyway(known, other) if other else None,
            costs=costs,
            is_established=not questions,
        )
        reference_taken = other.name if other else ""
        return balance(indicator, unit, benefit, reference_taken, amounts, periods, sample)

    alternatives = benefit.reference.alternatives.values() if benefit.reference else ()
    credible = [a for a in alternatives if a.might_happen and a.saving is not None]
    references = {"": of("gwp100"), **{a.name: of("gwp100", a) for a in credible}}
    headline = min(references.values(), key=lambda found: found.net_project.value)
    assessed = {impact.indicator for impact in rows}
    others = {i: of(i) for i in units if i != "gwp100" and (i in assessed or _effects(known, i))}
    return BenefitStudy(known.horizon, {"gwp100": headline, **others}, references, uses, questions)


def _effects(known: BenefitInputs, indicator: str) -> list[tuple[Contribution, Quantity]]:
    effects: Iterable[Effect] = known.benefit.effects.values()
    return [
        (part, attribution_of(known.context, effect))
        for effect in effects
        if (part := effect_part(known, effect, indicator)) is not None
    ]


def _avoided_anyway(known: BenefitInputs, other: Alternative) -> Contribution:
    """Return what a credible other course would avoid, in full from the first day and without rebound."""
    assert other.saving is not None
    context, unit = known.context, known.indicators["gwp100"]
    rate = context.sample(other.saving)
    full = context.sample(Stated(f"{other.path}.in-full", 1.0, "1", text="1"), "in full")
    effects = list(known.benefit.effects.values())
    share = attribution_of(context, effects[0]) if len(effects) == 1 else context.sample(full_share(other))
    bound = potential_of_period.bound(impact=unit)
    avoided = [
        bound(saving=rate, adoption=full, length=period.length).named(f"{other.name} anyway, {period.label}")
        for period in known.periods
    ]
    own = [attributed.bound(impact=unit)(amount=a, attribution=share) for a in avoided]
    return Contribution(other.path, (None, *avoided), (None, *avoided), (None, *own))


def full_share(other: Alternative) -> Stated:
    """Return the share of another course that is taken off where no single effect gives its own: all of it."""
    return Stated(f"{other.path}.attribution", 1.0, "1", text="1")


def yearly_reference(whole: Quantity, duration: Stated, context: Context, unit: str) -> Quantity:
    """Return the impact per year of a reference that is described as a project of its own."""
    return yearly_part.bound(impact=unit)(whole=whole, duration=context.sample(duration))
