"""Earlier versions of the catalogue: a study that is pinned to one computes on its factors, and no other pin passes."""

from __future__ import annotations

import pytest
from conftest import AS_OF, ROOT

import lca
from lca.files.shipped import earlier_versions, load_catalogue

ALEXNET = (ROOT / "projects/alexnet-2012.yaml").read_text("utf-8")
LATEST = 'catalogue: "2026.2"'


def test_an_earlier_version_holds_its_own_factors() -> None:
    assert earlier_versions() == ("2026.1",)
    (earlier, first), (latest, second) = load_catalogue("2026.1"), load_catalogue()
    assert (earlier.version, latest.version) == ("2026.1", "2026.2")
    assert first != second
    found = [book.for_year("electricity/FR", "gwp100", 2024) for book in (earlier, latest)]
    assert [factor.value for factor in found if factor is not None] == [0.04048, 0.0519]


def test_a_pinned_study_computes_on_its_version() -> None:
    assert LATEST in ALEXNET
    pinned = lca.read(ALEXNET.replace(LATEST, 'catalogue: "2026.1"'), name="pinned.yaml").assess(0, as_of=AS_OF)
    # 121.1418 kWh at the direct 46 g of Ontario in 2015, and manufacture: as version 0.1.0 printed it.
    assert pinned.figures["total.gwp100.operational"].value == pytest.approx(5.5725228, rel=1e-7)
    assert pinned.figures["total.gwp100"].value == pytest.approx(7.896, abs=5e-4)
    assert pinned.fingerprint.catalogue_version == "2026.1"
    latest = lca.read(ALEXNET, name="latest.yaml").assess(0, as_of=AS_OF)
    assert latest.fingerprint.catalogue_version == "2026.2"
    assert latest.figures["total.gwp100"].value > pinned.figures["total.gwp100"].value


def test_no_other_pin_passes() -> None:
    study = lca.read(ALEXNET.replace(LATEST, 'catalogue: "2025.9"'), name="other.yaml")
    assert [p.code for p in study.problems if p.severity == "error"] == ["LCA506"]
