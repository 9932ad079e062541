"""What is not stated of a benefit never makes it surer or better: each case beside the one that states more."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import ROOT, Assess

from lca.problems import ProblemsFound

#: A benefit that leaves no question open and states a range for all that it announces.
FULL = (ROOT / "tests" / "cases" / "established-benefit.yaml").read_text("utf-8").partition("\n")[2]

SAVING = "        saving: {value: 10 tCO2e/year, range95: [2 tCO2e/year, 30 tCO2e/year]}\n"


def benefit_of(assess_text: Assess, text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(assess_text(text, draws=2000).json())["benefit"]
    return found


def test_a_full_benefit_is_established_and_has_a_probability(assess_text: Assess) -> None:
    found = benefit_of(assess_text, FULL)
    assert found["established"] is True
    assert found["open_questions"] == []
    assert found["probability_net_positive"] is not None
    assert found["net_project"]["low95"] < found["net_project"]["value"] < found["net_project"]["high95"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("    flows: {heating: {amount: 10 GWh/year, electricity: FR, path: [1, 0.97]}}\n", "", "LCA821"),
        ("        without_ai: true\n", "", "LCA822"),
        ("inference: {reason: a}, ", "", "LCA823"),
        ("duration: 3 year", "duration: 3 year", ""),
        ("benefit:\n", "benefit:\n  horizon: 10 year\n", "LCA825"),
        (FULL[FULL.index("  harms:") : FULL.index("  enabling:")], "", "LCA835"),
        (FULL[FULL.index("  enabling:") :], "", "LCA835"),
        (SAVING, "", "LCA836"),
        (SAVING, "        flows: {heating: {remains: 8 GWh/year}}\n", "LCA836"),  # what a factor converts
        (SAVING, f"        flows: {{heating: {{remains: 8 GWh/year}}}}\n{SAVING}", ""),
    ],
)
def test_what_is_left_out_leaves_the_net_unestablished(assess_text: Assess, old: str, new: str, code: str) -> None:
    assert old in FULL
    text = FULL.replace(old, new)
    assessment = assess_text(text, draws=200)
    found = json.loads(assessment.json())["benefit"]
    assert [question["code"] for question in found["open_questions"]] == ([code] if code else [])
    assert found["established"] is not bool(code)
    if code:
        assert (found["probability_net_positive"], found["probability_reason"]) == (None, "not-established")
        for language, said in (
            ("en", "the net benefit is not established"),
            ("fr", "le bénéfice net n’est pas établi"),
        ):
            page = assessment.report(language).page_one
            assert said in page.replace("\u202f", " ").replace("\u00a0", " ")
            assert ("Net of the project" if language == "en" else "Net du projet") not in page


@pytest.mark.parametrize(
    ("ranged", "bare"),
    [
        ("{value: 100 tCO2e/year, range95: [20 tCO2e/year, 180 tCO2e/year]}", "100 tCO2e/year"),
        ("{value: 0.2, range95: [0.05, 0.4]}", "0.2"),
        ("{value: 0.5, range95: [0.3, 0.7]}", "0.5"),
        ("{value: 10 tCO2e/year, range95: [2 tCO2e/year, 30 tCO2e/year]}", "10 tCO2e/year"),
        ("{value: 1 tCO2e/year, range95: [0.5 tCO2e/year, 2 tCO2e/year]}", "1 tCO2e/year"),
        ("{value: 2 tCO2e, range95: [1 tCO2e, 4 tCO2e]}", "2 tCO2e"),
        ("      rebound: {value: 0.2, range95: [0.05, 0.4]}\n", ""),
        ("      ramp_up: [{value: 0.5, range95: [0.3, 0.7]}, 1]\n", ""),
    ],
)
def test_an_amount_without_a_range_has_no_interval(assess_text: Assess, ranged: str, bare: str) -> None:
    assert ranged in FULL
    found = benefit_of(assess_text, FULL.replace(ranged, bare))
    net = found["net_project"]
    assert (net["low95"], net["median"], net["high95"]) == (None, None, None)
    assert (found["probability_net_positive"], found["probability_reason"]) == (None, "no-range")
    assert found["cost"]["low95"] is not None


def test_a_range_narrower_than_its_evidence_is_that_of_its_class(assess_text: Assess) -> None:
    narrow = FULL.replace("[20 tCO2e/year, 180 tCO2e/year]", "[98 tCO2e/year, 102 tCO2e/year]")
    wide = FULL.replace("[20 tCO2e/year, 180 tCO2e/year]", "[50 tCO2e/year, 150 tCO2e/year]")
    found = benefit_of(assess_text, narrow)
    assert found["potential"] == benefit_of(assess_text, wide)["potential"]
    codes = [p.code for p in assess_text(narrow, draws=0).problems]
    assert "LCA834" in codes
    assert "LCA834" not in [p.code for p in assess_text(wide, draws=0).problems]


def test_a_rebound_of_ten_is_asked(assess_text: Assess) -> None:
    line = FULL[: FULL.index("rebound:")].count("\n") + 1
    with pytest.raises(ProblemsFound) as caught:
        assess_text(FULL.replace("rebound: {value: 0.2, range95: [0.05, 0.4]}", "rebound: 10"))
    (problem,) = [p for p in caught.value.problems if p.severity == "error"]
    assert (problem.location.line, problem.code) == (line, "LCA304")
    assert "1000 %" in problem.message
    assert problem.hint.startswith("write `10 %` or `0.1`")
    assert assess_text(FULL.replace("rebound: {value: 0.2, range95: [0.05, 0.4]}", "rebound: 110 %"))


def test_a_flow_follows_its_path(assess_text: Assess) -> None:
    # 10 GWh a year, of which 4 GWh remain, at an own factor of 50 g: 300 t in the first year, 291 t in each of the two others.
    text = FULL.replace("electricity: FR, path", "factor: own, path").replace(
        "quantity: {value: 100 tCO2e/year, range95: [20 tCO2e/year, 180 tCO2e/year]}",
        "flows: {heating: {with_project: 4 GWh/year}}",
    )
    text = text.replace("ramp_up: [{value: 0.5, range95: [0.3, 0.7]}, 1]", "ramp_up: [1]")
    text += "factors: {own: {per: kWh, gwp100: 50 gCO2e, source: maker}}\n"
    assert benefit_of(assess_text, text)["potential"]["value"] == pytest.approx(300e3 + 2 * 291e3, rel=1e-9)


def test_a_normal_that_would_be_below_zero_is_refused(assess_text: Assess) -> None:
    text = FULL.replace("range95: [20 tCO2e/year, 180 tCO2e/year]", "distribution: {shape: normal, sd: 70 tCO2e/year}")
    with pytest.raises(ProblemsFound) as caught:
        assess_text(text)
    (problem,) = [p for p in caught.value.problems if p.severity == "error"]
    assert problem.code == "LCA305"
    assert "below zero" in problem.message


def test_shares_left_out_are_no_more_than_the_whole(assess_text: Assess) -> None:
    text = FULL.replace("{reason: a}", "{reason: a, estimated_share: 0.9}").replace(
        "{reason: b}", "{reason: b, estimated_share: 0.5}"
    )
    with pytest.raises(ProblemsFound) as caught:
        assess_text(text)
    (problem,) = [p for p in caught.value.problems if p.severity == "error"]
    assert (problem.location.line, problem.code) == (3, "LCA304")
    assert "140 %" in problem.message
