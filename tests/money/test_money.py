"""What a project costs in money, against sums worked by hand; nothing is converted and nothing unknown is zero."""

from __future__ import annotations

import numpy as np
import pytest
from conftest import ROOT, Assess, assess_file

from lca import Assessment
from lca.files.shipped import load_catalogue
from lca.quantities.quantity import Quantity
from lca.subjects.money.result import MoneyResult

BOOK, _ = load_catalogue()

CASE = ROOT / "tests/cases/good/money.yaml"

#: Eurostat's half-years of 2024 for France, band IC without VAT: 0.1802 and 0.1785.
FRANCE = (0.1802 + 0.1785) / 2
#: Ten hours of a life of five years at half use.
SHARE = 10 / (5 * 8766 * 0.5)


def money_of(assessment: Assessment) -> MoneyResult:
    assert assessment.money is not None
    return assessment.money


def values(sums: object) -> dict[str, float]:
    assert isinstance(sums, dict)
    return {currency: quantity.value for currency, quantity in sums.items()}


def test_each_activity_costs_what_it_costs_by_hand() -> None:
    found = {name: values(sums) for name, sums in money_of(assess_file(CASE)).by_activity.items()}
    bought = 10 * 1.5 * FRANCE + SHARE * 100_000
    expected = {
        "training.bought": {"EUR": bought},
        "training.rented": {"USD": (10 + 5) * 30},
        "training.office": {"USD": 2 * 0.2},
        "training.measured": {"EUR": 100 * FRANCE},
        "experiments.search": {"EUR": bought * 4 * 0.5},
        "experiments.again": {"USD": 15 * 30 * 2},
    }
    assert found.keys() == expected.keys()
    for name, sums in expected.items():
        assert found[name] == pytest.approx(sums, rel=1e-12), name


def test_every_sum_adds_the_same_costs_in_every_draw_and_nothing_is_converted() -> None:
    money = money_of(assess_file(CASE, draws=200))
    assert list(money.totals) == ["EUR", "USD"]
    for groups in (money.by_kind, money.by_stage, money.by_activity, money.by_site):
        for currency, whole in money.totals.items():
            parts = [by[currency].draws for by in groups.values() if currency in by]
            np.testing.assert_allclose(sum(np.broadcast_arrays(*parts)), whole.draws, rtol=1e-12)
    assert money.totals["USD"].value == pytest.approx(450 + 0.4 + 900, rel=1e-12)
    low, _, high = money.totals["EUR"].interval()
    assert low < money.totals["EUR"].value < high


def test_what_has_no_price_is_named_and_never_zero() -> None:
    money = money_of(assess_file(CASE))
    found = {(entry.path, entry.reason, entry.detail) for entry in money.unpriced}
    assert found == {
        ("training.rented", "within-rent", ""),
        ("experiments.again", "within-rent", ""),
        ("sites.toronto", "no-price-of-zone", "CA-ON"),
        ("machines.pc", "no-machine-price", ""),
        ("machines.far", "no-machine-price", ""),
        ("network", "paid-by-others", ""),
        ("training.told", "footprint-only", ""),
    }
    assert money.partial
    assert "training.abroad" not in money.by_activity
    assert "toronto" not in money.by_site


ONE = """
descriptor: 1
project: {name: One, start: YEAR}
money: {currency: EUR}
sites: {s: {location: ZONE, pue: 1, electricity: 0.1 kgCO2e/kWh}}
training: {t: {energy: 436.3 kWh, site: s}}
"""


@pytest.mark.parametrize(
    ("zone", "year", "price", "proxy"),
    [
        ("FR", "2022-01", (0.1273 + 0.1267) / 2, ""),
        ("IE", "2024-01", (0.256 + 0.2552) / 2, ""),
        ("EU27", "2024-01", (0.1867 + 0.1899) / 2, ""),
        ("FR", "2017-01", (0.1024 + 0.095) / 2, "price/FR/2017"),  # two years before the first: a printed proxy
        ("FR", "2030-01", FRANCE, ""),  # the future takes the latest
    ],
)
def test_a_countrys_price_of_the_year(zone: str, year: str, price: float, proxy: str, assess_text: Assess) -> None:
    money = money_of(assess_text(ONE.replace("ZONE", zone).replace("YEAR", year)))
    assert money.totals["EUR"].value == pytest.approx(436.3 * price, rel=1e-12)
    assert getattr(money.prices["s"].origin, "proxy_for", None) == proxy


@pytest.mark.parametrize(("zone", "reason"), [("FR", "price-too-old"), ("US", "no-price-of-zone")])
def test_no_price_is_not_assessed(zone: str, reason: str, assess_text: Assess) -> None:
    money = money_of(assess_text(ONE.replace("ZONE", zone).replace("YEAR", "2012-01")))
    assert not money.totals
    assert [entry.reason for entry in money.unpriced] == [reason]


def test_without_a_declared_currency_nothing_is_priced(assess_text: Assess) -> None:
    text = ONE.replace("ZONE", "FR").replace("YEAR", "2024-01").replace("money: {currency: EUR}\n", "")
    assert assess_text(text).money is None


def test_requests_to_an_interface_have_no_price_and_draw_no_electricity_of_the_project(assess_text: Assess) -> None:
    api = "{provider: openai, model: unknown, region: unknown, requests: 10 request, input: 10 token, output: 10 token}"
    text = f"descriptor: 1\nproject: {{name: a, start: 2025-05}}\nmoney: {{currency: USD}}\ninference: {{x: {{api: {api}}}}}\n"
    money = money_of(assess_text(text))
    assert [(one.path, one.reason) for one in money.unpriced] == [("inference.x", "by-request")]
    assert (money.energy, money.totals, money.partial) == (None, {}, True)


def test_a_machine_kept_for_the_project_carries_its_idle_time(assess_text: Assess) -> None:
    # One machine of 8000 EUR and four years, kept for two: half of its price, whatever the activities use.
    text = """
descriptor: 1
project: {name: Kept, start: 2024-01, duration: 2 year}
money: {currency: EUR}
sites: {s: {location: US, pue: 1}}
machines: {m: {site: s, power: 1 kW, host: none, dedicated: true, lifetime: 4 year, KIND}}
training: {t: {on: m, duration: 100 h}}
"""
    bought = money_of(assess_text(text.replace("KIND", "price: 8000 EUR")))
    assert bought.totals["EUR"].value == pytest.approx(4000, rel=1e-12)
    assert bought.by_stage["training"]["EUR"].value == pytest.approx(100 / (4 * 8766) * 8000, rel=1e-12)
    rented = money_of(assess_text(text.replace("KIND", "rent: 0.5 EUR/h")))
    assert rented.totals["EUR"].value == pytest.approx(2 * 8766 * 0.5, rel=1e-12)


def test_a_rented_machine_without_its_time_is_not_assessed(assess_text: Assess) -> None:
    text = """
descriptor: 1
project: {name: Rent, start: 2024-01}
money: {currency: EUR}
sites: {s: {location: FR}}
machines: {m: {site: s, power: 1 kW, rent: 2 EUR/h}}
training: {t: {on: m, energy: 10 kWh}}
"""
    money = money_of(assess_text(text))
    assert not money.totals
    assert [(entry.path, entry.reason) for entry in money.unpriced] == [("training.t", "no-machine-time")]


def test_the_cost_of_generation_is_in_its_own_currency(assess_text: Assess) -> None:
    # 436.3 kWh at IRENA's 0.0331234 USD/kWh of onshore wind (2021): 14.4517 USD.
    assessment = assess_text(ONE.replace("ZONE", "FR").replace("YEAR", "2022-01"))
    costs = {g.technology: g.quantity for g in money_of(assessment).generation}
    assert costs["wind_onshore"].value == pytest.approx(14.45174, rel=1e-6)
    assert {quantity.unit for quantity in costs.values()} == {"USD"}
    assert next(iter(costs)) == "wind_onshore"
    for technology in ("coal_pc", "gas_combined_cycle", "nuclear"):  # the report says so in a fixed sentence
        assert BOOK.find(f"generation/{technology}", "gwp100") is not None
        assert BOOK.find(f"generation/{technology}/cost") is None


def test_costs_can_be_explained() -> None:
    known = assess_file(CASE).figures
    for name in ("total.money.EUR", "total.money.USD", "training.money.EUR", "training.bought.money.EUR",
                 "sites.paris.money.EUR", "generation.hydro.money.USD"):  # fmt: skip
        assert isinstance(known[name], Quantity), name


def test_what_a_user_writes_of_prices_and_qualities_is_shown_as_text(assess_text: Assess) -> None:
    text = """
descriptor: 1
project: {name: Hostile, start: 2024-01}
money: {currency: EUR}
sites: {s: {location: FR, price: {value: 1 EUR/kWh, source: "<script>alert(1)</script>{{ 7*7 }}"}}}
training:
  a: {energy: 1 kWh, site: s, quality: {task: t, metric: own_score, better: higher, value: {value: 1, source: "<img src=x>"}}}
  b: {energy: 2 kWh, site: s, quality: {task: t, metric: own_score, better: higher, value: 2}}
"""
    page = assess_text(text, draws=20).report("fr").html
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in page
    assert "own score" in page


def test_prices_of_the_catalogue_are_plausible_and_say_what_they_cover() -> None:
    prices = [BOOK.get(key) for key, _ in BOOK.rows if key.startswith("price/")]
    assert len(prices) > 200
    for price in prices:
        assert price.unit == "EUR/kWh"
        assert 0.03 < price.value < 0.5, price.key
        assert price.coverage == {"band-ic", "excludes-vat"}
        halves = [float(half.split()[1]) for half in price.locator.split(", ")]
        assert price.value == pytest.approx(sum(halves) / len(halves), abs=1e-6)
        assert price.geography in BOOK.zones
