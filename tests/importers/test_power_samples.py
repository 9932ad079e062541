"""Samples of power by nvidia-smi and DCGM: the energy of trapezoids and counters, gaps that are told, and damaged logs."""

from __future__ import annotations

import math
import time
from pathlib import Path

import pytest
from conftest import ROOT
from drafts import drafted, energies, works, written, wrong

from lca.cli.main import main
from lca.quantities.provenance import Evidence

SMI = ROOT / "tests/cases/nvidia-smi/gpu.csv"
DCGM = ROOT / "tests/cases/dcgm"
HEAD = "timestamp, index, name, power.draw [W]\n"


def sample(second: float, watts: str = "100.00 W", index: int = 0) -> str:
    minute, rest = divmod(second, 60)
    return f"2025/05/06 10:{minute:02.0f}:{rest:06.3f}, {index}, NVIDIA A100-SXM4-80GB, {watts}\n"


def test_the_energy_is_that_of_trapezoids_without_gaps(tmp_path: Path) -> None:
    rows = [line.split(", ") for line in SMI.read_text("utf-8").splitlines()[1:]]
    joules = []
    for gpu in ("0", "1"):
        seen = [(row[0], float(row[4].removesuffix(" W"))) for row in rows if row[1] == gpu]
        times = [int(stamp[14:16]) * 60 + float(stamp[17:]) for stamp, _ in seen]
        watts = [power for _, power in seen]
        steps = zip(times, times[1:], watts, watts[1:], strict=False)
        joules += [(before + after) / 2 * (end - start) for start, end, before, after in steps if end - start < 3]
    draft = drafted(tmp_path, "nvidia-smi", SMI)
    assert energies(draft) == {"gpu": pytest.approx(math.fsum(joules) / 3.6e6, rel=1e-12)}
    text = draft.read_text("utf-8")
    assert "line 122: 141 s pass since the sample before, the usual step is 1 s: a gap is not counted" in text
    assert 'gpu: {model: "nvidia-a100-sxm4-80-gb", count: 2}' in text
    energy = works(draft)["gpu"].energy
    assert energy is not None
    assert energy.evidence is Evidence.MEASURED
    assert "lines 2 to 181; 180 samples of 2 accelerators by their sensors" in energy.source


def test_a_counter_goes_on_over_gaps_and_after_a_reset(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "dcgm", DCGM / "metrics.prom")
    # 5 steps of 9 J on one; on the other 4 steps of 9.3 J and, at the reset, the 3 J that the counter shows then: in thousands.
    assert energies(draft) == {"metrics": pytest.approx((5 * 9_000 + 4 * 9_300 + 3_000) / 3.6e6, rel=1e-12)}
    assert "the counter of energy was reset" in draft.read_text("utf-8")


def test_a_range_of_power_as_a_table(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "dcgm", DCGM / "range.csv")
    assert energies(draft) == {"range": pytest.approx(7 * 30 * 605 / 3.6e6, rel=1e-12)}


def test_several_logs_are_several_trainings_and_copies_count_once(tmp_path: Path) -> None:
    one = written(tmp_path, HEAD + sample(0) + sample(36), "one.csv")
    copy = written(tmp_path, HEAD + sample(0) + sample(36), "copy.csv")
    other = written(tmp_path, HEAD + sample(0) + sample(72), "other.csv")
    draft = drafted(tmp_path, "nvidia-smi", one, copy, other)
    assert energies(draft) == {"one": pytest.approx(0.001, rel=1e-12), "other": pytest.approx(0.002, rel=1e-12)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("\ufeff" + HEAD + sample(0) + sample(36), "byte order mark"),
        ((HEAD + sample(0) + sample(36)).replace(", ", ";").replace("100.00", "100,00"), "decimal comma"),
        (HEAD + sample(0) + sample(18, "[N/A]") + sample(36), "the sensor gave nothing in 1 rows"),
        (HEAD + sample(0) + HEAD + sample(36), "the head stands here again"),
        (HEAD.replace(" [W]", "") + sample(0, "100.00") + sample(36, "100.00"), "accelerators alone"),
        (HEAD + sample(0).replace(".000", "+00:00") + sample(36).replace("10:00:36.000", "11:00:36+01:00"), "several zones"),
    ],
)  # fmt: skip
def test_what_is_certain_is_read_and_told(text: str, words: str, tmp_path: Path) -> None:
    draft = drafted(tmp_path, "nvidia-smi", written(tmp_path, text, "log.csv"))
    assert list(energies(draft).values()) == [pytest.approx(0.001, rel=1e-12)]
    assert words in draft.read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "expected", "words"),
    [
        ("", ["1:1 LCA105"], "empty"),
        (HEAD, ["1:1 LCA105"], "no energy"),
        (HEAD + sample(0), ["1:1 LCA105"], "two samples"),
        (HEAD.replace("power.draw [W]", "fan.speed [%]") + sample(0), ["1:1 LCA202"], "`power.draw` is missing"),
        (HEAD + sample(0) + sample(1)[:30] + "\n", ["3:1 LCA205"], "3 cells"),
        (HEAD + sample(0) + sample(1, "100,00 W"), ["3:1 LCA205"], "a decimal comma"),
        (HEAD + sample(0) + sample(1, "-5.00 W"), ["3:52 LCA304"], "at least 0"),
        (HEAD + sample(0) + sample(1, "nan W"), ["3:52 LCA304"], "finite"),
        (HEAD + sample(0) + sample(1, "high"), ["3:52 LCA301"], "not a number"),
        (HEAD + sample(0).replace("2025/05", "2025/15") + sample(1), ["2:1 LCA405"], "not a date"),
        (HEAD + sample(5) + sample(6) + sample(4), ["4:1 LCA405"], "the clock went back"),
        (HEAD + sample(0) + sample(1).replace(".000", "+01:00"), ["3:1 LCA405"], "name their zone"),
        (HEAD + sample(0) + sample(1, "10\0.00 W") + sample(2), ["3:54 LCA110"], "NUL"),
        ("JobID|State|Elapsed\n1|COMPLETED|01:00:00\n", ["1:1 LCA205"], "Slurm"),
    ],
)  # fmt: skip
def test_damaged_samples(
    text: str, expected: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found, said = wrong("nvidia-smi", written(tmp_path, text, "log.csv"), capsys)
    assert found == expected
    assert words in said


LABELS = '{gpu="0",UUID="GPU-1",modelName="NVIDIA A100-SXM4-80GB"}'


@pytest.mark.parametrize(
    ("lines", "expected", "words"),
    [
        (["DCGM_FI_DEV_POWER_USAGE" + LABELS + " 60.5"], ["1:85 LCA405"], "no time"),
        (["DCGM_FI_DEV_POWER_USAGE" + LABELS + " -1 1746525600000"], ["1:81 LCA304"], "at least 0"),
        (["DCGM_FI_DEV_POWER_USAGE" + LABELS + " NaN 1746525600000"], ["1:81 LCA304"], "finite"),
        (["DCGM_FI_DEV_POWER_USAGE" + LABELS + " x 1746525600000"], ["1:81 LCA301"], "not a number"),
        (["DCGM_FI_DEV_POWER_USAGE" + LABELS[:20]], ["1:1 LCA205"], "no sample"),
        (["DCGM_FI_DEV_GPU_UTIL" + LABELS + " 60 1746525600000"], ["1:1 LCA202"], "no sample of"),
    ],
)
def test_damaged_text_of_the_exporter(
    lines: list[str], expected: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found, said = wrong("dcgm", written(tmp_path, "\n".join(lines), "metrics.prom"), capsys)
    assert found == expected
    assert words in said


def test_very_many_samples_take_seconds(tmp_path: Path) -> None:
    rows = (
        f"2025/05/06 10:{n // 60 % 60:02d}:{n % 60:02d}.000, {n // 3600}, NVIDIA A100-SXM4-80GB, 100.00 W"
        for n in range(200_000)
    )
    log = written(tmp_path, HEAD + "\n".join(rows) + "\n", "log.csv")
    began = time.process_time()
    assert main(["import", "nvidia-smi", str(log), "-o", str(tmp_path / "draft.yaml")]) == 0
    assert time.process_time() - began < 5


def test_a_very_damaged_log_stops_early(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found, said = wrong("nvidia-smi", written(tmp_path, HEAD + "1,2\n" * 3_000_000, "log.csv"), capsys)
    assert len(found) == 100
    assert "so much is wrong that nothing is read" in said
