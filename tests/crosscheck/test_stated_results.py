"""Printed figures against their inputs: published ones that follow, and known mistakes that do not."""

from __future__ import annotations

import pytest
from conftest import ROOT, Assess, assess_file

from lca.subjects.crosscheck.printed_digits import last_digit

BASE = """
descriptor: 1
project: {name: Printed, start: 2022-01}
sites: {s: {location: US-VA, pue: PUE, ELECTRICITY}}
machines: {m: {site: s, host: none, gpu: {model: A100, count: 1, power: WATT}}}
training: {t: {on: m, processor_hours: HOURS, gpu_load: 1}}
stated_results: {r: {figure: FIGURE, value: PRINTED, source: paper}}
"""


@pytest.mark.parametrize(
    ("text", "digit"),
    [("24.69 t", 0.01), ("11250 kg", 1), ("1 082 990 h", 1), ("0,057 kg/kWh", 0.001), ("1.2e6 h", 1e5), ("400 W", 1)],
)
def test_the_last_printed_digit(text: str, digit: float) -> None:
    assert last_digit(text) == pytest.approx(digit)


def verdict(
    assess_text: Assess, inputs: tuple[str, str, str], electricity: str, figure: str, printed: str
) -> tuple[str, str]:
    hours, watt, pue = inputs
    text = BASE.replace("PUE", pue).replace("WATT", watt).replace("HOURS", hours).replace("FIGURE", figure)
    assessment = assess_text(text.replace("ELECTRICITY", electricity).replace("PRINTED", printed))
    result = assessment.crosscheck.stated_results[0]
    assert (result.verdict == "contradicts") == any(p.code == "LCA609" for p in assessment.problems)
    return result.verdict, result.cause.name


OPERATION = "total.gwp100.operational"


@pytest.mark.parametrize(
    ("inputs", "factor", "figure", "printed", "expected"),
    [
        # OLMo-7B: 104 MWh of GPUs x 1.1 x 0.610 = 69.784 t.
        (("104000 h", "1000 W", "1.1"), "0.610 kgCO2e/kWh", OPERATION, "69.78 tCO2e", ("follows", "")),
        # LLaMA-1's table: OPT 809,472 h x 400 W x 1.1 = 356.17 MWh, x 0.385 = 137.1 t.
        (("809472 h", "400 W", "1.1"), "0.385 kgCO2e/kWh", "energy", "356 MWh", ("follows", "")),
        (("809472 h", "400 W", "1.1"), "0.385 kgCO2e/kWh", OPERATION, "137 tCO2e", ("follows", "")),
        # T5 by Patterson et al.: 85.3 MWh from the printed inputs, 85.7 printed.
        (("245760 h", "310 W", "1.12"), "0.545 kgCO2e/kWh", "energy", "85.7 MWh", ("rounding", "rounded-input")),
        # Table 4 of the BLOOM paper: OPT 324 MWh x 0.231 = 74.8 t, printed 70.
        (("810000 h", "400 W", "1.0"), "0.231 kgCO2e/kWh", OPERATION, "70 tCO2e", ("contradicts", "rate")),
        # The same paper: GPT-3's 1,287 MWh already hold PUE 1.1; the column without it prints 502 t.
        (("1170000 h", "1000 W", "1.1"), "0.429 kgCO2e/kWh", OPERATION, "502 tCO2e", ("contradicts", "pue-missing")),
        (("1000 h", "400 W", "1.58"), "0.4 kgCO2e/kWh", "energy", "998.6 kWh", ("contradicts", "pue-twice")),
        (("1000 h", "400 W", "1.0"), "0.4 kgCO2e/kWh", OPERATION, "160 tCO2e", ("contradicts", "prefix")),
        # LLaMA-65B: 449.84 MWh, printed without its decimals.
        (("1022362 h", "400 W", "1.1"), "0.385 kgCO2e/kWh", "energy", "449 MWh", ("rounding", "cut-off")),
        # The ML CO2 Impact calculator rounds 0.2976 to 0.30: 37,500 kWh give 11,250 kg, not 11,160.
        (("150000 h", "250 W", "1.0"), "0.2976 kgCO2e/kWh", OPERATION, "11250 kgCO2e", ("contradicts", "rounded-rate")),
        # The card names the region of 0.3678, of which no rounding gives 11,250 kg: the factor would have to be 0.3.
        (("150000 h", "250 W", "1.0"), "0.3678 kgCO2e/kWh", OPERATION, "11250 kgCO2e", ("contradicts", "rate")),
        # Months of four weeks: 400 kWh x 28 / 30.4375 = 367.967 kWh.
        (("1000 h", "400 W", "1.0"), "0.4 kgCO2e/kWh", "energy", "367.97 kWh", ("contradicts", "month")),
        # Kilograms printed as pounds: 160 kg are 352.74 lb.
        (("1000 h", "400 W", "1.0"), "0.4 kgCO2e/kWh", OPERATION, "352.7 kgCO2e", ("contradicts", "pound")),
    ],
)
def test_verdicts(
    inputs: tuple[str, str, str],
    factor: str,
    figure: str,
    printed: str,
    expected: tuple[str, str],
    assess_text: Assess,
) -> None:
    assert verdict(assess_text, inputs, f"electricity: {factor}", figure, printed) == expected


def test_rounding_must_explain_all_figures_of_a_descriptor_at_once(assess_text: Assess) -> None:
    # LLaMA's table 15: OPT and BLOOM share 400 W and PUE 1.1. Alone, BLOOM's 475 MWh (476.467 from the inputs) would follow
    # from a PUE of 1.0966; but then OPT, 809,472 h, would print 355 MWh and not 356.
    text = (
        BASE.replace("PUE", "1.1")
        .replace("WATT", "400 W")
        .replace(", ELECTRICITY", "")
        .replace(
            "training: {t: {on: m, processor_hours: HOURS, gpu_load: 1}}",
            "training: {opt: {on: m, processor_hours: 809472 h, gpu_load: 1},"
            " bloom: {on: m, processor_hours: 1082880 h, gpu_load: 1}}",
        )
    )
    alone = text.replace("FIGURE", "training.bloom.energy").replace("PRINTED", "475 MWh")
    (bloom,) = assess_text(alone).crosscheck.stated_results
    assert (bloom.verdict, bloom.cause.name) == ("rounding", "rounded-input")
    assert (bloom.cause.detail, bloom.cause.value, bloom.cause.other) == ("sites.s.pue", 1.097, 1.1)
    together = alone.replace(
        "stated_results: {", "stated_results: {o: {figure: training.opt.energy, value: 356 MWh, source: paper}, "
    )
    opt, bloom = assess_text(together).crosscheck.stated_results
    assert opt.verdict == "follows"
    assert (bloom.verdict, bloom.cause.name, bloom.cause.detail) == ("contradicts", "pinned", "o")


def test_the_input_that_was_rounded_is_named(assess_text: Assess) -> None:
    # Strubell et al.'s BERT: the table prints 79 h, its text 79.2 h; 1507 kWh / (12.04151 kW x 1.58) = 79.209 h.
    text = (
        BASE.replace("PUE", "1.58")
        .replace(", ELECTRICITY", "")
        .replace("FIGURE", "energy")
        .replace("PRINTED", "1507 kWh")
    )
    text = text.replace("gpu: {model: A100, count: 1, power: WATT}", "power: 12041.51 W")
    (found,) = assess_text(
        text.replace("processor_hours: HOURS, gpu_load: 1", "duration: 79 h")
    ).crosscheck.stated_results
    assert (found.verdict, found.cause.name) == ("rounding", "rounded-input")
    assert (found.cause.detail, found.cause.value, found.cause.unit) == ("training.t.duration", 79.21, "h")


def test_a_count_left_out_is_named(assess_text: Assess) -> None:
    text = (
        BASE.replace("PUE", "1").replace(", ELECTRICITY", "").replace("count: 1", "count: 8").replace("WATT", "400 W")
    )
    text = (
        text.replace("processor_hours: HOURS", "duration: 100 h")
        .replace("FIGURE", "energy")
        .replace("PRINTED", "40 kWh")
    )
    (found,) = assess_text(text).crosscheck.stated_results  # 8 x 400 W x 100 h = 320 kWh
    assert (found.cause.name, found.cause.detail, found.cause.value) == ("count-missing", "machines.m.gpu.count", 8)


def test_another_regions_factor_is_named(assess_text: Assess) -> None:
    # 1000 h x 400 W = 400 kWh; with the rate of Oregon (0.135653) instead of Virginia's: 54.2612 kg.
    text = BASE.replace("PUE", "1.0").replace("WATT", "400 W").replace("HOURS", "1000 h").replace(", ELECTRICITY", "")
    result = assess_text(
        text.replace("FIGURE", OPERATION).replace("PRINTED", "54.26 kgCO2e")
    ).crosscheck.stated_results[0]
    assert (result.verdict, result.cause.name, result.cause.detail) == ("contradicts", "region", "US-OR")


def test_an_unknown_figure_is_said(assess_text: Assess) -> None:
    text = BASE.replace("PUE", "1.0").replace("WATT", "400 W").replace("HOURS", "1000 h").replace(", ELECTRICITY", "")
    assessment = assess_text(text.replace("FIGURE", "totl.gwp100").replace("PRINTED", "5 kgCO2e"))
    assert assessment.crosscheck.stated_results[0].verdict == "unknown"
    assert any(p.code == "LCA610" and "total.gwp100" in p.hint for p in assessment.problems)


def test_the_worked_examples() -> None:
    bloom = assess_file(ROOT / "projects/bloom-176b.yaml").crosscheck.stated_results
    assert {r.stated.name: r.verdict for r in bloom if r.verdict != "follows"} == {
        "servers": "rounding"
    }  # 7.575, cut off
    assert len(bloom) == 8
    card = assess_file(ROOT / "projects/stable-diffusion-v1.yaml").crosscheck.stated_results[0]
    assert card.verdict == "contradicts"
    assert card.value == pytest.approx(37500 * (0.267606 + 0.051953), rel=1e-4)  # Virginia 2022, upstream added
