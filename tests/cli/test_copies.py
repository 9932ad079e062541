"""Whom an output is for, on the command line: the public copy by default, the agency's where it is asked for."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from lca.cli.main import main

STUDY = """\
descriptor: 1
catalogue: "2026.2"
project: {name: Two hosts, applicant: Lab A, start: 2024-01, language: en}
goal: {excluded: {collection: {reason: the data set existed before the project}}}
sites:
  host: {location: FR, pue: {value: 1.3742, visibility: restricted}}
  lab: {location: DE, pue: 1.6}
machines:
  a: {site: host, host: server, gpu: {model: A100 SXM4 80 GB, count: 8}}
  b: {site: lab, host: server, gpu: {model: A100 SXM4 80 GB, count: 8}}
training:
  final: {on: a, duration: 400 h, gpu_load: 0.9}
  other: {on: b, duration: 900 h, gpu_load: 0.9}
"""
OPEN = (
    "this is a public copy: what rests on its 1 restricted value cannot be computed again without the agency’s copy\n"
)


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "study.yaml"
    path.write_text(STUDY)
    return path


@pytest.fixture
def page(study: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["report", str(study), "--html", "--draws", "100", "-o", str(study.parent)]) == 0
    assert "this is the public copy" in capsys.readouterr().out
    return study.with_suffix(".html")


def test_a_report_is_the_public_copy_unless_the_agency_asks(
    study: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    public = page.read_text("utf-8")
    assert main(["report", str(study), "--html", "--draws", "100", "--copy", "agency", "-o", str(study.parent)]) == 0
    assert "public copy" not in capsys.readouterr().out
    agency = page.read_text("utf-8")
    assert "1.3742" not in public
    assert "1.3742" in agency
    assert main(["reproduce", str(page)]) == 0
    assert "agrees" in capsys.readouterr().out


def test_a_public_copy_agrees_with_itself_and_says_what_nobody_can_compute(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["reproduce", str(page)]) == 0
    said = capsys.readouterr().out
    assert said.endswith(OPEN)
    assert "agrees: its files, its descriptors, its printed text and" in said
    assert main(["reproduce", str(page), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["copy"], told["agrees"], told["restricted"]) == ("public", True, ["sites.host.pue"])
    assert told["compared"]["figures"] > 100


def test_the_deposit_of_a_public_copy_agrees(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(study), "--deposit", "--draws", "0", "-o", str(study.parent)]) == 0
    archive = study.with_suffix(".zip")
    assert b"1.3742" not in archive.read_bytes()
    assert b"visibility: restricted" in archive.read_bytes()
    capsys.readouterr()
    assert main(["reproduce", str(archive)]) == 0
    assert capsys.readouterr().out.endswith(OPEN)


def replaced(page: Path, name: str, change: Callable[[str], str]) -> None:
    """Change one of the files that a page carries."""
    text = page.read_text("utf-8")
    found = re.search(rf'(<a download="{re.escape(name)}" href="data:[a-z/]+;base64,)([^"]+)"', text)
    assert found is not None
    content = base64.b64decode(found[2]).decode()
    assert change(content) != content
    new = base64.b64encode(change(content).encode()).decode()
    page.write_text(text.replace(found[2], new), "utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("public.json", '"low": 1550.0', '"low": 155.0', "files edited, added or lacking: public.json"),
        ("study.yaml", "duration: 900 h", "duration: 90 h", "figures that come out otherwise: "),
        (
            "study.yaml",
            "visibility: restricted",
            "value: 1.2",
            "restricted values that stand in a descriptor or that none marks",
        ),
        ("public.json", '"copy": "public"', '"copy": 3', "`public.json` cannot be read"),
        ("public.json", '"training": "counted"', '"elsewhere": "counted"', "says what no public copy says"),
        ("report.json", '"report": 1', '"report": 2', "says what no public copy says"),
    ],
)
def test_an_edit_is_told(
    page: Path, capsys: pytest.CaptureFixture[str], name: str, old: str, new: str, told: str
) -> None:
    replaced(page, name, lambda text: text.replace(old, new))
    assert main(["reproduce", str(page)]) == 1
    said = capsys.readouterr()
    assert told in said.out + said.err


def test_an_edit_of_the_printed_text_is_told(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page.write_text(page.read_text("utf-8").replace(">1.6\u00a0t\u00a0CO₂e<", ">0.6\u00a0t\u00a0CO₂e<"), "utf-8")
    assert main(["reproduce", str(page)]) == 1
    assert "printed text edited: line " in capsys.readouterr().out


def test_what_reads_reports_asks_for_the_copy_of_the_agency(
    study: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", str(page), str(study), "--copy", "agency"]) == 1
    assert "LCA922 it is a public copy" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["export", "sci", "study.yaml"],
        ["compare", "study.yaml", "study.yaml"],
        ["methods", "study.yaml"],
        ["sweep", "study.yaml", "location"],
        ["seal", "study.yaml"],
        ["dnsh", "study.yaml"],
        ["diff", "study.yaml", "study.yaml"],
    ],
)
@pytest.mark.usefixtures("study")
def test_what_cannot_keep_them_out_is_refused_and_writes_nothing(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 1
    said = capsys.readouterr()
    assert "study.yaml:6:29: LCA428 " in said.err
    assert said.out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["study.yaml"]
    if words[0] in ("methods", "dnsh"):
        assert main([*words, "--copy", "agency"]) == 0


def test_figures_on_the_terminal_are_those_of_the_copy(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", str(study), "--draws", "0"]) == 0
    said = capsys.readouterr()
    assert "Two hosts (public copy: 1 value is restricted and counts in the totals)" in said.out
    assert "Climate change: 1.6\u00a0t\u00a0CO₂e – restricted values count in it; told to two digits" in said.out
    assert main(["assess", str(study), "--draws", "0", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["copy"] == "public"
    assert main(["explain", str(study), "total.gwp100", "--draws", "0", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"figure", "steps"}
    assert told["steps"][0]["value"] == "restricted"
    assert main(["explain", str(study), "training.other.gwp100", "--draws", "0", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["unit"] == "kgCO2e"


def test_evidence_travels_in_the_copy_of_the_agency_alone(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(study), "--attach-evidence", "--draws", "0"]) == 1
    assert (
        "evidence files and reviews travel in the agency's copy alone; add `--copy agency`" in capsys.readouterr().err
    )
