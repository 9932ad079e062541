"""The commands on formulas and on files of printed figures: all digits, JSON alone, verdicts, and exact places of mistakes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

from lca.cli.main import main

CALLS = """paper:
  source: A paper, table 1
  figures:
    right: {printed: 120 kWh, from: {formula: site_electricity, inputs: {it_electricity: 100 kWh, pue: 1.20}}}
    wrong: {printed: 155 kWh, expected: 120 kWh, from: {formula: site_electricity, inputs: {it_electricity: 100 kWh, pue: 1.20}}}
    ratio: {printed: 57×, from: {formula: relative_to, inputs: {amount: 114 kWh, reference: 2 kWh}}}
    sum: {expected: 30 kWh, from: [10 kWh, 20 kWh]}
    energy: {printed: 130.7 kWh, descriptor: study, figure: energy}
"""
STUDY = """descriptor: 1
project: {name: n, start: 2024-01}
sites: {s: {location: FR, pue: 1.307}}
machines: {m: {site: s, host: none, power: 10 kW}}
training: {t: {on: m, duration: 10.00 h}}
"""


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    (tmp_path / "study.yaml").write_text(STUDY, "utf-8")
    (tmp_path / "calls.yaml").write_text(CALLS, "utf-8")
    return tmp_path / "calls.yaml"


def test_a_file_of_calls_is_judged(calls: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recompute", str(calls)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "paper: right = 120 kWh; printed 120 kWh: follows",
        "paper: wrong = 120 kWh; printed 155 kWh: contradicts, 1.292 times",
        "paper: ratio = 57; printed 57×: follows",
        "paper: sum = 30 kWh",
        "paper: energy = 130.7 kWh; printed 130.7 kWh: follows",
    ]
    assert main(["recompute", str(calls), "--strict"]) == 1


def test_the_verdicts_as_json(calls: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recompute", str(calls), "--json"]) == 0
    figures: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["figures"]
    assert [f["verdict"] for f in figures] == ["follows", "contradicts", "follows", None, "follows"]
    assert figures[1]["computed"] == figures[1]["expected"] == 120
    assert figures[1]["ratio"] == pytest.approx(155 / 120)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("formula: relative_to", "formula: relative_too", "6:12: LCA401 there is no formula `relative_too`"),
        ("pue: 1.20}}}\n    wrong", "puee: 1.20}}}\n    wrong", "4:12: LCA201 `puee` is no input of site_electricity"),
        ("descriptor: study", "descriptor: stdy", "1:1: LCA406 there is no descriptor `stdy`"),
        ("figure: energy", "figure: enrgy", "8:13: LCA401 `enrgy` is no figure of `study`; did you mean `energy`?"),
        ("printed: 57×", "prnted: 57", "6:21: LCA201 the key `prnted` is unknown in paper.figures.ratio"),
        ("expected: 30 kWh", "expected: 30 kg", "7:21: LCA303 `expected` is in kg, and the figure in kWh"),
        ("  source: A paper", "  sauce: A paper", "2:10: LCA201 the key `sauce` is unknown in paper"),
    ],
)
def test_what_is_wrong_in_a_file_of_calls(
    old: str, new: str, said: str, calls: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert old in CALLS
    calls.write_text(CALLS.replace(old, new, 1), "utf-8")
    assert main(["recompute", str(calls)]) == 1
    assert capsys.readouterr().err.startswith(f"{calls}:{said}")


def test_the_published_cases_by_the_public_command(capsys: pytest.CaptureFixture[str]) -> None:
    file = ROOT / "tests/cases/published.yaml"
    arguments = ["recompute", str(file), "--descriptors", str(ROOT / "projects"), "--as-of", "2026-01-01", "--json"]
    assert main(arguments) == 0
    figures: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["figures"]
    assert len(figures) == 194
    assert all(f["is_expected"] for f in figures)
    verdicts = [f["verdict"] for f in figures if f["verdict"] and not f["is_misreading"]]
    assert {v: verdicts.count(v) for v in set(verdicts)} == {"follows": 71, "rounding": 18, "contradicts": 6}


def test_a_formula_prints_all_digits(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["formula", "site_electricity", "it_electricity=28936 kWh", "pue=1"]) == 0
    first, second, _ = capsys.readouterr().out.splitlines()
    assert first.startswith("site electricity = 28936 kWh  [it_electricity × pue = 28936 kWh × 1]")
    assert second.startswith("  it_electricity = 28936 kWh")
    assert main(["formula", "site_electricity", "it_electricity=28936.123456 kWh", "pue=1.1", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["value"] == pytest.approx(31829.7358016, rel=1e-12)
    assert found["steps"][0]["value"] == "31829.7358016 kWh"
