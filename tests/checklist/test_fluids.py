"""Refrigerants under all their names; blends by mass against the potentials that are published for them."""

from __future__ import annotations

import pytest
from conftest import Assess

from lca.files.shipped import load_checklist
from lca.problems import ProblemsFound
from lca.subjects.checklist.fluids import listed

FLUIDS = load_checklist().fluids

#: Published with the values of IPCC AR4 for all components; those with an unsaturated component print it with 4 (R-1234yf)
#: or 7 (R-1234ze) where the Regulation of 2024 has 0.501 and 1.37, hence up to 7 more.
PUBLISHED = {
    "R-404A": 3922,
    "R-407A": 2107,
    "R-407C": 1774,
    "R-407F": 1825,
    "R-407H": 1495,
    "R-410A": 2088,
    "R-410B": 2229,
    "R-417A": 2346,
    "R-421A": 2631,
    "R-422A": 3143,
    "R-422D": 2729,
    "R-423A": 2280,
    "R-427A": 2138,
    "R-434A": 3245,
    "R-437A": 1805,
    "R-438A": 2265,
    "R-442A": 1888,
    "R-444B": 296,
    "R-448A": 1387,
    "R-449A": 1397,
    "R-450A": 605,
    "R-452A": 2140,
    "R-452B": 698,
    "R-454A": 239,
    "R-454B": 466,
    "R-454C": 148,
    "R-455A": 148,
    "R-457A": 139,
    "R-459A": 460,
    "R-463A": 1494,
    "R-507A": 3985,
    "R-513A": 631,
    "R-513B": 596,
    "R-515A": 393,
    "R-515B": 293,
    "R-516A": 142,
}


def test_every_blend_has_the_published_potential() -> None:
    """R-410A: 0.5 x 675 + 0.5 x 3500 = 2087.5; R-515B: 0.911 x 1.37 + 0.089 x 3220 = 287.8, published 293 with 7 for 1.37."""
    assert FLUIDS.blends.keys() == PUBLISHED.keys()
    for blend, published in PUBLISHED.items():
        assert sum(FLUIDS.blends[blend].values()) == pytest.approx(100)
        value = listed(blend, FLUIDS)
        assert value is not None
        unsaturated = {"HFC-1234yf", "HFC-1234ze"} & FLUIDS.blends[blend].keys()
        assert published - (7 if unsaturated else 1) <= value <= published + 1, blend


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("R-410A", 2087.5),
        ("R410A", 2087.5),
        ("r 410 a", 2087.5),
        ("HFC-410A", 2087.5),
        ("R-407C", 0.23 * 675 + 0.25 * 3500 + 0.52 * 1430),
        ("R-513A", 0.56 * 0.501 + 0.44 * 1430),
        ("R-454B", 0.689 * 675 + 0.311 * 0.501),
        ("R-515B", 0.911 * 1.37 + 0.089 * 3220),
        ("R-290", 0.02),
        ("Propane", 0.02),
        ("R-717", 0.0),
        ("ammoniac", 0.0),
        ("NH3", 0.0),
        ("R-744", 1.0),
        ("CO₂", 1.0),
        ("R-744 (CO2)", 1.0),
        ("Ammonia (R717)", 0.0),
        ("R-32", 675.0),
        ("HFO-1234ze (E)", 1.37),
        ("R-1234ze(Z)", None),
        ("R-407", None),
        ("R-744 (R-32)", None),
        ("Coolant X", None),
        ("", None),
    ],
)
def test_a_fluid_under_its_names(name: str, value: float | None) -> None:
    found = listed(name, FLUIDS)
    assert found == (value if value is None else pytest.approx(value, rel=1e-12))


def test_another_basis_has_its_own_values() -> None:
    """R-410A by AR5: (677 + 3170) / 2 = 1923.5; by AR6 (771 + 3740) / 2 = 2255.5."""
    assert listed("R-410A", FLUIDS, "ar5") == pytest.approx(1923.5)
    assert listed("R-410A", FLUIDS, "ar6") == pytest.approx(2255.5)
    assert listed("R-290", FLUIDS, "ar6") is None


BASE = """descriptor: 1
project: {name: n, start: 2026-01}
sites: {paris: {location: FR}}
machines: {node: {site: paris, gpu: {model: NVIDIA A100 SXM4 80 GB, count: 8}}}
training: {final: {on: node, duration: 72 h}}
checklist: {hosting: {paris: {refrigerants: {a: {fluid: FLUID}}}}}
"""


@pytest.mark.parametrize(
    ("fluid", "code", "says"),
    [
        ("R-32, gwp: .nan, basis: f-gas", "LCA304", "the number must be finite"),
        ("R-32, gwp: .nan, basis: ar5", "LCA304", "the number must be finite"),
        ("mystery, gwp: .nan, basis: ar5", "LCA304", "the number must be finite"),
        ("mystery, gwp: .inf, basis: ar5", "LCA304", "the number must be finite"),
        ("Coolant X", "LCA402", "no value is known for the refrigerant `Coolant X`; state `gwp`"),
        ("R-407", "LCA402", "`R-407` is a series: R-407A, R-407C, R-407F, R-407H"),
        (
            "R-404A, gwp: 600, basis: f-gas",
            "LCA402",
            "Regulation (EU) 2024/573 gives by mass 3921.6 for `R-404A`, not 600",
        ),
        ("R-404A, gwp: 600, basis: ar5", "LCA402", "IPCC AR5 gives by mass"),
        ("R-452B, gwp: 675, basis: f-gas", "LCA402", "gives by mass 697.38"),
        ("R-32, gwp: 600, basis: ar6", "LCA402", "IPCC AR6 lists 771 for `R-32`, not 600"),
    ],
)
def test_what_is_refused(fluid: str, code: str, says: str, assess_text: Assess) -> None:
    with pytest.raises(ProblemsFound) as found:
        assess_text(BASE.replace("FLUID", fluid))
    problems = [problem for problem in found.value.problems if problem.severity == "error"]
    assert [problem.code for problem in problems] == [code]
    assert says in str(problems[0])
    assert problems[0].location.line == 6


@pytest.mark.parametrize(
    "fluid",
    [
        "R-513A, gwp: 631, basis: f-gas",
        "R-515B, gwp: 293, basis: f-gas",
        "R-454C, gwp: 148, basis: f-gas",
        "R-1234ze, gwp: 1, basis: ar5",
        "R-290, gwp: 3, basis: f-gas",
        "mystery, gwp: 500, basis: ar6",
    ],
)
def test_what_data_sheets_print_is_taken(fluid: str, assess_text: Assess) -> None:
    assess_text(BASE.replace("FLUID", fluid))
