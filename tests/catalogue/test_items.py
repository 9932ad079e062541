"""Items that a descriptor names: which figure a name stands for, figures worked by hand, and what every row says of itself."""

from __future__ import annotations

import pytest
from conftest import ROOT, Assess, assess_file
from pint_units import unit

from lca.catalogue.items import CLIMATE, ITEM_KINDS, PARTS, hint_for, key_for, keys_named, unit_of
from lca.files.shipped import load_catalogue
from lca.quantities.provenance import Factor
from lca.quantities.units import parse_measure

BOOK, _ = load_catalogue()
ITEMS: list[Factor] = [
    factor for key, indicator in BOOK.rows if key.split("/")[0] in ITEM_KINDS for factor in BOOK.all(key, indicator)
]
CASE = ROOT / "tests/cases/good/fuels-and-freight.yaml"
#: Licences that allow to pass the figures on under the project's own terms, with credit.
LICENCES = ("Open Government Licence v3.0", "Licence Ouverte 2.0", "Licence Ouverte / Open Licence 2.0", "MIT")
BASE = """
descriptor: 1
project: {{name: Items, start: 2026-01}}
sites: {{paris: {{location: FR}}}}
training: {{m: {{energy: 1 kWh, energy_includes_pue: true, site: paris}}}}
collection: {{field: {{kind: other, amount: {amount}, factor: {factor}}}}}
"""


@pytest.mark.parametrize(
    ("name", "unit_", "key"),
    [
        ("fuel/natural-gas", "kWh", "fuel/natural-gas/FR/kWh"),
        ("fuel/natural-gas", "MWh", "fuel/natural-gas/FR/kWh"),
        ("fuel/natural-gas", "m3", "fuel/natural-gas/GB/m3"),
        ("fuel/natural-gas/GB", "kWh", "fuel/natural-gas/GB/kWh"),
        ("fuel/natural-gas/GB/kWh-net", "kWh", "fuel/natural-gas/GB/kWh-net"),
        ("fuel/natural-gas/FR", "m3", None),
        ("fuel/diesel", "L", "fuel/diesel/FR/L"),
        ("fuel/diesel/GB/L/direct", "L", "fuel/diesel/GB/L/direct"),
        ("fuel/Gaz de ville", "kWh", "fuel/natural-gas/FR/kWh"),
        ("fuel/gazole/GB", "L", "fuel/diesel/GB/L"),
        ("material/béton", "kg", "material/concrete/FR"),
        ("transport/car-combustion", "km", "transport/car-combustion/FR"),
        ("freight/hgv-average", "km", None),
        ("electricity/FR/2024", "kWh", None),
        ("fuel", "L", None),
        ("fuel/", "L", None),
        ("fuel/nothing", "L", None),
    ],
)
def test_which_key_a_name_stands_for(name: str, unit_: str, key: str | None) -> None:
    assert key_for(BOOK, name, unit_) == key


def test_a_part_serves_only_where_it_is_named_in_full() -> None:
    for kind in ITEM_KINDS:
        for item in {factor.key.split("/")[1] for factor in ITEMS if factor.key.startswith(f"{kind}/")}:
            keys = keys_named(BOOK, f"{kind}/{item}")
            assert keys
            assert not any(key.rpartition("/")[2] in PARTS for key in keys)


@pytest.mark.parametrize(
    ("name", "said"),
    [("fuel/dieesel", "`fuel/diesel`"), ("rail/freight", "lca factors search"), ("freight/lorri", "`freight/lorry`")],
)
def test_an_unknown_name_gets_what_is_close_and_how_to_look(name: str, said: str) -> None:
    assert said in hint_for(BOOK, name)
    assert "lca factors search" in hint_for(BOOK, name)


# Amount times the printed figure of the source, by hand.
@pytest.mark.parametrize(
    ("amount", "factor", "kilograms"),
    [
        ("1000 kWh", "fuel/natural-gas", 215),  # 0.215
        ("1000 kWh", "fuel/natural-gas/GB", 213.17),  # 0.18296 + 0.03021
        ("100 m3", "fuel/natural-gas", 240.332),  # 2.06672 + 0.3366
        ("100 L", "fuel/diesel", 316),  # 3.16
        ("100 L", "fuel/diesel/GB", 318.183),
        ("1 m3", "fuel/heating-oil", 3240),  # 1000 L at 3.24
        ("13 kg", "fuel/propane", 44.98),  # a bottle, 3.46
        ("2 MWh", "fuel/wood-pellets-boiler", 54),  # 0.027
        ("5 MWh", "heat/district", 565),  # 0.113
        ("1000 km", "transport/car-average", 211.24),
        ("1000 km", "transport/car-combustion/FR/life-cycle", 217.6),  # 0.192 + 0.0256
        ("770 km", "transport/tgv", 1.771),  # 0.0023
        ("6000 km", "transport/flight-over-5000km", 900),  # 0.15
        ("250 tkm", "freight/hgv-average", 32.33),  # 0.12932
        ("250 t*km", "freight/hgv-articulated-34-40t", 21.875),  # 0.0875
        ("12 m3", "water/supply", 1.584),  # 0.132
        ("12 m3", "water/treatment/GB", 2.05056),  # 0.17088
        ("50 kg", "material/steel", 110.5),  # 2.21
        ("2 t", "material/aluminium", 18231.8),  # 9.1159
        ("1 t", "waste/household-landfill", 412),  # 0.412
    ],
)
def test_figures_by_hand(assess_text: Assess, amount: str, factor: str, kilograms: float) -> None:
    assessment = assess_text(BASE.format(amount=amount, factor=factor))
    assert assessment.figures["collection.field.gwp100"].value == pytest.approx(kilograms, rel=1e-6)


def test_field_work_and_benefit_by_hand() -> None:
    figures = assess_file(CASE).figures
    expected = {
        "collection.survey.van.gwp100": 200 * 3.16,
        "collection.survey.generator.gwp100": 50 * 2.6501,
        "collection.survey.train.gwp100": 1200 * 0.0023,
        "collection.survey.shipping.gwp100": 300 * 0.12932,
        "collection.survey.masts.gwp100": 40 * 2.21,
        "collection.survey.footings.gwp100": 0.5 * 800,
        "collection.washing.gwp100": 12 * 0.132,
        "transfer.disks.gwp100": 0.02 * 500 * 0.0347,
        # Gas 20 MWh and 400 m3; oil 500 L, heat 10 MWh, 2000 km, 10 000 tkm, 1000 m3 of sewage, a tonne of waste.
        "benefit.potential": 4300 + 961.328 + 1620 + 1130 + 384 + 875 + 262 + 374,
    }
    assert {path: figures[path].value for path in expected} == pytest.approx(expected, rel=1e-9)
    # Material is no use of a thing: steel 88.4 kg and lime 400 kg.
    assert figures["collection.survey.gwp100.embodied"].value == pytest.approx(488.4, rel=1e-9)


def test_a_device_without_a_published_figure_stays_a_gap() -> None:
    gaps = {
        (gap.activity, gap.part)
        for gap in assess_file(CASE).footprint.inventory.gaps
        if gap.indicator in ("", "gwp100")
    }
    assert ("collection.survey", "manufacture of trap") in gaps
    assert not any(gap[0].startswith("transfer") for gap in gaps)


def test_water_as_a_service_is_not_water_taken_in() -> None:
    assessment = assess_file(CASE)
    services = [flow for flow in assessment.footprint.inventory.flows if flow.key.startswith("water/supply")]
    assert services
    assert not any(flow.is_water for flow in services)


def test_every_item_says_what_it_is_and_may_be_shipped() -> None:
    covers = {"direct-upstream", "direct", "upstream", "life-cycle", "cradle-to-gate", "waste-treatment"}
    assert len(ITEMS) > 180
    for factor in ITEMS:
        name = f"{factor.source.id} {factor.key}"
        assert factor.indicator == CLIMATE, name
        assert factor.geography in factor.key.split("/"), name
        assert len(factor.coverage & covers) == 1, name
        assert (factor.key.rpartition("/")[2] in PARTS) <= (factor.key.rpartition("/")[2] in factor.coverage), name
        assert factor.locator, name
        assert not factor.locator.startswith("as above"), name
        assert factor.label.count("|") == 1, name
        assert factor.value > 0, name
        assert factor.uncertainty_rule, name
        assert factor.source.licence.startswith(LICENCES), name
        assert "ecoinvent" not in factor.note, name
        unit(factor.unit)
        if factor.status == "unverified":
            assert "doubtful" in factor.note, name
            assert "douteux" in factor.note, name
    assert {factor.geography for factor in ITEMS} == {"FR", "GB"}


def test_an_item_is_of_one_kind_of_unit_where_its_key_names_none() -> None:
    for factor in ITEMS:
        parts = [part for part in factor.key.split("/")[3:] if part not in PARTS]
        if factor.key.startswith("fuel/"):
            assert parts == [{"kWh": parts[0]}.get(unit_of(BOOK, factor.key), unit_of(BOOK, factor.key))], factor.key
        else:
            assert not parts, factor.key


def test_parts_add_up_where_one_table_gives_them() -> None:
    wholes = [f for f in ITEMS if BOOK.find(f"{f.key}/direct", CLIMATE) and f.source.id == "uk-desnz-2025-fuels"]
    assert len(wholes) == 5
    for whole in wholes:
        parts = sum(BOOK.get(f"{whole.key}/{part}", CLIMATE).value for part in ("direct", "upstream"))
        assert whole.value == pytest.approx(parts, abs=2e-5), whole.key
    diesel = BOOK.get("fuel/diesel/FR/L", CLIMATE)  # the doubt that its note prints
    assert (diesel.value, diesel.status) == (3.16, "unverified")
    parts = sum(BOOK.get(f"fuel/diesel/FR/L/{part}", CLIMATE).value for part in ("direct", "upstream"))
    assert parts == pytest.approx(3.10)


def test_no_french_name_stands_for_two_items() -> None:
    known: dict[tuple[str, str], set[str]] = {}
    for (key, indicator), rows in BOOK.rows.items():
        kind, item = (*key.split("/"), "")[:2]
        if kind in ITEM_KINDS and indicator == CLIMATE:
            for alias in (a for row in rows for a in row.cells["aliases"].split(";") if a):
                known.setdefault((kind, alias), set()).add(item)
    assert {alias: items for alias, items in known.items() if len(items) > 1} == {}


def test_values_of_carbon_say_their_price_year() -> None:
    keys = [key for key, _ in BOOK.rows if key.startswith("carbon-value/")]
    assert len(keys) == 15
    for key in keys:
        factor = BOOK.get(key)
        assert parse_measure(f"1 {factor.unit}").unit in ("EUR/tCO2e", "USD/tCO2e")
        assert factor.note.startswith(("euros of 20", "dollars of 20"))
        assert "second hand" in factor.note
    assert BOOK.get("carbon-value/quinet-2025/2030").value == 300
    assert BOOK.get("carbon-value/quinet-2025/2025").status == "unverified"


def test_an_item_without_a_place_is_told_with_the_place_that_leads(assess_text: Assess) -> None:
    text = """
descriptor: 1
project: {name: Fuel, start: 2024-01, duration: 1 year}
collection:
  van: {kind: other, amount: 100 L, factor: fuel/FUEL}
"""

    def told(name: str) -> list[str]:
        found = assess_text(text.replace("FUEL", name)).problems
        return [f"{p.location.line}:{p.location.column} {p.message}" for p in found if p.code == "LCA608"]

    (message,) = told("diesel")
    assert message.startswith("5:")
    assert "names no place: the value of FR is taken; the catalogue also knows GB" in message
    assert told("diesel/FR") == told("diesel/GB") == []
    assert len(told("gazole")) == 1
