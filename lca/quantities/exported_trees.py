"""Trees as plain data: each node once, and each formula's expression as a syntax tree, so that another program evaluates them."""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from lca.quantities.formula import NOT_KEPT, TOTAL, Formula
from lca.quantities.quantity import Computed, Quantity
from lca.quantities.units import conversion

#: An input of a node: the identity of how the node came about, which names of one quantity share, and the input's position.
Edge = tuple[int, int]

#: An expression as JSON: a number, the name of an argument, or an operation followed by its operands.
Syntax = Any

_OPERATIONS: Mapping[type[ast.AST], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "**",
    ast.USub: "-",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_CALLS = {"np.where": "where", "np.minimum": "min", "np.maximum": "max", "np.ceil": "ceil"}
_CONSTANTS = {"np.nan": "nan", "np.inf": "inf"}


class ExportedTrees(Struct, frozen=True):
    """Trees as plain data.

    `nodes` stand inputs before results: a leaf has a value, its unit and its record; all others name their inputs by position,
    `times` the conversions of their units where any is not one, and are the `sum` of these or the result of a `formula`. `formulas`
    holds the arguments and the expression of each formula, by name. `roots` are the positions of what was asked for, `moved`
    those of the leaves that something moves, by what moves them.
    """

    nodes: list[dict[str, Any]] = field(default_factory=list)
    formulas: dict[str, dict[str, Any]] = field(default_factory=dict)
    roots: list[int] = field(default_factory=list)
    moved: dict[str, list[int]] = field(default_factory=dict)


def exported(roots: Sequence[Quantity], edges: Mapping[Edge, str], records: Mapping[str, str]) -> ExportedTrees:
    """Return trees as plain data.

    Args:
        roots: what is asked for.
        edges: inputs that are moved, with the name of what moves them; what stands there becomes a leaf of its own.
        records: leaves that are moved wherever they are used, by record, likewise.

    Raises:
        TypeError: a tree was not kept, or a formula holds what cannot be written so; a programmer's error.
    """
    walk = _Walk(ExportedTrees(), edges, records)
    walk.made.roots.extend(walk.place(root) for root in roots)
    return walk.made


class _Walk:
    def __init__(self, made: ExportedTrees, edges: Mapping[Edge, str], records: Mapping[str, str]) -> None:
        self.made, self.edges, self.records = made, edges, records
        self._places: dict[object, int] = {}

    def place(self, quantity: Quantity, moved_by: str = "") -> int:
        """Return where a node stands, after adding it and all under it where it is new."""
        origin = quantity.origin
        if moved_by or not isinstance(origin, Computed):
            return self._leaf(quantity, moved_by)
        # A total has the unit that it was asked in; all names of one quantity share how it came about.
        return self._once(id(origin), lambda: self._computed(quantity, origin))

    def _leaf(self, quantity: Quantity, moved_by: str) -> int:
        origin = quantity.origin
        record = quantity.label if isinstance(origin, Computed) else origin.record
        moved_by = moved_by or self.records.get(record, "")
        leaf = {"value": quantity.value, "unit": quantity.unit, "record": record}
        place = self._once((moved_by, record, quantity.value, quantity.unit), lambda: leaf)
        if moved_by and place not in (known := self.made.moved.setdefault(moved_by, [])):
            known.append(place)
        return place

    def _computed(self, quantity: Quantity, origin: Computed) -> dict[str, Any]:
        if origin.formula is NOT_KEPT:
            raise TypeError(f"{quantity.label}: the tree under it was not kept")
        is_sum = origin.formula is TOTAL
        parts = [part for _, part in origin.inputs]
        units = [quantity.unit] * len(parts) if is_sum else [argument.unit for argument in origin.formula.arguments]
        places = [self.place(part, self.edges.get((id(origin), index), "")) for index, part in enumerate(parts)]
        times = [conversion(part.unit, unit) for part, unit in zip(parts, units, strict=True)]
        converted = {"times": times} if any(factor != 1.0 for factor in times) else {}
        if is_sum:
            return {"sum": places, **converted}
        name = origin.formula.name
        if name not in self.made.formulas:
            self.made.formulas[name] = as_data(origin.formula)
        return {"formula": name, "inputs": places, **converted}

    def _once(self, key: object, make: Callable[[], dict[str, Any]]) -> int:
        if key not in self._places:
            node = make()  # which adds what stands under it first
            self._places[key] = len(self.made.nodes)
            self.made.nodes.append(node)
        return self._places[key]


def as_data(formula: Formula) -> dict[str, Any]:
    """Return a formula's arguments in their order and its expression as a syntax tree; raises as `exported`."""
    return {"arguments": [argument.name for argument in formula.arguments], "expression": syntax(formula.expression)}


@functools.cache
def syntax(expression: str) -> Syntax:
    """Return an expression as JSON; raises as `exported`.

    `1 - burden / np.where(potential > 0, potential, np.nan)` is
    `["-", 1, ["/", "burden", ["where", [">", "potential", 0], "potential", ["nan"]]]]`.
    """
    return _syntax(ast.parse(expression, mode="eval").body)


def _syntax(node: ast.expr) -> Syntax:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return number
        case ast.Name(id=name):
            return name
        case ast.Attribute() if ast.unparse(node) in _CONSTANTS:
            return [_CONSTANTS[ast.unparse(node)]]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATIONS:
            return [_OPERATIONS[type(op)], _syntax(left), _syntax(right)]
        case ast.UnaryOp(op=ast.USub() as op, operand=operand):
            return [_OPERATIONS[type(op)], _syntax(operand)]
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _OPERATIONS:
            return [_OPERATIONS[type(op)], _syntax(left), _syntax(right)]
        case ast.Call(func=function, args=args, keywords=[]) if ast.unparse(function) in _CALLS:
            return [_CALLS[ast.unparse(function)], *map(_syntax, args)]
    raise TypeError(f"{ast.unparse(node)} is not exported")
