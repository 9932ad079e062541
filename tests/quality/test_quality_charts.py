"""The picture of quality against cost: where its axes begin, and that its names do not cover each other."""

from __future__ import annotations

import itertools
import re

from conftest import ROOT

import lca
from lca.presenting.svg import text_width
from lca.subjects.quality.charts import TrainingMark, trade_off

WORDS = {"on_front": "front", "off_front": "off"}
SIGNS = {"decimal": ".", "group": ","}
TEXT = re.compile(r'<text x="([\d.]+)" y="([\d.]+)" font-size="11"[^>]*>([^<]+)</text>')


def mark(name: str, cost: float, quality: float, on_front: bool = True) -> TrainingMark:
    return TrainingMark(name, (0.5 * cost, cost, 2 * cost), (quality, quality, quality), on_front)


def names(svg: str) -> dict[str, tuple[float, float, float]]:
    """Return where each name begins, its base line, and where it ends."""
    return {text: (float(x), float(y), float(x) + text_width(text, 11)) for x, y, text in TEXT.findall(svg)}


def ticks(svg: str) -> list[str]:
    return re.findall(r'fill="#4a5662">([^<]+)</text>', svg)


def test_names_of_like_trainings_do_not_cover_each_other() -> None:
    marks = [mark(f"a training of a long name, {index}", 10 + 0.01 * index, 90 + 0.01 * index) for index in range(12)]
    found = names(trade_off(marks, "energy (kWh)", "accuracy (%)", 100.0, WORDS, SIGNS).svg("picture"))
    assert len(found) == 12
    for (left, base, right), (start, line, end) in itertools.combinations(found.values(), 2):
        assert abs(base - line) >= 13 or right < start or end < left


def test_of_many_trainings_the_ends_of_the_front_are_named() -> None:
    marks = [mark(f"n{index}", 1 + index, 50 + index, index not in (0, 19)) for index in range(20)]
    assert names(trade_off(marks, "", "", 100.0, WORDS, SIGNS).svg("picture")).keys() == {"n1", "n18"}


def test_an_axis_of_positive_costs_begins_at_zero_and_a_share_ends_at_its_ceiling() -> None:
    written = ticks(trade_off([mark("a", 1, 99), mark("b", 40, 99.99)], "", "", 100.0, WORDS, SIGNS).svg("picture"))
    assert "0" in written
    assert not [text for text in written if text.startswith("−")]
    # Costs end at 80 and a little; what is more is quality.
    assert max(float(text) for text in written if float(text) > 95) == 100


def test_the_cost_page_draws_the_trade_off_with_the_labels_of_trainings() -> None:
    page = lca.load(ROOT / "projects" / "measured" / "images.yaml").assess(draws=100).report("fr").html
    page = page.partition('id="cost"')[2].partition("</section>")[0]
    assert page.count("Qualité et énergie") >= 2
    assert names(page).keys() >= {"grand réseau et copies décalées", "régression logistique", "grand réseau, 168"}


def test_a_training_whose_own_cost_is_left_out_is_told_beside_the_picture() -> None:
    page = lca.load(ROOT / "projects" / "training-set-size.yaml").assess(draws=100).report("en").html
    page = page.partition('id="cost"')[2].partition("</section>")[0]
    assert "The energy and other costs of images 30000 are not known" in page
