"""Market-based electricity: a further line, in no total, benefit or ranking."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import Assess

from lca.assessment.contract import results

BASE = """
descriptor: 1
project: {name: Contract, start: 2024-01, duration: 1 year}
sites:
  paris: {location: FR, pue: 1.25, electricity: 0.1 kgCO2e/kWh CONTRACT}
  lab: {location: FR, pue: 1, electricity: 0.1 kgCO2e/kWh}
machines:
  node:
    {site: paris, host: none, power: 2 kW, lifetime: 5 year, utilisation: 0.5, manufacture: {gwp100: 1 tCO2e, source: made up}}
  small: {site: lab, host: none, power: 1 kW}
training:
  large: {on: node, duration: 80 h}
  little: {on: small, duration: 10 h}
transfer:
  data: {volume: 1 TB, network: fixed, site: paris}
benefit:
  reference: {description: before, alternatives: {hand: {description: by hand, without_ai: true}}}
  effects: {gain: {quantity: 1 tCO2e/year, evidence: model, attribution: 1, no_rebound: none}}
"""
CONTRACT = ", market_based: {factor: 0.02 kgCO2e/kWh, instrument: wind PPA, source: supplier 2024}"


def text(contract: str) -> str:
    return BASE.replace(" CONTRACT", contract)


def test_by_hand(assess_text: Assess) -> None:
    # 80 h x 2 kW x 1.25 = 200 kWh under the contract: 20 kg by place, 4 kg by contract. The network's 30 kWh and the other
    # site's 10 kWh are not covered: 3 kg and 1 kg; manufacture 80 h / (5 x 8766 h x 0.5) x 1000 kg, and of the network
    # 1,000 GB x 6.3 g.
    assessment = assess_text(text(CONTRACT))
    result = assessment.footprint.market_based
    assert result is not None
    (line,) = result.lines
    assert line.electricity.value == pytest.approx(200, rel=1e-12)
    assert line.location_based.value == pytest.approx(20, rel=1e-12)
    assert line.market_based.value == pytest.approx(4, rel=1e-12)
    embodied = 80 / (5 * 8766 * 0.5) * 1000 + 1000 * 0.0063
    assert result.total.value == pytest.approx(4 + 3 + 1 + embodied, rel=1e-12)
    total = assessment.footprint.totals["gwp100"].total
    assert total is not None
    assert total.value == pytest.approx(20 + 3 + 1 + embodied, rel=1e-12)
    assert assessment.figures["total.gwp100.market-based"] is result.total


def without_market(printed: dict[str, Any]) -> str:
    kept = {key: value for key, value in printed.items() if key not in ("market_based", "fingerprint")}
    for rows in ("inputs", "problems"):
        kept[rows] = [
            {key: value for key, value in row.items() if key not in ("line", "column", "file")}
            for row in kept[rows]
            if ".market_based." not in row.get("path", "")  # the contract's own factor is an input like any other
        ]
    return json.dumps(kept, sort_keys=True)


def test_it_moves_no_other_figure(assess_text: Assess) -> None:
    scenarios = "scenarios: {moved: {sites: {paris: {electricity: null, location: SE}}}}\n"
    plain = results(assess_text(text("") + scenarios, draws=50))
    contract = results(assess_text(text(CONTRACT) + scenarios, draws=50))
    assert plain["market_based"] is None
    assert contract["market_based"]["sites"]["paris"]["market_based"]["value"] == pytest.approx(4)
    assert without_market(plain) == without_market(contract)


def test_a_site_that_draws_nothing_has_no_line(assess_text: Assess) -> None:
    idle = text("").replace("sites:\n", "sites:\n  empty: {location: FR" + CONTRACT + "}\n")
    assert assess_text(idle).footprint.market_based is None


@pytest.mark.parametrize(("language", "words"), [("en", "in no total"), ("fr", "dans aucun total")])
def test_the_report_says_what_it_is(language: str, words: str, assess_text: Assess) -> None:
    page = assess_text(text(CONTRACT), draws=20).report(language).html
    assert words in page
    assert "wind PPA" in page
    assert words not in assess_text(text(""), draws=20).report(language).html
