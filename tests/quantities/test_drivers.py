"""Drivers against analytic cases and an independent library."""

from __future__ import annotations

import math

import numpy as np
import pytest
from conftest import ROOT, assess_file
from scipy import stats

from lca.quantities.drivers import drivers, sobol_total, worth_measuring
from lca.quantities.formula import formula, total
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity, Sampler
from lca.quantities.uncertainty import Array, Lognormal, Normal, Uniform


@formula("kWh", source="test")
def product(power: Array, time: Array) -> Array:
    """A product.

    Args:
        power [kW]: one.
        time [h]: the other.
    """
    return power * time


def normal(name: str, value: float, sd: float) -> Stated:
    return Stated(name, value, "kWh", Normal(sd))


def test_a_sum_of_normals_shares_its_variance_by_their_variances() -> None:
    # Variances 9, 16 and 0: shares 0.36, 0.64, 0. Elasticities are the shares of the sum: 0.2, 0.3, 0.5.
    sample = Sampler(1, 50_000)
    parts = [normal("a", 20, 3), normal("b", 30, 4), Stated("c", 50, "kWh")]
    ranked = drivers(total("sum", "kWh", [sample(p) for p in parts]))
    assert [d.leaf.record for d in ranked] == ["stated/b", "stated/a", "stated/c"]
    assert [d.variance_share for d in ranked] == pytest.approx([0.64, 0.36, 0], abs=0.01)
    assert [d.elasticity for d in ranked] == pytest.approx([0.3, 0.2, 0.5], rel=1e-9)
    assert ranked[0].high - ranked[0].low == pytest.approx(2 * 1.96 * 4, rel=0.02)


def test_an_input_that_divides_has_a_negative_elasticity() -> None:
    ranked = drivers(_product(Lognormal(0.01), Lognormal(0.04)))
    assert [d.elasticity for d in ranked] == pytest.approx([1, 1], rel=1e-9)
    figure = assess_file(ROOT / "projects/alexnet-2012.yaml", draws=500).footprint.totals["gwp100"].embodied
    assert figure is not None
    found = {d.leaf.record: d.elasticity for d in drivers(figure)}
    assert found["factor/ademe-acv/parameter/desktop/lifetime/"] == pytest.approx(1 / 1.01 * -1, rel=1e-6)


def _product(first: Lognormal, second: Lognormal) -> Quantity:
    sample = Sampler(5, 40_000)
    return product(power=sample(Stated("a", 2, "kW", first)), time=sample(Stated("b", 3, "h", second)))


def test_total_order_indices_of_a_product_of_lognormals() -> None:
    # With v = exp(s²) - 1 of each: total variance (1 + va)(1 + vb) - 1; total order of a: va (1 + vb) over it.
    va, vb = math.expm1(0.25), math.expm1(0.36)
    whole = (1 + va) * (1 + vb) - 1
    indices = sobol_total(_product(Lognormal(0.25), Lognormal(0.36)), 9)
    assert indices["stated/a"] == pytest.approx(va * (1 + vb) / whole, abs=0.03)
    assert indices["stated/b"] == pytest.approx(vb * (1 + va) / whole, abs=0.03)


def test_total_order_indices_agree_with_an_independent_library() -> None:
    sample = Sampler(11, 30_000)
    inputs = [Stated(n, 1.5, "kW" if n == "a" else "h", Uniform(1, 2 + i)) for i, n in enumerate("ab")]
    ours = sobol_total(product(power=sample(inputs[0]), time=sample(inputs[1])), 3)
    theirs = stats.sobol_indices(
        func=lambda x: x[0] * x[1],
        n=2**14,
        dists=[stats.uniform(1, 1), stats.uniform(1, 2)],
        random_state=np.random.default_rng(1),
    )
    assert [ours["stated/a"], ours["stated/b"]] == pytest.approx(list(theirs.total_order), abs=0.02)


def test_the_defaults_worth_measuring_are_ranked() -> None:
    assessment = assess_file(ROOT / "projects/minimal.yaml", draws=4000)
    figure = assessment.footprint.totals["gwp100"].total
    assert figure is not None
    ranked = drivers(figure)
    found = worth_measuring(figure, ranked)
    assert 1 <= len(found) <= 10
    assert list(found) == sorted(found, key=lambda n: -n.shrinks_by)
    assert 0 < found[0].shrinks_by < 1
    assert sum(d.variance_share for d in ranked) == pytest.approx(
        1, abs=0.25
    )  # skewed inputs that multiply explain less than all of it
