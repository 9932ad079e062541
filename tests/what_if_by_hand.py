"""An evaluator of the exported trees that shares nothing with the program: the judge of what the page computes."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Data = Mapping[str, Any]
#: What a reader chooses, by the name of the control: a number, or a zone.
Changes = Mapping[str, float | str]

NAN, INF = float("nan"), float("inf")


def evaluate(data: Data, changes: Changes) -> tuple[float, float, float]:
    """Return the footprint, the net and the share that suffices after some changes; no numbers without a benefit."""
    moved = dict(leaf for control in data["controls"] for leaf in _leaves(control, changes.get(control["name"])))
    values: list[float] = []
    for place, node in enumerate(data["nodes"]):
        values.append(moved[place] if place in moved else _node(node, data["formulas"], values))
    references = [(values[one["net"]], values[one["share"]]) for one in data["references"]]
    return (values[data["footprint"]], *min(references, key=lambda one: one[0], default=(NAN, NAN)))


def _leaves(control: Data, chosen: float | str | None) -> list[tuple[int, float]]:
    if chosen is None:
        return []
    if isinstance(chosen, str):
        return list(zip(control["leaves"], control["choices"][chosen], strict=True))
    return [(leaf, chosen * times) for leaf, times in zip(control["leaves"], control["times"], strict=True)]


def _node(node: Data, formulas: Mapping[str, Data], values: Sequence[float]) -> float:
    if "value" in node:
        return float(node["value"])
    places = node["sum"] if "sum" in node else node["inputs"]
    inputs = [values[at] * times for at, times in zip(places, node.get("times", [1] * len(places)), strict=True)]
    if "sum" in node:
        return math.fsum(inputs)
    formula = formulas[node["formula"]]
    return value_of(formula["expression"], dict(zip(formula["arguments"], inputs, strict=True)))


def value_of(tree: Any, names: Mapping[str, float]) -> float:
    """Return the value of an expression."""
    if isinstance(tree, str):
        return names[tree]
    if not isinstance(tree, list):
        return float(tree)
    sign, *operands = tree
    return float(SIGNS[sign, len(operands)](*(value_of(operand, names) for operand in operands)))


def _over(above: float, below: float) -> float:
    if below:
        return above / below
    return NAN if above == 0 or math.isnan(above) else math.copysign(INF, above)


#: What each operation does, by its sign and the number of its operands.
SIGNS: Mapping[tuple[str, int], Callable[..., float]] = {
    ("+", 2): lambda a, b: a + b,
    ("-", 1): lambda a: -a,
    ("-", 2): lambda a, b: a - b,
    ("*", 2): lambda a, b: a * b,
    ("/", 2): _over,
    ("**", 2): lambda a, b: a**b,
    ("where", 3): lambda a, b, c: b if a else c,
    ("min", 2): min,
    ("max", 2): max,
    ("ceil", 1): lambda value: math.ceil(value) if math.isfinite(value) else value,
    ("nan", 0): lambda: NAN,
    ("inf", 0): lambda: INF,
    ("==", 2): lambda a, b: a == b,
    ("!=", 2): lambda a, b: a != b,
    (">", 2): lambda a, b: a > b,
    (">=", 2): lambda a, b: a >= b,
    ("<", 2): lambda a, b: a < b,
    ("<=", 2): lambda a, b: a <= b,
}


def some_changes(data: Data, draw: random.Random) -> dict[str, float | str]:
    """Return what a reader might choose: some of the controls, anywhere within their bounds."""
    found: dict[str, float | str] = {}
    controls = data["controls"]
    for control in draw.sample(controls, draw.randint(1, len(controls))):
        if "choices" in control:
            found[control["name"]] = draw.choice(sorted(control["choices"]))
        else:
            low, high = control["low"], control["high"]
            even = low + (high - low) * draw.random()
            found[control["name"]] = float(f"{even if low <= 0 else low * (high / low) ** draw.random():.6g}")
            found[control["name"]] = min(max(float(found[control["name"]]), low), high)
    return found


def patch_of(data: Data, changes: Changes) -> dict[str, Any]:
    """Return the merge patch over the descriptor that is written for some changes."""
    patch: dict[str, Any] = {}
    for control in data["controls"]:
        chosen = changes.get(control["name"])
        for each in control["patch"] if chosen is not None else ():
            node = patch
            *above, last = each["at"]
            for key in above:
                node = node.setdefault(key, {})
            node[last] = _written(each, chosen)
    return patch


def _written(each: Data, chosen: float | str | None) -> Any:
    if "is" in each:
        return each["is"]
    assert chosen is not None
    if "times" in each:
        return [float(chosen) * one for one in each["times"]]
    return f"{chosen!r} {each['unit']}" if each["unit"] else chosen
