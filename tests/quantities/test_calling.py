"""Calls of formulas as data and on the command line: right ones give figures with trees, wrong ones say what is wrong."""

from __future__ import annotations

from typing import Any

import pytest

import lca
from lca.cli.main import main
from lca.problems import Location
from lca.quantities.calling import calculate
from lca.quantities.units import UnitError


def value_of(data: Any) -> tuple[float, str]:
    found = calculate(data, lambda _: Location("-", 1, 1))
    return found.value, found.unit


def test_quantities_lists_and_nested_calls() -> None:
    assert value_of("1 000 kWh") == (1000.0, "kWh")
    assert value_of(["1 kWh", "500 Wh"]) == (1.5, "kWh")
    # 2500 kg over 52,560 h at 85 %: 0.0559584564 kg in an hour.
    share = {"formula": "active_share", "inputs": {"machine_time": "1 h", "lifetime": "52560 h", "utilisation": 0.85}}
    rate = {"formula": "characterised", "inputs": {"flow": share, "factor": "2500 kgCO2e/piece"}}
    assert value_of(rate)[0] == pytest.approx(2500 / 52560 / 0.85, rel=1e-12)
    assert value_of(rate)[1] == "kgCO2e"


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({"impact": "390 tCO2e", "flow": "910 MWh"}, (390 / 910, "tCO2e/MWh")),
        ({"impact": "37.3 kWh", "flow": "36 h"}, (37.3 / 36, "kWh/h")),
    ],
)
def test_placeholders_take_the_units_that_are_given(inputs: dict[str, str], expected: tuple[float, str]) -> None:
    value, unit = value_of({"formula": "implied_factor", "inputs": inputs})
    assert value == pytest.approx(expected[0], rel=1e-15)
    assert unit == expected[1]
    # A ratio says more than an amount: MWh is converted to the kWh of the factor.
    flow = {"formula": "characterised", "inputs": {"flow": "2 MWh", "factor": "3 gCO2e/kWh"}}
    assert value_of(flow) == (6000.0, "gCO2e")


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        ({"formula": "active_shar", "inputs": {}}, "LCA401", "active_shar"),
        ({"formula": "repeated_time", "inputs": {"time": "1 h"}}, "LCA202", "lacks `repeats`"),
        ({"formula": "repeated_time", "inputs": {"time": "1 h", "repeat": 2, "repeats": 1}}, "LCA201", "`repeat`"),
        ({"formula": "repeated_time", "inputs": {"time": "1 kg", "repeats": 1}}, "LCA303", "kg cannot become h"),
        ({"formula": "implied_factor", "inputs": {"impact": "1 kg", "flow": "0 h"}}, "LCA304", "no finite number"),
        ({"formula": "repeated_time", "inputs": {"time": "1e999 h", "repeats": 1}}, "LCA304", "finite"),
        (["1 kWh", "1 kg"], "LCA303", "cannot be added"),
        ([], "LCA301", "nothing to add"),
        ("<script>", "LCA301", "number"),
    ],
)
def test_wrong_calls_say_what_is_wrong(data: Any, code: str, words: str) -> None:
    with pytest.raises(UnitError, match=words) as found:
        value_of(data)
    assert found.value.code == code


def test_the_command_lists_shows_and_computes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["formula"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(lca.formulas()) > 50
    assert main(["formula", "site_electricity"]) == 0
    page = capsys.readouterr().out
    assert "it_electricity × pue [kWh]" in page
    assert "pue [1]: total site energy over IT energy" in page
    assert main(["formula", "site_electricity", "it_electricity=433196 kWh", "pue=1.2"]) == 0
    assert "= 519835.2 kWh" in capsys.readouterr().out  # 433,196 x 1.2 = 519,835.2
    assert main(["formula", "site_electricity", "it_electricity=433196 kg", "pue=1.2"]) == 1
    assert "kg cannot become kWh" in capsys.readouterr().err
    assert main(["formula", "site_electricit"]) == 1
    assert "did you mean `site_electricity`" in capsys.readouterr().err
