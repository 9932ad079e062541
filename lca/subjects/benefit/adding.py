"""Adds the parts of one indicator to its balance: in all, by period, and the project's own shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
        indicator: the indicator.
        unit: its unit.
        benefit: what the descriptor says.
        reference: name of the reference that is taken, empty for the one described.
        amounts: what is added.
        periods: the periods of the horizon.
        sample: makes constants.
    """
    add = _Adder(unit, sample(Stated(f"benefit.nothing-{indicator}", 0.0, unit, text=f"0 {unit}"), "none"))
    rows = _rows(add, amounts, periods)
    all_anyway = add("avoided anyway", (a for x in amounts.others for a in x.amounts))
    all_harms = add("harms", (a for h in amounts.harms for a in h.amounts))
    all_enabling = add("enabling cost", (a for e in amounts.enabling for a in e.amounts))
    own = _own(add, amounts)
    realised = add("realised benefit", (row.realised for row in rows))
    own_benefit = add("attributed benefit", (row.attributed for row in rows))
    cost = add("cost", (row.cost for row in rows))
    bound = net.bound(impact=unit)
    of_solution = bound(benefit=realised, anyway=all_anyway, harms=all_harms, enabling=all_enabling, cost=cost)
    shares = {name: own[f"own_{name}"] for name in ("anyway", "harms", "enabling")}
    of_project = bound(benefit=own_benefit, **shares, cost=cost)
    probability, reason = _probability(benefit, of_project, amounts.is_established)
    return Balance(
        indicator=indicator,
        unit=unit,
        horizon=periods[-1].end,
        reference=reference,
        benefits=bool(amounts.effects),
        potential=add("potential benefit", (row.potential for row in rows)),
        realised=realised,
        attributed=own_benefit,
        anyway=all_anyway,
        harms=all_harms,
        enabling=all_enabling,
        cost=cost,
        net_solution=of_solution.named("net of the solution"),
        net_project=of_project.named("net of the project"),
        **own,
        effects=tuple(part for part, _ in amounts.effects),
        others=(*amounts.harms, *amounts.enabling),
        is_established=amounts.is_established,
        costs=amounts.costs,
        periods=rows,
        payback=payback([row.cumulative for row in rows], periods, unit, sample),
        probability_net_positive=probability,
        probability_reason=reason,
    )


def _rows(add: _Adder, amounts: Amounts, periods: Sequence[Period]) -> tuple[PeriodBalance, ...]:
    """Return the lines at the start and in each period."""
    rows: list[PeriodBalance] = []
    effects, costs = amounts.effects, amounts.costs
    for index in range(len(periods) + 1):
        period = periods[index - 1] if index else None
        when = period.label if period else "at the start"
        lines = {
            "potential": add(f"potential, {when}", (e.potential[index] for e, _ in effects)),
            "realised": add(f"realised, {when}", (e.amounts[index] for e, _ in effects)),
            "attributed": add(f"attributed, {when}", (e.attributed[index] for e, _ in effects)),
            "anyway": add(f"avoided anyway, {when}", (x.attributed[index] for x in amounts.others)),
            "harms": add(f"attributed harms, {when}", (h.attributed[index] for h in amounts.harms)),
            "enabling": add(f"attributed enabling cost, {when}", (e.attributed[index] for e in amounts.enabling)),
            "cost": add(f"cost, {when}", costs.of(index)),
        }
        taken_off = {name: lines[name] for name in ("anyway", "harms", "enabling", "cost")}
        own = net.bound(impact=add.unit)(benefit=lines["attributed"], **taken_off).named(f"net of the project, {when}")
        cumulative = total(f"cumulative net, {when}", add.unit, [*([rows[-1].cumulative] if rows else []), own])
        rows.append(PeriodBalance(period, **lines, net_project=own, cumulative=cumulative))
    return tuple(rows)


def _own(add: _Adder, amounts: Amounts) -> dict[str, Quantity]:
    """Return the project's shares: of the potential, and of what is taken off."""
    share = own_potential_of.bound(impact=add.unit)
    anyway = add("attributed, avoided anyway", (a for x in amounts.others for a in x.attributed))
    harms = add("attributed harms", (a for h in amounts.harms for a in h.attributed))
    enabling = add("attributed enabling cost", (a for e in amounts.enabling for a in e.attributed))
    potentials = [
        share(potential=p, attribution=attribution)
        for part, attribution in amounts.effects
        for p in part.potential
        if p is not None
    ]
    once = add("attributed enabling cost at the start", (e.attributed[0] for e in amounts.enabling))
    growing = add("attributed enabling cost that grows", (a for e in amounts.enabling for a in e.attributed[1:]))
    return {
        "own_potential": add("attributed potential", potentials),
        "taken_off": add("the project's share of what is taken off", [anyway, harms, enabling]),
        "own_anyway": anyway,
        "own_harms": harms,
        "own_enabling": enabling,
        "own_enabling_once": once,
        "own_enabling_growing": growing,
    }


def _probability(benefit: Benefit, result: Quantity, is_established: bool) -> tuple[float | None, str]:
    """Return the share of draws with a positive net, or None and why it is not printed."""
    if not is_established:
        return None, "not-established"
    if result.is_open:
        return None, "no-range"
    if any(effect.evidence == "expert" for effect in benefit.effects.values()):
        return None, "expert"
    if not result.is_drawn:
        return None, "no-draws"
    return float((result.draws[1:] > 0).mean()), ""
