"""What a figure would be if one part of a sum under it had been forgotten, from the tree that exists already."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from msgspec.structs import replace

from lca.quantities.formula import TOTAL, total
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Computed, Quantity
from lca.quantities.trees import walk
from lca.quantities.units import same_dimension

#: Of a figure with more parts only the first are tried: a person who looks for the forgotten one reads no longer list.
MOST_PARTS = 500


def without_a_part(figure: Quantity, others: Mapping[str, Quantity]) -> Iterator[tuple[float, str, Quantity]]:
    """Yield what a figure without a part is over the figure itself, the name of the part, and the part.

    Parts are the figures among `others` (by path) that are some of what the figure adds, and each part of each sum under it.
    """
    if not figure.value:
        return
    yield from _without_a_figure(figure, others)
    tried = 0
    for node in list(walk([figure])):
        if not (isinstance(node.origin, Computed) and node.origin.formula is TOTAL and len(node.origin.inputs) > 1):
            continue
        for index, (_, part) in enumerate(node.origin.inputs):
            tried += 1
            if tried > MOST_PARTS:
                return
            left = [q for at, (_, q) in enumerate(node.origin.inputs) if at != index]
            fewer = _with(figure, {id(node): total(node.label, node.unit, left)})
            if math.isfinite(fewer.value):
                yield fewer.value / figure.value, _name(part), part


def _without_a_figure(figure: Quantity, others: Mapping[str, Quantity]) -> Iterator[tuple[float, str, Quantity]]:
    added = set(_added([figure]))
    for path, other in others.items():
        if other is not figure and same_dimension(other.unit, figure.unit) and other.value:
            parts = set(_added([other]))
            if parts < added:
                yield 1 - other.best_in(figure.unit) / figure.value, path, other


def _added(quantities: Iterable[Quantity]) -> Iterator[int]:
    """Yield the identities of what sums add, sums of sums too."""
    for quantity in quantities:
        if isinstance(quantity.origin, Computed) and quantity.origin.formula is TOTAL:
            yield from _added(part for _, part in quantity.origin.inputs)
        else:
            yield id(quantity)


def _name(part: Quantity) -> str:
    """Return where a part is stated, or how it is called."""
    return part.origin.path if isinstance(part.origin, Stated) else part.label


def _with(node: Quantity, known: dict[int, Quantity]) -> Quantity:
    """Return the best estimate of a tree with some nodes replaced; `known` grows by every node that was looked at."""
    if id(node) not in known:
        known[id(node)] = node  # a leaf, or a tree in which nothing is replaced
        if isinstance(node.origin, Computed):
            inputs = [(name, _with(part, known)) for name, part in node.origin.inputs]
            if any(new is not old for (_, new), (_, old) in zip(inputs, node.origin.inputs, strict=True)):
                known[id(node)] = _again(node, node.origin, inputs)
    return known[id(node)]


def _again(node: Quantity, origin: Computed, inputs: list[tuple[str, Quantity]]) -> Quantity:
    if origin.formula is TOTAL:
        return total(node.label, node.unit, [part for _, part in inputs])
    with np.errstate(all="ignore"):
        return replace(origin.formula(**dict(inputs)), label=node.label)
