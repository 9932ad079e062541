"""What must hold for every descriptor: sums, scaling, order, draws."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT, Assess, assess_file

from lca import Assessment
from lca.quantities.quantity import Computed, Quantity
from lca.quantities.uncertainty import Array
from lca.subjects.footprint.impacts import Breakdown

FILES = sorted((ROOT / "projects").glob("*.yaml")) + sorted((ROOT / "tests/cases/good").glob("*.yaml"))


def add(groups: Mapping[str, Mapping[str, Breakdown]], indicator: str) -> Array:
    parts = [by[indicator].total for by in groups.values() if indicator in by]
    result: Array = np.sum(np.broadcast_arrays(*[p.draws for p in parts if p is not None]), axis=0)
    return result


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_stages_activities_sites_and_scopes_each_add_up_to_the_total(path: Path) -> None:
    assessment = assess_file(path, draws=50)
    for indicator, part in assessment.footprint.totals.items():
        if part.total is None:
            continue
        for groups in (assessment.footprint.by_stage, assessment.footprint.by_activity, assessment.footprint.by_site):
            np.testing.assert_allclose(add(groups, indicator), part.total.draws, rtol=1e-12)
        scopes = sum(p.draws for p in (part.operational, part.embodied) if p is not None)
        np.testing.assert_allclose(scopes, part.total.draws, rtol=1e-12)
    for indicator, shares in assessment.footprint.evidence.items():
        whole = assessment.footprint.totals[indicator].total
        assert sum(shares.values()) == pytest.approx(0.0 if whole is None or whole.value == 0 else 1.0)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_without_draws_the_best_estimate_is_the_same_to_the_bit(path: Path) -> None:
    with_draws, without = assess_file(path, draws=200), assess_file(path)
    for indicator, part in without.footprint.totals.items():
        other = with_draws.footprint.totals[indicator].total
        assert (part.total is None) == (other is None)
        if part.total is not None and other is not None:
            assert part.total.value == other.value


BASE = """
descriptor: 1
project: {name: Base, start: 2024-01}
goal: {units: [image], functional_unit: {description: images, quantity: QUANTITY, delivered: 5000 image}}
sites: {paris: {location: FR}}
machines:
  node: {site: paris, gpu: {model: NVIDIA A100 SXM4 80 GB, count: 8}}
training:
  first: {on: node, duration: {value: 72 h, range95: [70 h, 80 h]}}
"""


def leaf_draws(assessment: Assessment) -> dict[str, Quantity]:
    from lca.quantities.trees import leaves

    found = {}
    for quantity in leaves(i.quantity for i in assessment.footprint.impacts):
        assert not isinstance(quantity.origin, Computed)
        found[quantity.origin.record] = quantity
    return found


def test_the_functional_unit_scales_linearly(assess_text: Assess) -> None:
    one = assess_text(BASE.replace("QUANTITY", "1 image"))
    many = assess_text(BASE.replace("QUANTITY", "1000 image"))
    assert one.footprint.per_unit["gwp100"].value * 1000 == pytest.approx(
        many.footprint.per_unit["gwp100"].value, rel=1e-12
    )
    total = one.footprint.totals["gwp100"].total
    assert total is not None
    assert one.footprint.per_unit["gwp100"].value == pytest.approx(total.value / 5000, rel=1e-14)


def test_adding_an_activity_moves_no_other_draw(assess_text: Assess) -> None:
    text = BASE.replace("QUANTITY", "1 image")
    before = leaf_draws(assess_text(text, draws=100))
    more = text + (
        "  second: {on: node, duration: {value: 10 h, range95: [9 h, 12 h]}}\n"
        "storage:\n  s: {volume: 1 TB, duration: 1 year, site: paris}\n"
    )
    after = leaf_draws(assess_text(more, draws=100))
    assert before.keys() < after.keys()
    for record, quantity in before.items():
        assert (quantity.draws == after[record].draws).all()


def test_the_order_of_keys_changes_nothing(assess_text: Assess) -> None:
    lines = BASE.replace("QUANTITY", "1 image").strip().splitlines()
    reordered = [*lines[6:8], *lines[3:6], *lines[1:3], lines[0]]
    assert sorted(reordered) == sorted(lines)
    first = assess_text("\n".join(lines), draws=100).footprint.totals["gwp100"].total
    second = assess_text("\n".join(reordered), draws=100).footprint.totals["gwp100"].total
    assert first is not None
    assert second is not None
    assert (first.draws == second.draws).all()


def test_a_unit_is_only_a_spelling(assess_text: Assess) -> None:
    text = BASE.replace("QUANTITY", "1 image")
    hours = assess_text(text).footprint.totals["gwp100"].total
    days = assess_text(text.replace("{value: 72 h, range95: [70 h, 80 h]}", "3 days")).footprint.totals["gwp100"].total
    assert hours is not None
    assert days is not None
    assert hours.value == pytest.approx(days.value, rel=1e-14)


def test_draws_are_the_same_in_any_process_and_order() -> None:
    code = (
        "import hashlib, sys, lca;"
        "bits = lambda f: lca.load(f).assess(300, 2026).footprint.totals['gwp100'].total.draws.tobytes();"
        "print({f: hashlib.sha256(bits(f)).hexdigest() for f in sys.argv[1:]})"
    )
    names = ["projects/minimal.yaml", "projects/alexnet-2012.yaml", "projects/bloom-176b.yaml"]

    def hashes(*files: str) -> dict[str, str]:
        done = subprocess.run(
            [sys.executable, "-c", code, *files], capture_output=True, text=True, check=True, cwd=ROOT
        )
        found: dict[str, str] = ast.literal_eval(done.stdout.strip().splitlines()[-1])
        return found

    together = hashes(*names)
    assert together == hashes(*reversed(names))
    for name in names:
        assert hashes(name).items() <= together.items(), name
