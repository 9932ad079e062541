"""What the net is worth: the ratio to its burden, money per tonne, a cited value of carbon, and the sweep of attribution."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from lca.quantities.evaluation import replay_each
from lca.quantities.formula import formula
from lca.quantities.provenance import Factor, Stated
from lca.quantities.quantity import Quantity
from lca.quantities.trees import leaves
from lca.quantities.uncertainty import Array, interval95
from lca.quantities.units import conversion
from lca.subjects.benefit.balance import Balance
from lca.subjects.benefit.break_even import burden
from lca.subjects.benefit.declared import Benefit
from lca.subjects.benefit.shares import claims_beside

#: Attributions at which the net of the project is shown beside the stated one.
SWEPT = (0.1, 0.25, 0.5, 0.75, 1.0)


@formula("1", source="itu-l1480")
def benefit_over_burden(benefit: Array, burden: Array) -> Array:
    """How many times the benefit covers what it must make up for.

    Args:
        benefit [impact]: the project's share of the realised benefit.
        burden [impact]: cost, with the project's share of what is avoided anyway, of harms and of enabling cost.
    """
    return benefit / burden


@formula("money/tCO2e", source="definition")
def money_per_tonne(funding: Array, net: Array) -> Array:
    """Money of the call per tonne of the project's net.

    Args:
        funding [money]: money that the call would give.
        net [tCO2e]: net of the project.
    """
    return funding / net


@formula("money", source="definition")
def monetised(net: Array, carbon_value: Array) -> Array:
    """Value of the project's net at a cited value of a tonne.

    Args:
        net [tCO2e]: net of the project.
        carbon_value [money/tCO2e]: value of a tonne avoided.
    """
    return net * carbon_value


class Swept(Struct, frozen=True):
    """The project's net and its interval if every attribution were a given one, in the balance's unit; none where it is open."""

    attribution: float
    net: float
    low: float | None
    high: float | None


def ratio(balance: Balance) -> Quantity | None:
    """Return the benefit over its burden; None where no net is established or a draw of the burden is not above zero."""
    whole = burden(balance)
    if not balance.benefits or not balance.is_established or not bool((whole.draws > 0).all()):
        return None
    return benefit_over_burden.bound(impact=balance.unit)(benefit=balance.attributed, burden=whole)


def per_tonne(balance: Balance, funding: Quantity) -> Quantity | None:
    """Return the money per net tonne, by draw; None where no net is established or a draw of it is not above zero."""
    if not balance.is_established or not bool((balance.net_project.draws > 0).all()):
        return None
    return money_per_tonne.bound(money=funding.unit)(funding=funding, net=balance.net_project)


def value_of(balance: Balance, carbon_value: Quantity) -> Quantity | None:
    """Return the net in money at a cited value of a tonne; None where no net is established."""
    if not balance.is_established:
        return None
    money = carbon_value.unit.partition("/")[0]
    return monetised.bound(money=money)(net=balance.net_project, carbon_value=carbon_value)


def attribution_sweep(balance: Balance, benefit: Benefit) -> tuple[Swept, ...]:
    """Return the net at several attributions, each put in place of all stated ones; attribution is never sampled.

    Of a benefit that several partners claim, each takes an equal part of it.
    """
    claims = {
        f"{effect.path}.attribution": 1 + len(claims_beside(benefit, effect)) for effect in benefit.effects.values()
    }
    parts = {
        q.origin.record: conversion("1", q.unit) / (claims.get(q.origin.path, 1) if isinstance(q.origin, Stated) else 1)
        for q in leaves([balance.net_project])
        if isinstance(q.origin, Stated | Factor) and q.origin.record.endswith(".attribution")
    }
    found = []
    variants = [{record: np.array([share * part]) for record, part in parts.items()} for share in SWEPT]
    for share, draws in zip(SWEPT, replay_each(balance.net_project, variants), strict=True):
        low, _, high = interval95(draws) if not balance.net_project.is_open else (None, None, None)
        found.append(Swept(share, float(draws[0]), low, high))
    return tuple(found)
