"""Quantities that know where they come from, and what turns leaves into them.

A quantity knows its best estimate, and how its draws are made. Draw 0 is the best estimate and the others are its uncertainty, so
that one evaluation gives both and a run without draws equals draw 0.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import force_setattr, replace

from lca.quantities.provenance import Factor, Stated
from lca.quantities.uncertainty import Array, Uncertainty, interval95, is_certain
from lca.quantities.units import conversion

if TYPE_CHECKING:
    from lca.quantities.formula import Formula


class Computed(Struct, frozen=True, eq=False):
    """How a quantity came about: a formula and its named inputs."""

    formula: Formula
    inputs: tuple[tuple[str, Quantity], ...]


class Stream(Struct, frozen=True):
    """The random stream of a leaf: the seed of the study and the name by which it is told from others."""

    seed: int
    name: str


class Quantity(Struct, frozen=True, eq=False):
    """A number with its unit and origin; compared by identity.

    `value` is the best estimate; `drawn` the number of draws of its uncertainty, 0 where nothing is uncertain or where it is kept
    at its best estimate. Draws are made when they are asked for and not kept; a leaf has its own `stream` for them. `is_open`
    where it rests on something that is announced without a range: then no interval may be printed of it.
    """

    label: str
    unit: str
    value: float
    origin: Stated | Factor | Computed
    drawn: int = 0
    stream: Stream | None = None
    is_open: bool = False
    _interval: tuple[float, float, float] | None = None

    def __repr__(self) -> str:
        """Return label, value and unit; not the tree, which may be long."""
        return f"Quantity({self.label!r}, {self.value!r} {self.unit})"

    @property
    def is_drawn(self) -> bool:
        """Whether it has draws beside its best estimate."""
        return self.drawn > 0

    @property
    def draws(self) -> Array:
        """The best estimate followed by the draws, made again at each call.

        Shape: `(1 + drawn,)`.
        """
        from lca.quantities.evaluation import draws_of

        return draws_of(self)

    def to(self, unit: str, asked_by: str = "") -> Array:
        """Return the draws in another unit; raises as `best_in`."""
        return self.draws * self._factor(unit, asked_by)

    def best_in(self, unit: str, asked_by: str = "") -> float:
        """Return the best estimate in another unit.

        Raises:
            TypeError: the unit has another dimension; a programmer's error that names the formula and argument.
        """
        factor = self._factor(unit, asked_by)
        return self.value if factor == 1.0 else self.value * factor

    def _factor(self, unit: str, asked_by: str) -> float:
        try:
            return conversion(self.unit, unit)
        except ValueError as error:
            raise TypeError(f"{asked_by or self.label}: {error}") from None

    @property
    def is_settled(self) -> bool:
        """Whether the interval is known."""
        return self._interval is not None or not self.is_drawn

    def settle(self, draws: Array) -> None:
        """Note the interval of the draws, which are its own."""
        force_setattr(self, "_interval", interval95(draws))

    def interval(self) -> tuple[float, float, float]:
        """Return the 2.5 % quantile, the median and the 97.5 % quantile of the draws, in `unit`."""
        if not self.is_drawn and math.isfinite(self.value):
            return (self.value + 0.0,) * 3  # of zeros, the one without a sign, as quantiles give it
        if self._interval is None:
            self.settle(self.draws)
        assert self._interval is not None
        return self._interval

    def named(self, label: str) -> Quantity:
        """Return the same quantity under a label that a reader of the report knows."""
        return replace(self, label=label)

    def at_best(self) -> Quantity:
        """Return the same quantity kept at its best estimate, without an interval."""
        return replace(self, drawn=0, _interval=None)

    def bare(self) -> Quantity:
        """Return the same quantity without the tree under it: its interval is known, and its draws are not made again."""
        from lca.quantities.formula import NOT_KEPT

        return replace(self, origin=Computed(NOT_KEPT, ()), _interval=self.interval())


class Apart(Struct, frozen=True):
    """How a descriptor that is set beside a first one draws: what both state alike is one input, all else has its own.

    `name` sets its streams apart; `alike` holds path, value, unit and uncertainty of what the first one states. Where it
    `is_one_of_many`, they are added up, and nobody looks at its scenarios.
    """

    name: str
    alike: frozenset[tuple[str, float, str, Uncertainty]]
    is_one_of_many: bool = False


def stated_input(leaf: Stated) -> tuple[str, float, str, Uncertainty]:
    """Return what makes two stated values the same input."""
    return leaf.path, leaf.value, leaf.unit, leaf.uncertainty


class Sampler:
    """Turns stated values and factors into quantities, each record drawn once from its own stream."""

    def __init__(self, seed: int, n: int, apart: Apart | None = None) -> None:
        self.seed, self.n, self.apart = seed, n, apart
        self._made: dict[tuple[str, float, str], Quantity] = {}

    def __call__(self, leaf: Stated | Factor, label: str = "") -> Quantity:
        """Return the quantity of a leaf; the same record gives the same draws wherever it is used."""
        key = (leaf.record, leaf.value, leaf.unit)
        if key not in self._made:
            name = label or (leaf.path if isinstance(leaf, Stated) else leaf.names[0])
            if isinstance(leaf, Factor) and leaf.terms:
                from lca.quantities.composed import composed

                self._made[key] = composed(leaf, self, name)
                return self._made[key]
            drawn = 0 if is_certain(leaf.value, leaf.uncertainty) else self.n
            stream = Stream(self.seed, self._stream(leaf)) if drawn else None
            is_open = isinstance(leaf, Stated) and leaf.without_range
            self._made[key] = Quantity(name, leaf.unit, leaf.value, leaf, drawn, stream, is_open)
        return self._made[key]

    def _stream(self, leaf: Stated | Factor) -> str:
        if self.apart is None or isinstance(leaf, Factor) or stated_input(leaf) in self.apart.alike:
            return leaf.record
        return f"{self.apart.name}/{leaf.record}"
