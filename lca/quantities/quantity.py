"""Quantities that know where they come from, and what turns leaves into them.

A quantity's first draw is the best estimate and the others are its uncertainty, so that one evaluation gives both and a run
without draws equals draw 0.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lca.quantities.provenance import Factor, Stated
from lca.quantities.uncertainty import Array, Uncertainty, draw, interval95
from lca.quantities.units import conversion

if TYPE_CHECKING:
    from lca.quantities.formula import Formula


@dataclass(frozen=True, slots=True, eq=False)
class Computed:
    """How a quantity came about: a formula and its named inputs."""

    formula: Formula
    inputs: tuple[tuple[str, Quantity], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Quantity:
    """A number with its unit, draws and origin; compared by identity.

    `draws` has shape `(1,)` where nothing is uncertain, `(1 + n,)` otherwise; entry 0 is the best estimate.
    """

    label: str
    unit: str
    draws: Array
    origin: Stated | Factor | Computed

    @property
    def value(self) -> float:
        """The best estimate, in `unit`."""
        return float(self.draws[0])

    def to(self, unit: str, asked_by: str = "") -> Array:
        """Return the draws in another unit.

        Raises:
            TypeError: the unit has another dimension; a programmer's error that names the formula and argument.
        """
        try:
            factor = conversion(self.unit, unit)
        except ValueError as error:
            raise TypeError(f"{asked_by or self.label}: {error}") from None
        return self.draws if factor == 1.0 else self.draws * factor

    def interval(self) -> tuple[float, float, float]:
        """Return the 2.5 % quantile, the median and the 97.5 % quantile of the draws, in `unit`."""
        return interval95(self.draws)

    def named(self, label: str) -> Quantity:
        """Return the same quantity under a label that a reader of the report knows."""
        return replace(self, label=label)


@dataclass(frozen=True, slots=True)
class Apart:
    """How a descriptor that is set beside a first one draws: what both state alike is one input, all else has its own.

    `name` sets its streams apart; `alike` holds path, value, unit and uncertainty of what the first one states.
    """

    name: str
    alike: frozenset[tuple[str, float, str, Uncertainty]]


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
            draws = draw(leaf.value, leaf.uncertainty, self.seed, self._stream(leaf), self.n)
            name = label or (leaf.path if isinstance(leaf, Stated) else leaf.label or leaf.key)
            self._made[key] = Quantity(name, leaf.unit, draws, leaf)
        return self._made[key]

    def _stream(self, leaf: Stated | Factor) -> str:
        if self.apart is None or isinstance(leaf, Factor) or stated_input(leaf) in self.apart.alike:
            return leaf.record
        return f"{self.apart.name}/{leaf.record}"
