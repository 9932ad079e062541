"""What is flagged in logs of CodeCarbon: misfits, models in place of sensors, runs at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from emissions import SOUND, energies, imported, log, row, run, said, without, written

from lca.cli.main import main


@pytest.mark.parametrize("part", ["cpu_energy", "gpu_energy", "ram_energy"])
def test_a_negative_part_is_refused(part: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = log(row(**{part: "-0.21"}))
    path = written(text, tmp_path)
    assert main(["import", "codecarbon", str(path)]) == 1
    # The cell begins after the texts and commas of those before it.
    column = 1 + sum(len(cell) + 1 for cell in text.splitlines()[1].split(",")[: list(SOUND).index(part)])
    assert said(capsys) == f"{path}:2:{column}: LCA304 {part} must be at least 0, not -0.21\n"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"energy_consumed": "1100"}, "the sum of its parts is 1.10 kWh: 1,000 times as much"),
        ({"energy_consumed": "1100"}, "more than the logged machine draws at full load"),
        ({"energy_consumed": "1.05"}, "the sum of its parts is 1.10 kWh: 95 % as much"),
        ({"gpu_energy": "0", "energy_consumed": "0.27"}, "are listed with 0 kWh"),
        ({"gpu_energy": "", "energy_consumed": "0.27"}, "are listed with 0 kWh"),
        ({"emissions": "56"}, "are 50.9 kg/kWh, which no electricity has"),
        ({"emissions": "0.9"}, "are 0.818 kg/kWh; the catalogue has"),
        ({"emissions": "0"}, "the tool knew no factor"),
        ({"duration": "36000000"}, "are 0.11 W, less than any computer draws"),
        ({"cpu_power": "-3"}, "cpu_power is negative: -3 W"),
        ({"ram_energy": "3.3", "energy_consumed": "4.36", "duration": "9000"}, "memory is 76 % of the energy"),
        ({"tracking_mode": "process"}, "the tracking mode is `process`"),
    ],
)
def test_what_does_not_fit_is_flagged_with_its_line_and_in_the_draft(
    changed: dict[str, str], expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = imported(tmp_path, log(row(**changed)))
    assert re.search(rf"emissions\.csv:2:\d+: LCA607 warning: .*{re.escape(expected)}", said(capsys))
    assert expected in draft.read_text("utf-8")


@pytest.mark.parametrize(
    "changed",
    [
        {"energy_consumed": "1.12"},  # 1.8 % above the sum of its parts
        {"pue": "1.5", "energy_consumed": "1.65"},  # parts without the PUE: 1.1 times 1.5
        {"pue": "1.5"},  # parts with the PUE
        {"ram_energy": "", "energy_consumed": "1.3"},  # a part is not logged
    ],
)
def test_what_fits_is_not_flagged(changed: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(tmp_path, log(row(**changed)))
    assert "parts" not in said(capsys)


def energy_of(draft: Path) -> str:
    return next(line.strip() for line in draft.read_text("utf-8").splitlines() if line.strip().startswith("energy: "))


def test_energy_by_sensors_is_measured(tmp_path: Path) -> None:
    # Memory, 0.04 of 1.1 kWh, is 3.64 %.
    line = energy_of(imported(tmp_path, log(row())))
    assert "value: 1.1 kWh, evidence: measured" in line
    assert "96.4 % by sensors, 3.64 % modelled (memory by its size)" in line


def test_the_power_of_an_unknown_processor_is_a_model(tmp_path: Path) -> None:
    alone = {"gpu_model": "", "gpu_count": "", "gpu_energy": "0"}
    line = energy_of(
        imported(tmp_path, log(row(cpu_power="42.5", cpu_energy="0.0425", energy_consumed="0.0825", **alone)))
    )
    # All of it is modelled: half to twice 0.0825 kWh.
    assert "range95: [0.04125 kWh, 0.165 kWh], evidence: estimated" in line
    assert "0 % by sensors, 100 % modelled" in line
    assert "42.5 W, which the tool takes where it knows none" in line


def test_constant_power_is_a_model(tmp_path: Path) -> None:
    # 230 W for 3600.5 s are 0.23003 kWh; with memory 0.27 of 1.1 kWh, 24.5 %.
    line = energy_of(imported(tmp_path, log(row(cpu_power="230"))))
    assert "value: 1.1 kWh, evidence: estimated" in line
    assert "75.5 % by sensors, 24.5 % modelled (memory by its size and the processor at a constant 230 W)" in line


def test_half_of_the_full_power_is_a_model(tmp_path: Path) -> None:
    # An EPYC 7643 has 225 W; the energy is that of less time than the run took.
    line = energy_of(imported(tmp_path, log(row(cpu_power="112.5", cpu_energy="0.1", energy_consumed="0.97"))))
    assert "the processor at a constant 112.5 W" in line


def test_one_power_in_runs_of_different_lengths_is_a_model(tmp_path: Path) -> None:
    text = imported(tmp_path, log(run(1), run(2, duration="2000"))).read_text("utf-8")
    assert text.count("the processor at a constant 214.7 W") == 2


def test_a_log_without_parts_does_not_say_what_sensors_measured(tmp_path: Path) -> None:
    line = energy_of(imported(tmp_path, log(without("cpu_energy", "gpu_energy", "ram_energy"))))
    assert "value: 1.1 kWh, evidence: estimated" in line


def test_runs_at_once_on_one_machine_are_flagged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # Two of three run at once, each of 1.1 kWh.
    rows = [run(1), row(run_id="b", timestamp="2025-05-01T12:20:00"), run(3)]
    draft = imported(tmp_path, log(*rows))
    errors = said(capsys)
    assert "2 runs overlap in time on machines that look alike (lines 2 to 3)" in errors
    assert "they are 1.1 kWh, not 2.2 kWh" in errors
    assert energies(draft) == [1.1, 1.1, 1.1]


@pytest.mark.parametrize(
    "second",
    [
        {"timestamp": "2025-05-01T13:00:00"},  # begins as the first ends, but for half a second
        {"timestamp": "2025-05-01T12:20:00", "cpu_model": "AMD EPYC 7543"},
        {"timestamp": "2025-05-01T12:20:00", "tracking_mode": "process"},
    ],
)
def test_runs_one_after_the_other_or_elsewhere_are_not(
    second: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(tmp_path, log(run(1), row(run_id="b", **second)))
    assert "overlap" not in said(capsys)
