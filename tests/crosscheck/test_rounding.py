"""What rounded inputs may excuse, and what they may not; the digits that show it; further likely causes."""

from __future__ import annotations

import pytest
from conftest import Assess

from lca.files.shipped import words
from lca.presenting.writer import Writer
from lca.subjects.crosscheck.section import because
from lca.subjects.crosscheck.stated_results import Recomputed

#: 8 accelerators of 400 W without a host.
BASE = """
descriptor: 1
project: {name: Printed, start: 2022-01}
sites: {s: {location: US-VA, pue: PUE, electricity: 0.4 kgCO2e/kWh}}
machines: {m: {site: s, host: none, MACHINE}}
training: {t: {on: m, duration: TIME}}
stated_results: {r: {figure: FIGURE, value: PRINTED, source: paper}}
"""


def judged(
    assess_text: Assess, figure: str, printed: str, time: str, pue: str = "1.2", machine: str = "power: 10 kW"
) -> Recomputed:
    text = BASE.replace("PUE", pue).replace("MACHINE", machine).replace("TIME", time)
    assessment = assess_text(text.replace("FIGURE", figure).replace("PRINTED", printed))
    (found,) = assessment.crosscheck.stated_results
    assert (found.verdict == "contradicts") == any(p.code == "LCA609" for p in assessment.problems)
    return found


def english(found: Recomputed) -> str:
    return because(found.cause, Writer("en", words("en"))).replace("\u00a0", " ")


def test_a_period_of_reference_is_no_reading(assess_text: Assess) -> None:
    # 10 kW x 8766 h x 1.2 = 105,192 kWh; 155,000 kWh would take 155,000 / 12 / 8766 = 1.47350 years.
    found = judged(assess_text, "energy", "155 MWh", "1 year")
    assert found.value == pytest.approx(105.192)
    assert (found.verdict, found.cause.name, found.cause.detail) == (
        "contradicts",
        "chosen-input",
        "training.t.duration",
    )
    assert found.cause.value == pytest.approx(155_000 / 12 / 8766, abs=1e-2)
    assert judged(assess_text, "energy", "105.192 MWh", "1 year").verdict == "follows"
    # 4 % more would take no more than half a digit of the year, and of nothing else that is printed: 1.2 gives 4.2 %.
    assert judged(assess_text, "energy", "109.4 MWh", "1 year", "1.200", "power: 10.00 kW").verdict == "contradicts"


def test_a_lifetime_and_a_utilisation_are_no_readings(assess_text: Assess) -> None:
    # 1000 h / (4 x 8766 h x 0.5) = 0.0570386 machines x 4000 kg = 228.154 kg; 268 kg are 17 % more.
    machine = "power: 10 kW, manufacture: {gwp100: 4000 kgCO2e, source: data sheet}, lifetime: 4 year, utilisation: 0.5"
    found = judged(assess_text, "training.t.gwp100.embodied", "268 kgCO2e", "1000 h", "1.2", machine)
    assert found.value == pytest.approx(1000 / (4 * 8766 * 0.5) * 4000)
    assert (found.verdict, found.cause.name) == ("contradicts", "chosen-input")
    near = judged(assess_text, "training.t.gwp100.embodied", "234 kgCO2e", "1000 h", "1.2", machine)
    assert near.verdict == "contradicts"  # 2.6 % more: a lifetime of 3.9 years is another choice
    assert (
        judged(assess_text, "training.t.gwp100.embodied", "228.2 kgCO2e", "1000 h", "1.2", machine).verdict == "follows"
    )


@pytest.mark.parametrize(
    ("printed", "expected", "is_doubted"),
    [
        # 10 kW x 5 h = 50 kWh at PUE 1; half a digit of 5 h are 10 %, so before anything from 45 to 55 was rounding.
        ("50.5 kWh", ("rounding", "rounded-input"), False),  # 1 %
        ("51.0 kWh", ("rounding", "rounded-input"), True),  # 2 % less 0.1 % of its own digits: above the 1.6 % known
        ("52.4 kWh", ("rounding", "rounded-input"), True),
        ("53.0 kWh", ("contradicts", "beyond-rounding"), False),
        ("47.0 kWh", ("contradicts", "beyond-rounding"), False),
    ],
)
def test_what_rounding_may_excuse_is_capped(
    printed: str, expected: tuple[str, str], is_doubted: bool, assess_text: Assess
) -> None:
    text = BASE.replace("PUE", "1").replace("MACHINE", "power: 10.000 kW").replace("TIME", "5 h")
    assessment = assess_text(text.replace("FIGURE", "energy").replace("PRINTED", printed))
    (found,) = assessment.crosscheck.stated_results
    assert (found.verdict, found.cause.name) == expected
    assert found.cause.detail == "training.t.duration"
    assert any("more than rounding explains" in p.message for p in assessment.problems) == is_doubted


def test_cut_off_digits_are_capped_too(assess_text: Assess) -> None:
    # 10 kW x 5.9 h = 59 kWh, printed as 5e1 kWh: 15 % were cut off.
    found = judged(assess_text, "energy", "5e1 kWh", "5.90 h", "1", "power: 10.000 kW")
    assert (found.verdict, found.cause.name) == ("contradicts", "cut-off")


def test_a_wrong_figure_is_caught_alone_as_beside_a_right_one(assess_text: Assess) -> None:
    right = "ok: {figure: energy.at_plug, value: 87.66 MWh, source: paper}, "
    text = BASE.replace("PUE", "1.2").replace("MACHINE", "power: 10 kW").replace("TIME", "1 year")
    text = text.replace("FIGURE", "energy").replace("PRINTED", "155 MWh")
    beside = text.replace("stated_results: {", f"stated_results: {{{right}")
    assert assess_text(text).crosscheck.stated_results[0].verdict == "contradicts"
    assert [r.verdict for r in assess_text(beside).crosscheck.stated_results] == ["follows", "contradicts"]


def test_the_needed_value_has_the_digits_that_show_the_difference(assess_text: Assess) -> None:
    # 10 kW x 100 h x 1.2 = 1200 kWh; 1200.34 kWh / 1000 kWh = 1.20034.
    found = judged(assess_text, "energy", "1200.34 kWh", "100.000000 h", "1.2", "power: 10.0000000 kW")
    assert (found.verdict, found.cause.name, found.cause.value) == ("rounding", "rounded-input", 1.2003)
    assert english(found) == "not from the inputs as printed, but from sites.s.pue = 1.2003, printed as 1.2"


def test_noise_of_arithmetic_is_no_rounding(assess_text: Assess) -> None:
    # 7 decimals more than a binary number of this size holds: 564,057.29166... = 27,074,750 / 48.
    found = judged(
        assess_text, "energy", "564057.2916666666 kWh", "56405.72916666667 h", "1", "power: 10.0000000000 kW"
    )
    assert found.verdict == "follows"


def test_a_pue_that_divides_is_named(assess_text: Assess) -> None:
    # 1000 kWh x 1.3 = 1300 kWh; 1000 / 1.3 = 769.23 kWh.
    found = judged(assess_text, "energy", "769.23 kWh", "100.00 h", "1.300", "power: 10.000 kW")
    assert (found.verdict, found.cause.name, found.cause.detail) == ("contradicts", "pue-divided", "s")
    assert english(found) == "divided by the PUE of s instead of multiplied"


def test_a_part_that_was_left_out_of_a_sum_is_named(assess_text: Assess) -> None:
    # Two trainings of 10 kW: 100 h and 37 h, 1370 kWh; without the second 1000 kWh.
    text = BASE.replace("PUE", "1").replace("MACHINE", "power: 10.000 kW").replace("{t: {on: m, duration: TIME}}", TWO)
    (found,) = assess_text(text.replace("FIGURE", "energy").replace("PRINTED", "1000 kWh")).crosscheck.stated_results
    assert found.value == pytest.approx(1370)
    assert (found.verdict, found.cause.name) == ("contradicts", "part-missing")
    assert (found.cause.detail, found.cause.value) == ("training.second.energy", 370)


TWO = "{first: {on: m, duration: 100.00 h}, second: {on: m, duration: 37.000 h}}"


@pytest.mark.parametrize(
    ("printed", "right"),
    [
        ("1633.7 kWh", 1333.7),  # 10 kW x 133.37 h = 1333.7 kWh
        ("1833.7 kWh", 1333.7),
        ("1363.7 kWh", 1333.7),
        ("1433.7 kWh", 1333.7),
    ],
)
def test_one_wrong_digit_is_named(printed: str, right: float, assess_text: Assess) -> None:
    found = judged(assess_text, "energy", printed, "133.37 h", "1", "power: 10.000 kW")
    assert (found.verdict, found.cause.name, found.cause.value) == ("contradicts", "digit", right)
    assert english(found).startswith("one digit is wrong: 1,333.7 kWh follows")
