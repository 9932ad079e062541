"""The text log of carbontracker: its actual consumption becomes a training, its predictions nothing; damage is told by line."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT
from drafts import drafted, energies, works, written, wrong

LOG = ROOT / "tests/cases/carbontracker/unet_carbontracker_output.log"


def test_the_last_actual_consumption_counts_with_its_pue_and_place(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "carbontracker", LOG)
    assert energies(draft) == {"unet": 0.806125}
    work = works(draft)["unet"]
    assert work.energy_includes_pue
    assert work.duration is not None
    assert work.duration.value == 6252
    text = draft.read_text("utf-8")
    assert "location: FR" in text
    assert 'gpu: {model: "nvidia-a100-sxm4-80-gb", count: 1}' in text
    assert "start: 2025-05" in text


def test_two_runs_of_one_log_are_two(tmp_path: Path) -> None:
    log = written(tmp_path, LOG.read_text("utf-8") * 2, "unet.log")
    assert list(energies(drafted(tmp_path, "carbontracker", log)).values()) == [0.806125, 0.806125]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("0.806125 kWh", "-1 kWh", ["18:10 LCA304"]),
        ("0.806125 kWh", "nan kWh", ["18:10 LCA304"]),
        ("0.806125 kWh", "0,8 kWh", ["18:10 LCA301"]),
        ("0.806125 kWh", "0.8 J", ["18:10 LCA301"]),
        ("1:44:12", "soon", ["17:8 LCA301"]),
        ("\tEnergy:\t0.806125 kWh\n", "", ["16:1 LCA205"]),
        ("1:44:12", "1:4\0:12", ["17:11 LCA110"]),
    ],
)
def test_damaged_logs(
    before: str, after: str, expected: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = LOG.read_text("utf-8")
    assert before in text
    found, _ = wrong("carbontracker", written(tmp_path, text.replace(before, after), "unet.log"), capsys)
    assert found == expected
