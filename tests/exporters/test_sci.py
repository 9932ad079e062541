"""The SCI statement: the contract's score, provider and consumer apart, and a reason wherever there is no score."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import Assess
from export_cases import NAMES, study

from lca.subjects.crosscheck.contract import methods

MODEL_AND_SERVICE = """
descriptor: 1
project: {name: Model and service, start: 2024-03}
goal: {units: [image], functional_unit: {description: one image, quantity: 1 image}}
sites: {paris: {location: FR}}
models: {m: {parameters: 7, training_tokens: 2e12 token}}
machines: {node: {site: paris, gpu: {model: NVIDIA A100 SXM4 80 GB, count: 8}}}
training: {final: {on: node, duration: 72 h, model: m}}
inference: {pictures: {on: node, volume: 100 image/day, duration: 1 year, time_per_request: 3 s}}
"""


def statement(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(study(name).export("sci").content)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_score_is_the_contract_s_or_null_with_a_reason(name: str) -> None:
    found, contract = statement(name), json.loads(study(name).json())
    assert found["score"] == methods(study(name))["sci_per_functional_unit"]
    for score in (found, found["sci_for_ai"]["provider"], found["sci_for_ai"]["consumer"]):
        assert (score["score"] is None) == bool(score["reason"])
        if score["score"] is not None:
            parts = score["operational"]["value"] + score["embodied"]["value"]
            assert score["score"]["value"] == pytest.approx(parts / score["functional_units"]["value"], rel=1e-11)
    whole = contract["totals"]["gwp100"]["value"]
    apart = [found["sci_for_ai"][who]["total"] for who in ("provider", "consumer")]
    assert sum(total["value"] for total in apart if total) == pytest.approx(whole, rel=1e-11)


def test_provider_and_consumer_have_their_own_units(assess_text: Assess) -> None:
    found = json.loads(assess_text(MODEL_AND_SERVICE, 50).export("sci").content)["sci_for_ai"]
    provider, consumer = found["provider"], found["consumer"]
    assert provider["functional_units"]["value"] == pytest.approx(6 * 7e9 * 2e12)
    assert provider["unit"].startswith("floating-point operation")
    assert provider["stages"] == ["training"]
    assert consumer["functional_units"]["value"] == pytest.approx(36_500, rel=1e-2)
    assert consumer["stages"] == ["inference"]
    assert provider["score"]["low95"] < provider["score"]["value"] < provider["score"]["high95"]


@pytest.mark.parametrize(
    ("model", "unit"), [("{training_tokens: 2e12 token}", "token that"), ("{parameters: 7}", "billion parameters")]
)
def test_without_operations_tokens_or_parameters_divide(assess_text: Assess, model: str, unit: str) -> None:
    text = MODEL_AND_SERVICE.replace("{parameters: 7, training_tokens: 2e12 token}", model)
    assert json.loads(assess_text(text).export("sci").content)["sci_for_ai"]["provider"]["unit"].startswith(unit)


def test_reasons_are_told() -> None:
    assert "no functional unit" in statement("minimal")["reason"]
    assert "nothing of the manufacture" in statement("stated")["sci_for_ai"]["provider"]["reason"]
    assert "none of these stages" in statement("minimal")["sci_for_ai"]["consumer"]["reason"]
    text = study("minimal").export("sci", "fr", "markdown").content.decode()
    assert "pas de score" in text.replace("\u202f", " ")


def test_a_least_says_so() -> None:
    assert statement("service")["at_least"] == study("service").footprint.is_partial("gwp100")
    assert statement("training-set-size")["at_least"] is True
