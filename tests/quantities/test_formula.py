"""Formulas: what the decorator accepts, what a result remembers, and that every formula's unit is what it says."""

from __future__ import annotations

import importlib
import pkgutil
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT, assess_file
from pint_units import unit

import lca
from lca.quantities.evaluation import BestReplay, replay
from lca.quantities.formula import NOT_KEPT, TOTAL, Formula, _at_best, formula, total
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Computed, Quantity, Sampler
from lca.quantities.trees import explain, leaves
from lca.quantities.uncertainty import Array, Lognormal


def leaf(value: float, unit: str, name: str = "x", variance: float = 0.0) -> Stated:
    return Stated(name, value, unit, Lognormal(variance)) if variance else Stated(name, value, unit)


@formula("kWh", source="test")
def energy(power: Array, time: Array) -> Array:
    """Energy of a load.

    Args:
        power [kW]: its power.
        time [h]: its time.
    """
    return power * time


def formulas() -> Iterator[Formula]:
    for module in pkgutil.walk_packages(lca.__path__, "lca."):
        if module.name != "lca.__main__":
            for value in vars(importlib.import_module(module.name)).values():
                if isinstance(value, Formula) and value not in (TOTAL, NOT_KEPT):
                    yield value


FORMULAS = {f.name: f for f in formulas()}
PLACEHOLDERS = {"flow": "kWh", "impact": "kgCO2e", "amount": "GB", "money": "EUR", "cost": "kWh", "level": "pp"}


@pytest.mark.parametrize("name", sorted(FORMULAS))
def test_each_formula_yields_the_unit_that_it_declares(name: str) -> None:
    subject = FORMULAS[name].bound(**PLACEHOLDERS)
    arguments = {a.name: 0.3 * (1 * unit(a.unit)) for a in subject.arguments}
    if name == "gpu_energy_per_token":  # a power of a dimensionless product
        arguments["beta"] = arguments["beta"].magnitude
        arguments["batch"] = arguments["batch"].magnitude
    result = subject.function(**arguments)
    result = result if hasattr(result, "units") else result * unit("1")
    assert result.dimensionality == unit(subject.unit).dimensionality


@pytest.mark.parametrize("name", sorted(FORMULAS))
@pytest.mark.filterwarnings(
    "ignore:.*encountered in:RuntimeWarning"
)  # divided by nothing, which the computation guards
def test_the_best_estimate_is_draw_0_to_the_bit(name: str) -> None:
    chosen = random.Random(name)
    for _ in range(40):
        numbers = {
            argument.name: chosen.choice((0.0, 1.0, 1e-9, chosen.lognormvariate(0, 2), -chosen.lognormvariate(0, 2)))
            for argument in FORMULAS[name].arguments
        }
        draws = {argument: np.array([number, *np.linspace(0.5, 1.5, 16)]) for argument, number in numbers.items()}
        first = np.asarray(FORMULAS[name].function(**draws), dtype=np.float64)[0]
        best = _at_best(FORMULAS[name].function, numbers)
        assert (best == first and np.signbit(best) == np.signbit(first)) or (np.isnan(best) and np.isnan(first))


def test_there_are_formulas_and_each_cites_a_known_source() -> None:
    from lca.files.shipped import read_texts

    assert len(FORMULAS) > 40
    known = {*read_texts().references, "definition", "assumption"}
    assert {f.source for f in FORMULAS.values()} <= known
    assert all(f.summary.endswith(".") for f in FORMULAS.values())


def test_a_result_is_converted_at_the_door_and_remembers_its_inputs() -> None:
    sample = Sampler(1, 0)
    result = energy(power=sample(leaf(500, "W", "p")), time=sample(leaf(2, "d", "t")))
    assert result.value == 24.0
    assert result.unit == "kWh"
    assert isinstance(result.origin, Computed)
    assert result.origin.formula.expression == "power * time"
    assert [name for name, _ in result.origin.inputs] == ["power", "time"]


def test_a_wrong_dimension_names_formula_and_argument() -> None:
    sample = Sampler(1, 0)
    with pytest.raises(TypeError, match=r"energy\.time: kg cannot become h"):
        energy(power=sample(leaf(1, "W", "p")), time=sample(leaf(1, "kg", "t")))
    with pytest.raises(TypeError, match="takes"):
        energy(power=sample(leaf(1, "W", "p")))


def test_the_decorator_refuses_anything_but_one_expression() -> None:
    def two_returns(power: Array) -> Array:
        """Nothing.

        Args:
            power [W]: power.
        """
        if power.size:
            return power * 2
        return power

    def calls(power: Array) -> Array:
        """Nothing.

        Args:
            power [W]: power.
        """
        return np.exp(power)

    def unnamed(power: Array) -> Array:
        """Nothing."""
        return power

    for function, message in ((two_returns, "one return"), (calls, "not allowed"), (unnamed, "must name")):
        with pytest.raises(TypeError, match=message):
            print(formula("W", source="test")(function).expression)


def test_every_formula_is_one_expression() -> None:
    found = list(formulas())
    assert len(found) > 90
    for made in found:
        compile(made.expression, made.name, "eval")


def test_without_draws_the_result_equals_draw_0_bit_for_bit() -> None:
    def run(n: int) -> Quantity:
        sample = Sampler(3, n)
        parts = [
            energy(power=sample(leaf(0.1 * i, "kW", f"p{i}", 0.1)), time=sample(leaf(3, "h", "t", 0.2)))
            for i in range(1, 9)
        ]
        return total("all", "kWh", parts)

    assert run(0).draws[0] == run(1000).draws[0]
    assert len(run(1000).draws) == 1001


def test_replay_replaces_a_leaf() -> None:
    sample = Sampler(1, 0)
    power, time = leaf(2, "kW", "p"), leaf(3, "h", "t")
    result = total("all", "MJ", [energy(power=sample(power), time=sample(time)), sample(leaf(1, "kWh", "rest"))])
    assert replay(result, {})[0] == BestReplay(result, ())({})[0] == result.value
    assert BestReplay(result, {power.record})({power.record: np.array([4.0, 6.0])}) == pytest.approx(
        [13 * 3.6, 19 * 3.6], rel=1e-15
    )


@pytest.mark.parametrize("path", sorted((ROOT / "projects").glob("*.yaml")), ids=lambda p: p.stem)
def test_any_node_replayed_from_its_leaves_gives_the_same_bits(path: Path) -> None:
    assessment = assess_file(path, draws=40)
    figures = assessment.figures
    for name in random.Random(7).sample(sorted(figures), min(25, len(figures))):
        found = {q.origin.record: q.draws for q in leaves([figures[name]]) if not isinstance(q.origin, Computed)}
        assert np.array_equal(replay(figures[name], found), figures[name].draws, equal_nan=True), name


def test_nothing_never_adds_up_to_zero() -> None:
    with pytest.raises(ValueError, match="at least one"):
        total("none", "kWh", [])


@pytest.mark.parametrize("path", sorted((ROOT / "projects").glob("*.yaml")), ids=lambda p: p.stem)
def test_every_figure_is_explained_down_to_a_line_or_a_citation(path: Path) -> None:
    for name, figure in assess_file(path).figures.items():
        ends = [step for step in explain(figure) if not step.how]
        assert ends, name
        for step in ends:
            grounded = f"{path.name}:" in step.origin or "constant of the method" in step.origin or ": " in step.origin
            assert grounded, f"{name}: {step}"
