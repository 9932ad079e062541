"""The manifest: run by hand as the framework would run it, it gives the contract's figures; so does its own run, on demand.

`npm install @grnsft/if` and its folder `node_modules/.bin` on `PATH` are all that the framework's own run needs.
"""

from __future__ import annotations

import json
import math
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from export_cases import HOSTILE, NAMES, study


def manifest(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(study(name).export("impact-framework").content)
    return found


def run(found: dict[str, Any]) -> dict[str, float]:
    """Run the pipelines of a manifest: products and sums by the configuration of its plugins, then the sum of components."""
    plugins, sums = found["initialize"]["plugins"], dict.fromkeys(found["aggregation"]["metrics"], 0.0)
    for child in found["tree"]["children"].values():
        (row,) = child["inputs"]
        for step in child["pipeline"]["compute"]:
            config = plugins[step]["config"]
            values = [row[key] for key in config["input-parameters"]]
            row[config["output-parameter"]] = (math.prod if plugins[step]["method"] == "Multiply" else math.fsum)(
                values
            )
        for metric in sums:
            sums[metric] += row[metric]
    return sums


@pytest.mark.parametrize("name", NAMES)
def test_its_run_gives_the_contract_s_figures(name: str) -> None:
    contract, found = json.loads(study(name).json()), manifest(name)
    activities = [
        figures for figures in contract["by_activity"].values()
        if figures["energy"] and figures["energy"]["value"] and figures.get("gwp100", {}).get("operational")
    ]  # fmt: skip
    assert len(found["tree"]["children"]) == len(activities)
    sums = run(found)
    whole = sum(figures["gwp100"]["total"]["value"] for figures in activities) * 1000
    assert sums["carbon"] == pytest.approx(whole, rel=1e-10)
    assert sums["energy"] == pytest.approx(sum(figures["energy"]["value"] for figures in activities), rel=1e-10)
    if len(activities) == len(contract["by_activity"]):
        assert sums["carbon"] == pytest.approx(contract["totals"]["gwp100"]["value"] * 1000, rel=1e-10)


@pytest.mark.skipif(shutil.which("if-run") is None, reason="the Impact Framework, installed on demand")
@pytest.mark.parametrize("name", NAMES)
def test_the_framework_s_own_run_gives_the_contract_s_figures(name: str, tmp_path: Path) -> None:
    (tmp_path / "manifest.yaml").write_bytes(study(name).export("impact-framework").content)
    command = ["if-run", "--manifest", "manifest.yaml", "--output", "run"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    ran = yaml.safe_load((tmp_path / "run.yaml").read_text("utf-8"))["tree"]
    contract = json.loads(study(name).json())["by_activity"]
    children = manifest(name)["tree"]["children"]
    activities = {path.replace(".", "-"): figures for path, figures in contract.items()}
    for child, outcome in ran["children"].items():
        (row,) = outcome["outputs"]
        assert row["carbon"] == pytest.approx(activities[child]["gwp100"]["total"]["value"] * 1000, rel=1e-9)
    assert set(ran["children"]) == set(children)
    if children:
        whole = sum(activities[child]["gwp100"]["total"]["value"] for child in children) * 1000
        assert ran["aggregated"]["carbon"] == pytest.approx(whole, rel=1e-9)


def test_each_row_has_what_the_framework_asks_for() -> None:
    for child in manifest("idefics-9b")["tree"]["children"].values():
        (row,) = child["inputs"]
        assert row["timestamp"].endswith("T00:00:00.000Z")
        assert row["duration"] > 0
    ((row,),) = (child["inputs"] for child in manifest("hostile")["tree"]["children"].values())
    assert row["timestamp"] == "2024-03-01T00:00:00.000Z"
    assert row["duration"] == 72 * 3600


def test_what_was_not_assessed_is_no_zero() -> None:
    found = manifest("training-set-size")
    for child in found["tree"]["children"].values():
        assert "carbon-embodied" not in child["inputs"][0]
    assert "carbon-embodied" not in found["aggregation"]["metrics"]
    assert manifest("stated")["tree"]["children"] == {}
    assert "training.final" in manifest("stated")["description"]


def test_a_hostile_text_stays_a_text() -> None:
    found = manifest("hostile")
    assert found["name"] == HOSTILE
    (child,) = found["tree"]["children"].values()
    assert child["defaults"] == {"activity": "training.final-model"}, (
        "the framework would evaluate a label with a sign of equality"
    )
