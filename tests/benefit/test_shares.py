"""Several who claim one benefit: it is counted once, and its shares add up to no more than the whole."""

from __future__ import annotations

import numpy as np
import pytest
from conftest import AS_OF, Assess

import lca
from lca import Assessment
from lca.assessment.what_if.control import ATTRIBUTION
from lca.assessment.what_if.controls import controls
from lca.subjects.benefit.declared import Benefit
from lca.subjects.benefit.value import attribution_sweep

HEAD = """descriptor: 1
project: {name: Heating, start: 2024-01, applicant: Lab, duration: 3 year}
goal:
  excluded:
    collection: {reason: none is used}
    transfer: {reason: none is used}
    storage: {reason: none is used}
    experiments: {reason: none is used}
    inference: {reason: none is used}
    equipment: {reason: none is used}
training:
  model: {stated: {gwp100: 30 tCO2e, scope: operational, source: a report}}
benefit:
  horizon: 2 year
  reference:
    description: heating goes on
    quantity: {value: 1000 tCO2e/year, range95: [900 tCO2e/year, 1100 tCO2e/year]}
    alternatives: {manual: {description: by hand, without_ai: true, why_not: too slow}}
  no_harms: none is expected
  no_enabling: nothing is installed
  effects:
"""
LAB = """    less-heating:
      id: nancy-heating
      quantity: {value: 100 tCO2e/year, range95: [50 tCO2e/year, 150 tCO2e/year]}
      attribution: 0.4
      rebound: 20 %
      evidence: model
"""
CITY = """    our-heating:
      id: nancy-heating
      attribution: 30 %
      evidence: expert
"""
ELSEWHERE = """      also_claimed_in:
        heat: {call: Horizon Europe, share: 0.2}
"""


def found(text: str) -> list[tuple[str, str, str]]:
    study = lca.read(text, name="study.yaml")
    return [(str(p.location), p.code, p.message) for p in study.problems if p.severity == "error"]


def questions(assessment: Assessment) -> list[tuple[str, str, str]]:
    return [(q.code, q.path, q.said) for q in assessment.benefit.open_questions]


def test_one_benefit_of_two_partners_is_counted_once(assess_text: Assess) -> None:
    assessment = assess_text(HEAD + LAB + CITY, draws=100)
    study = assessment.benefit.study
    assert study is not None
    climate = study.climate
    # 100 t a year over two years; a fifth is lost; 0.4 and 0.3 of it are the project's.
    assert climate.potential.value == pytest.approx(200_000, rel=1e-12)
    assert climate.realised.value == pytest.approx(160_000, rel=1e-12)
    assert climate.attributed.value == pytest.approx(112_000, rel=1e-12)
    assert climate.net_solution.value == pytest.approx(160_000 - 30_000, rel=1e-12)
    assert climate.net_project.value == pytest.approx(112_000 - 30_000, rel=1e-12)
    np.testing.assert_allclose(climate.attributed.draws, 0.7 * climate.realised.draws, rtol=1e-12)
    assert questions(assessment) == []


def test_the_share_is_that_of_one_who_claims_it_all(assess_text: Assess) -> None:
    both, one = (assess_text(text, draws=50) for text in (HEAD + LAB + CITY, HEAD + LAB.replace("0.4", "0.7")))
    for path in ("benefit.net_project", "benefit.net_solution", "benefit.payback", "benefit.break-even.rebound"):
        assert both.figures[path].value == pytest.approx(one.figures[path].value, rel=1e-12)
    found = {item.name: (item.status, item.value) for item in both.benefit.break_evens}
    # 30 of 112 t: the claims may shrink to this part of what is stated.
    status, share = found["attribution"]
    assert status == "at"
    assert share == pytest.approx(30 / 112, rel=1e-9)


def test_a_partners_share_names_his_own_line(assess_text: Assess) -> None:
    inputs = assess_text(HEAD + LAB + CITY).explain("benefit.attributed")
    origins = {step.origin.split(" ")[0] for step in inputs if step.label.endswith(".attribution")}
    assert {place.split(":", 1)[1] for place in origins} == {"25:20", "30:20"}


def test_the_sweep_puts_one_share_in_place_of_all_that_is_claimed(assess_text: Assess) -> None:
    assessment = assess_text(HEAD + LAB + CITY)
    study = assessment.benefit.study
    assert study is not None
    swept = {row.attribution: row.net for row in attribution_sweep(study.climate, assessment.study[Benefit])}
    assert swept[1.0] == pytest.approx(160_000 - 30_000, rel=1e-12)
    assert swept[0.25] == pytest.approx(40_000 - 30_000, rel=1e-12)


def test_a_reader_does_not_change_what_partners_have_agreed(assess_text: Assess) -> None:
    def shares(text: str) -> list[str]:
        return [one.path for one in controls(assess_text(text)) if one.kind == ATTRIBUTION]

    assert shares(HEAD + LAB + CITY) == []
    assert shares(HEAD + LAB) == ["benefit.effects.less-heating"]


def test_shares_add_up_to_the_whole_and_no_further() -> None:
    whole = HEAD + LAB + ELSEWHERE + CITY.replace("30 %", "40 %")
    assert found(whole) == []
    message = (
        "the shares that are claimed of `nancy-heating` add up to 1.1, more than the whole: "
        "0.4 (study.yaml:25:20), 40 % (study.yaml:32:20), 0.3 (study.yaml:29:45)"
    )
    assert found(whole.replace("0.2}", "0.3}")) == [("study.yaml:25:20", "LCA426", message)]


def test_one_who_claims_alone_shares_with_other_calls() -> None:
    text = HEAD + LAB.replace("      id: nancy-heating\n", "").replace("0.4", "0.9") + ELSEWHERE
    message = (
        "the shares that are claimed of `less-heating` add up to 1.1, more than the whole: "
        "0.9 (study.yaml:24:20), 0.2 (study.yaml:28:45)"
    )
    assert found(text) == [("study.yaml:24:20", "LCA426", message)]


def test_what_two_say_of_one_call_is_one_claim_and_the_larger_counts() -> None:
    text = HEAD + LAB + ELSEWHERE + CITY + ELSEWHERE.replace("Horizon Europe", "horizon europe ").replace("0.2", "0.3")
    assert found(text) == []  # 0.4 + 0.3 + 0.3
    assert [code for _, code, _ in found(text.replace("share: 0.3", "share: 0.31"))] == ["LCA426"]
    other = text.replace("horizon europe ", "another call")  # 0.4 + 0.3 + 0.2 + 0.3
    assert "add up to 1.2, more than the whole" in found(other)[0][2]


def test_a_benefit_whose_amount_stands_twice_is_refused() -> None:
    text = HEAD + LAB + CITY + "      quantity: {value: 90 tCO2e/year, range95: [80 tCO2e/year, 99 tCO2e/year]}\n"
    message = (
        "benefit.effects.our-heating: `nancy-heating` is one benefit, and benefit.effects.less-heating "
        "(study.yaml:23:7) says how much it is"
    )
    assert found(text) == [("study.yaml:29:7", "LCA402", message)]


def test_a_claim_on_nothing_and_a_claim_of_no_share_are_refused() -> None:
    assert found(HEAD + CITY) == [
        ("study.yaml:23:7", "LCA402", "benefit.effects.our-heating: nothing says how much is avoided")
    ]
    message = "benefit.effects.our-heating: several claim a share of `nancy-heating`, and this claim states none"
    assert found(HEAD + LAB + CITY.replace("      attribution: 30 %\n", "")) == [("study.yaml:29:7", "LCA202", message)]


@pytest.mark.parametrize(
    ("old", "new", "path", "said"),
    [
        ("applicant: Lab,", "applicant: Lab, partners: [City],", "benefit.effects.less-heating", "attribution: –"),
        (
            "      rebound",
            "      also_claimed_in: {heat: {call: Horizon Europe, share: 0.2}}\n      rebound",
            "benefit.effects.less-heating",
            "attribution: –",
        ),
    ],
)
def test_without_a_share_a_benefit_of_several_is_not_established(
    assess_text: Assess, old: str, new: str, path: str, said: str
) -> None:
    text = (HEAD + LAB).replace(old, new)
    assert questions(assess_text(text)) == []
    silent = assess_text(text.replace("      attribution: 0.4\n", ""))
    assert questions(silent) == [("LCA827", path, said)]
    assert ("LCA827", path) in {(claim.rule.code, claim.path) for claim in silent.claims.claims}


def test_the_share_of_another_call_is_asked_for(assess_text: Assess) -> None:
    assessment = assess_text(HEAD + LAB + ELSEWHERE.replace(", share: 0.2", ""))
    assert questions(assessment) == [
        ("LCA827", "benefit.effects.less-heating.also_claimed_in.heat", "share: –"),
    ]
    study = assessment.benefit.study
    assert study is not None
    assert not study.is_established


@pytest.mark.parametrize("layout", ["dossier", "full"])
def test_the_report_gives_each_share(layout: str) -> None:
    study = lca.read(HEAD + LAB + ELSEWHERE + CITY, name="study.yaml").assess(draws=50, as_of=AS_OF)
    page = study.report("fr", layout).html
    assert "0,4 + 30\u202f% (our-heating)" in page
    assert "Revendiqué aussi dans\u00a0: Horizon Europe, 0,2." in page
