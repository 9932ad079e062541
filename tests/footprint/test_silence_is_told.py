"""Leaving a key out lowers no total without a word: a walk over the keys of whole studies, and what is left for a plain reading."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import ROOT

import lca
from lca import Assessment
from lca.descriptor.document import read_document
from lca.problems import ProblemsFound

FILES = ("every-stage", "interfaces", "vineyard-laboratory", "ministry-assistant")

#: Keys of which the report marks a default of the catalogue, which may stand in the same study for something else already.
DEFAULTS = {"gpu_load", "lifetime", "precision", "electricity", "network"}
#: Keys that add to a thing what nothing implies: without them it is one, stays as it is, or has no such part.
ADDITIONS = {
    "count": "a thing without a number is one; of devices it is asked",
    "accelerators.training": "an accelerator that nobody names is not there",
    "growth": "use that nobody says grows stays as it is",
    "idle": "machines of an activity wait only where it says so",
    "transport": "the manufacture of a machine is counted as its source bounds it",
    "end_of_life": "cut off, as the report says",
    "device": "the boundary says that users' devices are not described",
    "cached_input": "tokens in a cache come on top of the others",
    "reasoning": "tokens of thought come on top of the answer",
    "base_model": "the study trains a model itself",
}


def paths(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the path of every key of maps within maps."""
    for key, value in node.items() if isinstance(node, dict) else ():
        yield (*path, key)
        yield from paths(value, (*path, key))


def without(data: Any, path: tuple[str, ...]) -> Any:
    made = copy.deepcopy(data)
    node = made
    for key in path[:-1]:
        node = node[key]
    del node[path[-1]]
    return made


def assess(data: Any) -> Assessment | None:
    try:
        return lca.read(json.dumps(data), name="told.yaml").assess(draws=0)
    except ProblemsFound:
        return None


def said(found: Assessment) -> set[tuple[str, ...]]:
    """Return all that a reader is told: gaps, problems, and the defaults that stand in."""
    inputs = json.loads(found.json())["inputs"]
    return {
        *((gap.activity, gap.part, gap.indicator) for gap in found.footprint.gaps),
        *((problem.code, problem.message) for problem in found.problems),
        *((row["path"],) for row in inputs if row["evidence"] in ("default", "proxy")),
    }


def lowered(name: str) -> list[str]:
    """Return the keys of a case whose loss lowers the total on climate change while nothing new is told of any activity."""
    file = ROOT / "tests" / "cases" / "good" / f"{name}.yaml"
    data = read_document(file.read_text("utf-8"), file.name).data
    whole = assess(data)
    assert whole is not None
    assert whole.footprint.climate is not None
    total, told = whole.footprint.climate.value, said(whole)
    activities = {flow.activity for flow in whole.footprint.flows}
    found = []
    for path in paths({key: part for key, part in data.items() if key not in ("project", "scenarios", "benefit")}):
        less = assess(without(data, path))
        if less is None or less.footprint.climate is None or less.footprint.climate.value >= total * (1 - 1e-9):
            continue
        if {flow.activity for flow in less.footprint.flows} == activities and not said(less) - told:
            found.append(".".join(path))
    return found


@pytest.mark.parametrize("name", FILES)
def test_what_is_left_out_is_told(name: str) -> None:
    plain = {*DEFAULTS, *ADDITIONS}
    assert [path for path in lowered(name) if not any(path.endswith(f".{key}") for key in plain)] == []
