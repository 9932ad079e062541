"""Figures that papers and forms print: ratios, summed hours, accelerators, factors, parity in carbon and in days, cost."""

from __future__ import annotations

import pytest
from conftest import Assess

from lca.quantities.units import Measure, UnitError, parse_measure

STUDY = """
descriptor: 1
project: {name: Printed, start: 2022-01, duration: 1 year}
money: {currency: USD}
sites: {s: {location: US-VA, pue: 1.2, electricity: 0.4 kgCO2e/kWh, price: 0.1 USD/kWh}}
machines:
  m: {site: s, count: 4, power: 5 kW, host: none, gpu: {model: A100, count: 8}, lifetime: 4 year, utilisation: 0.5}
training: {big: {on: m, duration: 300 h}, small: {on: m, duration: 20 h, machines: 1}}
inference: {api: {site: s, energy_per_request: 3 Wh, volume: 10000 request/day, duration: 1 year}}
stated_results: {r: {RESULT, source: paper}}
"""

#: big: 4 x 5 kW x 300 h x 1.2 = 7200 kWh; small: 5 kW x 20 h x 1.2 = 120 kWh; api: 3,652,500 requests x 3 Wh x 1.2.
BIG, SMALL, API = 7200.0, 120.0, 3_652_500 * 0.003 * 1.2


@pytest.mark.parametrize(
    ("result", "computed"),
    [
        ("figure: training.big.energy, over: training.small.energy, value: 60×", 60),
        ("figure: training.big.energy, over: training.small.energy, value: 60 to 1", 60),
        ("figure: training.big.energy, over: training.small.energy, value: 60 run", 60),
        ("figure: training.big.gwp100.operational, over: training.big.energy, value: 0.4 kgCO2e/kWh", 0.4),
        ("figure: training.big.electricity_factor, value: 400 gCO2e/kWh", 400),
        ("figure: total.electricity_factor, value: 0.40 kgCO2e/kWh", 0.4),
        ("figure: training.big.accelerators, value: 32", 32),
        ("figure: training.big.processor_hours, value: 9600 h", 4 * 8 * 300),
        ("figure: training.processor_hours, value: 9760 h", 4 * 8 * 300 + 8 * 20),
        ("figure: training.machine_time, value: 1220 h", 4 * 300 + 20),
        ("figure: total.machine_time, value: 1220 h", 4 * 300 + 20),
        ("figure: inference.api.parity.time, value: 203.3 day", (BIG + SMALL) / API * 365.25),
        ("figure: electricity.money.USD, value: 2046.9 USD", (BIG + SMALL + API) * 0.1),
    ],
)
def test_printed_figures_have_paths(result: str, computed: float, assess_text: Assess) -> None:
    (found,) = assess_text(STUDY.replace("RESULT", result)).crosscheck.stated_results
    assert found.value == pytest.approx(computed, rel=1e-12)
    assert found.verdict == "follows"


def test_parity_in_carbon_and_manufacture_of_one_accelerator(assess_text: Assess) -> None:
    figures = assess_text(STUDY.replace("RESULT", "figure: energy, value: 1 kWh")).figures
    made, used = figures["training.gwp100"].value, figures["inference.api.gwp100"].value
    assert figures["inference.api.parity.gwp100"].value == pytest.approx(made / used * 3_652_500)
    assert figures["inference.api.parity.gwp100.time"].best_in("d") == pytest.approx(made / used * 365.25)
    # big wears out 1200 h / (4 x 8766 h x 0.5) machines of eight accelerators and no host: one accelerator is one eighth of that.
    share = 1200 / (4 * 8766 * 0.5)
    one = figures["training.big.manufacture_per_accelerator"]
    assert one.value == pytest.approx(figures["training.big.gwp100.embodied"].value / share / 8)
    assert one.unit == "kgCO2e/piece"


def test_a_ratio_of_what_the_study_does_not_have(assess_text: Assess) -> None:
    text = STUDY.replace("RESULT", "figure: training.big.energy, over: training.smal.energy, value: 60")
    assessment = assess_text(text)
    assert assessment.crosscheck.stated_results[0].verdict == "unknown"
    (problem,) = [p for p in assessment.problems if p.code == "LCA610"]
    assert "`training.big.energy` over `training.smal.energy`" in problem.message
    assert "`training.small.energy`" in problem.hint


@pytest.mark.parametrize(
    ("text", "litres"), [("281 kL", 281_000), ("1 ML", 1e6), ("3 hL", 300), ("5 cL", 0.05), ("45 mL", 0.045)]
)
def test_volumes(text: str, litres: float) -> None:
    from lca.quantities.units import conversion

    found = parse_measure(text)
    assert found.value * conversion(found.unit, "L") == pytest.approx(litres)


@pytest.mark.parametrize("unit", ["dL", "GL", "Mg", "µg", "dm", "ug", "PWh", "kGy"])
def test_no_hint_is_a_thousandth_off(unit: str) -> None:
    with pytest.raises(UnitError) as refused:
        parse_measure(f"3 {unit}")
    assert "did you mean" not in refused.value.hint


def test_ratios_as_papers_print_them() -> None:
    for text in ("57×", "57 times", "57 to 1", "57:1", "57 fois"):
        assert parse_measure(text) == Measure(57.0, "1")
