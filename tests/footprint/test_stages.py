"""Every kind of activity against values worked out by hand (the case is cases/good/every-stage.yaml)."""

from __future__ import annotations

import pytest
from conftest import ROOT, Assess, assess_file

from lca import Assessment

CASE = ROOT / "tests/cases/good/every-stage.yaml"

#: kWh at the sites. PUE 1.5 in Paris, none in the lab; a year is 8766 h = 365.25 d.
ENERGY = {
    "collection.field": 10 * 8766 * 0.005,
    "collection.labels": 100 * 0.0265,  # default laptop: 26.5 W
    "collection.crawl": 10 * 0.2,
    "transfer.once": 1000 * 0.03,  # default fixed network: 0.03 kWh/GB, no PUE on top
    "transfer.daily": 365.25 * 0.12,  # default mobile network: 0.12 kWh/GB
    "storage.hdd": 10 * 3 * 2 * 10 * 1.5,  # default: 10 kWh/TB/year
    "storage.ssd": 1 * 5 * 15 * 1.5,  # default: 15 kWh/TB/year
    "training.model": (4 * 0.25 * 100 + 0.2 * 50) * 1.5,
    "training.tuned": 4 * 0.25 * 0.5 * (80 / 4) * 1.5,
    "training.measured": 100,
    "training.federated": 100 * 10 * 0.004 + 2 * 100 * 10 * 0.01 * 0.03 + 4 * 0.25 * 0.7 * 2 * 1.5,
    "experiments.search": (4 * 0.25 * 100 + 0.2 * 50) * 1.5 * 10 * 0.2,
    "inference.measured": 913125 * (0.001 * 1.5 + 0.001 * 0.12 + 3 / 3600 * 0.004),  # 365,250 + 547,875 requests
    "inference.shared": 365250 * 3.6 / 3600 / 4 * (1 + 0.2 * (1 - 0.5) / 0.5) * 1.5,
    "inference.reserved": (8.1166666667 * 1 + (2 * 8766 - 8.1166666667) * 0.2) * 1.5,
    "inference.task": 36525 * 3e-6,  # default classifier: 0.003 Wh, PUE within
}

#: kgCO2e embodied. One server: 1000 kg, four accelerators of 100 kg, 10 kg transport, 2 kg end of life; networks 6.3 g/GB.
EMBODIED = {
    "collection.field": 10 * 50 * 1 / 5,
    "collection.labels": 100 / (5 * 365.25 * 3) * 185,
    "collection.crawl": 10 / (4 * 8766) * 400,
    "storage.ssd": 1000 * 0.05,
    "training.model": 100 / (43830 * 0.5) * 1412,
    "training.tuned": 20 / (43830 * 0.5) * 1412,
    "training.federated": 1000 / (2.5 * 365.25 * 3) * 60 + 2 / (43830 * 0.5) * 1412 + 100 * 10 * 2 * 0.01 * 0.0063,
    "experiments.search": 100 / (43830 * 0.5) * 1412 * 2,
    "inference.measured": 913125 * 3 / 3600 / (2.5 * 365.25 * 3) * 60 + 913125 * 0.001 * 0.0063,
    "inference.shared": 91.3125 / (43830 * 0.5) * 1412,
    "inference.reserved": 2 * 8766 / 43830 * 1412,
    "equipment.kit": 2 * 50 * 1 / 5,
    "equipment.kept": (2 / 4 - 10 / (4 * 8766)) * 400,
}


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    return assess_file(CASE)


@pytest.mark.parametrize("activity", ENERGY)
def test_energy(assessment: Assessment, activity: str) -> None:
    assert assessment.footprint.energy_by_activity[activity].value == pytest.approx(ENERGY[activity], rel=1e-9)


@pytest.mark.parametrize("activity", EMBODIED)
def test_embodied(assessment: Assessment, activity: str) -> None:
    embodied = assessment.footprint.by_activity[activity]["gwp100"].embodied
    assert embodied is not None
    assert embodied.value == pytest.approx(EMBODIED[activity], rel=1e-9)


def test_operation_is_energy_times_the_stated_factor(assessment: Assessment) -> None:
    for activity in ("collection.field", "storage.hdd", "training.model", "inference.reserved"):
        operational = assessment.footprint.by_activity[activity]["gwp100"].operational
        assert operational is not None
        assert operational.value == pytest.approx(0.1 * ENERGY[activity], rel=1e-9)


def test_a_reused_model_counts_by_its_declared_share(assessment: Assessment) -> None:
    operational = assessment.footprint.by_activity["training.tuned"]["gwp100"].operational
    assert operational is not None
    assert operational.value == pytest.approx(15 * 0.1 + 0.01 * 1000, rel=1e-9)


def test_own_factors_and_stated_footprints(assessment: Assessment) -> None:
    values = {
        name: parts["gwp100"].total for name, parts in assessment.footprint.by_activity.items() if "gwp100" in parts
    }
    expected = {"collection.images": 100.0, "transfer.disks": 0.01 * 500 * 0.1, "experiments.before": 5.0}
    for name, value in expected.items():
        total = values[name]
        assert total is not None
        assert total.value == pytest.approx(value, rel=1e-12)


def test_water_on_site_and_of_electricity(assessment: Assessment) -> None:
    # 110 kWh at the plug x 0.5 L/kWh taken in on site, 165 kWh at the site x 2 L/kWh consumed by generation: two lines.
    parts = assessment.footprint.by_activity["training.model"]
    consumed, taken_in = parts["water_consumption"].total, parts["water_withdrawal"].total
    assert consumed is not None
    assert taken_in is not None
    assert consumed.value == pytest.approx(165 * 2, rel=1e-12)
    assert taken_in.value == pytest.approx(110 * 0.5, rel=1e-12)


def test_language_model_by_tokens(assessment: Assessment) -> None:
    # EcoLogits' regression for 8 billion parameters, batch 64, one accelerator, 400 tokens: accelerator
    # (1.16653e-6 e^(-0.0112059 x 64) 8 + 4.05293e-5) Wh x 400; host 1200 W / 8 / 64 x latency
    # (0.000678509 x 8 + 0.000311931 x 64 + 0.0194737) s x 400.
    gpu = (1.16653e-6 * 2.718281828459045 ** (-0.0112059 * 64) * 8 + 4.05293e-5) * 400
    host = 1200 / 8 / 64 * (0.000678509 * 8 + 0.000311931 * 64 + 0.0194737) * 400 / 3600
    energy = assessment.footprint.energy_by_activity["inference.chat"].value
    assert energy == pytest.approx(36525 * (gpu + host) / 1000 * 1.5, rel=1e-6)


def test_what_no_factor_covers_is_a_gap_and_not_a_zero(assessment: Assessment) -> None:
    gaps = {(gap.activity, gap.part) for gap in assessment.footprint.gaps}
    assert ("collection.drones", "drones") in gaps
    assert ("transfer.parcel", "shipment by air") in gaps
    assert ("training.measured", "manufacture of the machine") in gaps
    assert "collection.drones" not in assessment.footprint.by_activity
    assert "collection.web" not in assessment.footprint.by_activity


def test_functional_unit(assessment: Assessment) -> None:
    assert assessment.footprint.units.value == 913125 / 1000
    total = assessment.footprint.totals["gwp100"].total
    assert total is not None
    assert assessment.footprint.per_unit["gwp100"].value == pytest.approx(total.value / 913.125, rel=1e-14)


def test_cut_offs_add_up(assessment: Assessment) -> None:
    assert assessment.footprint.cut_off_share == pytest.approx(0.015)


def test_idle_time_without_a_stated_power_takes_the_machines(assess_text: Assess) -> None:
    # Eight cards at the default 50 W and a whole host of 1200 W wait 10 h: 16 kWh, x PUE 1.5.
    text = """
descriptor: 1
project: {name: Idle, start: 2024-01}
sites: {paris: {location: FR, pue: 1.5}}
machines: {node: {site: paris, gpu: {model: NVIDIA A100 SXM4 80 GB, count: 8}}}
training: {t: {on: node, duration: 1 h, idle: {duration: 10 h}}}
"""
    idle = next(f for f in assess_text(text).footprint.flows if f.part == "idle")
    assert idle.quantity.value == pytest.approx((8 * 0.05 + 1.2) * 10 * 1.5, rel=1e-12)
