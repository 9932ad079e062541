"""`lca check --budget`: its status, the sentence, the JSON, and that a check without one computes nothing more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import ROOT

from lca.cli.main import main

TRANSITION = str(ROOT / "projects" / "transition-call.yaml")  # 2700.002 kg, 2.0 to 3.4 t
MINIMAL = str(ROOT / "projects" / "minimal.yaml")  # 43.46 kg

DATED = ("--as-of", "2026-11-24")


@pytest.mark.parametrize(
    ("budgets", "status"),
    [
        (["gwp100=3t"], 0),
        (["gwp100=2701kg"], 0),
        (["gwp100=2699kg"], 3),
        (["gwp100=3t", "gwp100=2t"], 3),
        (["adpe=1kg"], 3),  # not assessed: nobody can say that it is kept
        (["gwp=3t"], 1),
    ],
)
def test_the_status_says_whether_every_budget_is_kept(budgets: list[str], status: int) -> None:
    words = [word for budget in budgets for word in ("--budget", budget)]
    assert main(["check", TRANSITION, *words, *DATED]) == status


def test_the_sentence_says_by_how_much(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", TRANSITION, "--budget", "gwp100=2t", "--lang", "en", *DATED]) == 3
    line = capsys.readouterr().out.splitlines()[-1]
    said = "Climate change: 2.7 t CO₂e (2.0 to 3.4 t CO₂e) is more than the budget of 2 t CO₂e, by 0.70 t CO₂e ("
    assert line.startswith(f"{TRANSITION}: {said}")
    assert main(["check", TRANSITION, "--budget", "gwp100=3t", "--lang", "en", *DATED]) == 0
    line = capsys.readouterr().out.splitlines()[-1]
    assert line.endswith("is within the budget of 3 t CO₂e; but the interval does not show that it is kept")
    assert main(["check", TRANSITION, "--budget", "gwp100=2t", *DATED]) == 3  # the descriptor is French
    line = capsys.readouterr().out.splitlines()[-1]
    assert "au-delà du budget de 2 t CO₂e ; dépassement de 0,70 t CO₂e (" in line


def test_a_total_without_an_interval_has_none_beside_its_excess(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exact = tmp_path / "exact.yaml"
    site = "sites: {own: {location: FR, pue: 1, electricity: 100 gCO2e/kWh}}"
    exact.write_text(
        f"descriptor: 1\nproject: {{name: A, start: 2026-01}}\n{site}\ntraining: {{m: {{energy: 20 MWh, site: own}}}}\n"
    )
    assert main(["check", str(exact), "--budget", "gwp100=1.5t", "--lang", "en"]) == 3
    said = "Climate change: 2 t CO₂e is more than the budget of 1.5 t CO₂e, by 0.5 t CO₂e"
    assert said in capsys.readouterr().out


def test_the_json_holds_each_budget_of_each_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", MINIMAL, TRANSITION, "--budget", "gwp100=40kg", "--json", *DATED]) == 3
    found = json.loads(capsys.readouterr().out)["budgets"]
    assert [(one["file"], one["verdict"]) for one in found] == [(MINIMAL, "exceeded"), (TRANSITION, "exceeded")]
    assert found[0]["budget"] == 40
    assert found[0]["excess"]["value"] == pytest.approx(found[0]["total"]["value"] - 40, rel=1e-9)
    assert found[0]["excess"]["high95"] == pytest.approx(found[0]["total"]["high95"] - 40, rel=1e-9)
    assert main(["check", MINIMAL, "--json"]) == 0
    assert "budgets" not in json.loads(capsys.readouterr().out)


def test_an_error_of_the_descriptor_comes_before_a_budget(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(Path(MINIMAL).read_text("utf-8").replace("72 h", "72 kg"), "utf-8")
    assert main(["check", str(wrong), TRANSITION, "--budget", "gwp100=1kg"]) == 1
