"""The crate: read by the library of the format, every term known to its context, and its figures those of the contract."""

from __future__ import annotations

import importlib.resources
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from export_cases import HOSTILE, NAMES, study
from rocrate.rocrate import ROCrate


def crate(name: str, folder: Path) -> tuple[Any, dict[str, dict[str, Any]]]:
    with zipfile.ZipFile(io.BytesIO(study(name).export("ro-crate").content)) as archive:
        archive.extractall(folder)
    graph = json.loads((folder / "ro-crate-metadata.json").read_text("utf-8"))["@graph"]
    return ROCrate(folder), {entity["@id"]: entity for entity in graph}


def references(node: Any) -> list[str]:
    if isinstance(node, list):
        return [one for inner in node for one in references(inner)]
    if isinstance(node, dict):
        return [node["@id"]] if set(node) == {"@id"} else [one for inner in node.values() for one in references(inner)]
    return []


@pytest.mark.parametrize("name", NAMES)
def test_the_library_reads_it_and_all_that_is_referred_to_is_there(name: str, tmp_path: Path) -> None:
    read, graph = crate(name, tmp_path)
    assert str(read.version) == "1.3"
    assert read.name == study(name).study.about.name
    assert {entity.id for entity in read.data_entities} == {p.name for p in tmp_path.iterdir()} - {
        "ro-crate-metadata.json"
    }
    for entity in graph.values():
        for reference in references(entity):
            assert reference in graph or reference.startswith("https://w3id.org/ro/crate/"), reference
    run = graph["#run"]
    assert run["instrument"] == {"@id": "#lca"}
    assert run["object"]
    assert {"@id": "results.json"} in run["result"]


@pytest.mark.parametrize("name", NAMES)
def test_every_term_is_known_to_the_context(name: str, tmp_path: Path) -> None:
    context = json.loads((importlib.resources.files("rocrate") / "data" / "ro-crate.jsonld").read_text("utf-8"))
    known = set(context["@context"])
    _, graph = crate(name, tmp_path)
    for entity in graph.values():
        assert {key for key in entity if not key.startswith("@")} <= known
        assert entity["@type"] in known


def test_figures_equal_the_contract(tmp_path: Path) -> None:
    _, graph = crate("alexnet-2012", tmp_path)
    contract = json.loads(study("alexnet-2012").json())["totals"]
    for indicator, total in contract.items():
        figure = graph[f"#total.{indicator}"]
        assert figure.get("value") == total["value"]
        assert figure.get("minValue") == total.get("low95")
        assert figure.get("maxValue") == total.get("high95")
        assert ("at least" in figure.get("description", "")) == bool(total.get("partial"))
    assert graph["#total.water_withdrawal"]["description"] == "not assessed"
    assert json.loads((tmp_path / "results.json").read_text("utf-8"))["totals"] == contract


def test_a_hostile_text_stays_a_text(tmp_path: Path) -> None:
    _, graph = crate("hostile", tmp_path)
    assert graph["./"]["name"] == graph["#applicant"]["name"] == HOSTILE
