"""The charts of a report for whatever figures there are: what is drawn is inside, and said in words beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import cast
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lca.assessment.charts import Dot, amounts, by_two_choices, differences
from lca.files.shipped import words
from lca.presenting.svg import Drawing
from lca.quantities.quantity import Quantity
from lca.subjects.benefit.charts import benefit_against_cost
from lca.subjects.crosscheck.charts import tornado
from lca.subjects.footprint.charts import STAGE_STYLES, distribution, scopes_by_stage, stages_by_indicator
from lca.subjects.frugality.charts import FootprintMark, magnitudes
from lca.subjects.money.charts import costs_by_stage

ENGLISH = words("en")
ANY = st.floats(-1e12, 1e12)
SOME = st.floats(0, 1e12)
ABOVE_ZERO = st.floats(1e-12, 1e12)
NAMES = st.text(max_size=90)
STAGES = list(STAGE_STYLES)
DOTS = st.lists(st.tuples(NAMES, ANY, SOME, SOME, st.integers(0, 5)), min_size=1, max_size=9)
NUMBER = r"-?\d+(?:\.\d+)?"


def dots_of(rows: list[tuple[str, float, float, float, int]]) -> list[Dot]:
    """Return dots in the order of their groups, which are counted from zero."""
    rows = sorted(rows, key=lambda row: row[-1])
    order = {group: index for index, group in enumerate(dict.fromkeys(row[-1] for row in rows))}
    return [Dot(name, value, value - less, value + more, order[group]) for name, value, less, more, group in rows]


class Drawn:
    """A quantity with draws of our choice, as far as a chart looks at it."""

    def __init__(self, value: float, draws: Sequence[float]) -> None:
        self.value, self.draws = value, np.array([value, *draws])

    def interval(self) -> tuple[float, float, float]:
        low, median, high = np.quantile(self.draws[1:], (0.025, 0.5, 0.975))
        return float(low), float(median), float(high)


def quantity(value: float, *draws: float) -> Quantity:
    return cast(Quantity, Drawn(value, draws))


def points(element: ElementTree.Element) -> Iterator[tuple[float, float]]:
    """Return the points of a shape; of a text, where it is anchored."""
    value = {key: float(text) for key, text in element.attrib.items() if re.fullmatch(NUMBER, text)}
    match element.tag.rpartition("}")[2]:
        case "line":
            yield from ((value["x1"], value["y1"]), (value["x2"], value["y2"]))
        case "rect":
            yield from ((value["x"], value["y"]), (value["x"] + value["width"], value["y"] + value["height"]))
        case "circle":
            yield from ((value["cx"] - value["r"], value["cy"]), (value["cx"] + value["r"], value["cy"]))
        case "text":
            yield value["x"], value["y"]
        case "polygon" | "polyline" | "path":
            numbers = re.findall(NUMBER, element.get("points") or element.get("d") or "")
            yield from zip(map(float, numbers[::2]), map(float, numbers[1::2]), strict=True)


def texts_of(drawing: Drawing) -> list[str]:
    return [
        node.text or "" for node in ElementTree.fromstring(drawing.svg("x")).iter("{http://www.w3.org/2000/svg}text")
    ]


def is_inside(drawing: Drawing) -> bool:
    """Say whether all that is drawn is inside the drawing; a mark's edge may stand half a pixel out of it."""
    tree = ElementTree.fromstring(drawing.svg("x"))
    _, _, width, height = map(float, (tree.get("viewBox") or "").split())
    found = [point for element in tree for point in points(element)]
    return bool(found) and all(-0.5 <= x <= width + 0.5 and -0.5 <= y <= height + 0.5 for x, y in found)


@given(DOTS, st.none() | ANY)
def test_amounts_and_differences_are_inside(
    rows: list[tuple[str, float, float, float, int]], own: float | None
) -> None:
    dots = dots_of(rows)
    groups = [f"group {index}" for index in range(dots[-1].group + 1)]
    assert is_inside(amounts(dots, groups, own, "kg", ENGLISH))
    assert is_inside(differences(dots, groups, "kg", ENGLISH))
    assert is_inside(by_two_choices([("a", dots), ("b", dots[:1])], groups, "kg", ENGLISH))


@given(st.lists(st.tuples(NAMES, SOME, SOME), min_size=1, max_size=8))
def test_stacked_bars_are_inside(rows: list[tuple[str, float, float]]) -> None:
    assert is_inside(scopes_by_stage([(*row, "1 kg") for row in rows], "kg", ENGLISH, ENGLISH))
    costs = [(name, {"a": one, "b": other}, "1 EUR") for name, one, other in rows]
    assert is_inside(costs_by_stage(costs, {"a": "A", "b": "B", "c": "C"}, "EUR", ENGLISH))


@given(st.lists(st.tuples(NAMES, st.lists(st.floats(0, 1), min_size=7, max_size=7)), min_size=1, max_size=5))
def test_shares_are_inside(rows: list[tuple[str, list[float]]]) -> None:
    shares = [
        (name, {stage: part / (sum(parts) or 1) for stage, part in zip(STAGES, parts, strict=True)})
        for name, parts in rows
    ]
    assert is_inside(stages_by_indicator(shares, ENGLISH, lambda share: f"{100 * share:.0f} %"))


@given(st.lists(st.tuples(NAMES, ANY, ANY), min_size=1, max_size=10), ANY)
def test_a_tornado_is_inside(rows: list[tuple[str, float, float]], best: float) -> None:
    assert is_inside(tornado(rows, best, "kg", ENGLISH))


@given(st.lists(st.tuples(NAMES, ABOVE_ZERO), min_size=1, max_size=9), ABOVE_ZERO)
def test_magnitudes_are_inside(rows: list[tuple[str, float]], own: float) -> None:
    marks = [FootprintMark(name, value) for name, value in rows] + [FootprintMark("own", own, (own / 3, own * 2))]
    assert is_inside(magnitudes(marks, lambda value: f"{value:.3g} kg"))


@given(st.lists(st.tuples(NAMES, ANY, st.lists(ANY, min_size=2, max_size=5), st.booleans()), min_size=1, max_size=9))
def test_benefits_are_inside(rows: list[tuple[str, float, list[float], bool]]) -> None:
    bars = [(name, quantity(value, *draws), cost, "1 kg") for name, value, draws, cost in rows]
    assert is_inside(benefit_against_cost(bars, 1.0, "kg", ENGLISH))


@settings(max_examples=30)
@given(ANY, st.lists(ANY, min_size=2, max_size=40))
def test_a_distribution_is_inside(value: float, draws: list[float]) -> None:
    labels = ("best estimate 1 kg", "95 % interval from input uncertainty: 1 to 2 kg")
    drawing = distribution(quantity(value, *draws), 1.0, "kg", labels, ENGLISH)
    assert is_inside(drawing)
    assert set(labels) <= set(texts_of(drawing))


def test_an_amount_stands_beside_its_mark_and_a_group_below_its_name() -> None:
    dots = [Dot("here", 1, 0.5, 2, 0, "1.0"), Dot("there", 3, 2, 4, 0, "3.0"), Dot("elsewhere", 2, 1, 3, 1, "2.0")]
    written = texts_of(amounts(dots, ["one kind", "another"], 1, "kg", ENGLISH))
    assert {"here", "there", "elsewhere", "1.0", "3.0", "2.0", "one kind", "another", "kg"} <= set(written)
    alone = texts_of(amounts(dots[:2], ["one kind"], 1, "kg", ENGLISH))
    assert "one kind" not in alone


def test_a_difference_whose_interval_holds_zero_is_hollow() -> None:
    def fills(low: float) -> list[str | None]:
        svg = differences([Dot("x", 2, low, 3)], ["as it is"], "kg", ENGLISH).svg("x")
        return [node.get("fill") for node in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}circle")]

    assert fills(1) != fills(-1) == ["#fff"]


def test_far_amounts_are_on_a_logarithmic_axis_that_says_so() -> None:
    written = texts_of(amounts([Dot("a", 1, 0.5, 2), Dot("b", 900, 500, 2000)], [], None, "kg", ENGLISH))
    assert f"kg ({ENGLISH['log_scale']})" in written
    assert {"1", "10", "100", "1,000"} <= set(written)


@pytest.mark.parametrize("value", [0.0, -3.0])
def test_one_row_of_nothing_is_drawn(value: float) -> None:
    assert is_inside(benefit_against_cost([("net", quantity(value, value, value), False, "0")], 1.0, "kg", ENGLISH))
    assert is_inside(amounts([Dot("net", value, value, value)], [], None, "kg", ENGLISH))
    assert is_inside(tornado([("input", value, value)], value, "kg", ENGLISH))


def test_only_what_is_there_has_a_key() -> None:
    rows = [("training", 3.0, 0.0, "3 kg")]
    assert ENGLISH["embodied"] not in texts_of(scopes_by_stage(rows, "kg", ENGLISH, ENGLISH))
    rows = [("training", 3.0, 1.0, "4 kg")]
    assert ENGLISH["embodied"] in texts_of(scopes_by_stage(rows, "kg", ENGLISH, ENGLISH))
