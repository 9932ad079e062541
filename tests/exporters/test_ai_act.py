"""Training time, computation and energy for the AI Act: equal to the contract, known or estimated, never zero for unknown."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import Assess
from export_cases import NAMES, study


def exported(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(study(name).export("ai-act", "en", "json").content)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_figures_equal_the_contract(name: str) -> None:
    contract, found = json.loads(study(name).json()), exported(name)
    for one in found["trainings"]:
        energy = contract["by_activity"].get(one["activity"], {}).get("energy")
        assert (one["energy"] is None) == (energy is None)
        if energy is not None:
            for bound in ("value", "low95", "high95"):
                assert one["energy"][bound] == pytest.approx(energy[bound] / 1000, rel=1e-11)
            assert one["energy"]["rounded"] == float(f"{energy['value'] / 1000:.2g}")
        resolved = contract["resolved"][one["activity"]]
        assert one["processor_hours"] == resolved["processor_hours"]
        if resolved["duration"] is not None:
            assert one["training_time"] == resolved["duration"]
    for stage, energy in found["energy"].items():
        whole = contract["by_stage"].get(stage, {}).get("energy")
        assert (energy is None) == (whole is None)
        if energy is not None:
            assert energy["value"] == pytest.approx(whole["value"] / 1000, rel=1e-11)


def test_operations_follow_from_parameters_and_tokens() -> None:
    (one,) = exported("hostile")["trainings"]
    assert one["floating_point_operations"]["value"] == pytest.approx(6 * 7e9 * 2e12, rel=1e-12)
    assert one["floating_point_operations_by"] == "by-size"
    text = study("hostile").export("ai-act", "fr").content.decode()
    assert "six par paramètre actif" in text


def test_stated_operations_come_first_and_unknown_ones_are_not_stated(assess_text: Assess) -> None:
    text = """
descriptor: 1
project: {name: P, start: 2024-03}
sites: {paris: {location: FR}}
models: {m: {flop: 6.6e22 FLOP, parameters: 7, training_tokens: 2e12 token}}
training: {final: {energy: {value: 2 MWh, evidence: measured}, site: paris, model: m, duration: 30 h}}
"""
    (one,) = json.loads(assess_text(text).export("ai-act", form="json").content)["trainings"]
    assert one["floating_point_operations"]["value"] == 6.6e22
    assert one["floating_point_operations_by"] == "stated"
    assert one["training_time"]["value"] == 30
    (unknown,) = exported("alexnet-2012")["trainings"]
    assert unknown["floating_point_operations"] is None
    assert "| Floating-point operations | not stated |" in study("alexnet-2012").export("ai-act").content.decode()


def test_what_was_not_assessed_is_no_zero() -> None:
    found = exported("stated")
    assert found["energy"] == {"training": None, "experiments": None}
    assert "| Training | not assessed |" in study("stated").export("ai-act").content.decode()


def test_energy_says_whether_it_is_known() -> None:
    assert exported("alexnet-2012")["trainings"][0]["energy"]["known"] != "measured"
    assert "estimated" in study("alexnet-2012").export("ai-act").content.decode()
