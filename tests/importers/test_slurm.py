"""The accounting of Slurm: what its jobs become, and that a damaged log is told by row and column."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT, assess_file
from drafts import drafted, energies, works, written, wrong

from lca.quantities.provenance import Evidence
from lca.subjects.footprint.declared import ProductSystem

LOG = ROOT / "tests/cases/slurm/jobs.txt"
HEAD = "State|JobID|AllocTRES|Elapsed|Start|End|ConsumedEnergyRaw\n"
SOUND = "COMPLETED|7|cpu=8,gres/gpu:a100=1,mem=32G,node=1|01:00:00|2025-03-05T09:00:00|2025-03-05T10:00:00|3600000\n"


def test_jobs_that_completed_are_trainings_and_others_experiments_with_their_reason(tmp_path: Path) -> None:
    system = assess_file(drafted(tmp_path, "slurm", LOG)).study[ProductSystem]
    assert list(system.training) == ["segment-4101", "prepare-4104"]
    reasons = {name: work.reason for name, work in system.experiments.items()}
    assert reasons == {
        "segment-4102": "failed, exit code 1:0",
        "sweep-4103-7": "timed out",
        "segment-4105": "cancelled",
    }


def test_joules_become_the_energy_of_the_job_or_of_its_steps(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "slurm", LOG)
    found = energies(draft)
    assert found["segment-4101"] == pytest.approx(104_400_000 / 3.6e6, rel=1e-12)
    assert found["sweep-4103-7"] == pytest.approx(36_000_000 / 3.6e6, rel=1e-12)
    assert len(found) == 2  # 0 and nothing are no energy
    work = works(draft)["segment-4101"]
    assert work.energy is not None
    assert work.energy.evidence is Evidence.MEASURED
    assert work.energy.source.startswith("Slurm, jobs.txt (sha256 ")


def test_machines_are_named_by_the_matcher_and_what_is_unknown_has_a_range(tmp_path: Path) -> None:
    text = drafted(tmp_path, "slurm", LOG).read_text("utf-8")
    assert "count: 2\n" in text
    assert 'gpu: {model: "nvidia-a100-sxm4-40-gb", count: 4}  # logged: 4 x a100' in text
    assert "cpu: {count: 1, cores: 16, power: {value: 140 W, range95:" in text
    assert "# memory: 256 GiB were given, 25 GiB are enough for its largest task: 10.2 times as much" in text
    assert "10234" not in text  # who cancelled a job


def test_any_order_of_columns_and_a_mark_read_the_same(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "slurm", written(tmp_path, b"\xef\xbb\xbf" + (HEAD + SOUND).encode(), "jobs.txt"))
    assert list(energies(draft).values()) == [1.0]


def test_very_many_jobs_are_added_up(tmp_path: Path) -> None:
    jobs = "".join(SOUND.replace("|7|", f"|{number}|") for number in range(1000))
    draft = drafted(tmp_path, "slurm", written(tmp_path, HEAD + jobs, "jobs.txt"))
    assert list(energies(draft).values()) == [pytest.approx(1000.0, rel=1e-12)]
    assert "the log holds 1000 jobs; they are added up" in draft.read_text("utf-8")


def test_a_row_that_stands_twice_is_counted_once(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "slurm", written(tmp_path, HEAD + SOUND * 2, "jobs.txt"))
    assert list(energies(draft).values()) == [1.0]


def test_a_clock_that_changed_is_doubted(tmp_path: Path) -> None:
    log = written(tmp_path, HEAD + SOUND.replace("T10:00:00", "T11:00:00"), "jobs.txt")
    assert "from Start to End are 7200 s, but Elapsed is 3600 s" in drafted(tmp_path, "slurm", log).read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "expected", "words"),
    [
        ("", ["1:1 LCA105"], "empty"),
        (HEAD, ["1:1 LCA105"], "no job"),
        (HEAD + SOUND[:40] + "\n", ["2:1 LCA205"], "3 cells"),
        (HEAD.replace("Elapsed|", "Elapse|") + SOUND, ["2:1 LCA202"], "`Elapsed` is missing"),
        (HEAD.replace("JobID", "Job") + SOUND, ["1:1 LCA202"], "`JobID` is missing"),
        (HEAD + SOUND.replace("01:00:00", "-01:00:00"), ["2:50 LCA304"], "negative"),
        (HEAD + SOUND.replace("01:00:00", "an hour"), ["2:50 LCA301"], "no time"),
        (HEAD + SOUND.replace("3600000", "-1"), ["2:99 LCA304"], "at least 0"),
        (HEAD + SOUND.replace("3600000", "inf"), ["2:99 LCA304"], "finite"),
        (HEAD + SOUND.replace("3600000", "36e,5"), ["2:99 LCA301"], "not a number"),
        (HEAD + SOUND.replace("T10:00:00", "T08:00:00"), ["2:79 LCA405"], "the clock went back"),
        (HEAD + SOUND.replace("2025-03-05T10", "yesterday"), ["2:79 LCA405"], "not a date"),
        (HEAD + SOUND.replace("COMPLETED", "COMPLETE"), ["2:1 LCA204"], "did you mean"),
        (HEAD + SOUND.replace("cpu=8", "cpu=\0"), ["2:17 LCA110"], "NUL"),
        ("timestamp, power.draw [W]\n2025/05/06 10:00:00.000, 60 W\n", ["1:1 LCA205"], "nvidia-smi"),
    ],
)  # fmt: skip
def test_damaged_logs(
    text: str, expected: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found, said = wrong("slurm", written(tmp_path, text, "jobs.txt"), capsys)
    assert found == expected
    assert words in said


def test_at_most_a_hundred_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found, said = wrong("slurm", written(tmp_path, HEAD + "a|b\n" * 250, "jobs.txt"), capsys)
    assert len(found) == 100
    assert said.splitlines()[-1] == "and 150 more"
