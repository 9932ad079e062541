"""Benefits in their own units: by hand, with a factor and without one, and never better for what is left out."""

from __future__ import annotations

import json

import pytest
from conftest import ROOT, Assess, assess_file, section_of

from lca import Assessment
from lca.problems import ProblemsFound
from lca.subjects.benefit.physical import PhysicalBenefit

FIELD = """descriptor: 1
project: {name: Field, start: 2025-01, duration: 4 year, language: en}
goal:
  excluded:
    experiments: {reason: none, estimated_share: 0}
    inference: {reason: none, estimated_share: 0}
    equipment: {reason: none, estimated_share: 0}
sites: {paris: {location: FR}}
training: {model: {energy: 1 MWh, site: paris}}
factors: {spray: {per: kg, gwp100: 10 kgCO2e, source: made up}}
benefit:
  reference:
    description: as today
    flows: {spray: {amount: {value: 6000 kg/year, quality: high}, PATH FACTOR}}
    alternatives:
      by-hand:
        {description: by hand, without_ai: true, credible: true, flows: {spray: {remains: {value: 5000 kg/year, quality: low}}}}
  effects:
    less:
      flows: {spray: {with_project: {value: 4000 kg/year, quality: low}}}
      ramp_up: [{value: 0.5, quality: low}, 1]
      attribution: 0.5
      rebound: {value: 0.1, range95: [0.05, 0.2]}
      evidence: model
  no_harms: none
  no_enabling: none
"""


def field(
    assess_text: Assess, *changes: tuple[str, str], path: str = "path: [1, 0.9, 0.8],", factor: str = ""
) -> Assessment:
    text = FIELD.replace("PATH", path).replace("FACTOR", f"factor: {factor}" if factor else "")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return assess_text(text, draws=2000)


def line(assessment: Assessment) -> PhysicalBenefit:
    (found,) = assessment.benefit.physical
    return found


def test_by_hand(assess_text: Assess) -> None:
    found = line(field(assess_text))
    # 2,000 kg a year x (0.5 x 1 + 1 x 0.9 + 2 x 0.8), nine tenths of it kept, half of that the project's.
    assert found.potential.value == pytest.approx(2000 * 3.0, rel=1e-12)
    assert found.realised.value == pytest.approx(5400, rel=1e-12)
    assert found.attributed.value == pytest.approx(2700, rel=1e-12)
    # By hand 1,000 kg a year for four years, in full from the first day, half of it.
    assert found.anyway["by-hand"].value == pytest.approx(2000, rel=1e-12)
    assert found.remains.value == pytest.approx(700, rel=1e-12)
    assert (found.remains.unit, found.converted) == ("kg", False)


def test_without_a_factor_there_is_no_net_and_no_gap_in_the_page(assess_text: Assess) -> None:
    assessment = field(assess_text)
    assert assessment.benefit.climate is None
    section = section_of(assessment, "benefit", "en")
    assert "no factor converts it" in section
    assert "700 kg" in section.replace("\u00a0", " ")
    data = json.loads(assessment.json())
    assert data["benefit"]["reason"] == "no effect is stated on an indicator"
    assert data["physical_benefits"][0]["remains"]["value"] == 700
    assert assessment.figures["benefit.physical.less.spray.remains"].value == pytest.approx(700, rel=1e-12)


def test_with_a_factor_it_counts_on_the_indicator_too(assess_text: Assess) -> None:
    assessment = field(assess_text, factor="spray")
    assert assessment.benefit.climate is not None
    assert line(assessment).converted
    assert assessment.benefit.climate.attributed.value == pytest.approx(
        10 * line(assessment).attributed.value, rel=1e-12
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (", flows: {spray: {remains: {value: 5000 kg/year, quality: low}}}", ""),
        ("      rebound: {value: 0.1, range95: [0.05, 0.2]}\n", ""),
        ("      ramp_up: [{value: 0.5, quality: low}, 1]\n", ""),
        ("without_ai: true, ", ""),
        ("  no_harms: none\n", ""),
        ("{value: 4000 kg/year, quality: low}", "4000 kg/year"),
    ],
)
def test_what_is_left_out_is_no_better_without_a_word(assess_text: Assess, old: str, new: str) -> None:
    whole, less = field(assess_text), field(assess_text, (old, new))
    told = {p.code for p in less.problems} - {p.code for p in whole.problems}
    better = line(less).remains.value > line(whole).remains.value
    assert not better or told or line(less).remains.is_open, "better, and nobody says so"


def test_an_amount_that_is_none_per_time_is_refused(assess_text: Assess) -> None:
    with pytest.raises(ProblemsFound, match="LCA303 `6000 kg` is no amount per time"):
        field(assess_text, ("6000 kg/year", "6000 kg"))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "flows: {spray: {remains",
            "flows: {sprey: {remains",
            "LCA401 `sprey` is not one of the flows of the reference",
        ),
        (
            "remains: {value: 5000 kg/year",
            "remains: {value: 5000 L/year",
            "LCA404 `5000 L/year` remains of `6000 kg/year`",
        ),
    ],
)
def test_flows_of_an_alternative_are_those_of_the_reference(assess_text: Assess, old: str, new: str, says: str) -> None:
    with pytest.raises(ProblemsFound) as found:
        field(assess_text, (old, new))
    assert says in str(found.value)


def test_the_vineyard() -> None:
    # 2,000 kg x (0.2 + 0.6 x 0.98 + 0.96 + 0.94 + 0.92) x 0.5, less 1,000 kg x 5 x 0.5.
    found = line(assess_file(ROOT / "projects" / "vineyard.yaml", draws=200))
    assert found.attributed.value == pytest.approx(1000 * 3.608, rel=1e-12)
    assert found.remains.value == pytest.approx(1000 * 3.608 - 2500, rel=1e-12)
