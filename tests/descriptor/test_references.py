"""Every key that names something described elsewhere says so, and what follows from an error is not told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import lca
from lca.files.shipped import project_schema

SCHEMA = project_schema()
#: Keys that name a described thing wherever they stand.
NAMING = ("device", "factor", "on", "reserved", "server", "site")


def keys(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Yield each key of the schema with its part, scenarios left out."""
    if "$ref" in node:
        node = SCHEMA["$defs"][node["$ref"].rsplit("/", 1)[1]]
    for key, part in node.get("properties", {}).items():
        if key != "scenarios":
            yield (*path, key), part
            yield from keys(part, (*path, key))
    for more in ("additionalProperties", "items"):
        if isinstance(node.get(more), dict):
            yield from keys(node[more], (*path, "*"))


def test_a_key_that_names_something_declares_it() -> None:
    naming = [(path, part) for path, part in keys(SCHEMA) if path[-1] in NAMING and part.get("type") == "string"]
    assert len(naming) > 12
    assert not [".".join(path) for path, part in naming if "x-refers-to" not in part]


FLOW = """descriptor: 1
project: {{name: x, start: 2025-03, duration: 3 year}}
sites: {{p: {{location: FR}}}}
training: {{m: {{energy: 1 MWh, site: p}}}}
factors: {{gas: {{per: kWh, gwp100: 0.2 kgCO2e, source: made up}}}}
benefit:
  reference: {{description: as today, flows: {{heat: {{amount: 12 MWh/year, factor: {factor}}}}}}}
  effects: {{less: {{flows: {{heat: {{with_project: 8 MWh/year}}}}, evidence: model}}}}
"""


@pytest.mark.parametrize(
    ("factor", "expected"),
    [("gas", []), ("gaz", ["x.yaml:7:82: LCA401"]), ("fuel/gass", ["x.yaml:5:11: LCA612", "x.yaml:7:82: LCA503"])],
)
def test_a_factor_of_a_flow_is_used_and_told_once(factor: str, expected: list[str]) -> None:
    found = lca.read(FLOW.format(factor=factor), name="x.yaml").problems
    told = [f"{p.location}: {p.code}" for p in found if p.code in ("LCA401", "LCA503", "LCA612")]
    assert told == expected


def test_scenarios_of_a_study_with_errors_are_not_said_to_change_nothing() -> None:
    text = """descriptor: 1
project: {name: x, start: 2025-03}
sites: {p: {location: FR}}
machines: {n: {site: p, gpu: {model: NVIDIA GeForce Foo}}}
training: {m: {on: n, duration: 10 h}}
scenarios: {a: {sites: {p: {location: DE}}}, b: {sites: {p: {location: SE}}}}
"""
    codes = {problem.code for problem in lca.read(text, name="x.yaml").problems}
    assert "LCA502" in codes
    assert "LCA905" not in codes
