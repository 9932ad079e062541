"""Which inputs make a figure large and which make its interval wide, from the tree that exists already."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from lca.quantities.evaluation import replay, replay_each
from lca.quantities.one_at_a_time import one_at_a_time
from lca.quantities.provenance import Evidence, Factor, Stated
from lca.quantities.quantity import Computed, Quantity
from lca.quantities.trees import leaves
from lca.quantities.uncertainty import Array, Exact, draw, interval95

#: Step of a one-at-a-time change, small enough for a slope and large enough for arithmetic.
STEP = 0.01
#: An input below this share of the variance cannot narrow the interval by a figure that is printed.
NEGLIGIBLE = 0.001


class Driver(Struct, frozen=True, eq=False):
    """What one input does to a figure.

    `variance_share` is the squared correlation of the input's draws with the figure's; `elasticity` the relative change of
    the figure over that of the input; `low` and `high` the figure with the input at its 2.5 % and 97.5 % quantile and all
    others at their best estimates.
    """

    input: Quantity
    variance_share: float
    elasticity: float
    low: float
    high: float

    @property
    def leaf(self) -> Factor | Stated:
        """The input's line in a file or factor."""
        assert not isinstance(self.input.origin, Computed)
        return self.input.origin


def drivers(figure: Quantity) -> tuple[Driver, ...]:
    """Return every input of a figure, the one with the largest share of its variance first."""
    inputs, whole, base = leaves([figure]), _centred(figure.draws), figure.value
    shares: dict[str, float] = {}
    changes: dict[str, Array] = {}
    for quantity in inputs:
        own = quantity.draws
        if not quantity.is_settled:
            quantity.settle(own)
        low, _, high = quantity.interval()
        shares[_record(quantity)] = _squared_correlation(_centred(own), whole)
        changes[_record(quantity)] = np.array([quantity.value * (1 + STEP), low, high])
    moved = one_at_a_time(figure, changes)
    found = []
    for quantity in inputs:
        step, low, high = moved[_record(quantity)]
        elasticity = float((step - base) / base / STEP) if base else 0.0
        found.append(Driver(quantity, shares[_record(quantity)], elasticity, float(low), float(high)))
    return tuple(sorted(found, key=lambda d: (-d.variance_share, -abs(d.elasticity), _record(d.input))))


def _record(quantity: Quantity) -> str:
    assert not isinstance(quantity.origin, Computed)
    return quantity.origin.record


def _centred(draws: Array) -> Array:
    """Return the draws behind the best estimate, less their mean."""
    return draws[1:] - draws[1:].mean() if len(draws) > 1 else draws[1:]


def _squared_correlation(x: Array, y: Array) -> float:
    if len(x) < 2 or len(y) < 2:
        return 0.0
    scale = float((x * x).sum() * (y * y).sum())
    return float((x * y).sum()) ** 2 / scale if scale > 0 else 0.0


class Narrowing(Struct, frozen=True, eq=False):
    """How much narrower a figure's interval would be if one default were known exactly."""

    input: Quantity
    shrinks_by: float

    @property
    def leaf(self) -> Factor | Stated:
        """The input's line in a file or factor."""
        assert not isinstance(self.input.origin, Computed)
        return self.input.origin


def worth_measuring(figure: Quantity, ranked: tuple[Driver, ...], count: int = 10) -> tuple[Narrowing, ...]:
    """Return the defaults and proxies whose replacement would narrow a figure's interval most.

    Each is fixed at its best estimate while all other inputs keep their draws.
    """
    low, _, high = figure.interval()
    if high == low:
        return ()
    unmeasured = [
        driver.input
        for driver in ranked
        if driver.leaf.evidence in (Evidence.DEFAULT, Evidence.PROXY) and driver.variance_share > NEGLIGIBLE
    ]
    found = []
    fixed = replay_each(figure, [{_record(quantity): np.array([quantity.value])} for quantity in unmeasured])
    for quantity, draws in zip(unmeasured, fixed, strict=True):
        new_low, _, new_high = interval95(draws)
        found.append(Narrowing(quantity, 1 - (new_high - new_low) / (high - low)))
    return tuple(sorted(found, key=lambda n: -n.shrinks_by)[:count])


def sobol_total(figure: Quantity, seed: int) -> dict[str, float]:
    """Return the total-order Sobol index of each uncertain input, by record (estimator of Jansen 1999).

    Each input in turn takes a second, independent set of draws; half the mean squared change of the figure over its
    variance is the share that would remain if all other inputs were known.
    """
    sample = figure.draws[1:]
    variance = float(sample.var())
    indices: dict[str, float] = {}
    for quantity in leaves([figure]):
        leaf = quantity.origin
        assert not isinstance(leaf, Computed)
        if isinstance(leaf.uncertainty, Exact) or quantity.drawn < 2 or variance == 0:
            continue
        other = draw(leaf.value, leaf.uncertainty, seed, f"{leaf.record}/second", quantity.drawn)
        changed = replay(figure, {leaf.record: other})[1:]
        indices[leaf.record] = float(((sample - changed) ** 2).mean()) / (2 * variance)
    return indices
