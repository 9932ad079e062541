"""Computing centres by name, and what a host states itself of its PUE."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from conftest import Assess

from lca.cli.main import main
from lca.files.shipped import catalogue
from lca.quantities.provenance import Factor
from lca.quantities.quantity import Quantity
from lca.quantities.trees import leaves

TEXT = """descriptor: 1
project: {{name: Sites, start: {start}, duration: 1 year}}
{sites}machines: {{node: {{site: {site}, power: 1 kW, host: none}}}}
training: {{run: {{on: node, duration: 100 h}}}}
"""


def text(site: str, sites: str = "", start: str = "2024-03") -> str:
    return TEXT.format(site=site, sites=sites, start=start)


def pue_of(figure: Quantity) -> Quantity:
    """Return the only PUE of the catalogue under a figure."""
    factors = [leaf for leaf in leaves([figure]) if isinstance(leaf.origin, Factor)]
    (found,) = (leaf for leaf in factors if isinstance(leaf.origin, Factor) and leaf.origin.key.startswith("pue/"))
    return found


def pue(figure: Quantity) -> tuple[str, float]:
    found = pue_of(figure)
    assert isinstance(found.origin, Factor)
    return found.origin.key, found.value


@pytest.mark.parametrize("name", ["jean-zay", "idris", "jeanzay"])
def test_a_centre_that_is_named_is_where_the_catalogue_says(name: str, assess_text: Assess) -> None:
    figures = assess_text(text(name)).figures
    record, value = pue(figures["total.gwp100"])
    assert record.startswith("pue/jean-zay/2023")
    assert value == 1.2
    # 1 kW for 100 h at a PUE of 1.2, and nothing around it.
    assert figures["training.run.energy"].value == pytest.approx(120, rel=1e-12)


def test_a_centre_without_a_statement_takes_the_survey(assess_text: Assess) -> None:
    record, _ = pue(assess_text(text("snellius")).figures["total.gwp100"])
    assert record.startswith("pue/world/2024")


def test_a_described_site_is_never_replaced(assess_text: Assess) -> None:
    own = assess_text(text("jean-zay", "sites: {jean-zay: {location: PL, pue: 1.5}}\n"))
    assert own.figures["training.run.energy"].value == pytest.approx(150, rel=1e-12)
    assert own.study.document.data["sites"] == {"jean-zay": {"location": "PL", "pue": 1.5}}


def test_a_scenario_may_name_a_centre(assess_text: Assess) -> None:
    moved = text("lumi") + "scenarios: {moved: {machines: {node: {site: jean-zay}}}}\n"
    found = assess_text(moved)
    assert pue(found.figures["total.gwp100"])[0].startswith("pue/world")
    assert pue(found.scenarios["moved"].figures["total.gwp100"])[0].startswith("pue/jean-zay")


def test_an_unknown_centre_is_refused_where_it_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.yaml").write_text(text("nowhere"), encoding="utf-8")
    assert main(["check", str(tmp_path / "a.yaml")]) == 1
    assert "a.yaml:3:25: LCA401 `nowhere` is not one of the sites" in capsys.readouterr().err


#: From the providers' own statements: fleet means of the year, and those of a region where one is stated.
STATED = [
    ("aws", "eu-west-3", "2024-03", 1.15),
    ("aws", "eu-west-3", "2026-03", 1.14),
    ("aws", "eu-north-1", "2025-03", 1.09),
    ("amazon", "eu-west-1b", "2025-03", 1.10),
    ("azure", "westeurope", "2024-03", 1.16),
    ("azure", "westeurope", "2025-03", 1.17),
    ("gcp", "europe-west9", "2025-03", 1.09),
    ("ovhcloud", "GRA11", "2024-03", 1.28),
    ("ovh", "SBG", "2022-03", 1.29),
    ("scaleway", "fr-par-1", "2025-03", 1.46),
]


@pytest.mark.parametrize(("provider", "region", "start", "value"), STATED)
def test_the_providers_own_statement_of_the_nearest_year_leads(
    provider: str, region: str, start: str, value: float, assess_text: Assess
) -> None:
    sites = f"sites: {{cloud: {{provider: {provider}, region: {region}}}}}\n"
    figures = assess_text(text("cloud", sites, start)).figures
    assert pue(figures["total.gwp100"])[1] == value
    assert figures["training.run.energy"].value == pytest.approx(100 * value, rel=1e-12)


def test_a_calculators_value_is_no_statement_of_the_provider(assess_text: Assess) -> None:
    assert catalogue().find("calculator/v3.0/pue/oracle") is not None
    record, _ = pue(
        assess_text(text("cloud", "sites: {cloud: {provider: oracle, location: FR}}\n")).figures["total.gwp100"]
    )
    assert record.startswith("pue/world/2024")


def test_no_draw_of_a_pue_is_below_1(assess_text: Assess) -> None:
    for provider in ("aws", "gcp", "meta"):
        sites = f"sites: {{cloud: {{provider: {provider}, location: FR}}}}\n"
        found = assess_text(text("cloud", sites), 2000)
        leaf = pue_of(found.figures["total.gwp100"])
        assert (leaf.draws >= 1).all()
        # The upper bound is 10 % above, drawn as the 97.5 % quantile.
        assert float(np.quantile(leaf.draws[1:], 0.975)) == pytest.approx(1.1 * leaf.value, rel=0.02)
