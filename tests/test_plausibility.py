"""What no real project states is doubted, and what one does is not."""

from __future__ import annotations

import pytest
from conftest import ROOT, Assess, assess_file

BASE = """
descriptor: 1
project: {name: Doubt, start: 2024-01, duration: 1 year}
sites: {paris: {location: FR, SITE}}
machines: {node: {site: paris, host: none, MACHINE gpu: {model: NVIDIA A100 SXM4 80 GB, count: 8}}}
training: {final: {on: node, duration: HOURS}}
"""


@pytest.mark.parametrize(
    ("site", "machine", "hours", "words"),
    [
        ("electricity: 2 kgCO2e/kWh", "", "72 h", "outside 0.005 to 1.5"),
        ("electricity: 0.001 kgCO2e/kWh", "", "72 h", "outside 0.005 to 1.5"),
        ("pue: 3.5", "", "72 h", "higher than that of any data centre"),
        ("pue: 1.2", "", "2 year", "lasts longer than the project"),
        ("pue: 1.2", "lifetime: 0.1 year, utilisation: 0.5,", "1 year", "more than were made"),
    ],
)
def test_doubts(site: str, machine: str, hours: str, words: str, assess_text: Assess) -> None:
    text = BASE.replace("SITE", site).replace("MACHINE", machine).replace("HOURS", hours)
    assert any(words in p.message for p in assess_text(text).problems if p.code == "LCA607"), words


def test_a_sound_project_is_not_doubted(assess_text: Assess) -> None:
    text = BASE.replace("SITE", "pue: 1.2").replace("MACHINE", "").replace("HOURS", "72 h")
    assert not [p for p in assess_text(text).problems if p.code == "LCA607"]
    for path in sorted((ROOT / "projects").glob("*.yaml")):
        assert not [p for p in assess_file(path).problems if p.code == "LCA607"], path.name


def test_mixed_coverage_is_named(assess_text: Assess) -> None:
    text = """
descriptor: 1
project: {name: Mixed, start: 2022-01}
sites: {paris: {location: FR}, toronto: {location: CA-ON}}
machines:
  a: {site: paris, gpu: {model: A100, count: 1}}
  b: {site: toronto, gpu: {model: A100, count: 1}}
training: {x: {on: a, duration: 1 h}, y: {on: b, duration: 1 h}}
"""
    assert any("adds direct and life-cycle" in p.message for p in assess_text(text).problems)
