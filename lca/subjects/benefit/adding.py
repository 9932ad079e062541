"""Adds the parts of one indicator to its balance: in all, by period, and the project's own shares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from lca.quantities.formula import total
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity, Sampler
from lca.subjects.benefit.balance import Balance, PeriodBalance
from lca.subjects.benefit.costs import CostByPeriod
from lca.subjects.benefit.declared import Benefit
from lca.subjects.benefit.formulas import net, own_potential_of
from lca.subjects.benefit.payback import payback
from lca.subjects.benefit.periods import Period
from lca.subjects.benefit.savings import Contribution


class Amounts(Struct, frozen=True, eq=False):
    """What a balance on one indicator adds.

    `effects` are parts with their attributions; `anyway` is what the reference that is taken would avoid against the one
    described; `costs` is the project's life cycle by period; `is_established` says whether no question is open that keeps
    the difference from being a net.
    """

    effects: Sequence[tuple[Contribution, Quantity]]
    harms: Sequence[Contribution]
    enabling: Sequence[Contribution]
    anyway: Contribution | None
    costs: CostByPeriod
    is_established: bool

    @property
    def others(self) -> tuple[Contribution, ...]:
        """The part that would be avoided anyway, where there is one."""
        return (self.anyway,) if self.anyway is not None else ()


class _Adder(Struct, frozen=True, eq=False):
    """Adds amounts of one unit; nothing adds up to a stated zero."""

    unit: str
    zero: Quantity

    def __call__(self, label: str, parts: Iterable[Quantity | None]) -> Quantity:
        return total(label, self.unit, [p for p in parts if p is not None] or [self.zero])


def _adder(indicator: str, unit: str, sample: Sampler) -> _Adder:
    return _Adder(unit, sample(Stated(f"benefit.nothing-{indicator}", 0.0, unit, text=f"0 {unit}"), "none"))


class _Terms(Struct, frozen=True, eq=False):
    """The terms of the project's net over the horizon: its benefit, its shares of what is taken off, and its cost."""

    benefit: Quantity
    anyway: Quantity
    harms: Quantity
    enabling: Quantity
    cost: Quantity

    def net(self) -> Quantity:
        """Return what remains."""
        terms = {name: getattr(self, name) for name in self.__struct_fields__}
        return net.bound(impact=self.cost.unit)(**terms).named("net of the project")


def project_net(indicator: str, unit: str, amounts: Amounts, periods: Sequence[Period], sample: Sampler) -> Quantity:
    """Return the project's net on one indicator alone, which `balance` gives among its other lines; arguments as there."""
    add = _adder(indicator, unit, sample)
    times = range(len(periods) + 1)
    benefit = [_attributed(add, amounts, index, _when(periods, index)) for index in times]
    cost = [_cost(add, amounts, index, _when(periods, index)) for index in times]
    return _terms(add, amounts, benefit, cost).net()


def potential_benefit(
    indicator: str, unit: str, amounts: Amounts, periods: Sequence[Period], sample: Sampler
) -> Quantity:
    """Return the potential benefit on one indicator alone, which `balance` gives among its other lines; arguments as there."""
    add = _adder(indicator, unit, sample)
    parts = [_potential(add, amounts, index, _when(periods, index)) for index in range(len(periods) + 1)]
    return add("potential benefit", parts)


def balance(
    indicator: str,
    unit: str,
    benefit: Benefit,
    reference: str,
    amounts: Amounts,
    periods: Sequence[Period],
    sample: Sampler,
) -> Balance:
    """Add the parts of one indicator.

    Args:
        indicator, unit: the indicator, and its unit.
        benefit: what the descriptor says.
        reference: name of the reference that is taken, empty for the one described.
        amounts: what is added.
        periods: the periods of the horizon.
        sample: makes constants.
    """
    add = _adder(indicator, unit, sample)
    rows = _rows(add, amounts, periods)
    whole = {
        "anyway": add("avoided anyway", (a for x in amounts.others for a in x.amounts)),
        "harms": add("harms", (a for h in amounts.harms for a in h.amounts)),
        "enabling": add("enabling cost", (a for e in amounts.enabling for a in e.amounts)),
    }
    terms = _terms(add, amounts, [row.attributed for row in rows], [row.cost for row in rows])
    realised = add("realised benefit", (row.realised for row in rows))
    of_solution = net.bound(impact=unit)(benefit=realised, **whole, cost=terms.cost)
    of_project = terms.net()
    return Balance(
        indicator=indicator,
        unit=unit,
        horizon=periods[-1].end,
        reference=reference,
        benefits=bool(amounts.effects),
        potential=add("potential benefit", (row.potential for row in rows)),
        realised=realised,
        attributed=terms.benefit,
        **whole,
        cost=terms.cost,
        net_solution=of_solution.named("net of the solution"),
        net_project=of_project,
        taken_off=add("the project's share of what is taken off", [terms.anyway, terms.harms, terms.enabling]),
        own_potential=add("attributed potential", _own_potentials(add, amounts)),
        own_anyway=terms.anyway,
        own_harms=terms.harms,
        own_enabling=terms.enabling,
        own_enabling_once=add("attributed enabling cost at the start", (e.attributed[0] for e in amounts.enabling)),
        own_enabling_growing=add("attributed enabling cost that grows", _growing(amounts.enabling)),
        effects=tuple(part for part, _ in amounts.effects),
        others=(*amounts.harms, *amounts.enabling),
        is_established=amounts.is_established,
        costs=amounts.costs,
        periods=rows,
        payback=payback([row.cumulative for row in rows], periods, unit, sample),
        probability_reason=_probability_reason(benefit, of_project, amounts.is_established),
    )


def _rows(add: _Adder, amounts: Amounts, periods: Sequence[Period]) -> tuple[PeriodBalance, ...]:
    """Return the lines at the start and in each period."""
    rows: list[PeriodBalance] = []
    effects = amounts.effects
    for index in range(len(periods) + 1):
        period = periods[index - 1] if index else None
        when = _when(periods, index)
        lines = {
            "potential": _potential(add, amounts, index, when),
            "realised": add(f"realised, {when}", (e.amounts[index] for e, _ in effects)),
            "attributed": _attributed(add, amounts, index, when),
            "anyway": add(f"avoided anyway, {when}", (x.attributed[index] for x in amounts.others)),
            "harms": add(f"attributed harms, {when}", (h.attributed[index] for h in amounts.harms)),
            "enabling": add(f"attributed enabling cost, {when}", (e.attributed[index] for e in amounts.enabling)),
            "cost": _cost(add, amounts, index, when),
        }
        taken_off = {name: lines[name] for name in ("anyway", "harms", "enabling", "cost")}
        own = net.bound(impact=add.unit)(benefit=lines["attributed"], **taken_off).named(f"net of the project, {when}")
        cumulative = total(f"cumulative net, {when}", add.unit, [*([rows[-1].cumulative] if rows else []), own])
        rows.append(PeriodBalance(period, **lines, net_project=own, cumulative=cumulative))
    return tuple(rows)


def _when(periods: Sequence[Period], index: int) -> str:
    """Return how a line names the start (0) or a period."""
    return periods[index - 1].label if index else "at the start"


def _potential(add: _Adder, amounts: Amounts, index: int, when: str) -> Quantity:
    return add(f"potential, {when}", (effect.potential[index] for effect, _ in amounts.effects))


def _attributed(add: _Adder, amounts: Amounts, index: int, when: str) -> Quantity:
    return add(f"attributed, {when}", (effect.attributed[index] for effect, _ in amounts.effects))


def _cost(add: _Adder, amounts: Amounts, index: int, when: str) -> Quantity:
    return add(f"cost, {when}", amounts.costs.of(index))


def _terms(add: _Adder, amounts: Amounts, benefit: Sequence[Quantity], cost: Sequence[Quantity]) -> _Terms:
    """Return the terms of the project's net, from its benefit and its cost in each period."""
    return _Terms(
        benefit=add("attributed benefit", benefit),
        anyway=add("attributed, avoided anyway", (a for x in amounts.others for a in x.attributed)),
        harms=add("attributed harms", (a for h in amounts.harms for a in h.attributed)),
        enabling=add("attributed enabling cost", (a for e in amounts.enabling for a in e.attributed)),
        cost=add("cost", cost),
    )


def _own_potentials(add: _Adder, amounts: Amounts) -> Iterator[Quantity]:
    """Yield the project's share of each effect's potential in each period, before rebound."""
    share = own_potential_of.bound(impact=add.unit)
    for part, attribution in amounts.effects:
        for potential in part.potential:
            if potential is not None:
                yield share(potential=potential, attribution=attribution)


def _growing(enabling: Iterable[Contribution]) -> Iterator[Quantity | None]:
    """Return the project's share of enabling costs behind the start."""
    return (amount for part in enabling for amount in part.attributed[1:])


def _probability_reason(benefit: Benefit, result: Quantity, is_established: bool) -> str:
    """Return why no probability of a positive net is printed, empty where it is."""
    if not is_established:
        return "not-established"
    if result.is_open:
        return "no-range"
    if any(effect.evidence == "expert" for effect in benefit.effects.values()):
        return "expert"
    return "" if result.is_drawn else "no-draws"
