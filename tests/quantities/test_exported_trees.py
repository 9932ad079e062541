"""Trees as data: each node once, conversions told, and every formula of the program as a syntax tree that gives what it gives."""

from __future__ import annotations

import ast
import importlib
import json
import math
import pkgutil

import numpy as np
import pytest
from what_if_by_hand import evaluate, value_of

import lca.assessment
import lca.quantities
import lca.subjects
from lca.assessment.all_formulas import formulas
from lca.quantities.exported_trees import as_data, exported, syntax
from lca.quantities.formula import formula, total
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Array


def leaf(path: str, value: float, unit: str) -> Quantity:
    return Quantity(path, unit, value, Stated(path, value, unit))


@formula("kWh", source="definition")
def exported_energy(power: Array, time: Array) -> Array:
    """Energy for a test.

    Args:
        power [kW]: power.
        time [h]: time.
    """
    return power * time


def every_formula() -> None:
    for package in (lca.quantities, lca.subjects, lca.assessment):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)


def test_every_formula_gives_what_its_syntax_tree_gives() -> None:
    every_formula()
    generator = np.random.default_rng(2026)
    for name, each in formulas().items():
        data = json.loads(json.dumps(as_data(each)))
        for _ in range(20):
            values = generator.choice([0.0, 0.5, 1.0, 2.0, 7.25, 130.0], len(each.arguments))
            inputs = dict(zip(data["arguments"], map(float, values), strict=True))
            with np.errstate(all="ignore"):
                wanted = float(np.asarray(each.function(**{n: np.array([v]) for n, v in inputs.items()}))[0])
            found = value_of(data["expression"], inputs)
            assert found == pytest.approx(wanted, rel=1e-12, nan_ok=True), (name, inputs)


def test_a_syntax_tree_is_written_as_its_docstring_says() -> None:
    text = syntax.__doc__ or ""
    expression, written = text.split("`")[3], text.split("`")[5]
    assert syntax(expression) == json.loads(written)
    assert syntax("-a ** 2") == ["-", ["**", "a", 2]]


@pytest.mark.parametrize(
    "expression", ["a if b else c", "abs(a)", "a < b < c", "a and b", "a[0]", "True", "np.pi", "'a'"]
)
def test_what_cannot_be_written_is_refused(expression: str) -> None:
    ast.parse(expression, mode="eval")
    with pytest.raises(TypeError, match="is not exported"):
        syntax(expression)


def test_each_node_stands_once_and_conversions_are_told() -> None:
    power, time = leaf("power", 500.0, "W"), leaf("time", 2.0, "d")
    energy = exported_energy(power=power, time=time)
    whole = total("whole", "MWh", [energy, energy.named("again"), leaf("more", 3.0, "kWh")])
    trees = exported([whole, energy], {}, {"stated/time": "hours"})
    assert trees.nodes == [
        {"value": 500.0, "unit": "W", "record": "stated/power"},
        {"value": 2.0, "unit": "d", "record": "stated/time"},
        {"formula": "exported_energy", "inputs": [0, 1], "times": [0.001, 24.0]},
        {"value": 3.0, "unit": "kWh", "record": "stated/more"},
        {"sum": [2, 2, 3], "times": [0.001, 0.001, 0.001]},
    ]
    assert trees.roots == [4, 2]
    assert trees.moved == {"hours": [1]}
    assert trees.formulas == {"exported_energy": {"arguments": ["power", "time"], "expression": ["*", "power", "time"]}}
    data = {"nodes": trees.nodes, "formulas": trees.formulas, "footprint": 4, "references": [], "controls": []}
    assert math.isclose(evaluate(data, {})[0], whole.value, rel_tol=1e-15)


def test_an_input_that_is_moved_is_a_leaf_of_its_own() -> None:
    time = leaf("time", 2.0, "h")
    first, second = (exported_energy(power=leaf(f"power {i}", 1.0, "kW"), time=time) for i in (1, 2))
    trees = exported([first, second], {(id(first.origin), 1): "mine"}, {})
    assert [node.get("record") for node in trees.nodes] == [
        *("stated/power 1", "stated/time", None),
        *("stated/power 2", "stated/time", None),
    ]
    assert trees.moved == {"mine": [1]}


def test_a_tree_that_was_not_kept_is_refused() -> None:
    bare = exported_energy(power=leaf("power", 1.0, "kW"), time=leaf("time", 1.0, "h")).bare()
    with pytest.raises(TypeError, match="was not kept"):
        exported([bare], {}, {})
