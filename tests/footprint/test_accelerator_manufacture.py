"""Which manufacture an accelerator gets: its own item, the default of its own model by memory and die, or a marked proxy."""

from __future__ import annotations

import pytest
from conftest import Assess

TEXT = """descriptor: 1
project: {{name: Accelerators, start: 2025-03, duration: 1 year}}
sites: {{paris: {{location: FR}}}}
machines: {{node: {{site: paris, host: none, gpu: {{model: {model}, count: 1, power: 300 W}}, lifetime: 1 year, utilisation: 1}}}}
training: {{run: {{on: node, duration: 8766 h}}}}
"""


@pytest.mark.parametrize(
    ("model", "kilograms", "proxy"),
    [
        ("NVIDIA H200 SXM", 300, False),
        ("NVIDIA B200", 380, False),
        # 1.5 kg x 96 GB + 5.0 kg x 8.14 cm2 + 0.038 kg x 700 W + 25 kg = 236 kg: of its GPU part, not the H200's 300.
        ("NVIDIA GH200", 236, False),
        # 1.5 x 192 + 5.0 x about 24 + 0.038 x 750 + 25 = 462, not an A100's 150.
        ("AMD Instinct MI300X", 462, False),
        ("NVIDIA B300 (Blackwell Ultra)", 552, False),
        ("NVIDIA GeForce RTX 4090", 108, False),
        ("NVIDIA A100-SXM4-80GB", 150, False),
        ("NVIDIA RTX A1000", 100, True),  # no A100: a consumer's card stands in
        ("NVIDIA Tesla K80", 150, True),
        ("NVIDIA A100", 150, False),  # which one is open, and its power is stated
        ("A100 of our own cluster", 150, False),
    ],
)
def test_an_accelerator_is_made_at_its_own_weight(
    model: str, kilograms: float, proxy: bool, assess_text: Assess
) -> None:
    found = assess_text(TEXT.format(model=model))
    assert found.figures["training.run.gwp100.embodied"].value == pytest.approx(kilograms, rel=1e-3)
    assert any(p.code == "LCA608" and "stands in" in p.message for p in found.problems) == proxy
