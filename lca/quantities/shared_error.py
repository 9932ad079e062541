"""The interval of a figure if factors of one source share their error, so that sums do not look surer than they are."""

from __future__ import annotations

from lca.quantities.evaluation import replay
from lca.quantities.provenance import Factor
from lca.quantities.quantity import Quantity
from lca.quantities.trees import leaves
from lca.quantities.uncertainty import Array, Exact, draw, interval95


def interval_with_shared_error(figure: Quantity, seed: int) -> tuple[float, float, float] | None:
    """Return the 2.5 % quantile, median and 97.5 % quantile at a correlation of one within each source.

    All factors of a source take the same random stream; factors of different sources stay independent, as in the headline,
    where all are (a correlation of zero).

    Returns:
        None where no source gives two uncertain factors, or the figure has no draws.
    """
    n = figure.drawn
    groups: dict[str, list[Factor]] = {}
    for quantity in leaves([figure]):
        if isinstance(quantity.origin, Factor) and not isinstance(quantity.origin.uncertainty, Exact):
            groups.setdefault(quantity.origin.source.id, []).append(quantity.origin)
    shared: dict[str, Array] = {
        factor.record: draw(factor.value, factor.uncertainty, seed, f"source/{source}", n)
        for source, factors in groups.items()
        if len(factors) > 1
        for factor in factors
    }
    if n < 1 or not shared:
        return None
    return interval95(replay(figure, shared))
