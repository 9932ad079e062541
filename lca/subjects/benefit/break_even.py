"""Break-evens: the value of one input at which the project's net is zero, in closed form and by replaying the tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from msgspec import Struct

from lca.descriptor.descriptor import Descriptor
from lca.quantities.evaluation import BestReplay
from lca.quantities.formula import total
from lca.quantities.provenance import Factor, Stated
from lca.quantities.quantity import Quantity
from lca.quantities.trees import leaves
from lca.quantities.uncertainty import Array
from lca.quantities.units import conversion
from lca.subjects.benefit.balance import Balance
from lca.subjects.benefit.declared import Benefit, Effect, Enabling, Harm
from lca.subjects.benefit.formulas import (
    after_harms,
    burden_of,
    needed_adoption,
    needed_attribution,
    needed_benefit,
    tolerated_rebound,
    uses_at_zero_net,
)
from lca.subjects.benefit.shares import claims_beside
from lca.subjects.benefit.solver import AT, NONE, solve
from lca.subjects.benefit.study import BenefitStudy
from lca.subjects.footprint.declared import ProductSystem

#: How far a break-even is looked for around an input's best estimate: a thousandth to a thousand times.
REACH = 1000.0
#: The net is looked at this far beyond a break-even to say on which side it is positive.
BEYOND = 1.01
LEAST, MOST = "least", "most"
#: The longest life of a machine that is looked at, in years.
LONGEST_LIFE = 30.0


class BreakEven(Struct, frozen=True, eq=False):
    """Where the net is zero.

    `status` is `at` (the net is zero at `value`), `none` (it is zero nowhere that could be), or `step` (it changes sign
    at `value` without being zero, as where whole machines are counted). `value` is in `unit`; `tree` is the closed form
    where there is one; `subject` names what the input belongs to, such as a service; `side` says whether the net is positive
    with at `least` or at `most` that much.
    """

    name: str
    status: str
    value: float | None
    unit: str
    tree: Quantity | None = None
    subject: str = ""
    side: str = ""


def break_evens(study: BenefitStudy, descriptor: Descriptor) -> tuple[BreakEven, ...]:
    """Return every break-even of a study on climate change, at best estimates."""
    balance, benefit = study.climate, descriptor.get(Benefit)
    assert benefit is not None
    records: tuple[Effect | Harm, ...] = (*benefit.counted_effects, *benefit.harms.values())
    shared: tuple[Effect | Harm | Enabling, ...] = (*records, *benefit.enabling.values())
    shares = [sum(map(_claimed, (record, *claims_beside(benefit, record)))) for record in shared]
    adoptions = [stated.value for r in records for stated in r.ramp_up] + [1.0 for r in records if not r.ramp_up]
    by_use = {effect.path: effect.service for effect in benefit.effects.values() if effect.per_use is not None}
    found = [
        _rebound(balance),
        _attribution(balance, shares),
        _adoption(balance, adoptions),
        _benefit_error(balance),
    ]
    found += [_volume(balance, name, [u for u in uses if u], by_use) for name, uses in study.uses.items()]
    lives = {q.origin.record: q for q in leaves([balance.net_project]) if isinstance(q.origin, Stated | Factor)}
    for machine in descriptor[ProductSystem].machines.values():
        leaf = lives.get(f"stated/{machine.path}.lifetime")
        if leaf is not None:
            found.append(_lifetime(balance, machine.name, leaf))
    return tuple(found)


def _claimed(record: Effect | Harm | Enabling) -> float:
    return record.attribution.value * conversion(record.attribution.unit, "1") if record.attribution else 1.0


def _rebound(balance: Balance) -> BreakEven:
    potential = balance.own_potential
    if potential.value <= 0:
        return BreakEven("rebound", NONE, None, "1")
    tree = tolerated_rebound.bound(impact=balance.unit)(burden=burden(balance), potential=potential)
    if tree.value < 0:
        return BreakEven("rebound", NONE, None, "1", tree)
    return BreakEven("rebound", AT, tree.value, "1", tree)


def burden(balance: Balance) -> Quantity:
    """Return the cost with the project's share of harms and enabling cost."""
    found = burden_of.bound(impact=balance.unit)(
        cost=balance.cost, anyway=balance.own_anyway, harms=balance.own_harms, enabling=balance.own_enabling
    )
    return found.named("all that the benefit must make up for")


def _attribution(balance: Balance, shares: list[float]) -> BreakEven:
    """Return the multiplier of every attribution; none where it would lift one of `shares` above one."""
    shared = after_harms.bound(impact=balance.unit)(
        benefit=balance.attributed,
        anyway=balance.own_anyway,
        harms=balance.own_harms,
        enabling=balance.own_enabling,
    )
    if shared.value <= 0:
        return BreakEven("attribution", NONE, None, "1")
    return _reachable(
        "attribution", needed_attribution.bound(impact=balance.unit)(cost=balance.cost, shared=shared), shares
    )


def _adoption(balance: Balance, shares: list[float]) -> BreakEven:
    """Return the multiplier of every adoption; none where it would lift one of `shares` above one."""
    growing = after_harms.bound(impact=balance.unit)(
        benefit=balance.attributed,
        anyway=_nothing(balance.unit),
        harms=balance.own_harms,
        enabling=balance.own_enabling_growing,
    )
    if growing.value <= 0:
        return BreakEven("adoption", NONE, None, "1")
    tree = needed_adoption.bound(impact=balance.unit)(
        cost=balance.cost, anyway=balance.own_anyway, once=balance.own_enabling_once, growing=growing
    )
    return _reachable("adoption", tree, shares)


def _reachable(name: str, tree: Quantity, shares: list[float]) -> BreakEven:
    """Return a multiplier as a break-even, unless it would lift a share above one."""
    if any(tree.value * share > 1 + 1e-12 for share in shares):
        return BreakEven(name, NONE, None, "1", tree)
    return BreakEven(name, AT, tree.value, "1", tree)


def _benefit_error(balance: Balance) -> BreakEven:
    """Return the share of the expected benefit that suffices for a net of zero."""
    gross = balance.attributed
    if gross.value <= 0:
        return BreakEven("benefit", NONE, None, "1")
    tree = share_that_suffices(balance)
    return BreakEven("benefit", AT, tree.value, "1", tree)


def share_that_suffices(balance: Balance) -> Quantity:
    """Return the share of the expected benefit that suffices for a net of zero; no number where there is no benefit."""
    return needed_benefit.bound(impact=balance.unit)(burden=burden(balance), benefit=balance.attributed)


def _volume(balance: Balance, service: str, uses: list[Quantity], by_use: Mapping[str, str]) -> BreakEven:
    """Return the uses of a service over the horizon at which the net is zero.

    Args:
        balance: the climate balance.
        service: name of the service.
        uses: its requests by period.
        by_use: the service that each effect is counted by, where it is counted by use.

    Returns:
        In closed form where cost and benefit of use are proportional to it, else by replaying the tree.
    """
    record = f"stated/inference.{service}.volume"
    leaf = next((q for q in leaves(uses) if _record(q) == record), None)
    if leaf is None or not any(_record(q) == record for q in leaves([balance.net_project])):
        return BreakEven("volume", NONE, None, "1", None, service)
    unit, counted = balance.unit, total(f"uses of {service}", "1", uses)
    of_use = [q for _, q in balance.costs.parts if _rests_on(q, record)]
    others = [q for _, q in balance.costs.parts if not _rests_on(q, record)]
    brought = [
        a for part in balance.effects if by_use.get(part.path) == service for a in part.attributed if a is not None
    ]
    fixed = [
        a for part in balance.effects if by_use.get(part.path) != service for a in part.attributed if a is not None
    ]
    zero = _nothing(unit)

    def add(label: str, parts: list[Quantity]) -> Quantity:
        return total(label, unit, parts) if parts else zero

    cost, gain = add("cost of all uses", of_use), add("benefit of all uses", brought)
    if not _proportional(cost, record, leaf) or cost.value == gain.value:
        return _by_replay(balance, "volume", service, leaf, counted)
    still = after_harms.bound(impact=unit)(
        benefit=add("benefit apart from use", fixed),
        anyway=balance.own_anyway,
        harms=balance.own_harms,
        enabling=balance.own_enabling,
    )
    tree = uses_at_zero_net.bound(impact=unit)(
        fixed_benefit=still, fixed_cost=add("cost apart from use", others), benefit=gain, cost=cost, uses=counted
    )
    if tree.value < 0:
        return BreakEven("volume", NONE, None, "1", tree, service)
    return BreakEven("volume", AT, tree.value, "1", tree, service, MOST if cost.value > gain.value else LEAST)


def _nothing(unit: str) -> Quantity:
    leaf = Stated("benefit.nothing", 0.0, unit, text=f"0 {unit}")
    return Quantity("none", unit, 0.0, leaf)


def _record(quantity: Quantity) -> str:
    assert isinstance(quantity.origin, Stated | Factor)
    return quantity.origin.record


def _rests_on(quantity: Quantity, record: str) -> bool:
    return any(_record(q) == record for q in leaves([quantity]))


def _proportional(cost: Quantity, record: str, leaf: Quantity) -> bool:
    """Say whether a cost doubles with its volume."""
    doubled = float(BestReplay(cost, {record})({record: np.array([2 * leaf.value])})[0])
    return bool(np.isclose(doubled, 2 * cost.value, rtol=1e-12, atol=0))


def _by_replay(balance: Balance, name: str, subject: str, leaf: Quantity, counted: Quantity) -> BreakEven:
    """Look for the volume at which the net is zero, as uses over the horizon."""
    gross = max(abs(balance.attributed.value), abs(balance.cost.value))
    net = BestReplay(balance.net_project, {_record(leaf)})

    def moved(points: Array) -> Mapping[str, Array]:
        return {_record(leaf): leaf.value * points}

    status, found = solve(net, moved, 1 / REACH, REACH, gross)
    value = None if found is None else found * counted.value
    return BreakEven(name, status, value, "1", None, subject, _side(net, moved, found))


def _lifetime(balance: Balance, machine: str, leaf: Quantity) -> BreakEven:
    """Return the lifetime of a machine at which the net is zero, by replaying the tree; none within LONGEST_LIFE."""
    gross = max(abs(balance.attributed.value), abs(balance.cost.value))
    net = BestReplay(balance.net_project, {_record(leaf)})
    scale = conversion(leaf.unit, "year")

    def moved(points: Array) -> Mapping[str, Array]:
        return {_record(leaf): points / scale}

    status, found = solve(net, moved, LONGEST_LIFE / REACH, LONGEST_LIFE, gross)
    return BreakEven("lifetime", status, found, "year", None, machine, _side(net, moved, found))


def _side(net: BestReplay, moved: Callable[[Array], Mapping[str, Array]], found: float | None) -> str:
    """Say on which side of a break-even the net is positive."""
    if found is None:
        return ""
    beyond = net(moved(np.array([found * BEYOND])))
    return LEAST if beyond[0] > 0 else MOST
