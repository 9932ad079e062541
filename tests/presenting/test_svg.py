"""Drawings and scales: text that stays text, the same bytes, numbers that are finite and short, ticks that are round."""

from __future__ import annotations

import itertools
import math
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import ROOT
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from lca.files.shipped import read_texts
from lca.presenting.html import Templates
from lca.presenting.row_chart import wrapped
from lca.presenting.scales import Linear, Log, nice_ticks, tick_text, tick_texts
from lca.presenting.svg import INK, OPERATIONAL, PAPER, Drawing, shortened, text_width
from lca.presenting.writer import Writer

ENGLISH, FRENCH = {"decimal": ".", "group": ","}, {"decimal": ",", "group": "\u202f"}
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
HOSTILE = "</text></svg><script>alert(1)</script>\"' onload=x \x00\ufffe & ]]>"


def every_shape() -> Drawing:
    drawing = Drawing(100, 80)
    drawing.rect(0, 0, 40.123456, 10, OPERATIONAL, hatched=True)
    drawing.rect(0, 20, 40, 10, "none", dashed=True, outline=INK)
    drawing.line(0, 0, 100, -0.0, dashed=True)
    drawing.text(50, 40, "Kosten & <Nutzen>", anchor="middle", weight=600, size=11)
    for mark in (drawing.circle, drawing.square, drawing.diamond, drawing.triangle):
        mark(50, 50, 5, PAPER, outline=INK)
    drawing.polyline([(0, 0), (1 / 3, 2)])
    drawing.area([(0, 0), (10, 0), (10, 10)], OPERATIONAL)
    return drawing


def test_a_drawing_is_an_element_of_its_own_with_its_alternative_text() -> None:
    svg = every_shape().svg('Costs "of" training')
    tree = ElementTree.fromstring(svg)
    assert tree.get("role") == "img"
    assert tree.get("viewBox") == "0 0 100 80"
    assert tree.get("aria-label") == 'Costs "of" training' == tree[0].text
    assert [node.text for node in tree.iter("{http://www.w3.org/2000/svg}text")] == ["Kosten & <Nutzen>"]
    assert " id=" not in svg, "drawings of one page must not share a name"
    assert svg == every_shape().svg('Costs "of" training')


def test_coordinates_are_short() -> None:
    numbers = re.findall(r"-?\d+\.\d+", every_shape().svg(""))
    assert numbers
    assert all(len(number.partition(".")[2]) <= 2 for number in numbers)
    assert '"-0"' not in every_shape().svg("")


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_coordinate_that_is_not_finite_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="not finite"):
        Drawing(1, 1).line(0, 0, value, 0)


def test_a_text_that_ends_or_stands_at_a_place_starts_where_it_must_and_keeps_its_width() -> None:
    drawing = Drawing(300, 20)
    for anchor in ("start", "middle", "end"):
        drawing.text(150, 10, "Électricité", anchor=anchor)
    drawing.text(150, 10, "電気", anchor="end")
    start, middle, end, foreign = ElementTree.fromstring(drawing.svg("x")).iter("{http://www.w3.org/2000/svg}text")
    width = text_width("Électricité")
    assert width == text_width("Electricite")
    assert start.get("textLength") is None
    assert float(middle.get("x", 0)) == pytest.approx(150 - width / 2, abs=0.01)
    assert float(end.get("x", 0)) == pytest.approx(150 - width, abs=0.01)
    assert float(end.get("textLength", 0)) == pytest.approx(width, abs=0.01)
    assert (foreign.get("x"), foreign.get("text-anchor")) == ("150", "end"), "of unknown letters the width is a guess"


def test_a_hostile_text_stays_text() -> None:
    drawing = Drawing(100, 20)
    drawing.text(0, 10, HOSTILE)
    svg = drawing.svg(HOSTILE)
    tree = ElementTree.fromstring(svg)
    assert {node.tag.rpartition("}")[2] for node in tree.iter()} == {"svg", "title", "text"}
    shown = HOSTILE.replace("\x00", "").replace("\ufffe", "")
    assert tree[0].text == tree[1].text == tree.get("aria-label") == shown
    assert "onload=" not in re.sub(r'"[^"]*"', "", svg.partition(">")[0])


def test_the_filter_prints_a_drawing_and_a_picture_alike_for_those_who_do_not_see_them() -> None:
    texts = read_texts()
    writer = Writer("en", texts.locales["en"])
    template = "{% set alt %}{{ what }} & more{% endset %}{{ picture | drawn(alt) }}"
    for picture, name in ((every_shape(), "aria-label"), ("<svg/>", "alt")):
        page = Templates(writer, replace(texts, templates={"x": template}, compiled=""), {}).filled(
            "x", {"what": "<b>", "picture": picture}
        )
        assert f'{name}="&lt;b&gt; &amp; more"' in page


def test_the_width_of_a_text_is_about_that_of_the_font() -> None:
    for name, weight, error in (("Regular", 400, 0.015), ("SemiBold", 600, 0.035)):
        font = TTFont(Path(ROOT / f"templates/fonts/Inter-{name}.otf"))
        letters, widths = font.getBestCmap(), font["hmtx"]
        for text in ("95 % interval from input uncertainty", "training.final-model.duration", "1\u202f250,5 kg CO₂e"):
            exact = 12 * sum(widths[letters[ord(letter)]][0] for letter in text) / font["head"].unitsPerEm
            assert text_width(text, 12, weight) == pytest.approx(exact, rel=error)


@given(st.text(), st.floats(0, 300))
def test_a_shortened_text_fits(text: str, width: float) -> None:
    short = shortened(text, width)
    assert short == text or (short.endswith("…") and (short == "…" or text_width(short) <= width))


@given(st.text(st.sampled_from("abc ._-/é"), max_size=120))
def test_a_wrapped_name_has_two_lines_at_most_and_loses_nothing_where_it_fits(text: str) -> None:
    lines = wrapped(text, 150)
    assert 1 <= len(lines) <= 2
    assert all(text_width(line) <= 150 for line in lines)
    if not any("…" in line for line in lines):
        assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)


@given(FLOATS, FLOATS, st.integers(2, 12))
def test_ticks_are_round_few_and_inside(one: float, other: float, most: int) -> None:
    low, high = sorted((one, other))
    ticks = nice_ticks(low, high, most)
    slack = 1e-6 * (abs(low) + abs(high))
    assert len(ticks) <= most
    assert all(low - slack <= tick <= high + slack for tick in ticks)
    assert ticks == sorted(ticks)


def test_ticks_that_a_person_would_write() -> None:
    assert nice_ticks(0, 1, 6) == [0, 0.2, 0.4, 0.6, 0.8, 1]
    assert nice_ticks(-3, 12.3, 5) == [0, 5, 10]
    assert nice_ticks(0, 97, 6) == [0, 20, 40, 60, 80]
    assert nice_ticks(0, 0, 6) == [0]
    assert nice_ticks(0, math.inf, 6) == [0]
    assert Log(0.5, 200, 0, 1).ticks(4) == [1, 10, 100]
    assert Log(0.5, 200, 0, 1).ticks(6) == [1, 3, 10, 30, 100]
    assert Log(1, 10, 0, 1).ticks(6) == [1, 2, 5, 10]
    assert len(Log(1e-30, 1e30, 0, 1).ticks(6)) <= 6
    assert Log(0, 1, 0, 1).ticks(6) == []


@given(FLOATS, FLOATS, st.floats())
def test_a_value_stands_between_the_ends_of_its_scale(one: float, other: float, value: float) -> None:
    low, high = sorted((one, other))
    for scale in (Linear(low, high, 100, 500), Log(max(low, 1e-300), max(high, 1e-300), 500, 100)):
        assert 100 <= scale(value) <= 500


def test_scales_stand_where_they_should() -> None:
    linear = Linear(-10, 10, 0, 200)
    assert [linear(value) for value in (-10, 0, 5, 99)] == [0, 100, 150, 200]
    log = Log(1, 100, 0, 200)
    assert [log(value) for value in (0, 1, 10, 1e9)] == pytest.approx([0, 0, 100, 200])
    assert Linear(5, 5, 10, 20)(5) == 10


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        (0.0, "0", "0"),
        (-2.5, "−2.5", "−2,5"),
        (12500, "12,500", "12\u202f500"),
        (3_000_000, "3,000,000", "3\u202f000\u202f000"),
        (2.5e12, "2.5 × 10¹²", "2,5 × 10¹²"),
        (1e-6, "1 × 10⁻⁶", "1 × 10⁻⁶"),
        (0.0025, "0.0025", "0,0025"),
    ],
)
def test_a_tick_is_written_as_the_language_writes_numbers(value: float, english: str, french: str) -> None:
    assert tick_text(value, ENGLISH) == english
    assert tick_text(value, FRENCH) == french


def test_ticks_stand_apart() -> None:
    scale = Linear(0, 1_000_000, 0, 200)
    ticks = tick_texts(scale, lambda value: tick_text(value, ENGLISH), text_width)
    assert len(ticks) >= 2
    places = [(scale(value), text_width(text)) for value, text in ticks]
    assert all(after - before > (one + other) / 2 for (before, one), (after, other) in itertools.pairwise(places))
