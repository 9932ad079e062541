"""The benefit side against cases worked by hand."""

from __future__ import annotations

import pytest
from conftest import ROOT, Assess, assess_file

from lca import Assessment

BASE = """
descriptor: 1
project: {name: Benefit, start: 2024-01, duration: 1 year}
training:
  small-1: {stated: {gwp100: 0.4 gCO2e, source: slides}}
  small-2: {stated: {gwp100: 0.4 gCO2e, source: slides}}
  small-3: {stated: {gwp100: 0.4 gCO2e, source: slides}}
  small-4: {stated: {gwp100: 0.4 gCO2e, source: slides}}
  small-5: {stated: {gwp100: 0.4 gCO2e, source: slides}}
  large: {stated: {gwp100: 2.7 tCO2e, source: slides}}
benefit:
  reference: {description: the services run as they do today}
"""


def established(text: str) -> str:
    """Return a descriptor whose comparison leaves no question open."""
    excluded = "goal: {excluded: {inference: {reason: a}, experiments: {reason: b}, equipment: {reason: c}}}\n"
    full = "quantity: 9000 tCO2e/year, alternatives: {rules: {description: rules, without_ai: true}}"
    text = text.replace("as they do today}", f"as they do today, {full}}}").replace("training:", excluded + "training:")
    return text + "  no_harms: nobody is worse off\n  no_enabling: nothing to install\n"


def figures(assessment: Assessment) -> dict[str, float]:
    benefit = assessment.benefit.climate
    assert benefit is not None
    names = ("potential", "realised", "attributed", "harms", "enabling", "cost", "net_solution", "net_project")
    return {name: getattr(benefit, name).value for name in names}


def test_two_point_seven_tonnes_against_a_thousand(assess_text: Assess) -> None:
    # Five systems at 0.4 g and one at 2.7 t: 2.700002 t; 1000 t in one year at full effect, nothing taken off.
    text = BASE + "  effects: {gain: {quantity: 1000 tCO2e/year, evidence: model, attribution: 1, no_rebound: none}}\n"
    found = figures(assess_text(text))
    assert found["cost"] == pytest.approx(2700.002, rel=1e-12)
    assert found["potential"] / found["cost"] == pytest.approx(370.370096022, rel=1e-9)
    assert found["cost"] / found["potential"] * 365 == pytest.approx(0.98550073, rel=1e-9)
    # Payback by the tree: 2.700002 / 1000 of a year of 365.25 days.
    balance = assess_text(text).benefit.climate
    assert balance is not None
    assert balance.payback.value * 365.25 == pytest.approx(0.9861757305, rel=1e-9)
    assert round(balance.payback.value * 365.25, 3) == 0.986
    assert found["net_project"] == pytest.approx(997299.998, rel=1e-12)


def test_adoption_attribution_and_rebound(assess_text: Assess) -> None:
    # Three years at 0.2, 0.6, 1.0: potential 1800 t; realised 1800 x 0.8 = 1440 t; attributed 1440 x 0.4 = 576 t.
    # Harms 10 t/year with the same ramp: 18 t, attributed 7.2 t. Enabling 12 t once, attributed half: 6 t.
    text = BASE + (
        "  horizon: 3 year\n"
        "  effects: {gain: {quantity: 1000 tCO2e/year, ramp_up: [0.2, 0.6, 1], attribution: 0.4, rebound: 0.2, evidence: pilot}}\n"
        "  harms: {induction: {quantity: 10 tCO2e/year, ramp_up: [0.2, 0.6, 1], attribution: 0.4, evidence: model}}\n"
        "  enabling: {valves: {quantity: 12 tCO2e, attribution: 0.5, evidence: model}}\n"
    )
    expected = {
        "potential": 1_800_000,
        "realised": 1_440_000,
        "attributed": 576_000,
        "harms": 18_000,
        "enabling": 12_000,
        "cost": 2700.002,
        "net_solution": 1_440_000 - 18_000 - 12_000 - 2700.002,
        "net_project": 576_000 - 7_200 - 6_000 - 2700.002,
    }
    assert figures(assess_text(text)) == pytest.approx(expected, rel=1e-12)


def test_no_benefit_beyond_its_validity_and_the_last_adoption_goes_on(assess_text: Assess) -> None:
    # Valid for 2.5 years: 0.5 + 1 + half a year at 1; the second effect for all ten years.
    text = BASE + (
        "  horizon: 10 year\n"
        "  effects:\n"
        "    gain: {quantity: 1000 tCO2e/year, ramp_up: [0.5, 1], validity: 2.5 year, evidence: model}\n"
        "    small: {quantity: 1 tCO2e/year, evidence: model}\n"
    )
    assert figures(assess_text(text))["potential"] == pytest.approx((0.5 + 1 + 0.5 * 1) * 1e6 + 10e3, rel=1e-12)


def test_rebound_above_one_turns_the_net_negative(assess_text: Assess) -> None:
    text = BASE + "  effects: {gain: {quantity: 1000 tCO2e/year, rebound: 110 %, evidence: model}}\n"
    found = figures(assess_text(text))
    assert found["realised"] == pytest.approx(-100_000, rel=1e-9)
    assert found["net_project"] < 0


def test_probability_is_the_share_of_draws_and_no_expert_gives_one(assess_text: Assess) -> None:
    # The net is positive where the gain exceeds the cost of 2.7 t: with a normal around 2.7 t that is half of the draws.
    gain = "{value: 2.700002 tCO2e/year, distribution: {shape: normal, sd: 0.7 tCO2e/year}}"
    effect = f"quantity: {gain}, ramp_up: [1], no_rebound: fixed, evidence: model"
    text = established(BASE + f"  effects: {{gain: {{{effect}}}}}\n")
    benefit = assess_text(text, draws=20_000).benefit.climate
    assert benefit is not None
    assert benefit.probability_net_positive == pytest.approx(0.5, abs=0.015)
    expert = assess_text(text.replace("evidence: model", "evidence: expert"), draws=1000).benefit.climate
    assert expert is not None
    assert (expert.probability_net_positive, expert.probability_reason) == (None, "expert")


def test_a_claim_without_its_conditions_is_doubted(assess_text: Assess) -> None:
    text = BASE + "  effects: {gain: {quantity: 1000 tCO2e/year, evidence: expert}}\n"
    assert {"LCA822", "LCA824", "LCA827", "LCA828", "LCA829"} <= {p.code for p in assess_text(text).problems}


def test_the_call_dossier() -> None:
    # 1000 t x (0.2 + 0.6 + 1 + 1 + 1) = 3800 t; x 0.8 = 3040 t; x 0.4 = 1216 t. What manual readings would avoid anyway,
    # 150 t x 5 x 0.4 = 300 t. New sensors 5 t x 3.8 x 0.4 = 7.6 t, retrofits 60 t x 0.4 = 24 t, cost 2.700002 t.
    assessment = assess_file(ROOT / "projects/transition-call.yaml")
    found = figures(assessment)
    assert found["potential"] == pytest.approx(3_800_000, rel=1e-12)
    assert found["realised"] == pytest.approx(3_040_000, rel=1e-12)
    assert found["attributed"] == pytest.approx(1_216_000, rel=1e-12)
    assert found["net_project"] == pytest.approx(1_216_000 - 300_000 - 7_600 - 24_000 - 2700.002, rel=1e-12)
    assert assessment.benefit.study is not None
    described = assessment.benefit.study.references[""]
    assert described.net_project.value == pytest.approx(1_216_000 - 7_600 - 24_000 - 2700.002, rel=1e-12)
