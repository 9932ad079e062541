"""Scenarios: merging by RFC 7396, places, draws, and the schema that editors read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from conftest import ROOT, Assess, assess_file
from jsonschema import Draft202012Validator

from lca.assessment.record import Record
from lca.descriptor.document import read_document
from lca.descriptor.scenario_reading import read_with_scenarios
from lca.files.reading import reader
from lca.files.shipped import project_schema
from lca.problems import ProblemsFound
from lca.quantities.quantity import Computed, Quantity
from lca.quantities.trees import leaves

BASE = """descriptor: 1
project: {name: Base, start: 2024-01}
sites:
  paris: {location: FR, pue: 1.2}
machines:
  node: {site: paris, host: none, gpu: {model: NVIDIA A100 SXM4 80 GB, count: 8}}
training:
  final: {on: node, duration: {value: 72 h, range95: [70 h, 80 h]}}
"""
SCENARIOS = """scenarios:
  ireland:
    sites:
      paris: {location: IE}
  fewer: {machines: {node: {gpu: {count: 6}}}}
  bare: {sites: {paris: {pue: null}}}
"""


def drawn(assessment: Record) -> dict[str, Quantity]:
    found = {}
    for quantity in leaves(i.quantity for i in assessment.footprint.impacts):
        assert not isinstance(quantity.origin, Computed)
        found[quantity.origin.record] = quantity
    return found


def climate(assessment: Record) -> Quantity:
    total = assessment.footprint.totals["gwp100"].total
    assert isinstance(total, Quantity)
    return total


def test_a_scenario_equals_the_descriptor_written_out(assess_text: Assess) -> None:
    scenarios = assess_text(BASE + SCENARIOS, draws=100).scenarios
    written = {
        "ireland": BASE.replace("location: FR", "location: IE"),
        "fewer": BASE.replace("count: 8", "count: 6"),
        "bare": BASE.replace(", pue: 1.2", ""),
    }
    for name, text in written.items():
        alone = assess_text(text, draws=100)
        assert (climate(scenarios[name]).draws == climate(alone).draws).all(), name
        assert scenarios[name].footprint.evidence == alone.footprint.evidence


def test_scenarios_move_no_draw_and_their_order_changes_nothing(assess_text: Assess) -> None:
    alone, with_them = assess_text(BASE, draws=100), assess_text(BASE + SCENARIOS, draws=100)
    assert (climate(alone).draws == climate(with_them).draws).all()
    lines = SCENARIOS.splitlines(keepends=True)
    turned = assess_text(BASE + "".join([lines[0], lines[5], *lines[1:5]]), draws=100)
    assert list(turned.scenarios) == ["bare", "ireland", "fewer"]
    for name, scenario in with_them.scenarios.items():
        assert (climate(scenario).draws == climate(turned.scenarios[name]).draws).all()
        shared = drawn(with_them).keys() & drawn(scenario).keys()
        assert shared
        for record in shared:
            same = drawn(with_them)[record].draws, drawn(scenario)[record].draws
            assert len(same[0]) == len(same[1])
            assert record == "stated/machines.node.gpu.count" or (same[0] == same[1]).all()


def test_problems_of_the_base_are_not_told_again(assess_text: Assess) -> None:
    found = assess_text(BASE + SCENARIOS).problems
    assert not [p for p in found if "scenario" in p.message and p.code == "LCA606"]
    far = BASE.replace("2024-01", "2012-01")
    told = [p for p in assess_text(far + SCENARIOS).problems if p.code == "LCA601"]
    assert [(p.location.line, p.message) for p in told] == [
        (4, "the electricity factor of FR is of 2015 and stands in for 2012"),
        (12, "scenario `ireland`: the electricity factor of IE is of 2015 and stands in for 2012"),
    ]


def test_a_scenario_that_changes_no_figure_is_doubted(assess_text: Assess) -> None:
    text = BASE + "scenarios:\n  words: {project: {summary: other words}}\n"
    doubted = [p for p in assess_text(text).problems if p.code == "LCA905"]
    assert [str(p.location).rpartition("/")[2] for p in doubted] == ["case.yaml:10:3"]
    only_wider = BASE + "scenarios:\n  wider: {training: {final: {duration: {range95: [50 h, 90 h]}}}}\n"
    assert not [p for p in assess_text(only_wider).problems if p.code == "LCA905"]


def test_errors_of_all_scenarios_are_told_at_once(assess_text: Assess) -> None:
    text = BASE + (
        "scenarios:\n"
        "  nowhere: {sites: {paris: {location: XX}}}\n"
        "  unpowered: {machines: {node: {gpu: {model: abacus}}}}\n"
        "  lost: {sites: {london: {location: GB}, paris: null}, machines: {node: {site: london}}}\n"
        "  moved: {sites: {london: {location: GB}}, machines: {node: {site: london}}}\n"
    )
    with pytest.raises(ProblemsFound) as caught:
        assess_text(text)
    found = [(p.location.line, p.code) for p in caught.value.problems if p.severity == "error"]
    assert found == [(10, "LCA501"), (11, "LCA502")]


def relaxed() -> Mapping[str, Any]:
    schema: Mapping[str, Any] = json.loads((ROOT / "lca/schemas/scenario.schema.json").read_text("utf-8"))
    return schema


def keys(schema: Mapping[str, Any], path: str = "") -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for name, child in schema.get("properties", {}).items():
        found |= {f"{path}.{name}": child, **keys(child, f"{path}.{name}")}
    for part in ("additionalProperties", "items"):
        if isinstance(schema.get(part), dict):
            found |= keys(schema[part], f"{path}.*")
    return found


def test_editors_get_every_key_of_the_descriptor_in_a_scenario() -> None:
    Draft202012Validator.check_schema(relaxed())
    shared = {"descriptor", "catalogue", "plugins", "include", "monitoring", "scenarios"}
    wanted = {path for path in keys(project_schema()) if path.split(".")[1] not in shared}
    assert keys(relaxed()).keys() == wanted
    for path, schema in keys(relaxed()).items():
        assert schema.get("title"), path
        assert schema.get("description"), path
        assert schema.get("examples"), path
        whole = {**schema, "$defs": relaxed()["$defs"]}
        for example in [*schema["examples"], None]:
            assert not list(Draft202012Validator(whole).iter_errors(example)), f"{path}: {example}"


def test_the_descriptors_schema_leads_editors_to_it() -> None:
    schema = json.loads((ROOT / "lca/schemas/project.schema.json").read_text("utf-8"))
    reference = schema["properties"]["scenarios"]["additionalProperties"]["$ref"]
    assert (ROOT / "lca/schemas" / reference).exists()


@pytest.mark.parametrize(
    ("patch", "fits"),
    [
        ({"machines": {"node": {"gpu": {"count": 6}}}}, True),
        ({"training": {"final": {"duration": {"range95": ["1 h", "2 h"]}}}}, True),
        ({"training": {"final": None}}, True),
        ({"machine": {"node": {}}}, False),
        ({"sites": {"paris": {"locaton": "IE"}}}, False),
        ({"scenarios": {}}, False),
        ({"catalogue": "x"}, False),
    ],
)
def test_what_editors_accept(patch: Any, fits: bool) -> None:
    assert (not list(Draft202012Validator(relaxed()).iter_errors(patch))) == fits


def test_every_worked_scenario_fits_what_editors_read() -> None:
    for path in sorted((ROOT / "projects").glob("*.yaml")):
        for patch in (read_document(path.read_text("utf-8"), path.name).data.get("scenarios") or {}).values():
            assert not list(Draft202012Validator(relaxed()).iter_errors(patch)), path


def test_a_scenario_of_one_technology(assess_text: Assess) -> None:
    # 8 x 400 W x 0.7 x 72 h x 1.2 = 193.536 kWh; IPCC: hydro 24 g/kWh.
    text = BASE + "scenarios:\n  hydro: {sites: {paris: {generation: hydro}}}\n"
    scenario = assess_text(text).scenarios["hydro"]
    operational = scenario.footprint.totals["gwp100"].operational
    assert operational is not None
    assert scenario.footprint.energy is not None
    assert scenario.footprint.energy.value == pytest.approx(193.536, rel=1e-9)
    assert operational.value == pytest.approx(193.536 * 0.024, rel=1e-9)
    assert scenario.footprint.totals["water_consumption"].total is None
    assert {flow.key for flow in scenario.footprint.flows if flow.scope == "operational"} == {
        "electricity/generation/hydro"
    }


def test_reading_leaves_out_a_scenario_with_problems() -> None:
    text = BASE + SCENARIOS + "  wrong: {sites: {paris: {pue: 0.5}}}\n"
    descriptor, problems = read_with_scenarios(read_document(text, "x.yaml"), reader(""))
    assert descriptor is not None
    assert list(descriptor.scenarios) == ["ireland", "fewer", "bare"]
    assert [(str(p.location), p.code) for p in problems] == [("x.yaml:15:32", "LCA304")]


def test_examples_have_scenarios() -> None:
    assert assess_file(ROOT / "projects/alexnet-2012.yaml").scenarios.keys() >= {"ireland", "france"}
