"""The log of CodeCarbon: what its runs become, that the draft passes the check, and that a hostile log gets clear errors."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ROOT, Assess, assess_file, section_of

from lca.cli.main import main
from lca.quantities.provenance import Evidence
from lca.quantities.quantity import Computed
from lca.subjects.footprint.declared import ProductSystem

LOG = ROOT / "tests/cases/codecarbon/two-places.csv"
OLD = (
    "timestamp,project_name,duration,emissions,energy_consumed,country_name,country_iso_code,region,on_cloud,"
    "cloud_provider,cloud_region\n"
)


def imported(log: Path, tmp_path: Path) -> Path:
    draft = tmp_path / "draft.yaml"
    assert main(["import", "codecarbon", str(log), "-o", str(draft)]) == 0
    return draft


def written(text: str | bytes, tmp_path: Path) -> Path:
    path = tmp_path / "emissions.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_the_draft_holds_what_was_measured_and_passes_the_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = imported(LOG, tmp_path)
    assert main(["check", str(draft)]) == 0
    capsys.readouterr()
    assessment = assess_file(draft)
    # Two readings of the first run: the last holds the sum, 1.8 kWh.
    assert [t.energy.value for t in assessment.study[ProductSystem].training.values() if t.energy] == [1.8, 0.36, 0.2]
    # The second run's 0.36 kWh hold the stated PUE of 1.2 already; those of PUE 1 get the one of their data centre.
    assert assessment.figures["training.flood-maps-22222222.energy"].value == pytest.approx(0.36, rel=1e-12)
    assert assessment.figures["training.flood-maps-11111111.energy"].value > 1.8 * 1.1
    text = draft.read_text("utf-8")
    assert "location: CA-QC" in text
    assert "region: us-west-2" in text
    assert 'gpu: {model: "nvidia-a100-sxm4-80-gb", count: 4}' in text


def test_the_source_of_an_energy_names_tool_file_run_and_sensors(tmp_path: Path) -> None:
    assessment = assess_file(imported(LOG, tmp_path))
    energy = assessment.study[ProductSystem].training["flood-maps-11111111"].energy
    assert energy is not None
    # The processor, 0.1 kWh, and the memory, 0.1 kWh, are no measurement: 11.1 % of 1.8 kWh.
    assert energy.evidence is Evidence.STATED
    assert energy.source.startswith(
        "CodeCarbon 2.3.5, two-places.csv, run 11111111-aaaa-4bbb-8ccc-000000000001; 88.9 % by sensors, 11.1 % modelled"
    )


def test_its_own_figure_stands_among_the_other_methods(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = imported(LOG, tmp_path)
    figures = assess_file(draft).figures
    own = figures["methods.codecarbon.gwp100"]
    assert own.value == pytest.approx(0.1 + 0.02 + 0.03, rel=1e-12)
    assert isinstance(own.origin, Computed)
    assert main(["methods", str(draft)]) == 0
    assert re.search(r"codecarbon v2\.3\.5 +[\d.]+ kWh +150 g CO₂e", capsys.readouterr().out)


@pytest.mark.parametrize(("language", "words"), [("en", "Its own log"), ("fr", "Son propre journal")])
def test_the_report_says_why_it_differs(language: str, words: str, tmp_path: Path) -> None:

    page = section_of(assess_file(imported(LOG, tmp_path)), "methods", language)
    assert "CodeCarbon 2.3.5" in page
    assert words in page


def test_an_old_version_without_runs_cloud_and_pue(tmp_path: Path) -> None:
    log = written(OLD + "2021-05-01T10:00:00,codecarbon,60,0.001,0.02,Germany,DEU,,N,,\n" * 2, tmp_path)
    system = assess_file(imported(log, tmp_path)).study[ProductSystem]
    assert [training.energy.value for training in system.training.values() if training.energy] == [0.02, 0.02]


def test_names_are_rendered_harmless(tmp_path: Path) -> None:
    row = '2024-05-01T10:00:00,"x"": {y: &z 1}\n<script>alert(1)</script>",60,0.001,0.02,France,FRA,,N,,\n'
    draft = imported(written(OLD + row, tmp_path), tmp_path)
    assert assess_file(draft).study.about.name == 'x": {y: &z 1} <script>alert(1)</script>'


def test_a_draft_is_never_written_over_something(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = imported(LOG, tmp_path)
    assert main(["import", "codecarbon", str(LOG), "-o", str(draft)]) == 1
    assert "LCA701" in capsys.readouterr().err


GOOD = "2024-05-01T10:00:00,p,60,0.001,0.02,France,FRA,,N,,\n"


@pytest.mark.parametrize(
    ("text", "expected", "words"),
    [
        ("", ["1:1 LCA105"], "empty"),
        (OLD, ["1:1 LCA105"], "no run"),
        (b"\x89PNG\r\n\x1a\n\xff\xfe", ["1:1 LCA103"], "UTF-8"),
        (b"a,b\x00c\n\x00", ["1:1 LCA202"], "duration"),
        (OLD.replace("energy_consumed", "energy_consumd") + GOOD, ["1:1 LCA202"], "did you mean `energy_consumd`"),
        (OLD.replace("region,on_cloud", "duration,on_cloud") + GOOD, ["1:1 LCA108"], "twice"),
        (OLD + GOOD.replace("0.02", "nan"), ["2:32 LCA304"], "finite"),
        (OLD + GOOD.replace("0.02", "inf"), ["2:32 LCA304"], "finite"),
        (OLD + GOOD.replace("0.02", "-0.02"), ["2:32 LCA304"], "at least 0"),
        (OLD + GOOD.replace("0.02", ""), ["2:32 LCA301"], "not a number"),
        (OLD + GOOD.replace("0.02", "1e300"), ["2:32 LCA304"], "finite"),
        (OLD + GOOD.replace(",60,", ",0,"), ["2:23 LCA304"], "did nothing"),
        (OLD + GOOD.replace("0.001", "-1"), ["2:26 LCA304"], "at least 0"),
        (OLD + GOOD.replace("2024-05-01T10:00:00", "yesterday"), ["2:1 LCA405"], "not a date"),
        (OLD + GOOD.replace("2024", "0024"), ["2:1 LCA405"], "not a date"),
        (OLD + GOOD.replace("FRA", "FRX"), ["2:44 LCA501"], "no country"),
        (OLD + GOOD.replace(",p,", ',"a, b",') + GOOD.replace("0.02", "x"), ["3:32 LCA301"], "not a number"),
        (OLD + GOOD.replace(",p,", ',"a, b",').replace("0.02", "x"), ["2:37 LCA301"], "not a number"),
        (OLD + "2024-05-01T10:00:00,p,60\n", ["2:1 LCA205"], "3 cells"),
        (OLD + GOOD.replace("0.02", "-1") + GOOD.replace("60", "x"), ["2:32 LCA304", "3:23 LCA301"], ""),
        (OLD.replace("region,", "run_id,") + GOOD.replace("FRA,", "FRA,r") + GOOD.replace("FRA,", "FRA,r").replace("0.02", "0.01"),
         ["3:32 LCA402"], "goes back"),
        (OLD.replace("region,", "pue,") + GOOD.replace("FRA,", "FRA,0.9"), ["2:48 LCA304"], "at least 1"),
        (OLD + '"' + "x" * 200_000 + GOOD, ["1:1 LCA205"], "not a table"),
    ],
)  # fmt: skip
def test_hostile_logs(
    text: str | bytes, expected: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(text, tmp_path)
    assert main(["import", "codecarbon", str(path)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    found = re.findall(rf"^{re.escape(str(path))}:(\d+:\d+): (LCA\d+) .+$", captured.err, re.MULTILINE)
    assert [" ".join(pair) for pair in found] == expected
    assert len(captured.err.splitlines()) == len(expected)
    assert words in captured.err


def test_a_large_or_missing_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert main(["import", "codecarbon", str(path)]) == 1
    assert "LCA102 the file has 50.0 MB, a log at most 5 MB" in capsys.readouterr().err
    assert main(["import", "codecarbon", str(tmp_path / "none.csv")]) == 1
    assert "LCA101" in capsys.readouterr().err


def test_measured_by_needs_the_energy(assess_text: Assess) -> None:
    from lca.problems import ProblemsFound

    text = """
descriptor: 1
project: {name: Measured, start: 2024-01}
sites: {paris: {location: FR}}
machines: {m: {site: paris, gpu: {model: A100, count: 1}}}
training: {t: {on: m, duration: 1 h, measured_by: {tool: codecarbon, gwp100: 1 kgCO2e}}}
"""
    with pytest.raises(ProblemsFound, match=r"LCA402 .*add the measured `energy`"):
        assess_text(text)
