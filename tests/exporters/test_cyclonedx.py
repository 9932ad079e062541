"""The ML-BOM: valid by the schemas that CycloneDX's own library ships, and its figures those of the contract."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from export_cases import HOSTILE, NAMES, study

VERSIONS = {"1.7": SchemaVersion.V1_7, "1.6": SchemaVersion.V1_6}


def bill(name: str, form: str = "1.7", language: str = "en") -> dict[str, Any]:
    text = study(name).export("cyclonedx", language, form).content.decode()
    assert JsonStrictValidator(VERSIONS[form]).validate_str(text) is None
    found: dict[str, Any] = json.loads(text)
    return found


def considerations(found: dict[str, Any]) -> dict[str, Any]:
    (component,) = found["components"]
    inner: dict[str, Any] = component["modelCard"]["considerations"]["environmentalConsiderations"]
    return inner


@pytest.mark.parametrize("form", VERSIONS)
@pytest.mark.parametrize("name", NAMES)
def test_the_bill_is_valid(name: str, form: str) -> None:
    assert bill(name, form)["specVersion"] == form
    assert considerations(bill(name, form, "fr"))["properties"]


@pytest.mark.parametrize("name", ["idefics-9b", "vineyard", "api-assistant"])
def test_energy_and_operation_equal_the_contract(name: str) -> None:
    contract = json.loads(study(name).json())["by_activity"]
    found = considerations(bill(name))["energyConsumptions"]
    by_path = {prop["value"]: one for one in found for prop in one["properties"] if prop["name"] == "lca:activity"}
    assert set(by_path) == {path for path, figures in contract.items() if figures["energy"] is not None}
    for path, one in by_path.items():
        assert one["activityEnergyCost"] == {"value": contract[path]["energy"]["value"], "unit": "kWh"}
        operation = contract[path]["gwp100"]["operational"]["value"]
        assert one["co2CostEquivalent"]["value"] == pytest.approx(operation / 1000, rel=1e-11)
        assert "co2CostOffset" not in one
        properties = {prop["name"]: prop["value"] for prop in one["properties"]}
        energy = contract[path]["energy"]
        assert float(properties.get("lca:energy:kWh:low95", energy["value"])) == energy["low95"]


def test_totals_stand_in_properties_and_nothing_unassessed_is_zero() -> None:
    contract = json.loads(study("alexnet-2012").json())["totals"]
    properties = {prop["name"]: prop["value"] for prop in considerations(bill("alexnet-2012"))["properties"]}
    assert float(properties["lca:gwp100:kgCO2e"]) == contract["gwp100"]["value"]
    assert float(properties["lca:gwp100:kgCO2e:high95"]) == contract["gwp100"]["high95"]
    assert properties["lca:water_consumption:at-least"] == "true"
    assert "lca:gwp100:at-least" not in properties
    assert properties["lca:water_withdrawal:L"] == "not assessed"
    assert considerations(bill("stated"))["energyConsumptions"] == []


def test_a_fine_tuning_is_named_and_a_model_names_the_component() -> None:
    (one,) = considerations(bill("alpie-core-32b"))["energyConsumptions"]
    assert one["activity"] == "fine-tuning"
    (component,) = bill("hostile")["components"]
    assert component["name"] == component["version"] == component["supplier"]["name"] == HOSTILE
    assert component["licenses"] == [{"license": {"name": HOSTILE}}]
