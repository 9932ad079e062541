"""When an activity takes place: the year of its electricity, and what contradicts it."""

from __future__ import annotations

import pytest

import lca
from lca.subjects.footprint.period import Period

FRAME = """descriptor: 1
project: {{name: Periods, start: 2023-06, duration: 3 year, partners: [Cooperative of Beaune]}}
sites:
  paris: {{location: FR, pue: 1.2}}
  coop: {{location: FR, pue: 1.2, year: 2023, owner: {owner}}}
machines:
  node: {{site: paris, host: none, gpu: {{power: 1 kW, manufacture: {{gwp100: 1 kgCO2e, source: test}}}}}}
  other: {{site: coop, host: none, gpu: {{power: 1 kW, manufacture: {{gwp100: 1 kgCO2e, source: test}}}}}}
training:
  final: {{on: node, duration: {duration}, gpu_load: 1, {period}}}
  there: {{on: other, duration: 100 h, gpu_load: 1, period: {{start: 2025-01, end: 2025-02}}}}
experiments:
  again: {{repeats: training.final, runs: 2, period: {{start: 2025-01, end: 2025-02}}}}
"""


def study(period: str, duration: str = "100 h", owner: str = "Cooperative of Beaune") -> lca.Study:
    return lca.read(FRAME.format(period=period, duration=duration, owner=owner), name="when.yaml")


def dates(start: str, end: str) -> str:
    return f"period: {{start: {start}, end: {end}}}"


@pytest.mark.parametrize(
    ("period", "grams"),
    [
        ("note: none", 58.0),  # of 2023, when the project starts
        (dates("2024-03", "2024-05"), 51.9),
        (dates("2025", "2025"), 46.1),
        (dates("2023-11", "2024-05"), 51.9),  # 61 days of 2023, 152 of 2024
        (dates("2023-11-01", "2024-01-15"), 58.0),
    ],
)
def test_the_year_of_the_electricity_factor(period: str, grams: float) -> None:
    # 100 h x 1 kW x 1.2 = 120 kWh at the factor that the catalogue has of France in the year
    figures = study(period).assess(draws=0).figures
    assert figures["training.final.gwp100.operational"].value == pytest.approx(0.120 * grams, rel=2e-3)
    # an activity's period comes before the year of its site; repeats have their own
    assert figures["training.there.gwp100.operational"].value == pytest.approx(0.120 * 46.1, rel=2e-3)
    assert figures["experiments.again.gwp100.operational"].value == pytest.approx(0.240 * 46.1, rel=2e-3)


@pytest.mark.parametrize(
    ("start", "end", "year", "days"),
    [
        ("2024", "2024", 2024, 366),
        ("2024-02", "2024-02", 2024, 29),
        ("2024-12-31", "2025-01-01", 2024, 2),
        ("2024-12-30", "2025-01-03", 2025, 5),
        ("2024-07", "2026-06", 2025, 184 + 365 + 181),
    ],
)
def test_the_year_that_most_of_a_period_lies_in(start: str, end: str, year: int, days: int) -> None:
    period = Period("x", start, end)
    assert period.length is not None
    assert (period.year, period.length.value) == (year, days)


@pytest.mark.parametrize(
    ("period", "duration", "told"),
    [
        (
            dates("2024-11", "2024-05"),
            "100 h",
            "LCA405 training.final.period: the end, 2024-05, comes before the start, 2024-11",
        ),
        (dates("2024-02-30", "2024-05"), "100 h", "LCA405 training.final.period.start: `2024-02-30` is not a date"),
        (dates("2022", "2024-05"), "100 h", "it starts in 2022, before the project, which starts in 2023-06"),
        (dates("2026-05", "2026-12"), "100 h", "it ends in 2026-12, after the project, which ends in 2026-06"),
        (dates("2024-03", "2024-04"), "2000 h", "LCA405 training.final.duration: 2000 h is longer than the period"),
    ],
)
def test_contradictions_are_sentences(period: str, duration: str, told: str) -> None:
    found = [str(p) for p in study(period, duration).problems if p.severity == "error"]
    assert len(found) == 1
    assert told in found[0]
    assert found[0].startswith("when.yaml:10:")


def test_hours_of_accelerators_may_exceed_a_period() -> None:
    assert not [p for p in study(dates("2024-03", "2024-04"), "2000 GPU h").problems if p.severity == "error"]


def test_a_period_of_several_years_says_which_factor_counts() -> None:
    told = [str(p) for p in study(dates("2023-11", "2024-05")).assess(draws=0).problems if p.code == "LCA601"]
    assert any(
        "training.final.period: electricity of 2023 to 2024 is counted with the factor of 2024" in t for t in told
    )


def test_a_partners_site_is_named_by_its_owner() -> None:
    assessed = study("note: none").assess(draws=0)
    assert "coop (Cooperative of Beaune)" in assessed.report("en").html
    (told,) = (str(p) for p in study("note: none", owner="Cooperative of Beaun").problems if p.severity == "error")
    assert "LCA401 sites.coop.owner: `Cooperative of Beaun` is none of the partners; did you mean" in told
