"""From a descriptor's benefit and the project's impacts to a balance per indicator, under the least favourable reference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from lca.descriptor.descriptor import Descriptor
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.subjects.benefit.adding import Amounts, balance, potential_benefit, project_net
from lca.subjects.benefit.announced import as_known
from lca.subjects.benefit.balance import Balance
from lca.subjects.benefit.costs import CostByPeriod, cost_by_period, running_time, uses_by_period
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
    rows, units = list(impacts), known.indicators
    if not any(_effects(known, indicator) for indicator in units):
        return None  # what is described is counted in its own unit alone
    questions = open_questions(descriptor, boundary(descriptor))

    def amounts_on(indicator: str) -> Amounts:
        own = [impact for impact in rows if impact.indicator == indicator]
        unit, sample = units[indicator], known.context.sample
        costs = cost_by_period(descriptor, own, unit, known.periods, known.uses, sample)
        return _amounts(known, indicator, costs, not questions)

    def of(indicator: str, amounts: Amounts, reference: str = "") -> Balance:
        sample = known.context.sample
        return balance(indicator, units[indicator], known.benefit, reference, amounts, known.periods, sample)

    references = {
        name: of("gwp100", amounts, name) for name, amounts in _by_reference(known, amounts_on("gwp100")).items()
    }
    headline = min(references.values(), key=lambda found: found.net_project.value)
    assessed = {impact.indicator for impact in rows}
    others = {i: of(i, amounts_on(i)) for i in units if i != "gwp100" and (i in assessed or _effects(known, i))}
    return BenefitStudy(known.horizon, {"gwp100": headline, **others}, references, known.uses, questions)


class OnClimate(Struct, frozen=True, eq=False):
    """The lines on climate change that a study would have with other benefits, each made when it is asked for.

    `known` are the study's inputs and `base` its balance: what a benefit does not bear on, such as cost, stays as it is.
    """

    known: BenefitInputs
    base: Balance

    def potential(self, benefit: Benefit) -> Quantity:
        """Return the potential benefit."""
        _, amounts = self._with(benefit)
        return potential_benefit("gwp100", self.base.unit, amounts, self.known.periods, self.known.context.sample)

    def net(self, benefit: Benefit) -> Quantity | None:
        """Return the project's net under the least favourable credible reference; None where no effect bears on it."""
        known, amounts = self._with(benefit)
        if not amounts.effects:
            return None
        nets = (
            project_net("gwp100", self.base.unit, one, known.periods, known.context.sample)
            for one in _by_reference(known, amounts).values()
        )
        return min(nets, key=lambda found: found.value)

    def _with(self, benefit: Benefit) -> tuple[BenefitInputs, Amounts]:
        known = replace(self.known, benefit=as_known(benefit))
        return known, _amounts(known, "gwp100", self.base.costs, self.base.is_established)


def _amounts(known: BenefitInputs, indicator: str, costs: CostByPeriod, is_established: bool) -> Amounts:
    """Return what a balance adds under the reference that is described."""
    harms, enabling = known.benefit.harms.values(), known.benefit.enabling.values()
    return Amounts(
        effects=_effects(known, indicator),
        harms=[part for harm in harms if (part := harm_part(known, harm, indicator))],
        enabling=[part for item in enabling if (part := enabling_part(known, item, indicator))],
        anyway=None,
        costs=costs,
        is_established=is_established,
    )


def _by_reference(known: BenefitInputs, amounts: Amounts) -> dict[str, Amounts]:
    """Return the amounts under the reference described (an empty name) and under each credible other that states a saving."""
    reference = known.benefit.reference
    others = reference.alternatives.values() if reference is not None else ()
    credible = [other for other in others if other.might_happen and other.saving is not None]
    return {
        "": amounts,
        **{other.name: replace(amounts, anyway=_avoided_anyway(known, other)) for other in credible},
    }


def _effects(known: BenefitInputs, indicator: str) -> list[tuple[Contribution, Quantity]]:
    effects: Iterable[Effect] = known.benefit.effects.values()
    return [
        (part, attribution_of(known, effect))
        for effect in effects
        if (part := effect_part(known, effect, indicator)) is not None
    ]


def _avoided_anyway(known: BenefitInputs, other: Alternative) -> Contribution:
    """Return what a credible other course would avoid, in full from the first day and without rebound."""
    assert other.saving is not None
    context, unit = known.context, known.indicators["gwp100"]
    rate = context.sample(other.saving)
    full = context.sample(Stated(f"{other.path}.in-full", 1.0, "1", text="1"), "in full")
    effects = known.benefit.counted_effects
    share = attribution_of(known, effects[0]) if len(effects) == 1 else context.sample(full_share(other))
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
