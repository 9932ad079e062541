"""How numbers, shares, times and intervals are written in both languages."""

from __future__ import annotations

import re

import numpy as np
import pytest

from lca.files.shipped import read_texts, words
from lca.presenting.writer import Writer
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity, Sampler

TEXTS = read_texts()


def test_both_languages_have_the_same_keys() -> None:
    english, french = TEXTS.locales["en"], TEXTS.locales["fr"]
    assert english.keys() == french.keys()
    for group in ("codes", "method_names", "method_texts", "stated_verdicts", "causes"):
        assert english[group].keys() == french[group].keys()
    for key, text in english.items():
        if isinstance(text, str):
            assert re.findall(r"\{\w+\}", text) == re.findall(r"\{\w+\}", french[key]), key


def test_numbers_are_written_as_readers_do() -> None:
    english, french = Writer("en", TEXTS.locales["en"]), Writer("fr", TEXTS.locales["fr"])
    assert english.number(12345.678, 4) == "12,350"
    assert french.number(12345.678, 4) == "12\u202f350"
    assert french.number(0.04567, 2) == "0,046"
    assert english.number(-3.0, 2) == "−3.0"
    assert french.percent(0.256) == "26\u202f%"


@pytest.fixture
def english() -> Writer:
    return Writer("en", words("en"))


@pytest.mark.parametrize(
    ("value", "written"), [(9.96, "10"), (9.94, "9.9"), (0.0996, "0.10"), (99.6, "100"), (-9.96, "−10")]
)
def test_two_digits_stay_two_where_rounding_adds_a_place(english: Writer, value: float, written: str) -> None:
    assert english.number(value, 2) == written


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0.0, "less than 1 %"),
        (0.004, "less than 1 %"),
        (0.5, "50 %"),
        (0.996, "more than 99 %"),
        (1.0, "more than 99 %"),
    ],
)
def test_a_share_of_draws_is_never_certainty(english: Writer, share: float, written: str) -> None:
    assert english.probability(share) == written
    assert english.probability(1, brief=True) == "> 99 %"


def test_english_counts_a_year_and_a_half_in_the_plural(english: Writer) -> None:
    assert english.time(1.32).replace("\u00a0", " ") == "1.32 years"
    assert Writer("fr", words("fr")).time(1.32).replace("\u00a0", " ") == "1,32 an"


def test_an_exact_median_is_written_as_its_value_and_a_count_with_its_noun(english: Writer) -> None:
    sample = Sampler(1, 100)
    exact = sample(Stated("a", 22_000.0, "kgCO2e"))
    assert english.median(exact) == english.amount(exact)
    assert (
        english.stated(Stated("b", 12_000.0, "kWh/year", noun="home", text="12000 kWh/home/year"))
        == "12,000\u00a0kWh/home/year"
    )


def test_an_interval_without_width_is_none(english: Writer) -> None:
    sample = Sampler(1, 100)
    nothing = sample(Stated("a", 0.0, "kgCO2e"))
    drawn = Quantity("b", "kgCO2e", 0.0, nothing.origin, drawn=100)
    drawn.settle(np.zeros(101))
    assert english.interval(drawn) == "–"
