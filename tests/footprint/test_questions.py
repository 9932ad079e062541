"""What is left out and would make a figure smaller is asked about, at its place."""

from __future__ import annotations

import pytest

import lca

FRAME = """descriptor: 1
project: {name: Asked, start: 2026-01, duration: 2 year, language: en}
sites: {lab: {location: FR, electricity: 100 gCO2e/kWh, pue: 1}}
devices: {camera: {power: 4 W, lifetime: 4 year, manufacture: {gwp100: 20 kgCO2e, source: test}}}
"""
KEPT = "equipment:\n  cameras: {device: camera, duration: 1 year%s}\n"
FIELD = "collection:\n  cameras: {kind: cameras, device: camera, duration: 1 year, site: lab%s}\n"
METER = "inference:\n  a: {volume: 10 request/day, duration: 2 year, site: lab, metered: {energy: 30 kWh, idle_share: 0.2%s}}\n"


def asked(text: str) -> list[str]:
    return [str(p) for p in lca.read(FRAME + text, name="asked.yaml").problems if p.code == "LCA622"]


@pytest.mark.parametrize(
    ("text", "stated", "told"),
    [
        (KEPT, ", count: 1", "6:21: LCA622 warning: equipment.cameras: nothing says how many of `camera` there are"),
        (FIELD, ", count: 1", "6:36: LCA622 warning: collection.cameras: nothing says how many of `camera` there are"),
        (METER, ", duration: 2 year", "6:69: LCA622 warning: inference.a.metered does not say how long it counted"),
    ],
    ids=["equipment", "collection", "meter"],
)
def test_silence_is_asked_and_the_answer_is_not(text: str, stated: str, told: str) -> None:
    (question,) = asked(text % "")
    assert question.startswith(f"asked.yaml:{told}")
    assert not asked(text % stated)


def test_the_meter_of_three_months_in_two_years() -> None:
    def energy(text: str) -> float:
        return lca.read(FRAME + text, name="meter.yaml").assess(draws=0).figures["inference.a.energy"].value

    assert energy(METER % "") == pytest.approx(30)
    assert energy(METER % ", duration: 0.25 year") == pytest.approx(240)


@pytest.mark.filterwarnings("error")
def test_a_service_that_takes_nothing_equals_no_training() -> None:
    api = (
        "inference:\n  a: {api: {requests: 1000 request, model: unknown, parameters: 7, region: FR, output: 0 token}}\n"
    )
    found = lca.read(FRAME + "training:\n  t: {energy: 9 kWh, site: lab}\n" + api, name="none.yaml").assess(draws=0)
    assert found.figures["inference.a.energy"].value == 0
    assert not found.footprint.parity


@pytest.mark.parametrize("network", ["", ", network_power: 7 W"], ids=["nothing", "no time"])
def test_a_federated_training_without_its_network_has_a_gap(network: str) -> None:
    clients = f"clients: 100, rounds: 10, local_time: 1 h, power: 3 W, client_location: FR{network}"
    found = lca.read(FRAME + f"training:\n  t: {{federated: {{{clients}}}}}\n", name="clients.yaml").assess(draws=0)
    reasons = {(gap.part, gap.scope): gap.reason for gap in found.footprint.gaps if not gap.indicator}
    assert reasons["network", "operational"].startswith("neither the size of the model")
    assert ("manufacture of the network", "embodied") in reasons
    assert found.footprint.is_partial("gwp100")


def test_electricity_of_a_collection_without_a_site_is_a_gap() -> None:
    found = lca.read(FRAME + "collection:\n  c: {kind: sensors, electricity: 10 kWh}\n", name="place.yaml").assess(
        draws=0
    )
    assert ("electricity", "no site says where its electricity comes from") in {
        (g.part, g.reason) for g in found.footprint.gaps
    }
