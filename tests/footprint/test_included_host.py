"""A figure that holds its host, devices as machines, and sources that are set side by side: each thing is counted once."""

from __future__ import annotations

import pytest
from conftest import Assess

from lca.catalogue.other_sources import other_sources
from lca.files.shipped import catalogue

BOOK = catalogue()

TEXT = """descriptor: 1
project: {{name: Hosts, start: 2025-03, duration: 1 year}}
sites: {{paris: {{location: FR}}}}
machines: {{node: {{site: paris, {machine}, lifetime: 1 year, utilisation: 1}}}}
training: {{run: {{on: node, duration: 8766 h}}}}
"""


@pytest.mark.parametrize(
    ("machine", "kilograms"),
    [
        # Google's figures hold the share of the host, rack and building: no host is added.
        ("gpu: {model: Google TPU v5p, count: 4, power: 300 W}", 4 * 1101),
        ("gpu: {model: Google TPU v6e (Trillium), count: 8, power: 300 W}", 8 * 692),
        ("gpu: {model: TPU of our own, count: 2, power: 300 W}", 2 * 386),  # the proxy's figure holds a host too
        # The default of a v5e, by memory, die and power, is of the chip alone: half of a host of 4500 kg beside it.
        ("gpu: {model: Google TPU v5e, count: 4, power: 300 W}", 4 * 74 + 2250),
        ("gpu: {model: NVIDIA A100 SXM4 80 GB, count: 8}", 8 * 150 + 4500),
    ],
)
def test_a_figure_that_holds_its_host_gets_no_other(machine: str, kilograms: float, assess_text: Assess) -> None:
    found = assess_text(TEXT.format(machine=machine))
    assert found.figures["training.run.gwp100.embodied"].value == pytest.approx(kilograms, rel=1e-9)
    assert not [gap for gap in found.footprint.gaps if "host" in gap.part and gap.leaves_open("gwp100")]
    assert not found.footprint.is_partial("gwp100")


def test_other_indicators_keep_the_host(assess_text: Assess) -> None:
    found = assess_text(TEXT.format(machine="gpu: {model: Google TPU v5p, count: 4, power: 300 W}"))
    # Four of eight slots of a host of 0.3 kgSbe; what the accelerators take is not known.
    minerals = found.footprint.totals["adpe"].embodied
    assert minerals is not None
    assert minerals.value == pytest.approx(0.15, rel=1e-9)
    assert found.footprint.is_partial("adpe")


def test_a_host_that_is_stated_beside_is_doubted(assess_text: Assess) -> None:
    machine = "gpu: {model: Google TPU v5p, count: 4, power: 300 W}, manufacture: {gwp100: 2000 kgCO2e, source: maker}"
    found = assess_text(TEXT.format(machine=machine))
    (doubt,) = (p for p in found.problems if p.code == "LCA607" and "counted twice" in p.message)
    assert doubt.location.line == 4


LAPTOP = """descriptor: 1
project: {{name: One laptop, start: 2025-03, duration: 1 year}}
sites: {{office: {{location: FR, kind: office}}}}
machines: {{computer: {{site: office, host: {kind}, power: 26.5 W{more}}}}}
devices: {{device: {{kind: {kind}}}}}
experiments: {{run: {{on: computer, duration: 100 h}}}}
collection: {{labels: {{kind: annotation, device: device, hours: 100 h, site: office}}}}
"""


@pytest.mark.parametrize(
    ("kind", "kilograms"),
    [
        ("laptop", 185 * 100 / (5 * 365.25 * 3)),  # 5 years, 3 h a day
        ("desktop", 270 * 100 / (6 * 365.25 * 4)),  # 6 years, 4 h a day
    ],
)
def test_a_computer_is_worn_out_alike_as_device_and_as_machine(
    kind: str, kilograms: float, assess_text: Assess
) -> None:
    figures = assess_text(LAPTOP.format(kind=kind, more="")).figures
    assert figures["collection.labels.gwp100.embodied"].value == pytest.approx(kilograms, rel=1e-9)
    assert figures["experiments.run.gwp100.embodied"].value == pytest.approx(kilograms, rel=1e-9)


def test_the_default_is_marked_and_gives_way(assess_text: Assess) -> None:
    found = assess_text(LAPTOP.format(kind="laptop", more=""))
    steps = found.explain("experiments.run.gwp100.embodied")
    (step,) = (step for step in steps if step.label == "laptop daily use")
    assert step.origin.startswith("parameter/laptop/daily_use: ADEME")
    stated = assess_text(LAPTOP.format(kind="laptop", more=", utilisation: 0.5")).figures
    assert stated["experiments.run.gwp100.embodied"].value == pytest.approx(185 * 100 / (5 * 8766 * 0.5), rel=1e-9)


def test_sources_are_set_side_by_side_with_like_boundaries() -> None:
    a100 = BOOK.get("manufacture/gpu-a100", "gwp100")
    assert [other.source.id for other in other_sources(a100, BOOK)] == ["bloom2022", "falk2025"]  # 318 kg hold a host
    laptop = BOOK.get("manufacture/laptop", "gwp100")
    (ademe,) = other_sources(laptop, BOOK)
    # ADEME gives 170 kg of manufacture, 12.3 of distribution and 2.79 of the end of life apart.
    assert ademe.value == pytest.approx(185.09, rel=1e-12)
    assert not laptop.coverage - ademe.coverage
    server = BOOK.get("manufacture/server-generic", "gwp100")
    assert [other.value for other in other_sources(server, BOOK)] == [748]
