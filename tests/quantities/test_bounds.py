"""No draw lies outside what is physically possible: over all rows of the catalogue and all keys of the schema."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import Assess
from hypothesis import given, settings
from hypothesis import strategies as st

from lca.catalogue.uncertainty_class import bounds_of
from lca.cli.main import main
from lca.descriptor.document import read_document
from lca.descriptor.reading import validate
from lca.files.shipped import load_catalogue, project_schema
from lca.quantities.bounds import within
from lca.quantities.provenance import Factor, Stated
from lca.quantities.uncertainty import Exact, Lognormal, Normal, SplitLognormal, Uncertainty, Within, draw, interval95
from lca.quantities.units import conversion, spellings

BOOK, _ = load_catalogue()
DRAWS = 2000
UNCERTAIN: list[Factor] = [
    factor
    for key, indicator in BOOK.rows
    for factor in BOOK.all(key, indicator)
    if not isinstance(factor.uncertainty, Exact)
]


def physical(factor: Factor) -> tuple[float, float]:
    """Return what a factor cannot be below or above, written down here apart from the program."""
    parts = factor.key.split("/")
    if "pue" in parts or parts[-1] == "replication":
        return 1, np.inf
    if parts[0] == "mix" or parts[-1] in ("utilisation", "average_power_share_of_tdp", "share"):
        return 0, 1
    if parts[-1] == "daily_use":
        return 0, 24
    if parts[0] == "technology" and factor.indicator == "electricity_primary_energy":
        return 3.6 * conversion("MJ/kWh", factor.unit), np.inf
    return (-np.inf if factor.value < 0 else 0), np.inf


def test_no_factor_is_drawn_outside_its_bounds() -> None:
    assert len(UNCERTAIN) > 5000
    for factor in UNCERTAIN:
        low, high = physical(factor)
        if low == 0 and high == np.inf and not isinstance(factor.uncertainty, Normal | Within):
            continue  # of its own shape; a row each would only draw the same again
        drawn = draw(factor.value, factor.uncertainty, 2026, factor.record, DRAWS)
        assert low <= drawn.min(), factor.key
        assert drawn.max() <= high, factor.key


def test_what_is_bounded_keeps_its_published_range() -> None:
    factor = BOOK.get("parameter/gpu-server/utilisation")
    low, _, high = interval95(draw(factor.value, factor.uncertainty, 2026, factor.record, 100_000))
    assert low == pytest.approx(0.2, rel=0.02)
    assert high == pytest.approx(0.85, rel=0.02)
    assert bounds_of("parameter/laptop/daily_use", "h/d") == (0, 24)
    assert bounds_of("manufacture/laptop", "kgCO2e/piece") == (-np.inf, np.inf)


@settings(max_examples=200, deadline=None)
@given(
    st.floats(0.01, 0.99),
    st.sampled_from(["normal", "lognormal", "split"]),
    st.floats(0.01, 2),
    st.integers(0, 5),
)
def test_bounds_hold_for_every_shape(value: float, shape: str, spread: float, seed: int) -> None:
    shapes: dict[str, Uncertainty] = {
        "normal": Normal(spread),
        "lognormal": Lognormal(spread),
        "split": SplitLognormal(value / (1 + spread), value * (1 + spread)),
    }
    inner = shapes[shape]
    drawn = draw(value, within(inner, 0, 1), seed, "x", 500)
    free = draw(value, inner, seed, "x", 500)
    assert drawn[0] == value
    assert drawn.max() <= 1
    inside = (free >= 0) & (free <= 1)
    assert (drawn[inside] == free[inside]).all()  # what lies inside is not moved
    if shape != "normal":
        assert drawn.min() >= 0


def quantities(
    schema: Mapping[str, Any], path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """Yield each key of a quantity that has an upper bound and stands below plain keys and names."""
    if "x-unit" in schema:
        yield path, schema
    for name, inner in schema.get("properties", {}).items():
        yield from quantities(inner, (*path, name))
    other = schema.get("additionalProperties")
    if isinstance(other, Mapping):
        yield from quantities(other, (*path, "NAME"))


SCHEMA = project_schema()
KEYS = [(path, node) for path, node in quantities(SCHEMA) if path[0] not in ("scenarios", "checklist")]


def nested(path: tuple[str, ...], value: Any) -> dict[str, Any]:
    for key in reversed(path):
        value = {key: value}
    return dict(value)


@pytest.mark.parametrize(("path", "node"), KEYS, ids=lambda one: ".".join(one) if isinstance(one, tuple) else "")
@pytest.mark.parametrize("spread", [{"gsd": 3}, {"sigma": 1.5}, {"evidence": "proxy"}, {"quality": "low"}])
def test_no_stated_quantity_is_drawn_outside_its_key(
    path: tuple[str, ...], node: Mapping[str, Any], spread: Mapping[str, Any]
) -> None:
    example = node["examples"][0]
    value = example["value"] if isinstance(example, Mapping) else example
    document = read_document("descriptor: 1\nproject: {name: x}", "x.yaml")
    document.data = nested(path, {"value": value, **spread})
    nouns = set(re.findall(r"[a-z]{3,}", str(value))) - set(spellings())
    document.data.setdefault("goal", {})["units"] = sorted(nouns)
    tree, _ = validate(document, SCHEMA)
    for key in path:
        tree = tree[key]
    assert isinstance(tree, Stated), (path, value)
    unit = node["x-unit"]
    scale = 1.0 if unit == "any" or node.get("x-currency") else conversion(tree.unit, unit)
    drawn = draw(tree.value, tree.uncertainty, 2026, tree.record, DRAWS) * scale
    assert drawn.min() >= node.get("x-minimum", node.get("x-above", -np.inf)) * (1 - 1e-12)
    assert drawn.max() <= node.get("x-maximum", np.inf) * (1 + 1e-12)
    if "x-above" in node:
        assert drawn.min() > node["x-above"]


TEXT = """descriptor: 1
project: {{name: Bounds, start: 2025-03, duration: 1 year}}
sites: {{paris: {{location: FR, pue: {pue}}}}}
machines: {{node: {{site: paris, power: 1 kW, host: none}}}}
training: {{run: {{on: node, duration: {duration}}}}}
"""


@pytest.mark.parametrize(
    ("pue", "duration", "said"),
    [
        (
            "1.2",
            "{value: 72 h, distribution: {shape: normal, sd: 100 h}}",
            "with this `sd` 24 % of the draws are below zero",
        ),
        ("{value: 1.1, range95: [0.9, 1.3]}", "72 h", "its range reaches down to 0.9, and the value is at least 1"),
        (
            "{value: 1.1, distribution: {shape: uniform, low: 0.95, high: 1.3}}",
            "72 h",
            "down to 0.95, and the value is at least 1",
        ),
    ],
)
def test_a_declared_range_beyond_the_bounds_is_refused(
    pue: str, duration: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "b.yaml").write_text(TEXT.format(pue=pue, duration=duration), encoding="utf-8")
    assert main(["check", str(tmp_path / "b.yaml")]) == 1
    error = capsys.readouterr().err
    assert "LCA305" in error
    assert said in error


def test_a_normal_that_hardly_reaches_beyond_is_turned_back(assess_text: Assess) -> None:
    text = TEXT.format(pue="1.2", duration="{value: 72 h, distribution: {shape: normal, sd: 36 h}}")
    found = assess_text(text, 2000).figures["training.run.energy"]
    assert found.draws.min() >= 0


def test_fewer_copies_than_one_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "c.yaml").write_text(
        "descriptor: 1\nproject: {name: x, start: 2025-03}\nsites: {p: {location: FR}}\n"
        "storage: {data: {volume: 1 TB, duration: 1 year, site: p, copies: 0.5}}\n",
        encoding="utf-8",
    )
    assert main(["check", str(tmp_path / "c.yaml")]) == 1
    assert "c.yaml:4:67: LCA304 storage.data.copies: the value must be at least 1" in capsys.readouterr().err
