"""Reports by BoAmps: the energy of the task becomes training, inference or experiment; what is wrong is told by its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, assess_file
from drafts import drafted, energies, works, written, wrong

from lca.quantities.provenance import Evidence
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.stages.training import Training

CASES = ROOT / "tests/cases/boamps"


def report(**measure: Any) -> dict[str, Any]:
    return {
        "task": {"taskStage": "training"},
        "measures": [{"measurementMethod": "wattmeter", "powerConsumption": 1.5, **measure}],
    }


def test_a_fine_tuning_with_its_accuracy(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "boamps", CASES / "training.json")
    assert energies(draft) == {"floods": 3.25}
    work = works(draft)["floods"]
    assert isinstance(work, Training)
    assert work.kind == "fine-tuning"
    assert work.energy is not None
    assert work.energy.evidence is Evidence.MEASURED
    assert work.quality is not None
    assert work.quality.value is not None
    assert work.quality.value.value == 0.91
    text = draft.read_text("utf-8")
    assert 'gpu: {model: "nvidia-a100-sxm4-80-gb", count: 4}' in text
    assert "memory: 256 GB" in text
    assert "location: FR" in text


def test_an_inference_of_codecarbon_keeps_its_energy_by_requests(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "boamps", CASES / "codecarbon-0.1.json")
    service = assess_file(draft).study[ProductSystem].inference["floods"]
    assert service.energy_per_request is not None
    assert service.volume is not None
    assert service.energy_per_request.evidence is not Evidence.MEASURED  # processors at a constant power
    per_hour, hours = service.volume.value, 1800.5 / 3600
    each = service.energy_per_request.value
    assert each * per_hour * hours == pytest.approx(0.123456789012345, rel=1e-12)


@pytest.mark.parametrize(
    ("method", "stage", "expected"),
    [
        ("carbontracker", "training", "energy_includes_pue: true"),
        ("wattmeter", "preprocessing", 'reason: "preprocessing"'),
        ("wattmeter", "inference", "is taken for an experiment"),
    ],
)
def test_what_stage_and_method_change(method: str, stage: str, expected: str, tmp_path: Path) -> None:
    data = report(measurementMethod=method)
    data["task"]["taskStage"] = stage
    draft = drafted(tmp_path, "boamps", written(tmp_path, json.dumps(data), "report.json"))
    assert list(energies(draft).values()) == [1.5]
    assert expected in draft.read_text("utf-8")


def test_several_measures_are_views_of_one_task(tmp_path: Path) -> None:
    data = report()
    data["measures"].append({"measurementMethod": "codecarbon", "powerConsumption": 1.2})
    draft = drafted(tmp_path, "boamps", written(tmp_path, json.dumps(data), "report.json"))
    assert list(energies(draft).values()) == [1.5]
    assert "2 measures of one task; the first is counted" in draft.read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "expected", "words"),
    [
        ("", ["1:1 LCA105"], ""),
        (json.dumps(report(powerConsumption=-1)), ["1:105 LCA304"], "at least 0"),
        (json.dumps(report(powerConsumption="1,5")), ["1:105 LCA301"], "not a number"),
        (json.dumps(report(powerConsumption=1e300)), ["1:105 LCA304"], "finite"),
        (json.dumps(report(powerConsumption=None)), ["1:105 LCA202"], "no `powerConsumption`"),
        (json.dumps(report())[:60], ["1:51 LCA205"], "no JSON from here on"),
        (json.dumps(report()).replace("wattmeter", "watt\0meter"), ["1:77 LCA110"], "NUL"),
        ('{"energy": 1}', ["1:1 LCA202"], "neither `task` nor `measures`"),
    ],
)  # fmt: skip
def test_damaged_reports(
    text: str, expected: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found, said = wrong("boamps", written(tmp_path, text, "report.json"), capsys)
    assert found == expected
    assert words in said
