"""Tables of runs of MLflow and Weights & Biases: durations, ends and qualities are the table's, so that quality meets cost."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from conftest import ROOT, assess_file
from drafts import drafted, energies, works, written, wrong

import lca
from lca.cli.main import main
from lca.importers.logged_quality import measure_of
from lca.quantities.units import conversion
from lca.subjects.footprint.declared import ProductSystem

CASES = ROOT / "tests/cases"
DOWNLOAD, SEARCHED = CASES / "mlflow/runs.csv", CASES / "mlflow/search_runs.csv"
TABLE, EVENTS = CASES / "wandb/runs.csv", CASES / "wandb/events.csv"


def seconds(draft: Path) -> dict[str, float]:
    """Return how long each run of a draft took."""
    return {name: work.duration.value for name, work in works(draft).items() if work.duration is not None}


@pytest.mark.parametrize(
    ("tool", "log", "times", "qualities"),
    [
        ("mlflow", DOWNLOAD, {"small": 750, "large": 5400, "large-2": 40}, {"small": 0.891, "large": 0.934}),
        ("mlflow", SEARCHED, {"small": 750, "large": 5400}, {"small": 0.891}),
        (
            "wandb",
            TABLE,
            {"brisk-river-1": 750, "calm-lake-2": 5400, "dry-field-3": 40},
            {"brisk-river-1": 0.891, "calm-lake-2": 0.934},
        ),
    ],
)
def test_durations_and_qualities(
    tool: str, log: Path, times: dict[str, float], qualities: dict[str, float], tmp_path: Path
) -> None:
    draft = drafted(tmp_path, tool, log)
    assert seconds(draft) == pytest.approx(times)
    training = assess_file(draft).study[ProductSystem].training
    found = {name: run.quality for name, run in training.items() if run.quality is not None}
    values = {name: q.value.value * conversion(q.value.unit, "1") for name, q in found.items() if q.value}
    assert values == pytest.approx(qualities)
    assert {quality.metric for quality in found.values()} == {"accuracy"}


def test_what_gave_no_result_is_an_experiment_with_its_reason(tmp_path: Path) -> None:
    system = assess_file(drafted(tmp_path, "mlflow", DOWNLOAD)).study[ProductSystem]
    assert {name: one.reason for name, one in system.experiments.items()} == {"large-2": "failed"}


def test_quality_is_set_against_cost_without_a_word_typed(tmp_path: Path) -> None:
    quality = assess_file(drafted(tmp_path, "wandb", TABLE)).quality
    (trade_off,) = quality.trade_offs
    assert (trade_off.task, trade_off.axis) == ("runs", "energy")
    assert [point.training for point in trade_off.points] == ["training.brisk-river-1", "training.calm-lake-2"]


def test_a_machine_that_nobody_names_is_asked_for(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "wandb", TABLE)
    assert "power: <300 W>" in draft.read_text("utf-8")
    assert {problem.code for problem in lca.load(draft).problems} >= {"LCA614"}  # which fails a strict check


def test_energy_that_codecarbon_told_the_tracker(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "mlflow", SEARCHED)
    assert energies(draft) == {"small": pytest.approx(0.0425, rel=1e-12), "large": pytest.approx(0.31, rel=1e-12)}
    assert "machines:\n" not in draft.read_text("utf-8")  # the energy stands alone


def test_samples_of_power_by_trapezoids(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "wandb", EVENTS)
    first = 15 * ((60.5 + 300.25) / 2 + (300.25 + 310) / 2 + (310 + 305.75) / 2 + (305.75 + 80) / 2)
    second = 15 * ((61 + 290.5) / 2 + (290.5 + 305.5) / 2) + 30 * (305.5 + 70) / 2  # over the sample that is missing
    assert energies(draft) == {"events": pytest.approx((first + second) / 3.6e6, rel=1e-12)}


def test_a_table_of_runs_and_samples_are_imported_apart(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "wandb", str(TABLE), str(EVENTS)]) == 1
    assert f"{TABLE}:1:1: LCA402 the file is a table of runs" in capsys.readouterr().err


def test_accelerators_that_the_table_names(tmp_path: Path) -> None:
    text = '"Name","State","Created","Runtime","GPU Type","GPU Count"\n'
    text += '"a","finished","2025-05-06T10:00:00.000Z","750","NVIDIA A100-SXM4-80GB","4"\n'
    draft = drafted(tmp_path, "wandb", written(tmp_path, text, "runs.csv")).read_text("utf-8")
    assert 'gpu: {model: "nvidia-a100-sxm4-80-gb", count: 4}' in draft
    assert "<300 W>" not in draft


@pytest.mark.parametrize(
    ("columns", "values", "expected"),
    [
        (["acc", "loss"], [["0.9"], ["0.1"]], ("acc", False)),
        (["val_accuracy", "test_acc"], [["0.9"], ["0.8"]], ("test_acc", False)),
        (["train/accuracy", "loss"], [["0.9"], ["0.1"]], ("loss", False)),  # what was learned by heart is no quality
        (["metrics.eval/F1-score"], [["88"]], ("metrics.eval/F1-score", True)),
        (["lr", "epochs"], [["0.1"], ["3"]], None),
        (["accuracy"], [[None]], None),
        (["accuracy", "f1"], [["-3"], ["0.5"]], ("f1", False)),
    ],
)
def test_the_column_that_says_how_good_a_run_is(
    columns: list[str], values: list[list[str | None]], expected: tuple[str, bool] | None
) -> None:
    found = measure_of(columns, [[Decimal(text) if text else None for text in column] for column in values])
    assert ((found.column, found.in_percent) if found else None) == expected


@pytest.mark.parametrize(
    ("tool", "log", "before", "after", "expected"),
    [
        ("mlflow", DOWNLOAD, "12.5min", "soon", ["2:21 LCA301"]),
        ("mlflow", DOWNLOAD, "2025-05-06 11", "06-05 11", ["3:1 LCA405"]),
        ("mlflow", DOWNLOAD, "FAILED", "LOST", ["4:1 LCA204"]),
        ("mlflow", DOWNLOAD, "Status", "State", ["1:1 LCA202"]),
        ("mlflow", SEARCHED, "2025-05-06 10:12:30", "2025-05-06 09:12:30", ["2:100 LCA405"]),
        ("mlflow", SEARCHED, "0.0425", "-1", ["2:139 LCA304"]),
        ("wandb", TABLE, '"750"', '"-750"', ["2:72 LCA304"]),
        ("wandb", TABLE, '"750"', '"7,50"', ["2:72 LCA301"]),
        ("wandb", EVENTS, ",300.25,", ",-300.25,", ["3:31 LCA304"]),
        ("wandb", EVENTS, "_timestamp", "time", ["1:1 LCA202"]),
    ],
)
def test_damaged_tables_of_runs(
    tool: str,
    log: Path,
    before: str,
    after: str,
    expected: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = log.read_text("utf-8")
    assert before in text
    found, _ = wrong(tool, written(tmp_path, text.replace(before, after, 1), log.name), capsys)
    assert found == expected
