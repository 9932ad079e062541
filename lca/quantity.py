"""Quantities that know where they come from, and the formulas that join them.

Two tricks live here and nowhere else. (1) `@formula` reads the source of the function once and accepts only a docstring
and one `return` expression, so that a report prints the very code that ran. (2) A quantity's first draw is the best
estimate and the others are its uncertainty, so that one evaluation gives both and a run without draws equals draw 0.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from lca.provenance import Factor, Stated
from lca.uncertainty import Array, Uncertainty, draw, interval95
from lca.units import conversion


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a formula: its name, the unit it is converted to, and what it means."""

    name: str
    unit: str
    meaning: str


@dataclass(frozen=True, slots=True, eq=False)
class Formula:
    """A named relation with one expression; calling it with quantities gives a quantity that remembers them."""

    name: str
    function: Callable[..., Any]
    expression: str
    unit: str
    summary: str
    arguments: tuple[Argument, ...]
    source: str

    def __call__(self, **inputs: Quantity) -> Quantity:
        """Return the result of the expression; each input is converted to its argument's unit first."""
        if inputs.keys() != {a.name for a in self.arguments}:
            raise TypeError(f"{self.name} takes {[a.name for a in self.arguments]}, not {list(inputs)}")
        arrays = {a.name: inputs[a.name].to(a.unit, f"{self.name}.{a.name}") for a in self.arguments}
        draws = np.asarray(self.function(**arrays), dtype=np.float64)
        origin = Computed(self, tuple((a.name, inputs[a.name]) for a in self.arguments))
        return Quantity(self.name.replace("_", " "), self.unit, draws, origin)

    def bound(self, **units: str) -> Formula:
        """Return the same formula with unit placeholders (`flow`, `impact`) replaced by units."""

        def bind(text: str) -> str:
            return re.sub(r"[a-z_]+", lambda match: units.get(match.group(), match.group()), text)

        arguments = tuple(replace(a, unit=_tidy(bind(a.unit))) for a in self.arguments)
        return replace(self, unit=_tidy(bind(self.unit)), arguments=arguments)


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


#: Every formula by its name, filled as the modules that hold them are imported.
FORMULAS: dict[str, Formula] = {}

_ARGUMENT = re.compile(r"^\s*(\w+) \[([^\]]+)\]: (.+)$")
_ALLOWED_CALLS = {"np.where", "np.maximum", "np.minimum", "np.ceil"}


def _tidy(unit: str) -> str:
    """Write a bound unit in the plain notation: `kWh/1` as `kWh`."""
    parts = [part for part in unit.split("/")[1:] if part != "1"]
    return "/".join([unit.split("/")[0], *parts])


def formula(unit: str, source: str) -> Callable[[Callable[..., Any]], Formula]:
    """Make a formula of a function that is a docstring and one `return` expression.

    The docstring's first paragraph says what the result is; its `Args:` give each argument's `name [unit]: meaning`.

    Raises:
        TypeError: the function is anything else, or its docstring does not name exactly its parameters.
    """

    def decorate(function: Callable[..., Any]) -> Formula:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
        assert isinstance(tree, ast.FunctionDef)
        body = tree.body[1:]
        if len(body) != 1 or not isinstance(body[0], ast.Return) or body[0].value is None:
            raise TypeError(f"{function.__name__}: a formula is a docstring and one return expression")
        for node in ast.walk(body[0]):
            if isinstance(node, ast.Call) and ast.unparse(node.func) not in _ALLOWED_CALLS:
                raise TypeError(f"{function.__name__}: {ast.unparse(node.func)} is not allowed in a formula")
        text = inspect.getdoc(function) or ""
        arguments = tuple(
            Argument(match[1], match[2], match[3]) for line in text.splitlines() if (match := _ARGUMENT.match(line))
        )
        if [a.name for a in arguments] != list(inspect.signature(function).parameters):
            raise TypeError(f"{function.__name__}: the docstring must name every parameter with its unit")
        summary = " ".join(text.split("\n\n")[0].split())
        made = Formula(function.__name__, function, ast.unparse(body[0].value), unit, summary, arguments, source)
        return FORMULAS.setdefault(made.name, made)

    return decorate


def _add(*_: Any) -> Any:
    raise TypeError("a total is made by total()")


TOTAL = Formula("total", _add, "Σ", "*", "The sum of its parts.", (), "definition")


def total(label: str, unit: str, parts: Iterable[Quantity]) -> Quantity:
    """Return the sum of quantities of one dimension, added in their order.

    Raises:
        ValueError: there is nothing to add; nothing never becomes 0.
    """
    quantities = tuple(parts)
    if not quantities:
        raise ValueError(f"{label}: a total needs at least one part")
    inputs = tuple((q.label, q) for q in quantities)
    return Quantity(label, unit, _sum([q.to(unit, label) for q in quantities]), Computed(TOTAL, inputs))


def _sum(arrays: list[Array]) -> Array:
    result = np.zeros(max(len(a) for a in arrays))
    for array in arrays:
        result = result + array
    return result


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
            return _sum([_converted(d, u, quantity.unit) for (d, _), u in zip(parts, units, strict=True)]), True
        arrays = {
            argument.name: _converted(draws, unit, argument.unit)
            for argument, (draws, _), unit in zip(origin.formula.arguments, parts, units, strict=True)
        }
        return np.asarray(origin.formula.function(**arrays), dtype=np.float64), True

    return again(node)[0]


def _converted(draws: Array, source: str, target: str) -> Array:
    factor = conversion(source, target)
    return draws if factor == 1.0 else draws * factor
