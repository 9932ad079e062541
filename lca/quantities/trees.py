"""Walks the trees under the figures: leaves, evidence, sources, and the explanation of one figure."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from lca.quantities.formula import TOTAL, Formula
from lca.quantities.provenance import Evidence, Factor, Source, Stated
from lca.quantities.quantity import Computed, Quantity


def inputs(node: Quantity) -> Sequence[Quantity]:
    """Return what a node is computed from, nothing of a leaf."""
    return [part for _, part in node.origin.inputs] if isinstance(node.origin, Computed) else ()


def walk(roots: Iterable[Quantity], parts: Callable[[Quantity], Sequence[Quantity]] = inputs) -> Iterator[Quantity]:
    """Yield every node under some roots once, inputs before results, in the order of the roots and of the `parts` of a node."""
    seen: set[int] = set()
    for root in roots:
        waiting = [(root, False)]
        while waiting:
            node, is_ready = waiting.pop()
            if is_ready:
                yield node
            elif id(node) not in seen:
                seen.add(id(node))
                waiting.append((node, True))
                waiting.extend([(part, False) for part in reversed(parts(node))])


def leaves(quantities: Iterable[Quantity]) -> list[Quantity]:
    """Return the distinct leaves under some quantities, in order of first appearance."""
    seen: set[int] = set()
    found: dict[str, Quantity] = {}
    waiting = [*quantities]
    waiting.reverse()
    while waiting:
        node = waiting.pop()
        if id(node) not in seen:
            seen.add(id(node))
            if isinstance(node.origin, Computed):
                waiting.extend([part for _, part in reversed(node.origin.inputs)])
            else:
                found.setdefault(node.origin.record, node)
    return list(found.values())


def citations(factors: Iterable[Factor]) -> list[Source]:
    """Return the sources of some factors, each once, in the order of their citations; an applicant's own are not cited."""
    cited = {factor.source.id: factor.source for factor in factors if factor.status != "own"}
    return sorted(cited.values(), key=lambda source: source.citation.casefold())


def weakest(quantity: Quantity, known: dict[int, Evidence] | None = None) -> Evidence:
    """Return the weakest evidence class under a quantity."""
    known = {} if known is None else known
    if id(quantity) not in known:
        if isinstance(quantity.origin, Computed):
            known[id(quantity)] = min(weakest(part, known) for _, part in quantity.origin.inputs)
        else:
            known[id(quantity)] = quantity.origin.evidence
    return known[id(quantity)]


#: Significant digits of an explanation that a person reads, and all those that a number has for one who computes with it.
READ_DIGITS, ALL_DIGITS = 4, 12


class Step(Struct, frozen=True):
    """One line of an explanation: how deep, what, how much, by which expression, and where it comes from."""

    depth: int
    label: str
    value: str
    how: str
    origin: str


def explain(quantity: Quantity, depth: int = 0, digits: int = READ_DIGITS) -> Iterator[Step]:
    """Yield the tree under a figure from the figure down to lines of a file and cited factors, with some significant digits."""
    origin = quantity.origin
    value = measure(quantity, digits)
    if isinstance(origin, Computed):
        if origin.formula is TOTAL:
            how = "sum of its parts" if len(origin.inputs) > 1 else "its only part"
        else:
            how = f"{pretty(origin.formula.expression)} = {substituted(origin.formula, origin, digits)}"
        yield Step(
            depth, quantity.label, value, how, f"formula `{origin.formula.name}`" if origin.formula is not TOTAL else ""
        )
        for _, part in origin.inputs:
            yield from explain(part, depth + 1, digits)
    else:
        yield Step(depth, quantity.label, value, "", describe_leaf(origin))


def describe_leaf(leaf: Factor | Stated) -> str:
    """Return where a leaf stands: file and line, or key, year and source."""
    if isinstance(leaf, Stated):
        source = f"; {leaf.source}" if leaf.source else ""
        place = leaf.location.in_report or "constant of the method"
        return f"{place} ({leaf.evidence.word}{source})"
    proxy = f", stands in for {leaf.proxy_for}" if leaf.proxy_for else ""
    status = f", {leaf.status}" if leaf.status not in ("published", "own") else ""
    return f"{leaf.key}: {leaf.source.citation}{status}{proxy}"


def measure(quantity: Quantity, digits: int = READ_DIGITS) -> str:
    """Write a value with its unit, with some significant digits."""
    return f"{number(quantity.value, digits)}{'' if quantity.unit == '1' else ' ' + quantity.unit}"


def number(value: float, digits: int = READ_DIGITS) -> str:
    """Write a number with some significant digits and without needless zeros."""
    if digits > READ_DIGITS:
        return f"{value:.{digits}g}"
    return f"{float(f'{value:.4g}'):g}" if value == 0 or 1e-3 <= abs(value) < 999_950 else f"{value:.3e}"


#: What a reader reads for the names of the array library.
_SIGNS = (
    ("np.minimum", "min"),
    ("np.maximum", "max"),
    ("np.where", "where"),
    ("np.ceil", "ceil"),
    ("np.inf", "∞"),
    ("np.nan", "undefined"),
)


def pretty(expression: str) -> str:
    """Write an expression with the signs of arithmetic."""
    text = expression.replace("**", "^").replace(" * ", " × ").replace(" - ", " − ")
    for name, word in _SIGNS:
        text = text.replace(name, word)
    return text


def substituted(formula: Formula, origin: Computed, digits: int = READ_DIGITS) -> str:
    """Write a formula's expression with the numbers that went into it."""
    values = {name: measure(quantity, digits) for name, quantity in origin.inputs}

    class Fill(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.AST:
            return ast.Name(id=values.get(node.id, node.id))

    return pretty(ast.unparse(Fill().visit(ast.parse(formula.expression, mode="eval"))))
