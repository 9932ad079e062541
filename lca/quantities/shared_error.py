"""The interval of a figure if factors of one source and kind share their error, so that sums do not look surer than they are."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

import numpy as np

from lca.quantities.bounds import bounds95
from lca.quantities.evaluation import replay
from lca.quantities.one_at_a_time import one_at_a_time
from lca.quantities.provenance import Factor
from lca.quantities.quantity import Quantity
from lca.quantities.trees import leaves
from lca.quantities.uncertainty import Array, Exact, draw, interval95


def interval_with_shared_error(figure: Quantity, seed: int) -> tuple[float, float, float] | None:
    """Return the 2.5 % quantile, median and 97.5 % quantile at a correlation of one within each source and kind of key.

    Factors of a source, of one kind of key (`electricity`, `manufacture`, ...) and unit, that move the figure the same way take
    the same random stream. All others stay independent, as in the headline, where all are (a correlation of zero): errors of
    unlike things, or of like things that pull against each other, would cancel, and a stress test is never favourable.

    Returns:
        None where no group has two uncertain factors, or the figure has no draws.
    """
    n = figure.drawn
    factors = {
        quantity.origin.record: quantity.origin
        for quantity in leaves([figure])
        if isinstance(quantity.origin, Factor) and not isinstance(quantity.origin.uncertainty, Exact)
    }
    of_a_kind = _grouped(factors.values(), lambda factor: (factor.source.id, factor.key.partition("/")[0], factor.unit))
    ends = {one.record: np.array(bounds95(one.value, one.uncertainty)) for alike in of_a_kind for one in alike}
    moved = one_at_a_time(figure, ends) if ends else {}
    shared: dict[str, Array] = {
        factor.record: draw(factor.value, factor.uncertainty, seed, alike[0].record, n)
        for some in of_a_kind
        for alike in _grouped(some, lambda factor: bool(moved[factor.record][1] >= moved[factor.record][0]))
        for factor in alike
    }
    if n < 1 or not shared:
        return None
    low, median, high = interval95(replay(figure, shared))
    own_low, _, own_high = figure.interval()
    return min(low, own_low), median, max(high, own_high)  # what the draws alone would narrow is no finding


def _grouped(factors: Iterable[Factor], kind: Callable[[Factor], Hashable]) -> list[list[Factor]]:
    """Return the factors that are alike, two or more of them."""
    groups: dict[Hashable, list[Factor]] = {}
    for factor in factors:
        groups.setdefault(kind(factor), []).append(factor)
    return [alike for alike in groups.values() if len(alike) > 1]
