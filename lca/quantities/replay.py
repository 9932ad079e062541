"""Evaluates a tree again with some of its leaves replaced by other draws."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lca.quantities.formula import TOTAL, added
from lca.quantities.quantity import Computed, Quantity
from lca.quantities.uncertainty import Array
from lca.quantities.units import conversion


def replay(node: Quantity, leaves: Mapping[str, Array], best: bool = False) -> Array:
    """Evaluate a tree again with some leaves (by record, in the leaf's unit) replaced by other draws.

    What rests on no replaced leaf keeps its draws, or its best estimate alone where `best` is set, so that the replaced
    leaves may have a sample axis of their own. With a leaf's own draws the result is the same to the bit.
    """
    known: dict[int, tuple[Array, bool]] = {}

    def again(quantity: Quantity) -> tuple[Array, bool]:
        if id(quantity) not in known:
            known[id(quantity)] = evaluate(quantity)
        return known[id(quantity)]

    def evaluate(quantity: Quantity) -> tuple[Array, bool]:
        origin, kept = quantity.origin, quantity.draws[:1] if best else quantity.draws
        if not isinstance(origin, Computed):
            replaced = leaves.get(origin.record)
            return (kept, False) if replaced is None else (replaced, True)
        parts = [again(part) for _, part in origin.inputs]
        if not any(changed for _, changed in parts):
            return kept, False
        units = [part.unit for _, part in origin.inputs]
        if origin.formula is TOTAL:
            return added([_converted(d, u, quantity.unit) for (d, _), u in zip(parts, units, strict=True)]), True
        arrays = {
            argument.name: _converted(draws, unit, argument.unit)
            for argument, (draws, _), unit in zip(origin.formula.arguments, parts, units, strict=True)
        }
        return np.asarray(origin.formula.function(**arrays), dtype=np.float64), True

    return again(node)[0]


def _converted(draws: Array, source: str, target: str) -> Array:
    factor = conversion(source, target)
    return draws if factor == 1.0 else draws * factor
