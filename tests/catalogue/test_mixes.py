"""Factors made of generation mixes: shares that add up, sums worked out by hand, and trees that end in the catalogue."""

from __future__ import annotations

import pytest

from lca.catalogue.mixes import TECHNOLOGIES, generation_mix, upstream_of
from lca.files.shipped import load_catalogue
from lca.quantities.provenance import Factor
from lca.quantities.quantity import Sampler
from lca.quantities.trees import leaves

BOOK, _ = load_catalogue()
PRIMARY, WATER = "electricity_primary_energy", "water_consumption"


def factor(zone: str, indicator: str, year: int) -> Factor:
    found = BOOK.for_year(f"electricity/{zone}", indicator, year)
    assert found is not None
    return found


def test_each_mix_adds_up_to_one_and_holds_its_own_heat() -> None:
    mixes = {(key.split("/")[1], int(key.split("/")[3])) for key, _ in BOOK.rows if key.startswith("mix/")}
    assert len(mixes) > 1600
    for zone, year in mixes:
        shares = generation_mix(BOOK, zone, year)
        assert sum(share.value for share in shares) == pytest.approx(1, abs=1e-9), (zone, year)
        assert {share.key.split("/")[2] for share in shares} <= set(TECHNOLOGIES)
        assert len({share.source.id for share in shares}) == 1
        assert all(share.locator for share in shares)
        assert factor(zone, PRIMARY, year).value >= 3.6 - 1e-9, (zone, year)


@pytest.mark.parametrize(
    ("zone", "year", "expected"),
    [
        ("FR", 2025, 9.1),
        ("DE", 2025, 6.8),
        ("EU27", 2025, 7.3),
        ("PL", 2025, 8.1),
        ("SE", 2025, 6.2),
        ("NO", 2025, 3.7),
    ],
)
def test_primary_energy_of_countries(zone: str, year: int, expected: float) -> None:
    assert round(factor(zone, PRIMARY, year).value, 1) == expected


def test_primary_energy_of_france_by_hand() -> None:
    # 0.68787 nuclear at 10.91; 0.10423 + 0.08156 + 0.05583 + 0.001 at 3.6; coal 10, gas 7.66, oil 10.29, biomass 12.86
    by_hand = (
        0.68787 * 10.91
        + (0.10423 + 0.08156 + 0.05583 + 0.001) * 3.6
        + 0.00305 * 10
        + 0.03026 * 7.66
        + 0.01818 * 10.29
        + 0.01802 * 12.86
    )
    france = factor("FR", PRIMARY, 2025)
    assert france.value == pytest.approx(by_hand, rel=1e-9)
    assert (france.status, france.proxy_for) == ("unverified", "")
    assert round(factor("WORLD", PRIMARY, 2024).value, 1) == 7.7


def test_iceland_shows_both_values() -> None:
    # hydro 0.70656, wind and sun 0.00052 each, the rest 0.2924 of the earth's heat at 36, or at 3.6
    iceland = factor("IS", PRIMARY, 2024)
    assert iceland.value == pytest.approx(0.7076 * 3.6 + 0.2924 * 36, abs=0.001)
    assert "(3.6 MJ/kWh if geothermal heat is not counted)" in iceland.label


@pytest.mark.parametrize(
    ("zone", "year", "by_hand"),
    [
        # nuclear 2.54, hydro 17, gas 0.75, coal 2.6, oil 3.13, biomass 2.09, sun 0.02; tide has no factor
        (
            *("FR", 2025),
            0.68787 * 2.54
            + 0.10423 * 17
            + 0.03026 * 0.75
            + 0.00305 * 2.6
            + 0.01818 * 3.13
            + 0.01802 * 2.09
            + 0.05583 * 0.02,
        ),
        ("IS", 2024, 0.70656 * 17 + 0.2924 * 6.8 + 0.00052 * 0.02),
        (
            *("WORLD", 2024),
            0.3408 * 2.6
            + 0.22304 * 0.75
            + 0.02811 * 3.13
            + 0.08982 * 2.54
            + 0.14286 * 17
            + 0.06879 * 0.02
            + 0.02278 * 2.09,
        ),
        (
            *("US-VA", 2023),
            0.0153 * 2.6
            + 0.547 * 0.75
            + 0.00145 * 3.13
            + 0.32063 * 2.54
            + 0.01503 * 17
            + 0.0586 * 0.02
            + (0.03633 + 0.00515) * 2.09,
        ),
        ("CA-ON", 2022, 0.07774 * 0.75 + 0.00394 * 3.13 + 0.54403 * 2.54 + 0.2734 * 17 + 0.0001 * 2.09),
    ],
)
def test_water_by_hand(zone: str, year: int, by_hand: float) -> None:
    assert factor(zone, WATER, year).value == pytest.approx(by_hand, abs=0.001)


def test_older_direct_factors_of_water_are_kept() -> None:
    assert [f.source.id for f in BOOK.all("electricity/FR/2020", WATER)] == ["wri-2020"]


@pytest.mark.parametrize(
    ("zone", "year", "direct", "upstream", "whole"),
    [
        ("US-VA", 2023, 244.758, 51, 296),
        ("US-CA", 2023, 179.064, 50, 229),
        ("US-WA", 2023, 120.921, 34, 155),
        ("CA-ON", 2022, 38, 21, 59),
        ("CA-QC", 2022, 1.7, 24, 26),  # consumed; 1.3 generated, and so 25
    ],
)
def test_direct_factors_get_their_upstream(zone: str, year: int, direct: float, upstream: float, whole: float) -> None:
    found = factor(zone, "gwp100", year)
    assert found.terms[0][0].value * 1000 == pytest.approx(direct)
    assert round(upstream_of(found) * 1000) == upstream
    assert round(found.value * 1000) == whole
    assert {"life-cycle", "upstream-by-mix"} <= found.coverage
    assert "direct" not in found.coverage


def test_upstream_of_virginia_by_hand() -> None:
    # coal 70, gas 75, oil 90, nuclear 12, hydro 24, wind 13, sun 43, biomass and other 50 g/kWh
    by_hand = (
        0.0153 * 70
        + 0.54699 * 75
        + 0.00145 * 90
        + 0.32063 * 12
        + 0.01503 * 24
        + 0.00051 * 13
        + 0.0586 * 43
        + (0.03633 + 0.00515) * 50
    )
    assert upstream_of(factor("US-VA", "gwp100", 2023)) * 1000 == pytest.approx(by_hand, abs=0.002)


def test_best_estimate_and_interval_agree() -> None:
    quantity = Sampler(1, 4000)(factor("US-VA", "gwp100", 2023))
    low, median, high = quantity.interval()
    assert low < quantity.value < high
    assert median == pytest.approx(quantity.value, rel=0.05)
    assert high < 0.245 * 1.1 + 0.1


def test_a_declared_set_takes_direct_factors_as_they_are() -> None:
    found = BOOK.led_by("direct").for_year("electricity/US-VA", "gwp100", 2023)
    assert found is not None
    assert (found.value, found.terms) == (0.244758, ())
    assert "direct" in found.coverage


def test_the_tree_ends_in_shares_and_technologies() -> None:
    quantity = Sampler(1, 10)(factor("FR", PRIMARY, 2025))
    keys = {q.origin.key for q in leaves([quantity]) if isinstance(q.origin, Factor)}
    assert {"mix/FR/nuclear/2025", "technology/nuclear", "mix/FR/hydro/2025", "technology/hydro"} <= keys
    assert quantity.value == pytest.approx(factor("FR", PRIMARY, 2025).value, rel=1e-12)


def test_another_year_or_the_country_stands_in_as_a_proxy() -> None:
    early = factor("FR", PRIMARY, 2012)
    assert (early.year, early.proxy_for) == (2019, "electricity/FR/2012")
    assert all(share.proxy_for == "mix/FR/2012" for share, _ in early.terms)
    later = factor("FR", PRIMARY, 2031)
    assert (later.year, later.proxy_for) == (2025, "")
    assert factor("AU-NSW", PRIMARY, 2024).proxy_for == "electricity/AU-NSW/2024"


@pytest.mark.parametrize(
    ("year", "value"), [(2020, 0.0599), (2021, 0.0569), (2022, 0.052), (2023, 0.058), (2024, 0.0519), (2025, 0.0461)]
)
def test_one_series_of_france_names_its_method(year: int, value: float) -> None:
    found = factor("FR", "gwp100", year)
    assert (found.value, found.source.id) == (value, "ademe-base-empreinte")
    assert "mix consumed" in found.label
    assert found.status == ("unverified" if year == 2021 else "published")
