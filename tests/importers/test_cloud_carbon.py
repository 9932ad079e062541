"""Exports of an account's emissions: their sums are stated results of a study, and no activity has a figure of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT
from drafts import written, wrong

import lca
from lca.cli.main import main
from lca.subjects.crosscheck.declared import StatedResults

CASES = ROOT / "tests/cases/cloud-carbon"
#: An activity that a study may hold beside the export.
ACTIVITY = """
storage:
  data: {volume: 1 TB, duration: 1 year, site: paris}
sites:
  paris: {location: FR}
"""


def imported(folder: Path, log: Path) -> str:
    """Return the draft of an export, which is the same where the tool is recognised."""
    assert main(["import", "cloud-carbon", str(log), "-o", str(folder / "draft.yaml")]) == 0
    assert main(["import", str(log), "-o", str(folder / "again.yaml")]) == 0
    text = (folder / "draft.yaml").read_text("utf-8")
    assert text == (folder / "again.yaml").read_text("utf-8")
    return text


@pytest.mark.parametrize(
    ("log", "location", "market"),
    [
        ("gcp.csv", 2.16 + 0.081 + 4.62, 1.41 + 0.051 + 1.12),
        ("aws.csv", 12.5 + 3.0, 4.0 + 0.5),  # tonnes; of the month that stands twice, the later model's
    ],
)
def test_sums_are_stated_results_by_both_methods(log: str, location: float, market: float, tmp_path: Path) -> None:
    study = lca.read(imported(tmp_path, CASES / log) + ACTIVITY, name="study.yaml")
    assert [str(problem) for problem in study.problems if problem.severity == "error"] == []
    stated = study.assess(0).study[StatedResults].stated_results.values()
    expected: dict[str, object] = {
        "total.gwp100": (pytest.approx(location, rel=1e-12), "kgCO2e"),
        "total.gwp100.market-based": (pytest.approx(market, rel=1e-12), "kgCO2e"),
    }
    assert {one.figure: (one.value.value, one.value.unit) for one in stated if one.value} == expected


def test_no_figure_of_the_study_comes_of_an_export(tmp_path: Path) -> None:
    text = imported(tmp_path, CASES / "gcp.csv")
    study = lca.read(text, name="draft.yaml")
    errors = [problem.message for problem in study.problems if problem.severity == "error"]
    assert errors == ["no stage is described"]  # an account's emissions describe no work
    bare = "descriptor: 1\nproject: {name: a, start: 2025-08}\n" + ACTIVITY
    with_export, without = lca.read(text + ACTIVITY, name="a.yaml"), lca.read(bare, name="a.yaml")
    of_both = [study.assess(0).figures["total.gwp100"].value for study in (with_export, without)]
    assert of_both[0] == of_both[1]


def test_a_study_takes_the_stated_results_once(tmp_path: Path) -> None:
    project = written(tmp_path, "descriptor: 1\nproject: {name: a, start: 2025-08}\n" + ACTIVITY, "project.yaml")
    alone = lca.load(project).assess(0)
    for _ in range(2):
        assert main(["import", str(CASES / "gcp.csv"), "--into", str(project)]) == 0
    both = lca.load(project).assess(0)
    assert both.figures["total.gwp100"].value == alone.figures["total.gwp100"].value
    figures = [one.figure for one in both.study[StatedResults].stated_results.values()]
    assert figures == ["total.gwp100", "total.gwp100.market-based"]


def test_regions_and_services_are_told(tmp_path: Path) -> None:
    text = imported(tmp_path, CASES / "gcp.csv")
    assert "#   us-central1, Compute Engine: 4.62 kgCO2e\n#   europe-west9, Compute Engine: 2.16 kgCO2e" in text
    assert "an-example" not in text  # nor accounts, nor projects
    (tmp_path / "aws").mkdir()
    assert "000000" not in imported(tmp_path / "aws", CASES / "aws.csv").replace("sha256", "")


def test_names_flattened_with_underscores_are_the_same(tmp_path: Path) -> None:
    head, _, rest = (CASES / "gcp.csv").read_text("utf-8").partition("\n")
    log = written(tmp_path, f"{head.replace('.', '_')}\n{rest}", "flat.csv")
    assert "value: 6.861 kgCO2e" in imported(tmp_path, log)


@pytest.mark.parametrize(
    ("log", "before", "after", "expected"),
    [
        ("gcp.csv", "4.62,", "-4.62,", ["4:107 LCA304"]),
        ("gcp.csv", "4.62,", "NaN,", ["4:107 LCA304"]),
        ("gcp.csv", "2025-09-01", "September", ["4:1 LCA405"]),
        ("gcp.csv", "usage_month", "month", ["1:1 LCA202"]),
        ("aws.csv", "MTCO2e,0.003", "miles,0.003", ["4:86 LCA302"]),
        ("aws.csv", "0.003", "0,003", ["4:1 LCA205"]),
    ],
)
def test_damaged_exports(
    log: str, before: str, after: str, expected: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (CASES / log).read_text("utf-8")
    assert before in text
    found, _ = wrong("cloud-carbon", written(tmp_path, text.replace(before, after), log), capsys)
    assert found == expected
