"""From one deposit to the next: what changed of conditions and of figures with what was measured; what is left is listed anew."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from conftest import ROOT

from lca.assessment.compared import read_results
from lca.cli.main import main

EXAMPLE = ROOT / "projects/contract"
AS_OF = ["--as-of", "2028-09-30", "--draws", "50"]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("deposits")
    assert (
        main(
            [
                "report",
                str(EXAMPLE / "deposit.yaml"),
                "--html",
                "-o",
                str(folder),
                "--as-of",
                "2027-03-31",
                "--draws",
                "50",
            ]
        )
        == 0
    )
    assert main(["report", str(EXAMPLE / "midterm.yaml"), "--html", "-o", str(folder), *AS_OF]) == 0
    return folder


def changes(
    old: Path, new: Path, capsys: pytest.CaptureFixture[str], *options: str
) -> dict[str, list[dict[str, object]]]:
    capsys.readouterr()
    assert main(["diff", str(old), str(new), "--json", *options]) == 0
    found: dict[str, list[dict[str, object]]] = json.loads(capsys.readouterr().out)
    return found


def test_two_reports_tell_how_conditions_stand_and_what_measuring_changed(
    reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = changes(reports / "deposit.html", reports / "midterm.html", capsys)
    standings = {one["path"]: (one["old"], one["new"]) for one in found["conditions"]}
    assert len(standings) == 11
    assert standings["checklist.art17-ce"] == (None, "overdue")
    assert standings["own.comite"] == (None, "met")
    results = {one["path"]: one["new"] for one in found["results"]}
    energy = results["monitoring.energy"]
    assert isinstance(energy, dict)
    assert (energy["value"], energy["unit"]) == (2300.0, "kWh")  # 2.3 MWh at a PUE of 1
    assert "total.gwp100" not in results  # the forecast is as it was


def test_reports_and_descriptors_say_the_same(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    by_report = changes(reports / "deposit.html", reports / "midterm.html", capsys)
    by_text = changes(EXAMPLE / "deposit.yaml", EXAMPLE / "midterm.yaml", capsys, *AS_OF)
    assert by_report["conditions"] == by_text["conditions"]
    assert by_report["verdicts"] == by_text["verdicts"]


def test_a_report_from_before_there_were_conditions_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    said = main(["assess", str(EXAMPLE / "midterm.yaml"), "--json", *AS_OF])
    assert said == 0
    results = json.loads(capsys.readouterr().out)
    assert len(read_results(json.dumps(results)).conditions) == 11
    del results["monitoring"]["conditions"]
    assert read_results(json.dumps(results)).conditions == {}


@pytest.mark.parametrize(("language", "line"), [("en", "overdue → met"), ("fr", "en retard → remplie")])
def test_the_terminal_says_so_in_its_language(
    language: str, line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(EXAMPLE / "evidence", tmp_path / "evidence")
    for name in ("conditions.yaml", "forecast.sealed.json", "midterm.yaml"):
        (tmp_path / name).write_text((EXAMPLE / name).read_text("utf-8"), "utf-8")
    text = (EXAMPLE / "midterm.yaml").read_text("utf-8")
    before = text.replace("    comite: {condition: own.comite", "    comite: {condition: checklist.art17-ce")
    (tmp_path / "before.yaml").write_text(before, "utf-8")
    assert (
        main(["diff", str(tmp_path / "before.yaml"), str(tmp_path / "midterm.yaml"), "--lang", language, *AS_OF]) == 0
    )
    out = capsys.readouterr().out
    assert "own.comite" in out
    assert line in out


def test_what_is_left_is_listed_with_the_owner_and_the_date_that_were_agreed_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["conditions", str(EXAMPLE / "midterm.yaml"), "--json", *AS_OF]) == 0
    left = json.loads(capsys.readouterr().out)["required"]
    assert set(left) == {
        "checklist.art17-ccm",
        "checklist.art17-ce",
        "checklist.art17-ppc",
        "adverse.benefit.effects.moins-de-pompage.rebound",
        "adverse.benefit.reference.flows.pompage.path",
        "adverse.benefit.reference.alternatives.undeclared.saving",
    }
    assert (left["checklist.art17-ce"]["owner"], left["checklist.art17-ce"]["date"]) == (
        "service technique de la coopérative",
        "2028-06",
    )
    assert left["checklist.art17-ccm"]["owner"] is None
