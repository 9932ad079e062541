"""Distributions against their analytic quantiles, notations against each other, streams against disturbance."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from conftest import Assess
from scipy import stats

from lca.descriptor.spreads import by_evidence
from lca.quantities.bounds import bounds95
from lca.quantities.uncertainty import (
    Above,
    Exact,
    Lognormal,
    Normal,
    SplitLognormal,
    SplitNormal,
    Triangular,
    Uncertainty,
    Uniform,
    draw,
    from_gsd,
    from_gsd2,
    from_pedigree,
    from_range95,
    from_sigma,
    interval95,
)

N = 100_000
PROBABILITIES = (0.025, 0.25, 0.5, 0.75, 0.975)


@pytest.mark.parametrize(
    ("uncertainty", "oracle"),
    [
        (Lognormal(0.04), stats.lognorm(s=0.2, scale=10)),
        (Normal(1.5), stats.norm(10, 1.5)),
        (Triangular(8, 15), stats.triang(c=2 / 7, loc=8, scale=7)),
        (Uniform(8, 15), stats.uniform(8, 7)),
    ],
)
def test_draws_have_the_quantiles_of_an_independent_library(uncertainty: Uncertainty, oracle: Any) -> None:
    draws = draw(10.0, uncertainty, 1, "x", N)
    assert draws[0] == 10.0
    assert len(draws) == N + 1
    expected = oracle.ppf(PROBABILITIES)
    np.testing.assert_allclose(np.quantile(draws[1:], PROBABILITIES), expected, rtol=0.01)
    assert draws[1:].mean() == pytest.approx(oracle.mean(), rel=0.005)


def test_a_split_lognormal_has_its_bounds_and_median() -> None:
    low, median, high = interval95(draw(130.0, from_range95(130, 120, 145), 1, "duration", N))
    assert (low, median, high) == pytest.approx((120, 130, 145), rel=0.002)
    assert from_range95(130, 120, 145) == SplitLognormal(120, 145)
    assert from_range95(130, 130, 130) == Exact()


def test_a_range_from_zero_is_drawn_as_it_is_written() -> None:
    low, median, high = interval95(draw(0.1, from_range95(0.1, 0, 0.3), 1, "rebound", N))
    assert low == 0.0
    assert (median, high) == pytest.approx((0.1, 0.3), rel=0.02)
    assert draw(0.1, from_range95(0.1, 0, 0.3), 1, "rebound", N).min() == 0.0


@pytest.mark.parametrize(
    ("value", "uncertainty"),
    [
        (10.0, Lognormal(0.04)),
        (1.2, Above(1.0, 0.04)),
        (10.0, SplitLognormal(4, 30)),
        (10.0, SplitNormal(0, 30)),
        (10.0, Normal(2)),
        (10.0, Triangular(2, 30)),
        (4.0, Triangular(2, 30)),
        (10.0, Uniform(2, 30)),
        (10.0, Exact()),
    ],
)
def test_the_bounds_are_the_quantiles_of_the_draws(value: float, uncertainty: Uncertainty) -> None:
    low, _, high = interval95(draw(value, uncertainty, 1, "any", 200_000))
    assert bounds95(value, uncertainty) == pytest.approx((low, high), rel=0.01, abs=0.02)
    one_sided = draw(130.0, SplitLognormal(130, 145), 1, "duration", 1000)
    assert one_sided.min() == 130


@pytest.mark.parametrize("bounds", [(140, 150), (100, 120), (float("nan"), 140), (1, float("inf"))])
def test_a_range_without_its_value_is_refused(bounds: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="must contain"):
        from_range95(130, *bounds)


def test_gsd_and_gsd2_are_not_confused() -> None:
    assert from_gsd(1.1).variance == pytest.approx(math.log(1.1) ** 2)
    assert from_gsd2(1.1**2).variance == pytest.approx(from_gsd(1.1).variance)
    assert from_sigma(math.log(1.1)).variance == pytest.approx(from_gsd(1.1).variance)
    assert from_gsd2(1.1).variance == pytest.approx(from_gsd(1.1).variance / 4)
    with pytest.raises(ValueError, match="at least 1"):
        from_gsd(0.9)


NAMES = ("reliability", "completeness", "temporal", "geographical", "technological")


@pytest.mark.parametrize(
    ("scores", "gsd2"),
    [
        ((1, 1, 1, 1, 1), 1.050),
        ((2, 2, 2, 2, 2), 1.097),
        ((3, 3, 3, 3, 3), 1.259),
        ((4, 4, 4, 4, 4), 1.627),
        ((5, 5, 5, 5, 5), 2.504),
        ((1, 2, 3, 4, 5), 2.018),
        ((2, 3, 1, 2, 3), 1.219),
    ],
)
def test_pedigree_vectors(scores: tuple[int, ...], gsd2: float) -> None:
    lognormal = from_pedigree(dict(zip(NAMES, scores, strict=True)))
    assert math.exp(2 * math.sqrt(lognormal.variance)) == pytest.approx(gsd2, abs=5e-4)


def test_a_missing_pedigree_score_is_an_error() -> None:
    with pytest.raises(ValueError, match="five scores"):
        from_pedigree(dict.fromkeys(NAMES[:4], 1))
    with pytest.raises(ValueError, match="1 to 5"):
        from_pedigree(dict.fromkeys(NAMES, 0))


def test_streams_depend_on_seed_and_record_only() -> None:
    first = draw(1.0, Lognormal(0.1), 7, "a", 50)
    draw(1.0, Lognormal(0.1), 7, "b", 50)
    assert (first == draw(1.0, Lognormal(0.1), 7, "a", 50)).all()
    assert (first[:20] == draw(1.0, Lognormal(0.1), 7, "a", 19)).all()
    assert (first[1:] != draw(1.0, Lognormal(0.1), 8, "a", 50)[1:]).all()
    assert (first[1:] != draw(1.0, Lognormal(0.1), 7, "b", 50)[1:]).all()
    np.testing.assert_allclose(draw(10.0, Lognormal(0.1), 7, "a", 50), 10 * first, rtol=1e-14)


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ("measured", Lognormal(0.0006)),
        ("calculated", SplitLognormal(90, 110)),
        ("estimated", SplitLognormal(75, 125)),
        ("proxy", SplitLognormal(50, 150)),
        ("None", Exact()),
    ],
)
def test_a_value_without_a_range_gets_what_its_evidence_deserves(evidence: str, expected: Uncertainty) -> None:
    found = by_evidence(100.0, evidence)
    if isinstance(expected, SplitLognormal):
        assert isinstance(found, SplitLognormal)
        assert (found.low, found.high) == pytest.approx((expected.low, expected.high))
    else:
        assert found == expected


def test_pedigree_scores_as_a_list_or_named(assess_text: Assess) -> None:
    text = """
descriptor: 1
project: {name: Pedigree, start: 2024-01}
sites: {paris: {location: FR}}
training: {t: {energy: {value: 10 kWh, pedigree: SCORES}, site: paris}}
"""
    named = "{reliability: 1, completeness: 2, temporal: 3, geographical: 4, technological: 5}"
    figures = [
        assess_text(text.replace("SCORES", scores), draws=50).footprint.energy for scores in (named, "[1, 2, 3, 4, 5]")
    ]
    assert figures[0] is not None
    assert figures[1] is not None
    assert (figures[0].draws == figures[1].draws).all()
    assert figures[0].draws[1:].std() > 0
