"""Reports of BoAmps: every required field is there, and energies are the study's; its own schemas judge them on demand.

`LCA_BOAMPS_SCHEMAS` names the folder of the format's five schemas, which the project ships no copy of.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from export_cases import HOSTILE, NAMES, study
from jsonschema import Draft4Validator
from referencing import Registry
from referencing.jsonschema import DRAFT4

#: What the format's schemas require, read in them, as paths; a star stands for each of a list that holds at least one.
REQUIRED = (
    *("header.reportDatetime", "task.taskStage", "task.taskFamily", "task.algorithms.*", "task.dataset.*.dataUsage"),
    *("task.dataset.*.dataType", "measures.*.measurementMethod", "measures.*.powerConsumption"),
    *(
        "infrastructure.infraType",
        "infrastructure.components.*.componentType",
        "infrastructure.components.*.nbComponent",
    ),
)
STAGES = {"datacreation", "training", "finetuning", "inference", "other"}


def reports(name: str, language: str = "en") -> list[dict[str, Any]]:
    found = json.loads(study(name).export("boamps", language).content)
    return found if isinstance(found, list) else [found]


def at(node: Any, path: str) -> list[Any]:
    """Return what stands at a path; fails where something is missing."""
    nodes = [node]
    for key in path.split("."):
        nodes = [inner for one in nodes for inner in one] if key == "*" else [one[key] for one in nodes]
        assert nodes, path
    return nodes


@pytest.mark.parametrize("name", NAMES)
def test_each_required_field_is_there(name: str) -> None:
    for report in reports(name):
        for path in REQUIRED:
            assert all(value not in ("", None) for value in at(report, path)), path
        assert report["task"]["taskStage"] in STAGES
        assert all(isinstance(count, int) for count in at(report, "infrastructure.components.*.nbComponent"))
        assert "publisher" not in report["header"]
        assert report["quality"] in ("high", "medium", "low")


@pytest.mark.skipif(not os.environ.get("LCA_BOAMPS_SCHEMAS"), reason="the folder of the format's schemas is not named")
@pytest.mark.parametrize("name", NAMES)
def test_the_schemas_of_the_format_take_it(name: str) -> None:
    paths = sorted(Path(os.environ["LCA_BOAMPS_SCHEMAS"]).glob("*_schema.json"))
    schemas = {path.stem: json.loads(path.read_text("utf-8")) for path in paths}
    assert set(schemas) == {f"{part}_schema" for part in ("algorithm", "dataset", "hardware", "measure", "report")}
    registry: Registry[Any] = Registry().with_resources(
        (one["id"], DRAFT4.create_resource(one)) for one in schemas.values()
    )
    judge = Draft4Validator(schemas["report_schema"], registry=registry)
    assert not judge.is_valid({"task": {}})
    for language in ("en", "fr"):
        for report in reports(name, language):
            assert not [error.message for error in judge.iter_errors(report)]


def test_energy_at_the_plug_equals_the_contract() -> None:
    (report,) = reports("alexnet-2012")
    contract = json.loads(study("alexnet-2012").json())
    (measure,) = report["measures"]
    assert measure["powerConsumption"] == contract["energy"]["at_plug"]["value"]
    assert measure["measurementDuration"] == pytest.approx(130 * 3600)
    assert report["environment"]["country"] == "CA"
    assert report["environment"]["powerSourceCarbonIntensity"] == pytest.approx(65.38, rel=1e-3)
    (part,) = report["infrastructure"]["components"]
    assert part == {"componentName": "NVIDIA GeForce GTX 580 3 GB", "componentType": "gpu", "nbComponent": 2}
    assert "95 %" in report["task"]["taskDescription"]


def test_several_activities_are_several_reports() -> None:
    found = reports("idefics-9b")
    contract = json.loads(study("idefics-9b").json())["by_activity"]
    assert len(found) == sum(1 for figures in contract.values() if figures["energy"])
    assert len({report["header"]["reportId"] for report in found}) == len(found)


def test_the_model_and_the_date_are_told() -> None:
    (report,) = reports("hostile")
    (algorithm,) = report["task"]["algorithms"]
    assert algorithm["algorithmName"] == HOSTILE
    assert algorithm["parametersNumber"] == 7
    assert report["task"]["dataset"] == [{"dataUsage": "input", "dataType": "token", "dataQuantity": 2e12}]
    assert report["measures"][0]["measurementDateTime"] == "2024-03-01 00:00:00"


def test_without_electricity_there_is_no_report() -> None:
    assert reports("stated") == []
    assert "there is no report" in study("stated").export("boamps", "en").limits[0]
