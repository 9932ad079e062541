"""A key with a default: leaving it out is no surer than stating the default's own value and range; and adding lowers nothing."""

from __future__ import annotations

import copy
import functools
import json
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import ROOT

import lca
from lca import Assessment
from lca.descriptor.document import read_document
from lca.problems import ProblemsFound

DRAWS = 300
FILES = [ROOT / "tests/cases/good/every-stage.yaml", ROOT / "tests/cases/good/vineyard-laboratory.yaml"]
#: Studies whose keys are walked: how many may be left out, and how many of these bring in a default of their own.
WALKED = {
    FILES[0]: (109, 6),
    FILES[1]: (47, 1),
    ROOT / "projects/alexnet-2012.yaml": (12, 3),
    ROOT / "projects/federated.yaml": (25, 1),
    ROOT / "projects/controlnet-sam.yaml": (8, 2),
    ROOT / "projects/stable-diffusion-v1.yaml": (6, 1),
}
Path = tuple[str, ...]


def keys(node: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the path of every key of maps within maps."""
    for key, value in node.items() if isinstance(node, dict) else ():
        yield (*path, key)
        yield from keys(value, (*path, key))


@functools.cache
def whole_of(file: Any) -> tuple[Any, Assessment]:
    """Return a case as plain data and assessed."""
    data = read_document(file.read_text("utf-8"), file.name).data
    found = assess(data)
    assert found is not None
    return data, found


def changed(data: Any, path: Path, value: Any) -> Any:
    """Return a copy in which a key has another value, or is left out where that is None."""
    made = copy.deepcopy(data)
    node = made
    for key in path[:-1]:
        node = node[key]
    if value is None:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    return made


def assess(data: Any) -> Assessment | None:
    try:
        return lca.read(json.dumps(data), name="silence.yaml").assess(draws=DRAWS, seed=1)
    except ProblemsFound:
        return None


def defaults(assessment: Assessment) -> dict[str, dict[str, Any]]:
    """Return the parameters of the catalogue that an assessment rests on, by their key."""
    rows = json.loads(assessment.json())["inputs"]
    return {row["path"]: row for row in rows if row["evidence"] == "default" and not row["indicator"]}


def climate(assessment: Assessment) -> tuple[float, float, float]:
    total = assessment.footprint.climate
    assert total is not None
    low, _, high = total.interval()
    return low, total.value, high


PARTS = ("sites", "machines", "devices", "collection", "transfer", "storage", "training", "experiments", "inference")


def stated_instead(data: Any, path: Path, whole: Assessment, silent: Assessment) -> Assessment | None:
    """Return a study that states the one default that silence brings in, None where there is no such default or key."""
    new = [row for key, row in defaults(silent).items() if key not in defaults(whole)]
    if len(new) != 1:
        return None
    (row,) = new
    unit = "" if row["unit"] == "1" else f" {row['unit'].replace('piece', '').strip()}"
    stated = {"value": f"{row['value']!r}{unit}", "range95": [f"{row['low95']!r}{unit}", f"{row['high95']!r}{unit}"]}
    return assess(changed(data, path, stated))


@pytest.mark.parametrize("file", WALKED, ids=lambda file: file.stem)
def test_silence_is_no_surer_than_the_default_stated(file: Any) -> None:
    data, whole = whole_of(file)
    left_out = compared = 0
    for path in keys({part: data[part] for part in PARTS if part in data}):
        silent = assess(changed(data, path, None))
        if silent is None:
            continue  # it may not be left out
        left_out += 1
        is_complete_now = whole.footprint.is_partial("gwp100") and not silent.footprint.is_partial("gwp100")
        assert not is_complete_now or len(silent.footprint.flows) < len(whole.footprint.flows), path
        said = stated_instead(data, path, whole, silent)
        if said is None:
            continue
        compared += 1
        low, best, high = climate(silent)
        first, same, last = climate(said)
        assert same == pytest.approx(best, rel=1e-6), path
        assert high - low >= (last - first) * 0.8, path  # other streams of few draws
    assert (left_out, compared) == WALKED[file]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_adding_an_activity_lowers_no_total_and_hides_no_gap(file: Any) -> None:
    data, whole = whole_of(file)
    for stage in ("collection", "transfer", "storage", "training", "experiments", "inference"):
        for name in list(data.get(stage, {})):
            if len(data[stage]) < 2:
                continue
            less = assess(changed(data, (stage, name), None))
            if less is None:
                continue
            for indicator, part in less.footprint.totals.items():
                other = whole.footprint.totals[indicator].total
                if part.total is not None:
                    assert other is not None
                    assert other.value >= part.total.value * (1 - 1e-9), (stage, name, indicator)
            gaps = {(g.activity, g.part, g.indicator) for g in whole.footprint.gaps}
            own = f"{stage}.{name}"
            lost = {
                (g.activity, g.part, g.indicator) for g in less.footprint.gaps if g.activity.startswith(stage)
            } - gaps
            assert not lost, (own, lost)
