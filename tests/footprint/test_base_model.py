"""A fine-tuning begins with a model of others: how that one's training counts is asked, never passed over."""

from __future__ import annotations

import pytest

import lca

FRAME = """descriptor: 1
project: {name: Tuned, start: 2026-01, duration: 1 year, language: en}
sites: {lab: {location: FR, electricity: 100 gCO2e/kWh}}
training:
"""
TUNED = "  tuned: {kind: fine-tuning, energy: 10 kWh, site: lab%s}\n"
BASE = ", base_model: {name: open model, rule: %s}"


def asked(trainings: str) -> list[str]:
    return [str(p) for p in lca.read(FRAME + trainings, name="tuned.yaml").problems if p.code == "LCA622"]


def test_a_fine_tuning_without_its_base_is_asked_about_it() -> None:
    (told,) = asked(TUNED % "")
    assert told.startswith(
        "tuned.yaml:5:17: LCA622 warning: training.tuned: it begins with a model that others trained"
    )
    assert "`excluded` with a `reason`" in told


@pytest.mark.parametrize(
    "trainings",
    [
        TUNED % BASE % "excluded, reason: public",
        TUNED % BASE % "full, footprint: {gwp100: 1 tCO2e, source: card}",
        TUNED % "" + "  base: {energy: 900 kWh, site: lab}\n",
        "  tuned: {kind: fine-tuning, stated: {gwp100: 2 kgCO2e, source: card}}\n",
        "  own: {energy: 10 kWh, site: lab}\n",
    ],
    ids=["excluded", "full", "the study trains it", "stated as a whole", "no fine-tuning"],
)
def test_what_says_it_is_not_asked(trainings: str) -> None:
    assert not asked(trainings)
