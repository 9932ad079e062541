"""A study that would draw more than a computer has time for is refused with a sentence that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT

from lca.cli.main import main

MINIMAL = str(ROOT / "projects/minimal.yaml")


def test_more_draws_than_the_budget_are_refused_with_what_would_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("lca.assessment.budget.BUDGET", 50_000)
    assert main(["report", MINIMAL, "--html", "--draws", "2000", "-o", str(tmp_path)]) == 1
    captured = capsys.readouterr()
    assert "minimal.yaml:3:1: LCA703 2,000 draws of " in captured.err
    assert not list(tmp_path.iterdir())
    offered = captured.err.split("`--draws ")[1].split("`")[0]
    assert main(["assess", MINIMAL, "--draws", offered]) == 0
    assert main(["assess", MINIMAL, "--draws", str(int(offered) + 1)]) == 1


def test_scenarios_count(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = Path(MINIMAL).read_text("utf-8")
    plain, twice = tmp_path / "plain.yaml", tmp_path / "twice.yaml"
    plain.write_text(text, encoding="utf-8")
    longer = "scenarios: {longer: {training: {final-model: {duration: 80 h}}}}\n"
    twice.write_text(text + longer, encoding="utf-8")
    monkeypatch.setattr("lca.assessment.budget.BUDGET", 200_000)
    assert main(["assess", str(plain), "--draws", "1000"]) == 0
    assert main(["assess", str(twice), "--draws", "1000"]) == 1


def test_best_estimates_are_never_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lca.assessment.budget.BUDGET", 0)
    assert main(["check", MINIMAL]) == 0
