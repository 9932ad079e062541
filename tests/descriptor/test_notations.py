"""Every notation of an uncertainty, as a descriptor writes it, against its analytic mean and quantiles."""

from __future__ import annotations

import math
from typing import Any, Protocol

import numpy as np
import pytest
from conftest import Assess
from scipy import stats

from lca.quantities.uncertainty import PEDIGREE, Exact, draw, from_gsd, from_gsd2, sampling_error
from lca.subjects.footprint.declared import ProductSystem

N = 200_000
PROBABILITIES = np.array([0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975])
TEXT = """
descriptor: 1
project: {name: Notation, start: 2024-01}
sites: {lab: {location: FR, pue: 1}}
training: {t: {site: lab, energy: {value: 10 kWh, NOTATION}}}
"""


class Oracle(Protocol):
    def ppf(self, p: Any) -> Any: ...
    def pdf(self, x: Any) -> Any: ...
    def mean(self) -> Any: ...


class Split:
    """Two halves of lognormals that share a median; `low` and `high` are the 2.5 % and 97.5 % quantiles."""

    def __init__(self, median: float, low: float, high: float) -> None:
        z = stats.norm.ppf(0.975)
        self.median, self.below, self.above = median, math.log(median / low) / z, math.log(high / median) / z

    def ppf(self, p: Any) -> Any:
        return self.median * np.exp(stats.norm.ppf(p) * np.where(np.asarray(p) < 0.5, self.below, self.above))

    def pdf(self, x: Any) -> Any:
        sigma = np.where(np.asarray(x) < self.median, self.below, self.above)
        return stats.norm.pdf(np.log(x / self.median) / sigma) / sigma / x

    def mean(self) -> float:
        a, b = self.below, self.above
        parts = math.exp(a * a / 2) * stats.norm.cdf(-a) + math.exp(b * b / 2) * stats.norm.cdf(b)
        return float(self.median * parts)


def lognormal(sigma: float) -> Oracle:
    frozen: Oracle = stats.lognorm(s=sigma, scale=10)
    return frozen


#: (1, 2, 3, 4, 5) and the basic variance: 0.0006 + 0 + 0.0001 + 0.002 + 0.0006 + 0.12.
PEDIGREE_12345 = math.sqrt(0.0006 + 0.0001 + 0.002 + 0.0006 + 0.12)


@pytest.mark.parametrize(
    ("notation", "oracle"),
    [
        ("sigma: 0.2", lognormal(0.2)),
        ("gsd: 1.3", lognormal(math.log(1.3))),
        ("gsd2: 1.69", lognormal(math.log(1.3))),
        ("pedigree: [1, 2, 3, 4, 5]", lognormal(PEDIGREE_12345)),
        (
            "pedigree: {technological: 5, reliability: 1, geographical: 4, completeness: 2, temporal: 3}",
            lognormal(PEDIGREE_12345),
        ),
        ("range95: [8 kWh, 15 kWh]", Split(10, 8, 15)),
        ("range95: [8000 Wh, 0.015 MWh]", Split(10, 8, 15)),
        ("quality: high", Split(10, 9, 11)),
        ("quality: medium", Split(10, 7.5, 12.5)),
        ("quality: low", Split(10, 5, 15)),
        ("distribution: {shape: normal, sd: 1.5 kWh}", stats.norm(10, 1.5)),
        ("distribution: {shape: triangular, low: 8 kWh, high: 15 kWh}", stats.triang(c=2 / 7, loc=8, scale=7)),
        ("distribution: {shape: uniform, low: 8 kWh, high: 15 kWh}", stats.uniform(8, 7)),
        ("evidence: measured", lognormal(math.sqrt(0.0006))),
        ("evidence: calculated", Split(10, 9, 11)),
        ("evidence: estimated", Split(10, 7.5, 12.5)),
        ("evidence: proxy", Split(10, 5, 15)),
    ],
)
def test_a_notation_has_its_analytic_mean_and_quantiles(notation: str, oracle: Oracle, assess_text: Assess) -> None:
    energy = assess_text(TEXT.replace("NOTATION", notation)).study[ProductSystem].training["t"].energy
    assert energy is not None
    draws = draw(energy.value, energy.uncertainty, 3, "x", N)
    assert draws[0] == 10.0
    exact = oracle.ppf(PROBABILITIES)
    error = np.sqrt(PROBABILITIES * (1 - PROBABILITIES) / N) / oracle.pdf(exact)
    assert (np.abs(np.quantile(draws[1:], PROBABILITIES) - exact) < 4 * error).all()
    assert draws[1:].mean() == pytest.approx(oracle.mean(), abs=4 * draws[1:].std() / math.sqrt(N))


@pytest.mark.parametrize("notation", ["source: log", "distribution: {shape: exact}", "range95: [10 kWh, 10 kWh]"])
def test_what_is_exact_is_not_drawn(notation: str, assess_text: Assess) -> None:
    energy = assess_text(TEXT.replace("NOTATION", notation)).study[ProductSystem].training["t"].energy
    assert energy is not None
    assert energy.uncertainty == Exact()


def test_130_hours_between_120_and_145(assess_text: Assess) -> None:
    # The draws of a whole assessment, at its 10,000: quantiles and median within four standard errors of what is stated.
    text = TEXT.replace("energy: {value: 10 kWh, NOTATION}", "on: m, duration: {value: 130 h, range95: [120 h, 145 h]}")
    text += "machines: {m: {site: lab, host: none, power: 1 kW}}\n"
    energy = assess_text(text, draws=10_000).footprint.energy
    assert energy is not None
    found, oracle = energy.draws[1:], Split(130, 120, 145)
    for p, stated in ((0.025, 120), (0.5, 130), (0.975, 145)):
        error = math.sqrt(p * (1 - p) / len(found)) / float(oracle.pdf(stated * (1 + 1e-9)))
        assert np.quantile(found, p) == pytest.approx(stated, abs=4 * error)


def test_gsd_read_as_gsd2_understates_and_gsd2_as_gsd_overstates() -> None:
    # Ciroth et al. 2013: a worst case of GSD 3.29 (GSD² 10.8) that packages read as GSD² 3.29, which is GSD 1.81.
    z = stats.norm.ppf(0.975)

    def factor95(variance: float) -> float:
        return math.exp(z * math.sqrt(variance))

    right = factor95(from_gsd(3.29).variance)
    assert right == pytest.approx(3.29**z, rel=1e-12)
    assert from_gsd2(3.29**2).variance == pytest.approx(from_gsd(3.29).variance, rel=1e-12)
    understated = factor95(from_gsd2(3.29).variance)
    assert understated == pytest.approx(math.sqrt(3.29) ** z, rel=1e-12)
    assert math.sqrt(3.29) == pytest.approx(1.81, abs=0.005)
    assert understated < right / 3
    overstated = factor95(from_gsd(3.29**2).variance)
    assert overstated > right * 3


def test_the_two_notations_differ_in_a_report_as_they_should(assess_text: Assess) -> None:
    def width(notation: str) -> float:
        energy = assess_text(TEXT.replace("NOTATION", notation), draws=20_000).footprint.energy
        assert energy is not None
        low, _, high = energy.interval()
        return math.log(high / low)

    assert width("gsd: 1.5") == pytest.approx(2 * width("gsd2: 1.5"), rel=1e-6)
    assert width("gsd2: 2.25") == pytest.approx(width("gsd: 1.5"), rel=1e-9)


def test_no_score_is_a_default() -> None:
    assert all(len(variances) == 5 and variances[0] == 0 for variances in PEDIGREE.values())


def test_the_sampling_error_is_that_of_the_quantile() -> None:
    # The 97.5 % quantile of a lognormal of sigma 0.5 from n draws has the relative error sqrt(p (1 - p) / n) sigma / phi(z).
    sigma, n = 0.5, 10_000
    exact = math.sqrt(0.025 * 0.975 / n) * sigma / stats.norm.pdf(stats.norm.ppf(0.975))
    found = [sampling_error(draw(10.0, from_gsd(math.exp(sigma)), seed, "x", n)) for seed in range(20)]
    assert np.mean([f for f in found if f is not None]) == pytest.approx(exact, rel=0.3)
    assert sampling_error(np.full(1000, 3.0)) is None
    assert sampling_error(np.array([3.0])) is None
