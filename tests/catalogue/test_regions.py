"""Regions as consoles and logs print them: the zone of each, and none for what is unknown."""

from __future__ import annotations

import pytest

from lca.files.shipped import catalogue

BOOK = catalogue()


@pytest.mark.parametrize(
    ("provider", "region", "zone"),
    [
        ("ovhcloud", "GRA", "FR"),
        ("ovhcloud", "GRA11", "FR"),
        ("ovh", "SBG5", "FR"),
        ("OVH", "Gravelines", "FR"),
        ("ovhcloud", "GRA (Gravelines)", "FR"),
        ("ovhcloud", "BHS5", "CA-QC"),
        ("ovhcloud", "UK1", "GB"),
        ("amazon", "eu-west-3", "FR"),
        ("AWS", "eu-west-3a", "FR"),
        ("aws", "us-east-1", "US-VA"),
        ("google", "europe-west9-b", "FR"),
        ("Google Cloud", "europe-west9", "FR"),
        ("microsoft azure", "France Central", "FR"),
        ("azure", "francecentral", "FR"),
        ("scaleway", "fr-par-2", "FR"),
    ],
)
def test_a_region_has_its_zone(provider: str, region: str, zone: str) -> None:
    assert BOOK.zone_of(provider, region) == zone


@pytest.mark.parametrize(
    ("provider", "region"),
    [("ovhcloud", "GR"), ("aws", "eu-west-99"), ("aws", ""), ("nobody", "eu-west-3"), ("aws", "e")],
)
def test_what_is_unknown_has_none(provider: str, region: str) -> None:
    assert BOOK.zone_of(provider, region) is None


def test_every_region_is_found_by_its_own_name() -> None:
    for (provider, region), zone in BOOK.regions.zones.items():
        assert BOOK.zone_of(provider, region) == zone
        assert BOOK.zone_of(provider.upper(), region.upper()) == zone
