"""One equation of a paper as a call of a named formula: quantities as a person writes them in, a figure with its tree out."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from lca.problems import Location, did_you_mean
from lca.quantities.formula import FORMULAS, Formula, placeholders, total
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity, Sampler
from lca.quantities.units import COMMON_NOUNS, UnitError, parse_measure, same_dimension

#: Places that a call is written in, from the path of a part of it.
Locate = Callable[[tuple[str, ...]], Location]


def calculate(data: Any, locate: Locate, path: tuple[str, ...] = ()) -> Quantity:
    """Return what a call that is written as data gives.

    Args:
        data: a quantity's text; a list, whose parts are added; or a map with `formula` and its `inputs`, each such data.
        locate: gives the place of a part.
        path: where the data stand.

    Raises:
        UnitError: a quantity, a formula or one of its inputs is not what it must be; the message says which.
    """
    if isinstance(data, list):
        parts = [calculate(part, locate, (*path, str(index))) for index, part in enumerate(data)]
        if not parts:
            raise UnitError("LCA301", f"{'.'.join(path)}: nothing to add")
        for part in parts:
            if not same_dimension(part.unit, parts[0].unit):
                raise UnitError("LCA303", f"{'.'.join(path)}: {part.unit} cannot be added to {parts[0].unit}")
        return total(path[-1] if path else "total", parts[0].unit, parts)
    if isinstance(data, dict):
        inputs = data.get("inputs") or {}
        known = {name: calculate(part, locate, (*path, name)) for name, part in inputs.items()}
        return call(str(data.get("formula")), known)
    text = str(data)
    measure = parse_measure(text, COMMON_NOUNS)
    if not math.isfinite(measure.value):
        raise UnitError("LCA304", f"{'.'.join(path)}: the number must be finite")
    if measure.time_of and path and path[-1] != "processor_time":
        message = f"{'.'.join(path)}: `{text}` is time of processors, and time of machines is asked"
        raise UnitError("LCA303", message, "divide it by the processors of one machine")
    name = ".".join(path) or "value"
    stated = Stated(name, measure.value, measure.unit, location=locate(path), noun=measure.noun, text=text)
    return Sampler(0, 0)(stated, path[-1] if path else name)


def call(name: str, inputs: Mapping[str, Quantity]) -> Quantity:
    """Return what a formula gives for its named inputs; its unit placeholders take the units of these.

    Raises:
        UnitError: there is no such formula, an input is missing, unknown, or of another dimension.
    """
    formula = FORMULAS.get(name)
    if formula is None:
        raise UnitError("LCA401", f"there is no formula `{name}`", did_you_mean(name, FORMULAS) or "try `lca formula`")
    wanted = [argument.name for argument in formula.arguments]
    for given in inputs:
        if given not in wanted:
            raise UnitError(
                "LCA201", f"`{given}` is no input of {name}", did_you_mean(given, wanted) or _needs(formula)
            )
    lacking = [argument for argument in wanted if argument not in inputs]
    if lacking:
        raise UnitError("LCA202", f"{name} lacks {' and '.join(f'`{word}`' for word in lacking)}", _needs(formula))
    bound = formula.bound(**placeholders(formula, inputs))
    for argument in bound.arguments:
        quantity = inputs[argument.name]
        if not same_dimension(quantity.unit, argument.unit):
            message = f"{name}.{argument.name}: {quantity.unit} cannot become {argument.unit}"
            raise UnitError("LCA303", message, f"{argument.name} is the {argument.meaning.rstrip('.')}")
    with np.errstate(all="ignore"):
        result = bound(**inputs)
    if not math.isfinite(result.value):
        raise UnitError("LCA304", f"{name} gives no finite number for these inputs", "is one of them zero?")
    return result


def _needs(formula: Formula) -> str:
    return f"it takes {', '.join(f'{a.name} [{a.unit}]' for a in formula.arguments)}"
