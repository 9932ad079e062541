"""Factors that are made of others: a sum of terms, each a factor or a share times a factor."""

from __future__ import annotations

from collections.abc import Callable

from lca.quantities.formula import formula, total
from lca.quantities.provenance import Factor
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Array
from lca.quantities.units import conversion

Term = tuple[Factor, ...]


@formula("impact/flow", source="definition")
def share_of_mix(share: Array, factor: Array) -> Array:
    """What one technology brings to the factor of a mix.

    Args:
        share [1]: share of the technology in what is generated.
        factor [impact/flow]: impact of one unit that the technology generates.
    """
    return share * factor


def sum_of_terms(terms: tuple[Term, ...], unit: str) -> float:
    """Return the best estimate of a composed factor, in `unit`, added in the order of its terms."""
    value = 0.0
    for term in terms:
        part = term[-1].value if len(term) == 1 else term[0].value * term[-1].value
        value += part * conversion(term[-1].unit, unit)
    return value


def composed(leaf: Factor, sample: Callable[[Factor], Quantity], label: str) -> Quantity:
    """Return the tree of a factor that is made of others: it ends in these, and each is drawn where it is used."""
    parts = []
    for term in leaf.terms:
        factor = sample(term[-1])
        if len(term) == 1:
            parts.append(factor)
            continue
        impact, _, flow = factor.unit.partition("/")
        bound = share_of_mix.bound(impact=impact, flow=flow or "1")
        parts.append(bound(share=sample(term[0]), factor=factor).named(factor.label))
    return total(label, leaf.unit, parts)
