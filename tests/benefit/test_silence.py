"""Leaving any key of a benefit out never makes its net better or surer without a word: a walk over every key."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import ROOT

import lca
from lca import Assessment
from lca.descriptor.document import read_document
from lca.problems import ProblemsFound

DRAWS = 400
FULL = ROOT / "tests" / "cases" / "established-benefit.yaml"
DATA: dict[str, Any] = read_document(FULL.read_text("utf-8"), FULL.name).data
Path = tuple[str | int, ...]


def paths(node: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the path of every key and of every entry of a list."""
    pairs: Any = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in pairs:
        yield (*path, key)
        yield from paths(value, (*path, key))


def without(path: Path) -> Any:
    """Return the descriptor without what stands at a path; maps that this leaves empty go with it."""
    data: Any = copy.deepcopy(DATA)
    node: Any = data
    parents: list[tuple[Any, str | int]] = []
    for key in path[:-1]:
        parents.append((node, key))
        node = node[key]
    del node[path[-1]]
    while not node and parents:
        node, key = parents.pop()
        del node[key]
    return data


def assess(data: Any) -> Assessment:
    return lca.read(json.dumps(data), name="full.yaml").assess(draws=DRAWS, seed=1)


@pytest.fixture(scope="module")
def whole() -> Assessment:
    found = assess(DATA)
    assert found.benefit.study is not None
    assert found.benefit.study.is_established
    return found


LEAVES = [path for path in paths(DATA) if path[0] in ("benefit", "goal")]


def test_leaving_a_key_out_is_no_better_without_a_word(whole: Assessment) -> None:
    """Each key is refused, takes the claim with it, is told, or leaves a net that is no better and no surer."""
    outcomes: Counter[str] = Counter()
    for path in LEAVES:
        try:
            less = assess(without(path))
        except ProblemsFound:
            outcomes["refused"] += 1
            continue
        study = less.benefit.study
        if study is None:
            outcomes["no claim"] += 1
            continue
        told = {(p.code, p.message) for p in less.problems} - {(p.code, p.message) for p in whole.problems}
        if told or study.open_questions:
            outcomes["told"] += 1
            continue
        outcomes["compared"] += 1
        before, after = whole.benefit.climate, less.benefit.climate
        assert before is not None
        assert after is not None
        assert after.net_project.value <= before.net_project.value * (1 + 1e-9), path
        if after.net_project.is_open:
            outcomes["of no interval"] += 1
            continue
        low, _, high = after.net_project.interval()
        first, _, last = before.net_project.interval()
        # Without an entry of a list another path is stated, which may be the narrower one.
        assert isinstance(path[-1], int) or high - low >= (last - first) * (1 - 1e-6), path
    assert outcomes == {"refused": 30, "told": 23, "compared": 12, "of no interval": 6, "no claim": 1}


def test_the_walk_meets_the_keys_that_matter() -> None:
    names = {path[-1] for path in LEAVES}
    assert {
        "range95",
        "rebound",
        "ramp_up",
        "attribution",
        "path",
        "credible",
        "without_ai",
        "saving",
        "harms",
    } <= names
    assert len(LEAVES) > 60
