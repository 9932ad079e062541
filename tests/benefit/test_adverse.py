"""The adverse test: each reading and all together by hand, and silence no better than what applicants declare."""

from __future__ import annotations

import json

import pytest
from conftest import ROOT, Assess, assess_file, section_of

import lca
from lca import Assessment

CALL = ROOT / "projects" / "transition-call.yaml"


def net(assessment: Assessment, reading: str) -> float:
    return assessment.figures[f"benefit.adverse.{reading}"].value / 1000


def test_by_hand() -> None:
    """In tonnes over five years: what is taken off 1,216 t by the bounds that the dossier declares itself."""
    found = assess_file(CALL, draws=200)
    harms, enabling, cost = 5 * 3.8 * 0.4, 60 * 0.4, 2.700002
    against = 150 * 5 * 0.4 + harms + enabling + cost
    assert net(found, "gain") == pytest.approx(500 * 3.8 * 0.8 * 0.4 - against, rel=1e-9)
    assert net(found, "rebound") == pytest.approx(1000 * 3.8 * 0.6 * 0.4 - against, rel=1e-9)
    slower = 0.1 + 0.3 + 3
    assert net(found, "adoption") == pytest.approx(
        1000 * slower * 0.8 * 0.4 - against + harms - 5 * slower * 0.4, rel=1e-9
    )
    falling = 0.2 + 0.6 * 0.97 + 0.97**2 + 0.97**3 + 0.97**4
    assert net(found, "reference") == pytest.approx(1000 * falling * 0.8 * 0.4 - against, rel=1e-9)
    assert net(found, "alternative") == pytest.approx(1216 - against - 75 * 5 * 0.4, rel=1e-9)
    least = 0.1 + 0.3 * 0.97 + 0.97**2 + 0.97**3 + 0.97**4
    together = 500 * least * 0.6 * 0.4 - 225 * 5 * 0.4 - 5 * slower * 0.4 - enabling - cost
    assert net(found, "all") == pytest.approx(together, rel=1e-9)


def test_it_is_no_estimate() -> None:
    assessment = assess_file(CALL, draws=200)
    data = json.loads(assessment.json())["benefit"]["adverse_test"]
    assert [row["reading"] for row in data] == ["gain", "rebound", "adoption", "reference", "alternative", "all"]
    assert not {"low95", "high95", "median"} & set(data[0])
    for language, title, all_of in (
        ("en", "Adverse test, no estimate", "All together"),
        ("fr", "non une estimation", "Toutes"),
    ):
        section = section_of(assessment, "benefit", language)
        assert title in section
        assert all_of in section


TEXT = """descriptor: 1
project: {name: x, start: 2025-01, duration: 3 year}
sites: {p: {location: FR}}
training: {m: {energy: 1 MWh, site: p}}
benefit:
  reference: {description: as today, quantity: 100 tCO2e/year, ALTERNATIVES}
  effects: {less: {quantity: {value: 10 tCO2e/year, quality: low}, evidence: model, STATED}}
"""
STATED = {
    "rebound": "rebound: {value: 0.1, range95: [0.05, 0.3]}",
    "ramp_up": "ramp_up: [{value: 0.3, quality: low}, {value: 0.7, quality: low}, {value: 0.9, quality: low}]",
    "attribution": "attribution: 0.6",
}
ALTERNATIVES = (
    "alternatives: {hand: {description: by hand, without_ai: true, credible: true, "
    "saving: {value: 2 tCO2e/year, quality: low}}}"
)


def assessed(assess_text: Assess, *stated: str, alternatives: bool = True) -> Assessment:
    text = TEXT.replace("STATED", ", ".join(STATED[name] for name in stated))
    return assess_text(text.replace(", ALTERNATIVES", f", {ALTERNATIVES}" if alternatives else ""), draws=200)


@pytest.mark.parametrize(
    ("silent", "reading"),
    [("rebound", "rebound"), ("ramp_up", "adoption"), ("attribution", "attribution"), ("alternatives", "alternative")],
)
def test_declaring_nothing_is_not_rewarded(silent: str, reading: str, assess_text: Assess) -> None:
    """Who declares nothing stands, in the test, below what who declares something usual stands at."""
    declared = assessed(assess_text, *STATED)
    less = assessed(assess_text, *(n for n in STATED if n != silent), alternatives=silent != "alternatives")
    assert declared.benefit.climate is not None
    assert less.benefit.climate is not None
    assert less.benefit.climate.net_project.value > declared.benefit.climate.net_project.value  # silence looks better
    assert net(less, reading) < declared.benefit.climate.net_project.value / 1000
    (taken,) = [one for r in less.benefit.adverse if r.name == reading for one in r.taken]
    assert taken.by_catalogue


def test_an_own_server_that_is_always_on(assess_text: Assess) -> None:
    text = (
        TEXT.replace("STATED", STATED["rebound"])
        .replace(", ALTERNATIVES", "")
        .replace(
            "training:",
            "machines: {server: {site: p, gpu: {model: NVIDIA L4, count: 1}}}\n"
            "inference: {s: {on: server, volume: 800 request/day, duration: 3 year, time_per_request: 6 s}}\ntraining:",
        )
    )
    found = assess_text(text, draws=200)
    (reading,) = found.footprint.other_readings
    assert found.benefit.climate is not None
    extra = (reading.reserved.value - reading.shared.value) / 1000
    assert net(found, "machines") == pytest.approx(found.benefit.climate.net_project.value / 1000 - extra, rel=1e-9)


def test_an_earlier_catalogue_without_adverse_values_has_no_adverse_test() -> None:
    text = (ROOT / "tests/cases/established-benefit.yaml").read_text("utf-8")
    pinned = text.replace("descriptor: 1\n", 'descriptor: 1\ncatalogue: "2026.1"\n', 1)
    found = lca.read(pinned).assess(draws=20)
    assert found.benefit.study is not None
    assert found.benefit.adverse == ()
    assert lca.read(text).assess(draws=20).benefit.adverse
