"""The beginning of a model card: read by the Hub's own library, equal to the contract, whatever a user wrote."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from export_cases import HOSTILE, NAMES, study
from huggingface_hub import ModelCard, ModelCardData


def card(name: str, language: str = "en") -> tuple[str, dict[str, Any]]:
    text = study(name).export("huggingface", language).content.decode()
    read = ModelCard(text, ignore_metadata_errors=False)
    assert isinstance(read.data, ModelCardData)
    return text, yaml.safe_load(read.data.to_yaml())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_hub_reads_grams_that_equal_the_contract(language: str) -> None:
    _, read = card("alexnet-2012", language)
    emissions = read["co2_eq_emissions"]
    contract = json.loads(study("alexnet-2012").json())
    expected = contract["by_stage"]["training"]["gwp100"]["total"]["value"] * 1000
    assert emissions["emissions"] == pytest.approx(expected, rel=1e-11)
    assert emissions["training_type"] == "pre-training"
    assert emissions["geographical_location"].startswith("toronto (Ontario")
    assert emissions["hardware_used"].startswith("2 × NVIDIA GeForce GTX 580 3 GB")
    assert "95" in emissions["source"]


@pytest.mark.parametrize("name", NAMES)
def test_training_and_experiments_are_added(name: str) -> None:
    stages = json.loads(study(name).json())["by_stage"]
    made = [stages[stage]["gwp100"]["total"] for stage in ("training", "experiments") if stage in stages]
    for language in ("en", "fr"):
        emissions = card(name, language)[1].get("co2_eq_emissions")
        assert (emissions is None) == (not made)
        if emissions is not None:
            assert emissions["emissions"] == pytest.approx(sum(one["value"] for one in made) * 1000, rel=1e-11)


def test_a_study_without_training_has_no_number() -> None:
    text, read = card("service")
    assert "co2_eq_emissions" not in read
    assert "was not assessed is zero" in text


def test_a_fine_tuning_is_named() -> None:
    assert card("alpie-core-32b")[1]["co2_eq_emissions"]["training_type"] == "fine-tuning"


def test_a_partial_figure_says_at_least() -> None:
    text, _ = card("alexnet-2012")
    assert "| Total, water consumption | at least " in text
    assert "| Total, primary energy of manufacture | not assessed | – |" in text
    partial, read = card("training-set-size")
    assert "at least 43.63" in read["co2_eq_emissions"]["source"]
    assert "counts for nothing" in partial


def test_a_hostile_text_stays_a_text() -> None:
    text, read = card("hostile")
    assert read["co2_eq_emissions"]["geographical_location"] == f"{HOSTILE} (France)"
    assert list(read) == ["co2_eq_emissions"]
    assert "<b>" not in text.partition("\n## ")[2].replace("\\<b\\>", "")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in rows} == {4}
