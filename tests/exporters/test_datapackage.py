"""The data package: valid by the judge of its makers, and its numbers those of the contract."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from export_cases import HOSTILE, NAMES, study
from frictionless import Package, system


def unpacked(name: str, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(study(name).export("datapackage").content)) as archive:
        archive.extractall(folder)
    return folder


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO((folder / f"{table}.csv").read_text("utf-8"))))


@pytest.mark.parametrize("name", NAMES)
def test_the_package_is_valid(name: str, tmp_path: Path) -> None:
    folder = unpacked(name, tmp_path)
    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.to_summary()
    described = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert {one["path"] for one in described["resources"]} == {p.name for p in folder.glob("*.csv")}
    assert described["limits"]


@pytest.mark.parametrize("name", ["alexnet-2012", "vineyard", "stated"])
def test_totals_equal_the_contract(name: str, tmp_path: Path) -> None:
    folder, contract = unpacked(name, tmp_path), json.loads(study(name).json())
    found = {row["figure"]: row for row in rows(folder, "totals")}
    for indicator, total in contract["totals"].items():
        row = found[f"total.{indicator}"]
        for bound in ("value", "low95", "median", "high95"):
            expected = total.get(bound)
            assert row[bound] == ("" if expected is None else f"{expected:.12g}")
        if total["value"] is None:
            assert row["reason"]
            assert row["at_least"] == ""
        else:
            assert row["at_least"] == str(total["partial"])


def test_stages_add_up_to_the_total(tmp_path: Path) -> None:
    folder = unpacked("vineyard", tmp_path)
    stages = rows(folder, "stages")
    climate = [float(r["value"]) for r in stages if r["indicator"] == "gwp100" and r["scope"] == "total"]
    (whole,) = (float(r["value"]) for r in rows(folder, "totals") if r["figure"] == "total.gwp100")
    assert sum(climate) == pytest.approx(whole, rel=1e-10)


def test_a_hostile_text_is_no_formula(tmp_path: Path) -> None:
    folder = unpacked("hostile", tmp_path)
    assert json.loads((folder / "datapackage.json").read_text("utf-8"))["title"] == HOSTILE
    reasons = {row["reason"] for row in rows(folder, "boundary")}
    assert f"'{HOSTILE}" in reasons
