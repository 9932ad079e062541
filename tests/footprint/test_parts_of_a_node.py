"""A part of a node, slices of an accelerator, and several kinds of accelerator in one machine."""

from __future__ import annotations

import pytest

import lca
from lca.quantities.trees import explain

FRAME = """descriptor: 1
project: {{name: Part of a node, start: 2024-03, duration: 3 year}}
sites:
  paris: {{location: FR, pue: 1, electricity: 100 gCO2e/kWh}}
machines:
  node:
    site: paris
    lifetime: 40000 h
    utilisation: 0.5
{machine}
training:
  work: {{on: node, duration: 1000 h, gpu_load: 1, cpu_load: 1, idle: {{duration: 100 h}}}}
"""
PARTS = """    host_power: 800 W
    cpu: {power: 100 W, count: 2, idle_power: 20 W}
    manufacture: {gwp100: 1000 kgCO2e, source: test}
    transport: {gwp100: 20 kgCO2e, source: test}
"""
GPU = "power: 400 W, idle_power: 40 W, manufacture: {gwp100: 200 kgCO2e, source: test}"


def assess(machine: str) -> lca.Assessment:
    return lca.read(FRAME.format(machine=machine), name="part.yaml").assess(draws=0)


def problems(machine: str) -> list[str]:
    return [str(p) for p in lca.read(FRAME.format(machine=machine), name="part.yaml").problems if p.severity == "error"]


def line(assessed: lca.Assessment, part: str, what: str) -> float:
    return assessed.figures[f"training.work.{part}.{what}"].value


def test_two_of_eight_accelerators() -> None:
    assessed = assess(f"    gpu: {{{GPU}, count: 2, of: 8}}\n{PARTS}")
    # At work 1,000 h: 2 x 400 W + a quarter of 2 x 100 W = 850 W -> 850 kWh; host a quarter of 800 W -> 200 kWh.
    assert line(assessed, "processors-and-memory", "energy") == pytest.approx(850)
    assert line(assessed, "host", "energy") == pytest.approx(200)
    # Idle 100 h: 2 x 40 W + a quarter of (2 x 20 W + 800 W) = 290 W -> 29 kWh.
    assert line(assessed, "idle", "energy") == pytest.approx(29)
    # 1,000 h / (40,000 h x 0.5) = 0.05 machines: 0.05 x 1,000 kg / 4 = 12.5 kg; 0.05 x 2 x 200 kg = 20 kg; 0.05 x 20 / 4 = 0.25.
    assert line(assessed, "manufacture-of-the-host", "gwp100") == pytest.approx(12.5)
    assert line(assessed, "manufacture-of-the-accelerators", "gwp100") == pytest.approx(20)
    assert line(assessed, "transport", "gwp100") == pytest.approx(0.25)


def test_the_share_stands_in_the_trace() -> None:
    assessed = assess(f"    gpu: {{{GPU}, count: 2, of: 8}}\n{PARTS}")
    steps = explain(assessed.figures["training.work.manufacture-of-the-host.gwp100"])
    assert any("slot_share" in str(step) for step in steps)


def test_a_part_of_a_measured_node() -> None:
    whole = assess(f"    gpu: {{{GPU}, count: 8}}\n    power: 4 kW\n    idle_power: 1 kW\n    host: none")
    part = assess(f"    gpu: {{{GPU}, count: 2, of: 8}}\n    power: 4 kW\n    idle_power: 1 kW\n    host: none")
    for name in ("training.work.energy", "training.work.gwp100"):
        assert part.figures[name].value == pytest.approx(whole.figures[name].value / 4, rel=1e-12)


def test_eight_of_eight_is_the_node() -> None:
    whole, part = (
        assess(f"    gpu: {{{GPU}, count: 8}}\n{PARTS}"),
        assess(f"    gpu: {{{GPU}, count: 8, of: 8}}\n{PARTS}"),
    )
    assert part.figures["total.gwp100"].value == pytest.approx(whole.figures["total.gwp100"].value, rel=1e-12)


@pytest.mark.parametrize(
    ("model", "profile", "share"),
    [
        ("NVIDIA A100 SXM4 80 GB", "1g.10gb", 1 / 7),  # 10 of 80 GB is less
        ("NVIDIA A100 SXM4 80 GB", "3g.40gb", 1 / 2),  # 40 of 80 GB is more than 3 of 7
        ("NVIDIA A100 SXM4 80 GB", "7g.80gb", 1),
        ("NVIDIA A100 SXM4 40 GB", "1g.10gb", 1 / 4),  # 10 of 40 GB
        ("NVIDIA A30", "1g.6gb", 1 / 4),  # four compute slices
        ("a card of ours", "2g.20gb", 2 / 7),  # memory not known
    ],
)
def test_slices_of_an_accelerator(model: str, profile: str, share: float) -> None:
    sliced = assess(f"    host: none\n    gpu: {{model: {model}, slice: {profile}, {GPU}}}")
    # 1,000 h x 400 W x share and 100 h x 40 W x share; 0.05 x 200 kg x share.
    assert sliced.figures["training.work.energy"].value == pytest.approx((400 + 4) * share, rel=1e-12)
    assert line(sliced, "manufacture-of-the-accelerators", "gwp100") == pytest.approx(10 * share, rel=1e-12)


def test_a_slice_carries_its_part_of_the_host() -> None:
    # The archetype's server holds eight accelerators: 1/7 of one is 1/56 of it.
    one = assess(f"    gpu: {{model: NVIDIA A100 SXM4 80 GB, slice: 1g.10gb, {GPU}}}")
    whole = assess(f"    gpu: {{model: NVIDIA A100 SXM4 80 GB, count: 8, {GPU}}}")
    for part, what in (("host", "energy"), ("manufacture-of-the-host", "gwp100")):
        assert line(one, part, what) == pytest.approx(line(whole, part, what) / 56, rel=1e-12)


def test_two_kinds_of_accelerator() -> None:
    assessed = assess(
        f"    host: none\n    accelerators:\n      large: {{{GPU}, count: 4}}\n"
        "      small: {power: 100 W, idle_power: 10 W, count: 2, manufacture: {gwp100: 50 kgCO2e, source: test}}"
    )
    # 4 x 400 + 2 x 100 = 1,800 W for 1,000 h, 4 x 40 + 2 x 10 = 180 W for 100 h; 0.05 x (4 x 200 + 2 x 50) = 45 kg.
    assert assessed.figures["training.work.energy"].value == pytest.approx(1818)
    assert line(assessed, "manufacture-of-the-accelerators", "gwp100") == pytest.approx(45)


def test_hours_of_two_kinds_count_all_accelerators() -> None:
    machine = f"    host: none\n    accelerators:\n      large: {{{GPU}, count: 4}}\n      small: {{{GPU}, count: 2}}"
    text = FRAME.format(machine=machine).replace("duration: 1000 h", "duration: 6000 GPU h")
    assessed = lca.read(text, name="part.yaml").assess(draws=0)
    assert assessed.figures["training.work.machine_time"].value == pytest.approx(1000)


@pytest.mark.parametrize(
    ("machine", "told"),
    [
        (
            "    gpu: {power: 400 W, count: 9, of: 8}",
            "part.yaml:10:39: LCA402 machines.node.gpu: 9 of 8 accelerators is more",
        ),
        (
            "    gpu: {power: 400 W, count: 2, of: 8}\n    host_share: 0.25",
            "LCA402 machines.node: `of` and `host_share` both",
        ),
        (
            "    gpu: {power: 400 W}\n    accelerators: {small: {power: 100 W}}",
            "LCA402 machines.node: `gpu` and `accelerators` both",
        ),
        (
            "    accelerators: {large: {power: 400 W, of: 8}, small: {power: 100 W}}",
            "LCA402 machines.node: `of` is stated for some",
        ),
        ("    gpu: {power: 400 W, slice: quarter}", "LCA205 machines.node.gpu.slice"),
    ],
)
def test_contradictions_are_sentences(machine: str, told: str) -> None:
    found = problems(machine)
    assert any(told in problem for problem in found), found


def test_hours_of_slices_are_asked_about() -> None:
    machine = "    gpu: {power: 400 W, slice: 1g.10gb, count: 2, manufacture: {gwp100: 1 kgCO2e, source: test}}"
    text = FRAME.format(machine=machine).replace("duration: 1000 h", "duration: 6000 GPU h")
    told = [str(p) for p in lca.read(text, name="part.yaml").problems if p.severity == "error"]
    assert [problem.partition(" is time")[0] for problem in told] == [
        "part.yaml:12:30: LCA402 training.work.duration: `6000 GPU h`"
    ]
