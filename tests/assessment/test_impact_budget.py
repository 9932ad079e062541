"""Budgets: what is read as one, when it is kept, and by how much it is exceeded, worked out by hand."""

from __future__ import annotations

import pytest
from conftest import ROOT, Assess

import lca
from lca.assessment.impact_budget import EXCEEDED, KEPT, NOT_ASSESSED, PARTIAL, read_budget
from lca.quantities.units import UnitError

#: 10 MWh at 0.1 kg/kWh: 1000 kg, of which the stated range is known.
CASE = """
descriptor: 1
project: {name: Budget, start: 2026-01}
sites: {own: {location: FR, pue: 1, electricity: 100 gCO2e/kWh}}
training: {model: {energy: {value: 10 MWh, range95: [8 MWh, 13 MWh]}, site: own}}
"""
#: As it is, with nothing left open: 2700.002 kg, 2.0 to 3.4 t.
WHOLE = ROOT / "projects" / "transition-call.yaml"
INDICATORS = lca.catalogue().indicators


@pytest.mark.parametrize(
    ("text", "most", "unit"),
    [
        ("gwp100=3t", 3000, "kgCO2e"),  # a mass alone is one of what the indicator counts
        ("gwp100=3 tCO2e", 3000, "kgCO2e"),
        ("gwp100 = 0,5 t", 500, "kgCO2e"),
        ("gwp100=1 250 kg", 1250, "kgCO2e"),
        ("gwp100=0kg", 0, "kgCO2e"),
        ("adpe=20 g", 0.02, "kgSbe"),
        ("adpe=20 gSbe", 0.02, "kgSbe"),
        ("primary_energy=10 kWh", 36, "MJ"),
        ("water_consumption=2 m3", 2000, "L"),
        ("water_scarcity=5 m3_world_eq", 5, "m3_world_eq"),
    ],
)
def test_a_budget_is_read_in_the_unit_of_its_indicator(text: str, most: float, unit: str) -> None:
    budget = read_budget(text, INDICATORS)
    assert budget.most == pytest.approx(most, rel=1e-12)
    assert budget.unit == unit


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("gwp100", "LCA301", "as in `gwp100=3t`"),
        ("gwp=3t", "LCA401", "one of gwp100, adpe"),
        ("water_consumtion=3L", "LCA401", "did you mean `water_consumption`?"),
        ("gwp100=", "LCA301", "as in `130 h`"),
        ("gwp100=3 kWh", "LCA303", "as in `gwp100=1 kgCO2e`"),
        ("gwp100=3 gSbe", "LCA303", "as in `gwp100=1 kgCO2e`"),
        ("adpe=1 t", "LCA303", "as in `adpe=1 kgSbe`"),  # antimony has no tonnes here
        ("water_consumption=1 t", "LCA303", "as in `water_consumption=1 L`"),
        ("gwp100=3 request", "LCA302", ""),
        ("gwp100=-1t", "LCA304", "at most"),
        ("gwp100=1,500t", "LCA301", "`1500` or `1.500`"),
        ("gwp100=1e999t", "LCA304", ""),
    ],
)
def test_what_is_no_budget_is_refused(text: str, code: str, hint: str) -> None:
    with pytest.raises(UnitError) as refused:
        read_budget(text, INDICATORS)
    assert refused.value.code == code
    assert hint in refused.value.hint


@pytest.mark.parametrize(
    ("text", "verdict", "may_be"),
    [
        ("gwp100=900kg", EXCEEDED, False),
        ("gwp100=1t", PARTIAL, False),  # five stages and the manufacture of the machine are left open
        ("gwp100=2t", PARTIAL, False),
        ("adpe=1kg", NOT_ASSESSED, False),
    ],
)
def test_what_is_left_open_keeps_no_budget(text: str, verdict: str, may_be: bool, assess_text: Assess) -> None:
    judged = read_budget(text, INDICATORS).judged_on(assess_text(CASE, 4000))
    assert (judged.verdict, judged.may_be_exceeded, judged.is_kept) == (verdict, may_be, False)


@pytest.mark.parametrize(
    ("text", "verdict", "may_be"),
    [
        ("gwp100=2700.001 kg", EXCEEDED, False),
        ("gwp100=2700.003 kg", KEPT, True),  # the interval goes beyond
        ("gwp100=3t", KEPT, True),
        ("gwp100=4t", KEPT, False),
    ],
)
def test_the_best_estimate_is_set_against_a_budget(text: str, verdict: str, may_be: bool) -> None:
    judged = read_budget(text, INDICATORS).judged_on(lca.load(WHOLE).assess(1000))
    assert (judged.verdict, judged.may_be_exceeded, judged.is_kept) == (verdict, may_be, verdict == KEPT)


def test_by_how_much_a_budget_is_exceeded(assess_text: Assess) -> None:
    over, low, high = read_budget("gwp100=900kg", INDICATORS).judged_on(assess_text(CASE, 4000)).excess
    assert over == pytest.approx(100, rel=1e-9)
    # The stated range is 8 to 13 MWh, hence 800 to 1300 kg; 4000 draws give its ends to some kilograms.
    assert low == pytest.approx(-100, abs=15)
    assert high == pytest.approx(400, abs=25)
    data = read_budget("adpe=1kg", INDICATORS).judged_on(assess_text(CASE)).as_data()
    assert (data["total"], data["excess"], data["verdict"]) == (None, None, "not_assessed")
