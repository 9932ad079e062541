"""Logs that a spreadsheet, a system or a person changed, and logs of other tools."""

from __future__ import annotations

from pathlib import Path

import pytest
from emissions import SOUND, energies, imported, log, row, run, said, without, written

from lca.cli.main import main

COMMAS = ("duration", "emissions", "energy_consumed", "cpu_energy", "gpu_energy", "ram_energy", "pue", "ram_total_size")


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_spreadsheet_with_decimal_commas(separator: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cells = {name: text.replace(".", ",") if name in COMMAS else text for name, text in SOUND.items()}
    draft = imported(tmp_path, log(cells, separator=separator))
    assert energies(draft) == [1.1]
    assert "a comma in a number is a decimal comma" in said(capsys)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"duration": "3.600"}, "LCA301 duration: `3.600` may be two numbers; write 3600 or 3,600"),
        ({"timestamp": "05/06/2025 12:00"}, "it may be the day 5 or the month 5"),
        ({"energy_consumed": "1.234,5"}, "LCA301 energy_consumed: `1.234,5` is not a number"),
    ],
)
def test_a_spreadsheet_that_can_be_read_in_two_ways(
    changed: dict[str, str], expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(log(row(**changed), separator=";"), tmp_path)
    assert main(["import", "codecarbon", str(path)]) == 1
    assert expected in said(capsys)


def test_a_date_of_a_spreadsheet_that_is_certain(tmp_path: Path) -> None:
    draft = imported(tmp_path, log(row(timestamp="26/05/2025 12:00:30"), separator=";"))
    assert "start: 2025-05" in draft.read_text("utf-8")


def test_a_decimal_comma_among_commas_is_asked_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(log(row(energy_consumed="1,1")), tmp_path)
    assert main(["import", "codecarbon", str(path)]) == 1
    assert "`1,1` is not a number; a decimal comma? CodeCarbon writes `1.1`" in said(capsys)


@pytest.mark.parametrize(
    ("encoding", "mark", "name"),
    [
        ("cp1252", b"", "it was read as Windows-1252"),
        ("utf-8", b"\xef\xbb\xbf", "the file is UTF-8 with a byte order mark"),
        ("utf-16", b"", "the file is UTF-16"),
    ],
)
def test_encodings_that_are_certain(
    encoding: str, mark: bytes, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = imported(tmp_path, mark + log(row(region="île-de-france")).encode(encoding))
    assert energies(draft) == [1.1]
    assert "region île-de-france" in draft.read_text("utf-8")
    assert name in said(capsys)


def test_logs_that_were_joined(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = without("wue", "experiment_id", run_id="other", timestamp="2025-05-04T12:00:00")
    draft = imported(tmp_path, log(run(1)) + log(run(2)) + log(other))
    assert energies(draft) == [1.1, 1.1, 1.1]
    assert said(capsys).count("the head stands here again") == 1  # one message, and in how many other rows
    assert "# Doubts" in draft.read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "tool"),
    [
        (
            "2025-05-06 10:00:00 - CarbonTracker: The following components were found: GPU with device(s) A100.\n",
            "carbontracker",
        ),
        (
            "id,project_name,epoch,start_time,duration(s),power_consumption(kWh),CO2_emissions(kg),CPU_name\n1,a\n",
            "eco2AI",
        ),
        ("start_time,window_name,elapsed_time,gpu0_energy\n", "Zeus"),
        ("timestamp, name, power.draw [W]\n2025/05/06 10:00:00.000, A100, 60.1 W\n", "nvidia-smi"),
        ("JobID|JobName|Elapsed|ConsumedEnergyRaw\n1|a|00:10:00|400\n", "Slurm"),
        ('{"energy_consumed": 1.1}', "CodeCarbon in JSON"),
    ],
)
def test_logs_of_other_tools_are_called_by_their_name(
    text: str, tool: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(text, tmp_path)
    assert main(["import", "codecarbon", str(path)]) == 1
    (line,) = said(capsys).splitlines()
    assert f"{path}:1:1: LCA205 this looks like a log of {tool}" in line


def test_a_damaged_log_is_told_in_a_hundred_problems(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(log(row()) + "short,row\n" * 250, tmp_path)
    assert main(["import", "codecarbon", str(path)]) == 1
    lines = said(capsys).splitlines()
    assert len(lines) == 101
    assert lines[0] == f"{path}:3:1: LCA205 the row has 2 cells, the head {len(SOUND)}; is the file cut off?"
    assert lines[-1] == "and 150 more"


def test_the_head_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(",".join(SOUND) + "\n", tmp_path)
    assert main(["import", "codecarbon", str(path)]) == 1
    assert "LCA105 the log holds no run" in said(capsys)
