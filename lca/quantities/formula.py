"""Formulas, and the sum that joins their results.

`@formula` takes a function of a docstring and one `return` expression, and a report prints that expression from the source: the
very code that ran.
"""

from __future__ import annotations

import ast
import dis
import functools
import inspect
import re
import textwrap
from collections.abc import Callable, Iterable, Mapping
from itertools import zip_longest
from typing import Any

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from lca.quantities.quantity import Computed, Quantity
from lca.quantities.units import is_unit


class Argument(Struct, frozen=True):
    """One argument of a formula: its name, the unit it is converted to, and what it means."""

    name: str
    unit: str
    meaning: str


class Formula(Struct, frozen=True, eq=False):
    """A named relation with one expression; calling it with quantities gives a quantity that remembers them."""

    name: str
    function: Callable[..., Any]
    unit: str
    summary: str
    arguments: tuple[Argument, ...]
    source: str

    def __call__(self, **inputs: Quantity) -> Quantity:
        """Return the result of the expression; each input is converted to its argument's unit first.

        Placeholders that are not bound take the units of the inputs.
        """
        try:
            given = [(a.name, inputs[a.name], a.unit) for a in self.arguments]
        except KeyError:
            given = []
        if len(given) != len(inputs):
            raise TypeError(f"{self.name} takes {[a.name for a in self.arguments]}, not {list(inputs)}")
        if units := _placeholders(self, tuple([quantity.unit for _, quantity, _ in given])):
            return self.bound(**units)(**inputs)
        best, drawn, is_open = {}, 0, False
        for name, quantity, unit in given:
            best[name] = quantity.value if quantity.unit == unit else quantity.best_in(unit, f"{self.name}.{name}")
            drawn = max(drawn, quantity.drawn)
            is_open = is_open or quantity.is_open
        value = _at_best(self.function, best)
        origin = Computed(self, tuple([(name, quantity) for name, quantity, _ in given]))
        return Quantity(self.name.replace("_", " "), self.unit, value, origin, drawn, is_open=is_open)

    @property
    def expression(self) -> str:
        """The expression as it stands in the source.

        Raises:
            TypeError: the function is anything but a docstring and one `return` expression.
        """
        return _expression(self.function)

    def bound(self, **units: str) -> Formula:
        """Return the same formula with unit placeholders (`flow`, `impact`) replaced by units."""
        return _bound(self, tuple(units.items()))


def _at_best(function: Callable[..., Any], best: Mapping[str, float]) -> float:
    """Return a result at best estimates, to the bit as draw 0 has it: the array library's own numbers go the way of its arrays.

    They do so in all but a power, of which an array of one number is taken, at some ten times the cost.
    """
    if _has_power(function):
        return float(function(**{name: np.array([number]) for name, number in best.items()})[0])
    return float(function(**{name: np.float64(number) for name, number in best.items()}))


@functools.cache
def _has_power(function: Callable[..., Any]) -> bool:
    """Say whether a function raises anything to a power."""
    return any(step.argrepr == "**" for step in dis.get_instructions(function))


@functools.cache  # a study binds few formulas to few units, and does so for each flow
def _bound(formula: Formula, units: tuple[tuple[str, str], ...]) -> Formula:
    by_placeholder = dict(units)

    def bind(text: str) -> str:
        return re.sub(r"[a-z_]+", lambda match: by_placeholder.get(match.group(), match.group()), text)

    arguments = tuple(replace(a, unit=_tidy(bind(a.unit))) for a in formula.arguments)
    return replace(formula, unit=_tidy(bind(formula.unit)), arguments=arguments)


def placeholders(formula: Formula, inputs: Mapping[str, Quantity]) -> dict[str, str]:
    """Return the units that a formula's placeholders (`flow`, `impact`, `amount`) take; ratios say more than amounts."""
    return dict(_placeholders(formula, tuple(inputs[a.name].unit for a in formula.arguments)))


@functools.cache  # of few formulas and units, asked at each application
def _placeholders(formula: Formula, units: tuple[str, ...]) -> Mapping[str, str]:
    found: dict[str, str] = {}

    def sides(argument_unit: str, unit: str) -> Iterable[tuple[str, str]]:
        return zip_longest(argument_unit.split("/"), unit.split("/"), fillvalue="1")

    given = zip(formula.arguments, units, strict=True)
    for argument, taken in sorted(given, key=lambda pair: -pair[0].unit.count("/")):
        for placeholder, unit in sides(argument.unit, taken):
            if not is_unit(placeholder):
                found.setdefault(placeholder, unit)
    return found


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

    What the function holds is looked at when its expression is asked for, which costs more than most runs of the program.

    Raises:
        TypeError: the docstring does not name exactly the parameters, or another formula has its name.
    """

    def decorate(function: Callable[..., Any]) -> Formula:
        text = function.__doc__ or _docstring(function)
        arguments = tuple(
            Argument(match[1], match[2], match[3]) for line in text.splitlines() if (match := _ARGUMENT.match(line))
        )
        if tuple(a.name for a in arguments) != function.__code__.co_varnames:
            raise TypeError(f"{function.__name__}: the docstring must name every parameter with its unit")
        summary = " ".join(text.split("\n\n")[0].split())
        made = Formula(function.__name__, function, unit, summary, arguments, source)
        _register(made)
        return made

    return decorate


def _docstring(function: Callable[..., Any]) -> str:
    """Return a docstring from the source, for an interpreter that strips them (`python -OO`, `PYTHONOPTIMIZE=2`)."""
    return ast.get_docstring(_definition(function)) or ""


def _definition(function: Callable[..., Any]) -> ast.FunctionDef:
    """Return how a function is written."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(tree, ast.FunctionDef)
    return tree


@functools.cache
def _expression(function: Callable[..., Any]) -> str:
    """Return the one expression of a formula's function, from its source."""
    if function in _WORDED:
        return _WORDED[function]
    body = _definition(function).body[1:]
    if len(body) != 1 or not isinstance(body[0], ast.Return) or body[0].value is None:
        raise TypeError(f"{function.__name__}: a formula is a docstring and one return expression")
    for node in ast.walk(body[0]):
        if isinstance(node, ast.Call) and ast.unparse(node.func) not in _ALLOWED_CALLS:
            raise TypeError(f"{function.__name__}: {ast.unparse(node.func)} is not allowed in a formula")
    return ast.unparse(body[0].value)


def _register(made: Formula) -> None:
    """Note a formula under its name, which none but the same lines of code, imported again, may take over."""
    known = FORMULAS.get(made.name)
    if known is not None and _origin(known) != _origin(made):
        raise TypeError(f"{made.name}: {_origin(known)[0]} already defines a formula of this name")
    FORMULAS[made.name] = made


def _origin(made: Formula) -> tuple[str, str, int]:
    """Return the module, the qualified name and the line in which a formula is defined."""
    function = made.function
    return function.__module__, function.__qualname__, function.__code__.co_firstlineno


def _add(*_: Any) -> Any:
    raise TypeError("a total is made by total()")


def _forget(*_: Any) -> Any:
    raise TypeError("the tree under this figure was not kept")


#: What stands in the place of a tree that was not kept.
NOT_KEPT = Formula("not kept", _forget, "*", "A figure without the tree under it.", (), "definition")

TOTAL = Formula("total", _add, "*", "The sum of its parts.", (), "definition")

#: How those are written that no source expresses.
_WORDED: dict[Callable[..., Any], str] = {_add: "Σ", _forget: ""}


def total(label: str, unit: str, parts: Iterable[Quantity]) -> Quantity:
    """Return the sum of quantities of one dimension, added in their order.

    Raises:
        ValueError: there is nothing to add; nothing never becomes 0.
    """
    quantities = tuple(parts)
    if not quantities:
        raise ValueError(f"{label}: a total needs at least one part")
    inputs = tuple([(quantity.label, quantity) for quantity in quantities])
    value, drawn, is_open = 0.0, 0, False
    for quantity in quantities:
        value += quantity.value if quantity.unit == unit else quantity.best_in(unit, label)
        drawn = max(drawn, quantity.drawn)
        is_open = is_open or quantity.is_open
    return Quantity(label, unit, value, Computed(TOTAL, inputs), drawn, is_open=is_open)
