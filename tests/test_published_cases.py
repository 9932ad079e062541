"""Published results from descriptors, by the package's own formulas."""

from __future__ import annotations

import pytest
from conftest import ROOT, assess_file

from lca.assessment import nodes


def test_alexnet_as_green_algorithms_counts_it() -> None:
    assessment = assess_file(ROOT / "tests/cases/good/alexnet-green-algorithms.yaml")
    assert assessment.energy is not None
    assert assessment.energy.value == pytest.approx(106.4300185, rel=1e-12)
    operational = assessment.totals["gwp100"].operational
    assert operational is not None
    assert operational.value == pytest.approx(3.192900555, rel=1e-12)


def test_alexnet_by_our_own_rules() -> None:
    # By hand: cards 2 x 244 W x 130 h = 63.44 kWh, host 70 W x 130 h = 9.1 kWh, x 1.67 = 121.1418 kWh; x 0.046 = 5.5725 kg.
    # Manufacture: 130 h / (6 x 8766 h x 0.5) = 0.0049434 machines x (270 + 2 x 100) kg = 2.32337 kg.
    figures = nodes(assess_file(ROOT / "projects/alexnet-2012.yaml"))
    assert figures["energy"].value == pytest.approx(121.1418, rel=1e-12)
    assert figures["total.gwp100.operational"].value == pytest.approx(121.1418 * 0.046, rel=1e-12)
    assert figures["total.gwp100.embodied"].value == pytest.approx(130 / (6 * 8766 * 0.5) * 470, rel=1e-12)


def test_bloom_dynamic_idle_and_embodied() -> None:
    assessment = assess_file(ROOT / "projects/bloom-176b.yaml")
    parts = {i.flow.part: i.quantity.value / 1000 for i in assessment.impacts if i.indicator == "gwp100"}
    energy = {f.part: f.quantity.value for f in assessment.flows if f.key.startswith("electricity")}
    assert energy["processors and memory"] == pytest.approx(433196, rel=1e-6)
    assert parts["processors and memory"] == pytest.approx(24.692172, rel=1e-6)
    assert round(parts["processors and memory"], 2) == 24.69
    assert energy["idle"] == pytest.approx(256646.067708, rel=1e-6)
    assert parts["idle"] == pytest.approx(14.6288258594, rel=1e-6)
    assert round(parts["idle"], 1) == 14.6
    host, gpus = parts["manufacture of the host"], parts["manufacture of the accelerators"]
    assert host == pytest.approx(7.57530609276, rel=1e-6)
    assert gpus == pytest.approx(3.63614692452, rel=1e-6)
    assert host + gpus == pytest.approx(11.2114530173, rel=1e-6)
    assert round(host + gpus, 1) == 11.2


def test_stable_diffusion_electricity_of_the_cards() -> None:
    assessment = assess_file(ROOT / "projects/stable-diffusion-v1.yaml")
    cards = next(f for f in assessment.flows if f.part == "processors and memory")
    assert cards.at_plug is not None
    assert cards.at_plug.value == pytest.approx(37500, rel=1e-12)


def test_wu_federated_learning(assess_text: object) -> None:
    text = """
descriptor: 1
project: {name: Wu, start: 2024-01}
training:
  fl:
    federated:
      {clients: 1000, rounds: 100, local_time: 60 s, power: 3 W, network_power: 7.5 W, network_time: 40 s, client_location: FR}
"""
    assessment = assess_text(text)  # type: ignore[operator]
    energy = {f.part: f.quantity.value for f in assessment.flows if f.key.startswith("electricity")}
    assert energy["clients' devices"] == pytest.approx(5.0, rel=1e-9)
    assert energy["network"] == pytest.approx(8.33333333333, rel=1e-9)
