"""The boundary says of a counted stage what its activities leave unsaid."""

from __future__ import annotations

import json

import pytest

import lca

FRAME = """descriptor: 1
project: {name: Unsaid, start: 2026-01, duration: 1 year, language: LANGUAGE}
sites: {lab: {location: FR, electricity: 100 gCO2e/kWh}}
devices: {phone: {kind: smartphone}}
inference:
"""
SERVICE = "  %s: {volume: 10 request/day, duration: 1 year, energy_per_request: 1 Wh/request, site: lab%s}\n"
NETWORK = ", network: {volume: 1 MB, kind: mobile}"
DEVICE = ", device: {kind: phone, time: 3 s}"


@pytest.mark.parametrize(
    ("services", "unsaid"),
    [
        (SERVICE % ("answers", ""), ["network", "device"]),
        (SERVICE % ("answers", NETWORK), ["device"]),
        (SERVICE % ("answers", NETWORK + DEVICE), []),
        (SERVICE % ("answers", NETWORK + DEVICE) + SERVICE % ("nightly", NETWORK), ["device"]),
        ("  answers: {stated: {gwp100: 5 kgCO2e, source: card}}\n", []),
    ],
    ids=["neither", "network", "both", "one of two services", "stated as a whole"],
)
def test_what_services_say_nothing_of(services: str, unsaid: list[str]) -> None:
    study = lca.read(FRAME.replace("LANGUAGE", "en") + services, name="unsaid.yaml")
    found = json.loads(study.assess(draws=0).json())["boundary"]
    assert found["inference"]["unsaid"] == unsaid
    assert found["training"]["unsaid"] == []


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "counted<br>not described: network, users’ devices"),
        ("fr", "compté<br>non décrits\u00a0: réseau, appareils"),
    ],
)
def test_the_report_says_it(language: str, says: str) -> None:
    study = lca.read(FRAME.replace("LANGUAGE", language) + SERVICE % ("answers", ""), name="unsaid.yaml")
    assert says in study.assess(draws=0).report().html
