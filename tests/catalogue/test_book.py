"""The catalogue's own schema: every row whole, cited, plausible, and of a licence that may be shipped."""

from __future__ import annotations

import csv
import datetime
import io
import math
import re
from collections import Counter
from pathlib import Path

import pytest
from conftest import ROOT
from pint_units import unit

from lca.catalogue.table import COLUMNS
from lca.descriptor.document import read_document
from lca.files.shipped import load_catalogue
from lca.quantities.provenance import Factor
from lca.quantities.units import conversion

BOOK, _ = load_catalogue()
FACTORS: list[Factor] = [factor for key, indicator in BOOK.rows for factor in BOOK.all(key, indicator)]
FOLDERS = sorted(p.parent for p in (ROOT / "factors").glob("*/source.yaml"))
KINDS = [
    "electricity",
    "generation",
    "pue",
    "wue",
    "processor",
    "manufacture",
    "transport-stage",
    "end-of-life",
    "bottom-up",
    "parameter",
    "network",
    "network-footprint",
    "network-manufacture",
    "storage",
    "request",
    "model",
    "token-model",
    "equivalence",
    "calculator",
    "price",
    "published-footprint",
    "mark",
    "fuel",
    "heat",
    "transport",
    "freight",
    "material",
    "water",
    "waste",
    "carbon-value",
    "mix",
    "technology",
    "upstream",
]
COVERAGE = {
    "life-cycle",
    "direct",
    "unstated-coverage",
    "production",
    "consumption",
    "losses",
    "co2-only",
    "includes-pue",
    "includes-host",
    "includes-idle",
    "includes-box",
    "accelerators-only",
    "cradle-to-gate",
    "cradle-to-grave",
    "distribution",
    "end-of-life",
    "average-allocation",
    "marginal",
    "operational",
    "on-site",
    "direct-upstream",
    "upstream",
    "waste-treatment",
    "withdrawn",
    "consumed",
    "band-ic",
    "excludes-vat",
}


def test_there_is_a_catalogue() -> None:
    assert BOOK.version == "2026.2"
    assert len(FACTORS) > 9000
    assert len([f for f in FACTORS if f.key.startswith("electricity/")]) > 2500


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: p.name)
def test_every_source_is_whole_and_may_be_shipped(folder: Path) -> None:
    source = BOOK.sources[folder.name]
    assert source.id == folder.name
    for text in (source.producer, source.title, source.licence, source.citation, source.accessed):
        assert text.strip()
    assert datetime.date.fromisoformat(source.review_by).year >= 2026
    fields = read_document((folder / "source.yaml").read_text("utf-8"), "source.yaml").data
    assert fields["share_alike"] == "no"
    for refused in ("ODbL", "AGPL", "proprietary", "unclear"):
        assert refused not in source.licence


#: Licences that allow what is shipped here, by how their names begin; of anything else single facts are cited, no table.
MAY_BE_SHIPPED = (
    *("MIT", "Apache-2.0", "CC BY 4.0", "CC BY (", "Licence Ouverte", "Open Government Licence", "US public domain"),
    *("Educational Community License", "(c) IRENA; may be freely used"),
)
MOST_SINGLE_FACTS = 60


def test_every_row_is_of_a_source_that_may_be_shipped() -> None:
    rows = Counter(row.source for found in BOOK.rows.values() for row in found)
    for name, count in rows.items():
        licence = BOOK.sources[name].licence
        if not licence.startswith(MAY_BE_SHIPPED):
            assert re.search(r"single (facts?|figures|constants)|one fact|figures (cited|free)", licence), name
            assert count <= MOST_SINGLE_FACTS, f"{name}: a table, {count} rows"


def test_every_row_has_a_place_in_its_source() -> None:
    assert not {f"{f.source.id} {f.key}" for f in FACTORS if not f.locator.strip()}
    composed = BOOK.for_year("electricity/FR", "electricity_primary_energy", 2024)
    assert composed is not None
    assert composed.locator
    assert composed.status == "unverified"  # the efficiency of nuclear power is from general knowledge


#: How many years after it was read a source is to be reviewed, at least and at most, by how fast it moves.
REVIEWED_WITHIN = {"yearly": (0.2, 1.1), "slow": (1.5, 4), "constant": (5, 10)}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: p.name)
def test_a_source_is_reviewed_as_fast_as_it_moves(folder: Path) -> None:
    fields = read_document((folder / "source.yaml").read_text("utf-8"), "source.yaml").data
    read, review = (datetime.date.fromisoformat(fields[name]) for name in ("accessed", "review_by"))
    least, most = REVIEWED_WITHIN[fields["moves"]]
    assert least <= (review - read).days / 365.25 <= most


def test_electricity_moves_every_year_and_a_constant_does_not() -> None:
    def moves(name: str) -> str:
        text = (ROOT / "factors" / name / "source.yaml").read_text("utf-8")
        return str(read_document(text, "source.yaml").data["moves"])

    of_years = {f.source.id for f in FACTORS if f.key.startswith(("electricity/", "mix/", "price/")) and f.year}
    assert {moves(name) for name in of_years - {"wri-2020"}} == {"yearly"}
    assert {moves(name) for name in ("ipcc-ar5-annex3", "eurostat-pec")} == {"constant"}
    assert len({source.review_by for source in BOOK.sources.values()}) >= 6


def test_every_factor_is_whole() -> None:
    for factor in FACTORS:
        name = f"{factor.source.id} {factor.key} {factor.indicator}"
        assert re.fullmatch(r"[a-z0-9][A-Za-z0-9_.:/+-]*", factor.key), name
        assert factor.key.split("/")[0] in KINDS, name
        assert math.isfinite(factor.value), name
        assert factor.value > 0 or factor.key.startswith(("token-model/", "technology/")), name
        assert factor.status in ("published", "assumption", "unverified"), name
        assert factor.coverage <= COVERAGE, f"{name}: {factor.coverage}"
        assert factor.label, name
        unit(factor.unit)
        if factor.indicator:
            head = factor.unit.split("/")[0]
            assert conversion(head, BOOK.indicators[factor.indicator].unit) > 0, name
        if factor.source.id == "lca-defaults":
            assert factor.status in ("assumption", "unverified"), name


def test_a_line_of_a_table_is_a_row_of_it() -> None:
    for path in sorted((ROOT / "factors").glob("*/*.csv")):
        head, *rows = csv.reader(io.StringIO(path.read_text("utf-8"), newline=""))
        assert tuple(head) == COLUMNS, path
        assert all(len(row) == len(COLUMNS) for row in rows), path
        for row in rows:
            found = [one.cells for one in BOOK.rows[row[0], row[1]] if one.source == path.parent.name]
            assert [list(cells.values()) for cells in found] == [row]


def test_a_source_holds_a_key_once() -> None:
    for (key, indicator), rows in BOOK.rows.items():
        sources = [row.source for row in rows]
        assert len(sources) == len(set(sources)), f"{key} {indicator}"


def test_electricity_is_plausible_and_says_what_it_covers() -> None:
    for factor in FACTORS:
        if not factor.key.startswith("electricity/"):
            continue
        _, zone, year = factor.key.split("/")
        assert zone in BOOK.zones
        assert 2000 <= int(year) <= 2026
        assert factor.year == int(year)
        if factor.indicator == "gwp100":
            assert 0.0002 <= factor.value * conversion(factor.unit, "kgCO2e/kWh") <= 1.6, factor.key
            assert len(factor.coverage & {"life-cycle", "direct", "unstated-coverage"}) == 1, factor.key


def test_references_within_the_catalogue_exist() -> None:
    assert set(BOOK.regions.zones.values()) <= BOOK.zones.keys()
    assert {source for order in BOOK.preference.values() for source in order} <= BOOK.sources.keys()
    items = {a["item"] for group in ("hosts", "accelerators") for a in _archetypes(group)}
    assert all(BOOK.find(f"manufacture/{item}", "gwp100") for item in items)
    for rule in BOOK.classes.values():
        assert rule.reason["en"]
        assert rule.reason["fr"]
    assert BOOK.zones["NA"] == "Namibia"


def _archetypes(group: str) -> list[dict[str, str]]:
    entries = BOOK.archetypes[group]
    return list(entries.values()) if isinstance(entries, dict) else entries


@pytest.mark.parametrize(
    ("key", "indicator", "value", "source"),
    [
        ("electricity/FR/2024", "gwp100", 0.0519, "ademe-base-empreinte"),
        ("electricity/FR/2025", "gwp100", 0.0461, "ademe-base-empreinte"),
        ("electricity/CA-ON/2015", "gwp100", 0.046, "ca-nir-2024"),
        ("electricity/FR/2020", "water_consumption", 3.6737, "wri-2020"),
        ("processor/nvidia-geforce-gtx-580/tdp", "", 244, "epoch-hw"),
        ("processor/nvidia-a100-sxm4-80-gb/tdp", "", 400, "epoch-hw"),
        ("manufacture/gpu-a100", "gwp100", 150, "lca-defaults"),
        ("network/fixed", "", 0.03, "lca-defaults"),
        ("parameter/ram/power", "", 0.3725, "ga-tool"),
        ("generation/coal_pc", "gwp100", 820, "ipcc-ar5-annex3"),
    ],
)
def test_values_read_by_a_person(key: str, indicator: str, value: float, source: str) -> None:
    factor = BOOK.get(key, indicator)
    assert (factor.value, factor.source.id) == (value, source)


def test_the_year_rule() -> None:
    def chosen(prefix: str, year: int) -> tuple[int | None, str, bool]:
        factor = BOOK.for_year(prefix, "gwp100", year)
        assert factor is not None
        return factor.year, factor.source.id, bool(factor.proxy_for)

    assert chosen("electricity/FR", 2024) == (2024, "ademe-base-empreinte", False)
    assert chosen("electricity/FR", 2019) == (2019, "ember", False)
    assert chosen("electricity/FR", 2025) == (2025, "ademe-base-empreinte", False)
    assert chosen("electricity/FR", 2031) == (2025, "ademe-base-empreinte", False)
    assert chosen("electricity/CA-ON", 2012) == (2015, "ca-nir-2024", True)
    assert BOOK.for_year("electricity/XX", "gwp100", 2020) is None
