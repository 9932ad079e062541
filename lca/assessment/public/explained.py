"""The tree under a figure as the public may see it: what rests on a restricted value has a place in it and no number."""

from __future__ import annotations

from collections.abc import Iterator

from lca.assessment.public.copy import PublicCopy
from lca.quantities.formula import NOT_KEPT, TOTAL
from lca.quantities.provenance import Factor, Stated
from lca.quantities.quantity import Computed, Quantity
from lca.quantities.trees import Step, explain, pretty

#: What stands for a number that is kept out.
KEPT_OUT = "restricted"


def explain_in_public(path: str, figure: Quantity, public: PublicCopy) -> tuple[Step, ...]:
    """Return the tree under a figure: whole where the public copy has the figure, else with the numbers of its inputs alone."""
    if path in public.figures:
        return tuple(explain(figure))
    return tuple(_steps(figure, 0, {(one.path, one.indicator) for one in public.inputs}))


def _steps(quantity: Quantity, depth: int, known: set[tuple[str, str | None]]) -> Iterator[Step]:
    origin = quantity.origin
    if _is_known(quantity, known):
        yield from explain(quantity, depth)
    elif isinstance(origin, Computed):
        is_sum = origin.formula is TOTAL
        how = "sum of its parts" if is_sum else pretty(origin.formula.expression)
        yield Step(depth, quantity.label, KEPT_OUT, how, "" if is_sum else f"formula `{origin.formula.name}`")
        for _, part in origin.inputs:
            yield from _steps(part, depth + 1, known)
    else:
        yield Step(
            depth,
            quantity.label,
            KEPT_OUT,
            "",
            origin.location.in_report if isinstance(origin, Stated) else origin.key,
        )


def _is_known(quantity: Quantity, known: set[tuple[str, str | None]]) -> bool:
    """Say whether all that a quantity rests on is published; of what keeps no tree nobody can say so."""
    origin = quantity.origin
    if isinstance(origin, Computed):
        return origin.formula is not NOT_KEPT and all(_is_known(part, known) for _, part in origin.inputs)
    return _name(origin) in known


def _name(leaf: Factor | Stated) -> tuple[str, str | None]:
    return (leaf.path, None) if isinstance(leaf, Stated) else (leaf.key, leaf.indicator)
