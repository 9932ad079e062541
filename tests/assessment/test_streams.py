"""The picture of streams: every activity is named, nothing is wider than the whole, and what a user typed is text."""

from __future__ import annotations

import re

from conftest import ROOT, assess_file
from hypothesis import given
from hypothesis import strategies as st

from lca.assessment.pages.streams import WIDTH, Stream, streams

COLOURS = {"use": "#1f6f8b", "made": "#e0a030"}
STREAM = st.builds(
    Stream,
    st.sampled_from([f"activity {number}" for number in range(12)]),
    st.sampled_from(["Training", "Inference"]),
    st.sampled_from(["use", "made"]),
    st.one_of(st.just(0.0), st.floats(1e-6, 1e9)),
)


@given(st.lists(STREAM, min_size=1, max_size=60))
def test_all_stands_inside_the_picture(found: list[Stream]) -> None:
    drawn = streams(found, COLOURS, "climate")
    (height,) = map(float, re.findall(r'viewBox="0 0 [\d.]+ ([\d.]+)"', drawn))
    points = [point.split(",") for text in re.findall(r'points="([^"]+)"', drawn) for point in text.split()]
    assert all(-0.01 <= float(x) <= WIDTH for x, _ in points)
    assert all(-0.01 <= float(y) <= height + 0.01 for _, y in points)
    assert streams(found, COLOURS, "climate") == drawn
    for one in found:
        assert one.activity in drawn


def test_what_a_user_typed_is_text() -> None:
    drawn = streams([Stream("</svg><script>", "Training", "use", 1.0)], COLOURS, "a & b")
    assert "<script>" not in drawn
    assert "&lt;/svg&gt;" in drawn


def test_few_activities_have_no_streams() -> None:
    html = assess_file(ROOT / "projects/alexnet-2012.yaml").report("en").html
    assert "From activities to stages" not in html
