"""Water on site: stated, of the provider, within an energy that holds the PUE, or a gap; years of use that are told."""

from __future__ import annotations

import pytest
from conftest import Assess

from lca.quantities.provenance import Factor

STUDY = """
descriptor: 1
project: {{name: Water, start: 2024-01, duration: 1 year}}
sites: {{here: {{{site}}}}}
training: {{x: {{site: here, energy: {energy}}}}}
"""


def totals(assess_text: Assess, site: str, energy: str = "{value: 100 kWh}") -> dict[str, float | None]:
    parts = assess_text(STUDY.format(site=site, energy=energy)).footprint.totals
    return {name: part.value for name, part in parts.items()}


def test_the_provider_s_wue_is_a_marked_default(assess_text: Assess) -> None:
    found = assess_text(STUDY.format(site="location: FR, provider: aws, pue: 1.2", energy="{value: 100 kWh}"))
    assert found.footprint.totals["water_withdrawal"].value == pytest.approx(100 * 0.15)  # stated for 2024
    assert any(p.code == "LCA608" and "states no `wue`" in p.message for p in found.problems)
    assert not [gap for gap in found.footprint.gaps if gap.indicator == "water_withdrawal"]


def test_what_is_consumed_on_site_is_no_withdrawal(assess_text: Assess) -> None:
    here = totals(assess_text, "location: FR, provider: gcp, pue: 1, electricity_water: 2 L/kWh")
    assert here["water_consumption"] == pytest.approx(100 * 1.15 + 100 * 2)
    assert here["water_withdrawal"] is None


def test_water_within_an_energy_that_holds_the_pue(assess_text: Assess) -> None:
    # 120 kWh at the site over a PUE of 1.2 are 100 kWh of IT: 40 L
    here = totals(assess_text, "location: FR, pue: 1.2, wue: 0.4 L/kWh", "120 kWh, energy_includes_pue: true")
    assert here["water_withdrawal"] == pytest.approx(40)


def test_what_is_not_known_is_a_gap_of_that_water_alone(assess_text: Assess) -> None:
    footprint = assess_text(STUDY.format(site="location: FR, pue: 1.2", energy="{value: 100 kWh}")).footprint
    assert footprint.totals["water_withdrawal"].total is None
    assert [(gap.activity, gap.part, gap.indicator) for gap in footprint.gaps if gap.part == "water on site"] == [
        ("sites.here", "water on site", "water_withdrawal")
    ]
    assert footprint.is_partial("water_withdrawal")


def test_years_of_use_with_other_factors_are_told(assess_text: Assess) -> None:
    text = STUDY.replace("2024-01, duration: 1 year", "2023-01, duration: 3 year")
    problems = assess_text(text.format(site="location: FR, pue: 1", energy="{value: 1 kWh}")).problems
    (told,) = [p for p in problems if p.code == "LCA601"]
    assert "2023 to 2025 is counted with the factor of 2023" in told.message
    assert "between 46.1 and 58" in told.message


@pytest.mark.parametrize(
    ("project", "activities", "places"),
    [
        # the project states no duration: that of the service counts
        ("start: 2023-01", "inference: {s: {task: llm-small, volume: 9 request/day, duration: 3 year, site: here}}", 1),
        ("start: 2023-01", "storage: {s: {volume: 1 TB, duration: 30 month, site: here}}", 1),
        # users elsewhere draw from a place that is no site
        (
            "start: 2023-01",
            (
                "devices: {phone: {kind: smartphone}}\n"
                "inference: {s: {task: llm-small, volume: 9 request/day, duration: 3 year, site: here, user_location: DE,"
                " device: {kind: phone, time: 5 s}}}"
            ),
            2,
        ),
        # the service outlasts the project
        (
            "start: 2023-01, duration: 1 year",
            "inference: {s: {task: llm-small, volume: 9 request/day, duration: 3 year, site: here}}",
            1,
        ),
        ("start: 2023-01, duration: 1 year", "storage: {s: {volume: 1 TB, duration: 12 month, site: here}}", 0),
    ],
)
def test_every_stage_that_lasts_for_years_is_told(
    assess_text: Assess, project: str, activities: str, places: int
) -> None:
    text = f"descriptor: 1\nproject: {{name: Years, {project}}}\nsites: {{here: {{location: FR, pue: 1.2}}}}\n{activities}\n"
    told = [p for p in assess_text(text).problems if p.code == "LCA601"]
    assert len(told) == places
    assert all("2023 to 2025 is counted with the factor of 2023" in problem.message for problem in told)


@pytest.mark.parametrize("zone", ["EGRID:CAMX", "US-VA"])
def test_a_zone_without_a_mix_has_a_gap_or_a_marked_proxy(assess_text: Assess, zone: str) -> None:
    footprint = assess_text(STUDY.format(site=f'location: "{zone}", pue: 1', energy="10 kWh")).footprint
    (flow,) = (flow for flow in footprint.flows if flow.is_electricity)
    for indicator in ("electricity_primary_energy", "water_consumption"):
        leaf = flow.factors.get(indicator)
        if leaf is None:
            assert indicator in {gap.indicator for gap in footprint.gaps if gap.part == flow.part}
            assert footprint.is_partial(indicator)
        else:
            assert isinstance(leaf, Factor)
            assert leaf.key.startswith(f"electricity/{zone}/") or leaf.proxy_for
