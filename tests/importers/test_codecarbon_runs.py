"""Which rows of logs of CodeCarbon are runs: tasks, readings, empty and many runs, several files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import assess_file
from emissions import SOUND, energies, imported, log, row, run, said, trainings, written

from lca.cli.main import main


def test_a_sound_log_becomes_a_draft_that_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = imported(tmp_path, log(row(pue="1.3")))
    assert said(capsys) == ""
    assert main(["check", str(draft)]) == 0
    (training,) = trainings(draft)
    assert training.energy is not None
    assert (training.energy.value, training.energy.unit) == (1.1, "kWh")
    assert training.energy_includes_pue


@pytest.mark.parametrize("separator", [",", ";"])
def test_every_value_of_a_log_is_in_the_draft(separator: str, tmp_path: Path) -> None:
    columns = {name: text or "filled" for name, text in SOUND.items()}
    columns |= {"task_name": "load data", "cpu_utilization_percent": "41.5", "a column of tomorrow": "kept too"}
    text = log(columns, separator=separator)
    draft = imported(tmp_path, text).read_text("utf-8")
    for name, value in columns.items():
        assert value in draft, name


def test_every_value_of_two_different_runs_is_in_the_draft(tmp_path: Path) -> None:
    other = {
        name: f"other-{name}" for name in ("experiment_id", "os", "python_version", "codecarbon_version", "region")
    }
    numbers = {"cpu_power": "99.125", "ram_total_size": "61.25", "longitude": "-2.75", "water_consumed": "0.0625"}
    second = run(
        2, energy_consumed="1.10125", duration="4000.25", emissions="0.0515", cpu_energy="0.23125", **other, **numbers
    )
    draft = imported(tmp_path, log(run(1), second)).read_text("utf-8")
    for cells in (run(1), second):
        for name, value in cells.items():
            assert value in draft, (name, value)


def test_each_task_is_an_activity(tmp_path: Path) -> None:
    tasks = [
        row(task_name="load", energy_consumed="0.9", duration="3000", gpu_energy="0.63"),
        row(task_name="train", energy_consumed="0.4", duration="1500", gpu_energy="0.13"),
        row(task_name="train", energy_consumed="0.5", duration="1600", gpu_energy="0.23"),
    ]
    draft = imported(tmp_path, log(*tasks))
    assert energies(draft) == [0.9, 0.4, 0.5]
    assert "floods-load-aaaa0001" in draft.read_text("utf-8")


def test_readings_of_one_run_count_the_last(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = row(timestamp="2025-05-06T11:30:00", duration="1800.5", energy_consumed="0.55", pue="")
    draft = imported(tmp_path, log(first, row(pue="")))
    assert energies(draft) == [1.1]
    assert said(capsys) == ""


def test_readings_out_of_order_are_put_in_order(tmp_path: Path) -> None:
    first = row(timestamp="2025-05-06T11:30:00", duration="1800.5", energy_consumed="0.55")
    assert energies(imported(tmp_path, log(row(), first))) == [1.1]


def test_cumulative_energy_with_durations_of_tasks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        row(timestamp="2025-05-06T12:00:00", duration="1200", energy_consumed="0.4"),
        row(timestamp="2025-05-06T12:10:00", duration="300", energy_consumed="0.5"),
        row(timestamp="2025-05-06T12:40:00", duration="1600", energy_consumed="1.1"),
    ]
    draft = imported(tmp_path, log(*rows))
    (training,) = trainings(draft)
    assert training.duration is not None
    assert energies(draft) == [1.1]
    assert training.duration.value == 1200 + 300 + 1600
    assert "3100 s, the sum of the durations" in said(capsys)


def test_rows_that_may_be_amounts_of_their_own_are_flagged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = row(timestamp="2025-05-01T12:00:00", duration="1800", energy_consumed="0.5")
    imported(tmp_path, log(first, row()))
    assert "if each is an amount of its own, some are lost" in said(capsys)


def test_a_row_beside_its_tasks_is_flagged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = imported(tmp_path, log(row(task_name="train"), row(task_name="", energy_consumed="1.2", gpu_energy="0.93")))
    assert sorted(energies(draft)) == [1.1, 1.2]
    assert "it may hold their energy again" in said(capsys)


def test_many_runs_are_added_up_by_project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = ["search"] * 200 + ["final"] * 101
    rows = [
        row(run_id=f"r{i}", project_name=name, energy_consumed="0.1", duration="60") for i, name in enumerate(names)
    ]
    draft = imported(tmp_path, log(*rows))
    assert energies(draft) == [20.0, 10.1]
    assert assess_file(draft).study.about.name == "search"
    assert "the log holds 301 runs; they are added up by project, place and machine: 2 activities" in said(capsys)
    assert "200 runs of `search`" in draft.read_text("utf-8")


def test_as_many_projects_as_runs(tmp_path: Path) -> None:
    rows = [row(run_id=f"r{i}", project_name=f"p{i}", energy_consumed="0.1", duration="60") for i in range(301)]
    assert energies(imported(tmp_path, log(*rows))) == [30.1]


def test_empty_runs_are_skipped_and_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nothing = dict.fromkeys(
        ["energy_consumed", "cpu_energy", "gpu_energy", "ram_energy", "emissions", "duration"], "0.0"
    )
    draft = imported(tmp_path, log(run(1), run(2, **nothing), run(3)))
    assert energies(draft) == [1.1, 1.1]
    assert re.search(r"emissions\.csv:3:\d+: LCA613 .*of 0 kWh in 0\.0 s holds nothing, and was skipped", said(capsys))
    assert "line 3: the run `floods` of 0 kWh" in draft.read_text("utf-8")


def test_a_log_of_empty_runs_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(log(row(energy_consumed="0", emissions="0")), tmp_path)
    assert main(["import", "codecarbon", str(path)]) == 1
    assert "LCA105 the log holds no run with energy" in said(capsys)


def test_several_files_become_one_draft(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # The third file is the first again.
    draft = imported(tmp_path, log(run(1)), log(run(1), run(2)), log(run(1)))
    assert energies(draft) == [1.1, 1.1]
    errors = said(capsys)
    assert "the row stands in line 2 of emissions.csv too, and was counted once" in errors
    assert "the file holds what emissions.csv holds, and was skipped" in errors
    assert str(tmp_path) not in draft.read_text("utf-8")


def test_all_files_that_cannot_be_read_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "codecarbon", str(tmp_path / "a.csv"), str(tmp_path / "b.csv")]) == 1
    assert said(capsys).count("LCA101") == 2


def test_the_title_is_the_most_common_project(tmp_path: Path) -> None:
    draft = imported(tmp_path, log(run(1, project_name="a"), run(2, project_name="b"), run(3, project_name="b")))
    assert assess_file(draft).study.about.name == "b"
    assert "# projects of the log: b (2 runs); a (1 run)" in draft.read_text("utf-8")
