"""Draws that nothing moves: not another process, another order of keys, another factor; and trees that replay to the bit."""

from __future__ import annotations

import functools
import gc
import json
import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import AS_OF, ROOT, Assess, assess_file
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import lca
from lca import Assessment
from lca.catalogue.table import TableRow
from lca.descriptor.document import read_document
from lca.quantities.evaluation import replay
from lca.quantities.provenance import Factor, Stated
from lca.quantities.quantity import Computed, Quantity
from lca.quantities.trees import leaves, walk
from lca.quantities.uncertainty import Uncertainty, draw

FILES = sorted((ROOT / "projects").glob("*.yaml")) + sorted((ROOT / "tests/cases/good").glob("*.yaml"))


def leaves_of(assessment: Assessment) -> dict[str, Quantity]:
    return {_leaf(q).record: q for q in leaves(i.quantity for i in assessment.footprint.impacts)}


def _leaf(quantity: Quantity) -> Factor | Stated:
    assert not isinstance(quantity.origin, Computed)
    return quantity.origin


def bits_of_a_record(task: tuple[float, Uncertainty, int, str, int]) -> bytes:
    return draw(*task).tobytes()


def bits_of_a_file(path: Path) -> bytes:
    total = assess_file(path, draws=300).footprint.totals["gwp100"].total
    assert total is not None
    return total.draws.tobytes()


@pytest.mark.parametrize("name", ["minimal", "transition-call"])
def test_nothing_of_an_assessment_waits_for_the_garbage_collector(name: str) -> None:
    path = ROOT / "projects" / f"{name}.yaml"
    lca.load(path).assess(100).json()  # what is shipped is read
    gc.collect()
    gc.disable()
    try:
        lca.load(path).assess(100).json()
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_splitting_work_over_processes_leaves_every_draw_the_same() -> None:
    assessment = assess_file(ROOT / "projects/transition-call.yaml", draws=300)
    found = list(leaves_of(assessment).values())
    tasks = [(_leaf(q).value, _leaf(q).uncertainty, 2026, _leaf(q).record, 300) for q in found]
    names = ["minimal", "alexnet-2012", "bloom-176b"]
    files = [ROOT / "projects" / f"{name}.yaml" for name in names]
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        records = pool.map(bits_of_a_record, tasks, chunksize=3)
        totals = pool.map(bits_of_a_file, files, chunksize=1)
    assert records == [quantity.draws.tobytes() for quantity in found]
    assert totals == [bits_of_a_file(path) for path in files]


def test_adding_a_factor_to_the_catalogue_moves_no_draw() -> None:
    study = lca.load(ROOT / "projects/transition-call.yaml")
    loaded = study.readable
    before = study.assess(200, 2026, AS_OF)
    rows = {key: list(found) for key, found in loaded.book.rows.items()}
    for key, indicator in [*rows]:  # every factor gets a neighbour: another key, of the same source
        first = rows[key, indicator][0]
        rows[f"aaa/{key}", indicator] = [TableRow(first.source, f"aaa/{first.line}")]
    more = replace(loaded.book, rows=dict(sorted(rows.items())), _made={}, _all={}, _served={})
    after = replace(study, loaded=replace(loaded, book=more)).assess(200, 2026, AS_OF)
    assert leaves_of(before).keys() == leaves_of(after).keys()
    for record, quantity in leaves_of(before).items():
        assert (quantity.draws == leaves_of(after)[record].draws).all(), record


def test_the_order_of_every_map_changes_no_draw(tmp_path: Path) -> None:
    def backwards(data: object) -> object:
        if isinstance(data, dict):
            return {key: backwards(data[key]) for key in reversed(data)}
        return [backwards(item) for item in data] if isinstance(data, list) else data

    text = (ROOT / "tests/cases/good/every-stage.yaml").read_text("utf-8")
    other = tmp_path / "x.yaml"
    other.write_text(json.dumps(backwards(read_document(text, "x").data)), "utf-8")  # JSON is YAML
    first, second = assess_file(ROOT / "tests/cases/good/every-stage.yaml", draws=100), assess_file(other, draws=100)
    ours, theirs = leaves_of(first), leaves_of(second)
    assert ours.keys() == theirs.keys()
    for record, quantity in ours.items():
        assert (quantity.draws == theirs[record].draws).all(), record


def every_node(assessment: Assessment) -> Iterator[Quantity]:
    return walk(assessment.figures.values())


@functools.cache
def nodes_of(path: Path) -> list[Quantity]:
    return list(every_node(assess_file(path, draws=40)))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(st.data())
def test_any_node_of_any_tree_replayed_from_its_leaves_gives_the_same_bits(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(FILES))
    node = data.draw(st.sampled_from(nodes_of(path)))
    found = {_leaf(q).record: q.draws for q in leaves([node])}
    assert replay(node, found).tobytes() == node.draws.tobytes(), f"{path.name}: {node.label}"


def test_a_seed_moves_every_uncertain_draw_and_no_best_estimate(assess_text: Assess) -> None:
    text = (ROOT / "projects/minimal.yaml").read_text("utf-8")
    first, second = leaves_of(assess_text(text, draws=50, seed=1)), leaves_of(assess_text(text, draws=50, seed=2))
    uncertain = [record for record, quantity in first.items() if len(quantity.draws) > 1]
    assert uncertain
    for record in uncertain:
        assert (first[record].draws[1:] != second[record].draws[1:]).all()
    assert all(first[record].value == second[record].value for record in first)


@pytest.mark.parametrize("draws", [100, 1000])
def test_more_draws_begin_with_the_same_ones(draws: int, assess_text: Assess) -> None:
    text = (ROOT / "projects/minimal.yaml").read_text("utf-8")
    few, many = leaves_of(assess_text(text, draws=draws)), leaves_of(assess_text(text, draws=2 * draws))
    for record, quantity in few.items():
        assert (quantity.draws == many[record].draws[: len(quantity.draws)]).all(), record
