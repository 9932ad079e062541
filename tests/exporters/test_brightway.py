"""The database for Brightway: its cells, computed by hand, give the contract's totals; so does its own run, on demand.

`pip install bw2io bw2calc` runs the import and the solution by Brightway itself. It keeps amounts with single precision, so its own
run is held to that; the same imported exchanges, solved with double precision, are held to 1e-9.
"""

from __future__ import annotations

import csv
import importlib
import io
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import Assess
from export_cases import HOSTILE, NAMES, study

Activity = dict[str, Any]

ONE_OF_EACH = """
descriptor: 1
project: {name: "1e5", start: 2024-03}
sites: {paris: {location: FR, electricity: {value: 40 gCO2e/kWh, %s, source: meter}}}
training: {final: {energy: {value: 2 MWh, range95: [1 MWh, 3 MWh], source: meter}, site: paris}}
"""


def database(text: str) -> tuple[dict[str, str], dict[str, Activity]]:
    """Return what the sections of a database say: its own, and each activity's by name, exchanges as rows by column."""
    own: dict[str, str] = {}
    activities: dict[str, Activity] = {}
    columns: list[str] = []
    at: dict[str, Any] = own
    for line in csv.reader(io.StringIO(text)):
        match line:
            case ["Database", name]:
                own["name"] = name
            case ["Activity", name]:
                at = activities[name] = {"exchanges": []}
                columns = []
            case ["Exchanges"]:
                columns = ["next"]
            case [key, value]:
                at[key] = value
            case [_, *_] if columns == ["next"]:
                columns = line
            case [_, *_]:
                at["exchanges"].append(dict(zip(columns, line, strict=True)))
    return own, activities


def impacts(activities: dict[str, Activity], name: str) -> dict[str, float]:
    """Return what one unit of an activity emits, by indicator."""
    found: dict[str, float] = {}
    for row in activities[name]["exchanges"]:
        if row["type"] == "biosphere":
            found[row["name"]] = found.get(row["name"], 0.0) + float(row["amount"])
        elif row["type"] == "technosphere":
            for indicator, value in impacts(activities, row["name"]).items():
                found[indicator] = found.get(indicator, 0.0) + float(row["amount"]) * value
    return found


def exported(name: str) -> str:
    return study(name).export("brightway", "en").content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_its_cells_give_the_contract_s_totals(name: str) -> None:
    contract = json.loads(study(name).json())["totals"]
    _, activities = database(exported(name))
    found = impacts(activities, "study")
    assert set(found) == {indicator for indicator, total in contract.items() if total["value"] is not None}
    for indicator, value in found.items():
        assert value == pytest.approx(contract[indicator]["value"], rel=1e-10)
        assert activities[indicator]["type"] == "emission"
        assert activities[indicator]["unit"] == contract[indicator]["unit"]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("sigma: 0.2", {"uncertainty type": "2", "loc": math.log(0.04), "scale": 0.2, "negative": ""}),
        (
            "distribution: {shape: normal, sd: 4 gCO2e/kWh}",
            {"uncertainty type": "3", "loc": 0.04, "scale": 0.004, "minimum": 0.0},
        ),
        (
            "distribution: {shape: uniform, low: 30 gCO2e/kWh, high: 60 gCO2e/kWh}",
            {"uncertainty type": "4", "loc": "", "minimum": 0.03, "maximum": 0.06},
        ),
        (
            "distribution: {shape: triangular, low: 30 gCO2e/kWh, high: 60 gCO2e/kWh}",
            {"uncertainty type": "5", "loc": 0.04, "minimum": 0.03, "maximum": 0.06},
        ),
    ],
)
def test_distributions_have_the_numbers_of_stats_arrays(
    assess_text: Assess, stated: str, expected: dict[str, Any]
) -> None:
    own, activities = database(assess_text(ONE_OF_EACH % stated, 200).export("brightway").content.decode())
    (use,) = activities["training.final"]["exchanges"][1:]
    (row,) = (one for one in activities[use["name"]]["exchanges"] if one["name"] == "gwp100")
    assert float(row["amount"]) == pytest.approx(0.04, rel=1e-12)
    for column, value in expected.items():
        assert row[column] == value if isinstance(value, str) else float(row[column]) == pytest.approx(value, rel=1e-9)
    assert own["title"] == "'1e5", "a number would be read as one"


def test_an_amount_has_the_interval_of_its_draws() -> None:
    assessment = study("alexnet-2012")
    _, activities = database(exported("alexnet-2012"))
    rows = [row for row in activities["training.final-model"]["exchanges"] if row["type"] == "technosphere"]
    flows = [flow for flow in assessment.footprint.flows if flow.activity == "training.final-model"]
    assert [row["comment"] for row in rows] == [flow.part for flow in flows]
    for row, flow in zip(rows, flows, strict=True):
        low, _, high = flow.quantity.interval()
        assert row["uncertainty type"] == "2"
        assert math.exp(float(row["loc"]) - 1.959964 * float(row["scale"])) == pytest.approx(low, rel=1e-6)
        assert math.exp(float(row["loc"]) + 1.959964 * float(row["scale"])) == pytest.approx(high, rel=1e-6)


def test_what_is_exact_is_certain() -> None:
    _, activities = database(exported("hostile"))
    kinds = {row["uncertainty type"] for one in activities.values() for row in one["exchanges"]}
    assert kinds <= {"", "0", "1", "2", "3", "4", "5"}
    stated = database(exported("stated"))[1]
    (row,) = (one for one in stated["stated"]["exchanges"] if one["type"] == "biosphere")
    assert (row["amount"], row["uncertainty type"]) == ("2700", "1")


def test_a_hostile_text_is_no_other_section_and_no_formula() -> None:
    own, activities = database(exported("hostile"))
    assert own["title"] == f"'{HOSTILE}"
    assert set(activities) >= {"study", "training.final-model", "gwp100"}
    assert all("::" not in str(value) for one in (own, *activities.values()) for value in one.values())


@pytest.fixture(scope="module")
def brightway(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Brightway with a project in a folder of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BRIGHTWAY_DIR", str(tmp_path_factory.mktemp("brightway")))
        patch.setenv("BRIGHTWAY2_DIR", str(tmp_path_factory.mktemp("brightway")))
        bw2io = pytest.importorskip("bw2io", reason="Brightway, installed on demand")
        bw2data = pytest.importorskip("bw2data", reason="Brightway, installed on demand")
        bw2data.projects.set_current("exports")
        yield bw2io


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", NAMES)
def test_brightway_imports_it_and_gives_the_contract_s_totals(name: str, brightway: Any, tmp_path: Path) -> None:
    bw2data, bw2calc = (importlib.import_module(module) for module in ("bw2data", "bw2calc"))
    (tmp_path / "study.csv").write_bytes(study(name).export("brightway").content)
    read = brightway.CSVImporter(str(tmp_path / "study.csv"))
    read.apply_strategies()
    read.match_database(fields=("name", "unit"))
    assert not list(read.unlinked)
    read.write_database()
    imported = bw2data.Database(read.db_name)
    contract = json.loads(study(name).json())["totals"]
    demand = {imported.get(code="study"): 1}
    for indicator in (one for one in imported if one["type"] == "emission"):
        method = bw2data.Method(("lca", indicator["name"]))
        method.register(unit=indicator["unit"])
        method.write([(indicator.key, 1.0)])
        engine = bw2calc.LCA(demand, method=method.name)
        engine.lci()
        engine.lcia()
        expected = contract[indicator["name"]]["value"]
        assert engine.score == pytest.approx(expected, rel=1e-6)
        assert _with_double_precision(imported, indicator) == pytest.approx(expected, rel=1e-9)
    imported.delete(warn=False)


def _with_double_precision(imported: Any, indicator: Any) -> float:
    """Return what Brightway's engine computes of the exchanges that it imported, kept with double precision."""
    import bw2calc
    import bw_processing as bwp

    rows = [(exchange, activity) for activity in imported for exchange in activity.exchanges()]
    package = bwp.create_datapackage()
    for matrix, is_biosphere in (("technosphere_matrix", False), ("biosphere_matrix", True)):
        own = [(e, a) for e, a in rows if (e["type"] == "biosphere") == is_biosphere]
        indices = np.array([(e.input.id, a.id) for e, a in own], dtype=bwp.INDICES_DTYPE)
        package.add_persistent_vector(
            matrix=matrix,
            indices_array=indices,
            data_array=np.array([e["amount"] for e, _ in own], dtype=np.float64),
            flip_array=np.array([e["type"] == "technosphere" for e, _ in own]),
        )
    package.add_persistent_vector(
        matrix="characterization_matrix",
        indices_array=np.array([(indicator.id, indicator.id)], dtype=bwp.INDICES_DTYPE),
        data_array=np.array([1.0]),
    )
    engine = bw2calc.LCA({imported.get(code="study").id: 1}, data_objs=[package])
    engine.lci()
    engine.lcia()
    return float(engine.score)
