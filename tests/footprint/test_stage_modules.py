"""The stages as modules, and what a flow and a gap say of themselves beside the words that a reader sees."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import ROOT, Assess, assess_file

from lca import Assessment
from lca.assessment.comparison import case_of
from lca.quantities.quantity import Sampler
from lca.subjects.footprint.flow import BOTH, CLIENTS, EMBODIED, NETWORK, OPERATIONAL, PROJECT, USERS
from lca.subjects.footprint.market_based import by_contract

CASE = ROOT / "tests/cases/good/every-stage.yaml"


@pytest.fixture(scope="module")
def every_stage() -> Assessment:
    return assess_file(CASE)


def test_a_flow_says_who_draws_its_electricity(every_stage: Assessment) -> None:
    drawn = {(f.activity, f.part): f.drawn_by for f in every_stage.footprint.flows if f.is_electricity}
    others = {line: who for line, who in drawn.items() if who != PROJECT}
    assert others == {
        ("transfer.once", "network"): NETWORK,
        ("transfer.daily", "network"): NETWORK,
        ("training.federated", "clients' devices"): CLIENTS,
        ("training.federated", "network"): NETWORK,
        ("inference.measured", "network"): NETWORK,
        ("inference.measured", "users' devices"): USERS,
    }
    assert len(drawn) > 15


def test_a_gap_says_whether_it_leaves_out_use_or_manufacture(every_stage: Assessment) -> None:
    scopes = {(gap.activity, gap.part): gap.scope for gap in every_stage.footprint.gaps}
    assert scopes["collection.drones", "drones"] == BOTH
    assert scopes["transfer.parcel", "shipment by air"] == OPERATIONAL
    assert scopes["transfer.once", "manufacture of the network"] == EMBODIED
    assert scopes["storage.hdd", "manufacture of the drives"] == EMBODIED
    assert scopes["training.measured", "manufacture of the machine"] == EMBODIED


def test_a_stated_footprint_and_water_are_told_by_their_keys(every_stage: Assessment) -> None:
    flows = every_stage.footprint.flows
    assert {f.activity for f in flows if f.is_stated} == {"training.tuned", "experiments.before"}
    water = {f.part for f in flows if f.is_water}
    assert "processors and memory: water on site" in water
    assert not any(f.is_electricity for f in flows if f.is_water or f.is_stated)


CONTRACT = """
descriptor: 1
project: {name: Contract, start: 2024-01, duration: 1 year}
sites:
  paris:
    {location: FR, pue: 1.2, electricity: 0.1 kgCO2e/kWh, market_based: {factor: 0.01 kgCO2e/kWh, instrument: PPA, source: s}}
machines:
  server: {site: paris, host: none, power: 1 kW}
training:
  shared:
    federated:
      {clients: 100, rounds: 10, local_time: 1 h, power: 10 W, client_location: FR, server: server, server_time: 50 h}
"""


def test_a_contract_covers_what_the_project_draws_and_no_client(assess_text: Assess) -> None:
    # The server: 50 h x 1 kW x 1.2 = 60 kWh. The clients' 100 x 10 x 1 h x 10 W = 10 kWh are drawn at home.
    assessment = assess_text(CONTRACT)
    market = assessment.footprint.market_based
    assert market is not None
    assert [line.electricity.value for line in market.lines] == pytest.approx([60], rel=1e-12)
    clients = assessment.figures["training.shared.clients-devices.gwp100"].value
    assert market.total.value == pytest.approx(60 * 0.01 + clients, rel=1e-12)


def test_no_words_decide_what_a_contract_covers(assess_text: Assess) -> None:
    assessment = assess_text(CONTRACT)
    for words in ("network", "clients' devices", "something else"):
        renamed = [replace(i, flow=replace(i.flow, part=words)) for i in assessment.footprint.impacts]
        market = by_contract(assessment.study, renamed, Sampler(2026, 0))
        assert market is not None
        assert [line.electricity.value for line in market.lines] == pytest.approx([60], rel=1e-12)


TRANSPORTED = """
descriptor: 1
project: {name: Transported, start: 2024-01}
sites: {s: {location: FR, pue: 1, electricity: 0.1 kgCO2e/kWh}}
machines:
  node: {site: s, host: none, power: 1 kW, manufacture: {gwp100: 1 kgCO2e, source: s}, transport: {adpe: 1 kgSbe, source: s}}
training: {t: {on: node, duration: 10 h}}
"""


def test_electricity_is_compared_by_what_is_left_out_of_use(assess_text: Assess) -> None:
    # What transport emits is not known: that says nothing of the electricity, and much of the emissions.
    case = case_of("", assess_text(TRANSPORTED))
    assert "transport" in case.bases["total.gwp100"].left_out
    assert "transport" not in case.bases["energy"].left_out
    assert case.figures["energy"].value == pytest.approx(10, rel=1e-12)
