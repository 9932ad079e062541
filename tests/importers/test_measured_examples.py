"""The exercises measured here (`projects/measured/`): descriptors in step with their logs, and what their reports draw."""

from __future__ import annotations

import csv
import importlib.util
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, assess_file, section_of

import lca
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.quality.result import QualityResult

MEASURED = ROOT / "projects" / "measured"
NAMES = ["images", "sorting", "pi"]


def table(name: str) -> list[Mapping[str, str]]:
    """Return the rows of a log, read by nothing of ours."""
    with (MEASURED / "logs" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def describe() -> Any:
    """Return the script that puts the descriptors together."""
    spec = importlib.util.spec_from_file_location("describe", MEASURED / "describe.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", NAMES)
def test_a_descriptor_is_what_its_log_and_its_lines_by_hand_give(name: str) -> None:
    script = describe()
    made = script.descriptor(name, getattr(script, name)(), [sys.executable, "-m", "lca"])
    assert made == (MEASURED / f"{name}.yaml").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_wrong_or_doubtful(name: str) -> None:
    assert [str(problem) for problem in lca.load(MEASURED / f"{name}.yaml").problems] == []


@pytest.mark.parametrize("name", NAMES)
def test_energies_and_times_are_the_logs(name: str) -> None:
    trainings = lca.load(MEASURED / f"{name}.yaml").descriptor[ProductSystem].training
    rows = {row["task_name"]: row for row in table(name)}
    assert list(trainings) == list(rows)
    for training, row in zip(trainings.values(), rows.values(), strict=True):
        assert training.energy is not None
        assert training.duration is not None
        assert training.energy.value == pytest.approx(float(row["energy_consumed"]), rel=1e-12)
        assert training.duration.value == pytest.approx(float(row["duration"]), rel=1e-12)
        assert "0 % by sensors, 100 % modelled" in training.energy.source


@pytest.mark.parametrize("name", NAMES)
def test_no_machine_or_person_is_named_in_a_log(name: str) -> None:
    assert {row["os"] for row in table(name)} == {"Linux"}
    assert {row["codecarbon_version"] for row in table(name)} == {"3.3.2"}
    assert "/" not in (MEASURED / "logs" / f"{name}.csv").read_text("utf-8")


def trade_offs(name: str) -> Mapping[str, Any]:
    assessment = assess_file(MEASURED / f"{name}.yaml")
    return {trade_off.task: trade_off for trade_off in assessment.results[QualityResult].trade_offs}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_quality_against_cost_and_growth_are_drawn(language: str) -> None:
    section = section_of(assess_file(MEASURED / "images.yaml"), "quality", language)
    assert section.count("<figure") == 2  # models, and one model on more and more images
    section = section_of(assess_file(MEASURED / "sorting.yaml"), "quality", language)
    assert section.count("<figure") == 3  # each way of sorting
    section = section_of(assess_file(MEASURED / "pi.yaml"), "quality", language)
    assert section.count("<figure") == 1


def test_every_model_is_there_without_and_with_augmentation() -> None:
    found = trade_offs("images")
    assert {point.training.removeprefix("training.").removesuffix("-shifted") for point in found["digits"].points} == {
        "logistic", "forest", "small-network", "large-network"
    }  # fmt: skip
    assert len(found["digits"].points) == 8
    assert found["digits"].axis == "energy"
    sizes = [point.costs["training_set"].value for point in found["digits-by-size"].points]
    assert sorted(sizes) == [168, 336, 673, 1347]  # an eighth, a quarter, a half and all of 1,347 images


def test_insertion_sort_takes_ever_more_for_one_more_number() -> None:
    # Its time grows with the square: one more number takes twice as much after each doubling. 1.3 leaves room for disturbance.
    steps = trade_offs("sorting")["insertion-sort"].steps
    takes = [step.cost_of_point["energy"].value for step in steps]
    assert len(takes) == 3
    assert takes[1] > 1.3 * takes[0]
    assert takes[2] > 1.3 * takes[1]


def test_the_page_says_what_a_modelled_power_cannot_show() -> None:
    summary = lca.load(MEASURED / "pi.yaml").descriptor.about.summary
    assert "la machine n’a pas de capteur" in summary
    assert "ne peut s’y lire" in summary
    for name in ("images", "sorting"):
        assert "Elle suit donc le temps" in lca.load(MEASURED / f"{name}.yaml").descriptor.about.summary


def test_the_command_names_what_it_measures() -> None:
    run = (MEASURED / "run.sh").read_text("utf-8")
    assert f"for name in {' '.join(NAMES)}; do" in run
    assert Path(MEASURED / "run.sh").stat().st_mode & 0o111
    for name in NAMES:
        assert '"codecarbon==3.3.2"' in (MEASURED / f"{name}.py").read_text("utf-8")
