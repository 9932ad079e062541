"""The same work said in several ways: hours of the machine, its accelerators, its cores, or its energy."""

from __future__ import annotations

import json

import pytest

import lca

FRAME = """descriptor: 1
project: {{name: Same work, start: 2024-03, duration: 3 year}}
sites:
  paris: {{location: FR, pue: 1.5, electricity: 50 gCO2e/kWh}}
machines:
  node:
    {{site: paris, count: 2, host: none, lifetime: 40000 h, utilisation: 0.5,
      gpu: {{power: 500 W, count: 4, manufacture: {{gwp100: 100 kgCO2e, source: test}}}}}}
  cores: {{site: paris, host: server, cpu: {{power: 150 W, count: 2, cores: 20}}}}
  known: {{site: paris, host: server, cpu: {{model: Intel Xeon Gold 6248, count: 2}}}}
training:
  work: {{{work}}}
"""


def figures(work: str) -> tuple[lca.Assessment, float, float]:
    study = lca.read(FRAME.format(work=work), name="same.yaml")
    assessed = study.assess(draws=2000, seed=1)
    energy, climate = assessed.figures["training.work.energy"], assessed.figures["training.work.gwp100"]
    return assessed, energy.value, climate.value


# Two nodes of four accelerators: 12,000 GPU h = 3,000 node h = 1,500 h of both. Energy at load 1:
# 3,000 h x 4 x 0.5 kW = 6,000 kWh at the plug, x 1.5 = 9,000 kWh, 450 kg. Manufacture: 3,000 h / (40,000 h x 0.5) = 0.15
# machines of 4 x 100 kg = 60 kg. In all 510 kg.
SAME = {
    "hours of both machines": "on: node, duration: 1500 h, gpu_load: 1",
    "accelerator-hours": "on: node, processor_hours: 12000 h, gpu_load: 1",
    "GPU h": "on: node, duration: 12000 GPU h, gpu_load: 1",
    "GPU h under processor_hours": "on: node, processor_hours: 12000 heures GPU, gpu_load: 1",
    "GPU days": "on: node, duration: 500 GPU-days, gpu_load: 1",
    "node h": "on: node, duration: 3000 node h, gpu_load: 1",
    "node h under processor_hours": "on: node, processor_hours: 3000 heures nœud, gpu_load: 1",
    "hours of one machine": "on: node, machines: 1, duration: 3000 h, gpu_load: 1",
    "GPU h on one machine": "on: node, machines: 1, duration: 12000 GPU h, gpu_load: 1",
    # 12,000 h x 3,600 s x 312e12 operations a second x 0.4
    "FLOP": "on: node, estimated: {flop: 5.39136e21 FLOP, peak: 312e12 FLOP/s, utilisation: 0.4}, gpu_load: 1",
    "energy": "on: node, energy: 6000 kWh, duration: 12000 GPU h",
    "energy of the site": "on: node, energy: 9 MWh, energy_includes_pue: true, duration: 3000 node h",
}


@pytest.mark.parametrize("work", SAME.values(), ids=SAME)
def test_the_same_work_has_the_same_figures(work: str) -> None:
    assessed, energy, climate = figures(work)
    assert energy == pytest.approx(9000, rel=1e-12)
    assert climate == pytest.approx(510, rel=1e-12)
    assert assessed.figures["training.work.machine_time"].value == pytest.approx(3000, rel=1e-12)


RENTED = """descriptor: 1
project: {{name: Same work, start: 2025-03, duration: 3 year}}
sites: {{paris: {{provider: aws, region: eu-west-3}}}}
machines: {{node: {{site: paris, {node}}}}}
training: {{work: {{on: node, {work}}}}}
"""


def test_hours_of_an_instance_are_those_of_its_parts() -> None:
    """One table: a rented instance by the hour, and its accelerators by hours, of the machine, of them, or by operations."""
    parts = "gpu: {model: NVIDIA A100 SXM4 40 GB, count: 8}"
    said = [
        ("instance: p4d.24xlarge", "duration: 340 h"),
        ("instance: p4d.24xlarge", "duration: 2720 GPU h"),
        (parts, "duration: 340 h"),
        (parts, "duration: 340 node h"),
        (parts, "processor_hours: 2720 h"),
        # 2,720 h x 3,600 s x 312e12 operations a second x 0.4
        (parts, "estimated: {flop: 1.2220416e21 FLOP, peak: 312e12 FLOP/s, utilisation: 0.4}"),
    ]
    found = []
    for node, work in said:
        assessed = lca.read(RENTED.format(node=node, work=work), name="same.yaml").assess(draws=2000, seed=1)
        total, energy = assessed.figures["total.gwp100"], assessed.figures["energy"]
        found.append((energy.value, total.value, *total.interval()))
        assert assessed.figures["training.work.machine_time"].value == pytest.approx(340, rel=1e-12)
    assert all(row == pytest.approx(found[0], rel=1e-9) for row in found)


def test_intervals_agree_where_the_load_is_not_stated() -> None:
    said = ["duration: 1500 h", "duration: 12000 GPU h", "processor_hours: 12000 h", "duration: 3000 node h"]
    bounds = [figures(f"on: node, {work}")[0].figures["total.gwp100"].interval() for work in said]
    assert all(bound == pytest.approx(bounds[0], rel=1e-9) for bound in bounds)


@pytest.mark.parametrize(
    ("work", "hours"),
    [
        ("on: cores, duration: 40000 core h", 1000),  # 2 processors of 20 cores
        ("on: known, duration: 40000 heures cœur", 1000),  # the catalogue knows the 20 cores of the model
        ("on: cores, duration: 2000 CPU h", 1000),
        ("on: cores, processor_hours: 2000 h", 1000),
        ("on: cores, processor_hours: 1000 node h", 1000),
    ],
)
def test_cores_and_processors(work: str, hours: float) -> None:
    assert figures(work)[0].figures["training.work.machine_time"].value == pytest.approx(hours, rel=1e-12)


def test_processors_may_mean_cores_and_that_is_asked() -> None:
    assessed, *_ = figures("on: cores, duration: 2000 CPU h")
    (told,) = (str(p) for p in assessed.problems if p.code == "LCA621")
    assert told == (
        "same.yaml:12:31: LCA621 warning: training.work.duration: `2000 CPU h` is read as time of whole processors, 2 in one "
        "`cores`; write `core h` where the cluster counts cores, as most do"
    )


def test_a_range_is_of_the_same_processors() -> None:
    text = FRAME.format(work="on: node, duration: {value: 12000 GPU h, range95: [11000 GPU h, 13000 GPU-h]}")
    assert not [p for p in lca.read(text, name="same.yaml").problems if p.severity == "error"]


def test_the_published_hours_of_a_cluster() -> None:
    """BLOOM: 1,082,990 GPU hours of 48 nodes of 8 A100 took 2,820 h on the clock (Luccioni et al. 2023, table 3)."""
    text = FRAME.format(work="on: node, duration: 1082990 GPU h").replace("count: 2, host", "count: 48, host")
    text = text.replace("count: 4, manu", "count: 8, manu")
    assessed = lca.read(text, name="bloom.yaml").assess(draws=0)
    # 1,082,990 / 8 = 135,373.75 h of nodes; / 48 = 2,820.286 h on the clock
    assert assessed.figures["training.work.wall_clock_time"].value == pytest.approx(2820.286, rel=1e-6)


def test_the_contract_says_what_an_activity_was_read_as() -> None:
    assessed, *_ = figures("on: node, duration: 12000 GPU h, period: {start: 2025-01, end: 2025-03}")
    found = json.loads(assessed.json())["resolved"]["training.work"]
    said = {name: part["value"] if isinstance(part, dict) else part for name, part in found.items()}
    assert said == {
        "machine": "node",
        "instance": None,
        "site": "paris",
        "region": "FR",
        "year": 2025,
        "model": None,
        "processor": None,  # known by its power alone
        "processors": 4,
        "processor_hours": 12000,
        "machine_hours": 3000,
        "duration": 1500,
        "load": 0.7,
    }
