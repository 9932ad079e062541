"""Logs that the tools themselves wrote (`logs/README.md`): the energy is the log's, and no model is called measured."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from conftest import assess_file
from drafts import drafted, energies, works, written, wrong

from lca.cli.main import main
from lca.quantities.provenance import Evidence

LOGS = Path(__file__).parent / "logs"
CODECARBON = ["codecarbon-2.8.4", "codecarbon-3.3.2"]
(CARBONTRACKER,) = LOGS.glob("carbontracker-2.4.7/*_output.log")
ECO2AI = LOGS / "eco2ai-0.3.12" / "emission.csv"


def logged(path: Path, column: str) -> list[float]:
    """Return a column of a table, read by nothing of ours."""
    with path.open(encoding="utf-8", newline="") as file:
        return [float(row[column]) for row in csv.DictReader(file)]


def tasks_of(version: str) -> Path:
    (path,) = (LOGS / version).glob("emissions_sizes_*.csv")
    return path


@pytest.mark.parametrize("version", CODECARBON)
def test_codecarbon_runs_have_the_energy_of_their_rows(version: str, tmp_path: Path) -> None:
    path = LOGS / version / "emissions.csv"
    draft = drafted(tmp_path, "codecarbon", path)
    expected = logged(path, "energy_consumed")
    assert len(expected) == 2
    assert list(energies(draft).values()) == pytest.approx(expected, rel=1e-12)
    # The tool's own figure is carried, to compare ours with.
    own = assess_file(draft).figures["methods.codecarbon.gwp100"]
    assert own.value == pytest.approx(sum(logged(path, "emissions")), rel=1e-12)


@pytest.mark.parametrize("version", CODECARBON)
def test_codecarbon_tasks_have_the_energy_of_their_rows(version: str, tmp_path: Path) -> None:
    draft = drafted(tmp_path, "codecarbon", tasks_of(version))
    assert list(energies(draft).values()) == pytest.approx(logged(tasks_of(version), "energy_consumed"), rel=1e-12)
    assert [name.split("-")[1] for name in energies(draft)] == ["shallow", "deep"]


@pytest.mark.parametrize(
    ("version", "model"),
    [(CODECARBON[0], "at a constant 42.5 W"), (CODECARBON[1], "by its load, unless a sensor was read")],
)
def test_nothing_of_codecarbon_was_seen_by_a_sensor(version: str, model: str, tmp_path: Path) -> None:
    text = drafted(tmp_path, "codecarbon", LOGS / version / "emissions.csv").read_text("utf-8")
    assert text.count("0 % by sensors, 100 % modelled") == 2
    assert text.count(model) == 2
    assert not re.search(r"energy: .*evidence: measured", text)


@pytest.mark.parametrize("version", CODECARBON)
def test_the_duration_of_several_tasks_is_that_of_the_last(
    version: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drafted(tmp_path, "codecarbon", LOGS / version / "emissions.csv")
    # Two tasks of ten seconds; the row of their run says ten, its memory's energy twenty.
    assert re.search(
        r"emissions\.csv:3:\d+: LCA607 warning: memory at [\d.]+ W used its [\d.]+ kWh in 20\.\d+ s",
        capsys.readouterr().err,
    )


@pytest.mark.parametrize("version", CODECARBON)
def test_a_run_and_its_tasks_are_not_counted_twice_in_silence(
    version: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drafted(tmp_path, "codecarbon", LOGS / version / "emissions.csv", tasks_of(version))
    assert re.search(r"emissions\.csv:3:\d+: LCA607 warning: .*it may hold their energy again", capsys.readouterr().err)


def test_codecarbon_report_in_the_form_of_boamps(tmp_path: Path) -> None:
    (path,) = (LOGS / "codecarbon-3.3.2").glob("boamps_report_*.json")
    draft = drafted(tmp_path, "boamps", path)
    (measure,) = json.loads(path.read_text("utf-8"))["measures"]
    assert list(energies(draft).values()) == pytest.approx([measure["powerConsumption"]], rel=1e-12)
    # It is the first run of the log beside it.
    assert measure["powerConsumption"] == logged(path.with_name("emissions.csv"), "energy_consumed")[0]
    (work,) = works(draft).values()
    assert work.energy is not None
    assert work.energy.evidence is Evidence.STATED


def test_a_report_by_codecarbon_bears_the_date_of_its_end(tmp_path: Path) -> None:
    (path,) = (LOGS / "codecarbon-3.3.2").glob("boamps_report_*.json")
    assert "period: {start: 2026-11-30, end: 2026-11-30}" in drafted(tmp_path, "boamps", path).read_text("utf-8")
    # Two days earlier by 48 hours; 04:36 on 30 November is the end of the real one too, as its log beside it says.
    text = re.sub(r'"measurementDuration": [\d.]+', '"measurementDuration": 172800', path.read_text("utf-8"))
    longer = tmp_path / "longer"
    longer.mkdir()
    draft = drafted(longer, "boamps", written(longer, text, "report.json"))
    assert "period: {start: 2026-11-28, end: 2026-11-30}" in draft.read_text("utf-8")


@pytest.mark.parametrize("date", ["0001-01-01 00:00:00", "9999-12-31 23:59:59"])
def test_a_report_of_no_possible_year_has_no_period(date: str, tmp_path: Path) -> None:
    (path,) = (LOGS / "codecarbon-3.3.2").glob("boamps_report_*.json")
    text = path.read_text("utf-8").replace("2026-11-30 04:36:40", date)
    draft = drafted(tmp_path, "boamps", written(tmp_path, text, "report.json")).read_text("utf-8")
    assert "period:" not in draft
    assert f"`{date}` is not a date" in draft


def test_carbontracker_multiplies_by_a_pue_that_stands_in_its_other_log(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "carbontracker", CARBONTRACKER)
    energy = float(re.findall(r"Energy:\t(\S+) kWh", CARBONTRACKER.read_text("utf-8"))[-1])
    assert energies(draft) == {"digits": pytest.approx(energy, rel=1e-12)}
    assert works(draft)["digits"].energy_includes_pue
    assert assess_file(draft).figures["training.digits.energy"].value == pytest.approx(energy, rel=1e-12)
    # By hand, of the other log: each epoch's mean power times its duration, times 1.58.
    other = CARBONTRACKER.with_name(CARBONTRACKER.name.replace("_output", "")).read_text("utf-8")
    assert "PUE coefficient of 1.58" in other
    seconds = [float(text) for text in re.findall(r"Duration: 0:00:(\S+)", other)]
    assert re.findall(r"Average power usage \(W\) for cpu: (\S+)", other) == ["60.0"] * 3
    half_a_hundredth = 1.58 * 60 * 3 * 0.005 / 3_600_000  # of a second, of each epoch
    assert energy == pytest.approx(1.58 * 60 * sum(seconds) / 3_600_000, abs=half_a_hundredth)


def test_carbontracker_without_sensors_takes_half_of_a_power(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "carbontracker", CARBONTRACKER)
    energy = works(draft)["digits"].energy
    assert energy is not None
    assert energy.evidence is not Evidence.MEASURED
    text = draft.read_text("utf-8")
    assert "the processor at half of its thermal design power, times a mean PUE; 3 epochs" in text
    assert "logged: AMD EPYC, not in the catalogue: state power" in text
    assert "location: UNKNOWN" in text


def test_carbontrackers_other_log_holds_no_consumption(capsys: pytest.CaptureFixture[str]) -> None:
    other = CARBONTRACKER.with_name(CARBONTRACKER.name.replace("_output", ""))
    found, said = wrong("carbontracker", other, capsys)
    assert found == ["1:1 LCA202"]
    assert "the log holds no actual consumption; carbontracker writes it into `..._carbontracker_output.log`" in said


def test_eco2ai_runs_and_epochs_have_the_energy_of_their_rows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = drafted(tmp_path, "eco2ai", ECO2AI)
    assert list(energies(draft).values()) == pytest.approx(logged(ECO2AI, "power_consumption(kWh)"), rel=1e-12)
    assert {work.energy.evidence for work in works(draft).values() if work.energy} == {Evidence.PROXY}
    # `(FR/Bretagne)`, a stated factor of a region, and `FR` are both France.
    assert draft.read_text("utf-8").count("location: FR") == 1
    # Each epoch is 2e-07 kWh in ten seconds.
    assert re.findall(
        r"emission\.csv:(\d):\d+: LCA607 warning: \S+ kWh in \S+ s are 0\.07\d+ W", capsys.readouterr().err
    )[:2] == ["3", "4"]


def test_drafts_pass_the_check(tmp_path: Path) -> None:
    for path in sorted(path for path in LOGS.glob("*/*") if path.name.endswith((".csv", ".json", "_output.log"))):
        draft = tmp_path / f"{path.parent.name}-{path.stem}.yaml"
        assert main(["import", str(path), "-o", str(draft)]) == 0
        assert main(["check", str(draft)]) == 0
