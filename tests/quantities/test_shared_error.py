"""Shared errors within a source: against the analytic interval of a sum, and never narrower for a plain sum."""

from __future__ import annotations

import math

import pytest
from conftest import ROOT, assess_file

from lca.quantities.formula import formula, total
from lca.quantities.provenance import Factor, Source
from lca.quantities.quantity import Quantity, Sampler
from lca.quantities.shared_error import interval_with_shared_error
from lca.quantities.uncertainty import Array, Normal


@formula("amount", source="definition")
def less(amount: Array, other: Array) -> Array:
    """One amount less another.

    Args:
        amount [amount]: the amount.
        other [amount]: what is taken off.
    """
    return amount - other


SOURCE = Source("one", "Producer", "Title", "CC0", "Producer, Title")
OTHER = Source("two", "Producer", "Title", "CC0", "Producer, Title")


def figure(*sources: Source) -> Quantity:
    sample = Sampler(4, 40_000)
    factors = [Factor(f"parameter/{i}/x", "", 10.0, "kWh", Normal(1.0), s) for i, s in enumerate(sources)]
    return total("sum", "kWh", [sample(factor) for factor in factors])


def test_two_equal_errors_of_one_source_add_up() -> None:
    # Independent: sd sqrt(2); shared: sd 2.
    subject = figure(SOURCE, SOURCE)
    low, _, high = subject.interval()
    assert high - low == pytest.approx(2 * 1.96 * math.sqrt(2), rel=0.02)
    found = interval_with_shared_error(subject, 4)
    assert found is not None
    assert found[2] - found[0] == pytest.approx(2 * 1.96 * 2, rel=0.02)


def test_what_pulls_against_each_other_does_not_cancel() -> None:
    # A difference of two factors of one source and kind: one stream would leave no error at all.
    sample = Sampler(4, 40_000)
    factors = [Factor(f"parameter/{i}/x", "", 10.0, "kWh", Normal(1.0), SOURCE) for i in range(4)]
    first, second, third, fourth = (sample(factor) for factor in factors)
    both = less.bound(amount="kWh")
    subject = both(amount=total("a", "kWh", [first, second]), other=total("b", "kWh", [third, fourth]))
    low, _, high = subject.interval()
    found = interval_with_shared_error(subject, 4)
    assert found is not None
    # Independent: sd 2; pairs of one sign shared: sd sqrt(8).
    assert high - low == pytest.approx(2 * 1.96 * 2, rel=0.02)
    assert found[2] - found[0] == pytest.approx(2 * 1.96 * math.sqrt(8), rel=0.02)


def test_unlike_kinds_of_one_source_stay_independent() -> None:
    sample = Sampler(4, 1000)
    kinds = ("parameter/1/x", "manufacture/2")
    subject = total("sum", "kWh", [sample(Factor(key, "", 10.0, "kWh", Normal(1.0), SOURCE)) for key in kinds])
    assert interval_with_shared_error(subject, 4) is None


@pytest.mark.parametrize("name", ["minimal", "alexnet-2012", "bloom-176b", "stable-diffusion-v1", "federated"])
def test_a_shared_error_never_narrows(name: str) -> None:
    subject = assess_file(ROOT / f"projects/{name}.yaml", draws=3000).footprint.totals["gwp100"].total
    assert subject is not None
    found, (low, _, high) = interval_with_shared_error(subject, 2026), subject.interval()
    if found is not None:
        assert found[0] <= low
        assert found[2] >= high


def test_factors_of_different_sources_stay_independent() -> None:
    assert interval_with_shared_error(figure(SOURCE, OTHER), 4) is None


def test_a_real_study_names_both_intervals() -> None:
    subject = assess_file(ROOT / "projects/minimal.yaml", draws=3000).footprint.totals["gwp100"].total
    assert subject is not None
    found = interval_with_shared_error(subject, 2026)
    assert found is not None
    assert found[0] < subject.value < found[2]
    assert found != subject.interval()
