"""The frugality panel: data per day, shares and equivalents by hand; no verdict in either language."""

from __future__ import annotations

import re
from typing import Any

import pytest
from conftest import ROOT, Assess, assess_file, report_html

from lca.files.shipped import read_texts
from lca.presenting.input_names import label_in
from lca.presenting.writer import Writer
from lca.quantities.units import conversion

TEXTS = read_texts()
EVERY_STAGE = ROOT / "tests/cases/good/every-stage.yaml"


def test_data_per_day_by_hand() -> None:
    # Images 200 GB; transfer 1 TB and a year of 1 GB a day; 913,125 requests of 1 MB; over two years of 365.25 days.
    found = assess_file(EVERY_STAGE).frugality
    volumes = {stage: quantity.to("GB")[0] for stage, quantity in found.volumes.items()}
    assert volumes == pytest.approx({"collection": 200, "transfer": 1000 + 365.25, "inference": 913.125})
    assert found.data_per_day is not None
    assert found.share_of_mark is not None
    per_day = (200 + 1365.25 + 913.125) / 730.5
    assert found.data_per_day.to("GB/d")[0] == pytest.approx(per_day, rel=1e-12)
    assert found.share_of_mark.value == pytest.approx(per_day / 1000, rel=1e-12)


def test_rates_experiments_and_reuse_by_hand() -> None:
    assessment = assess_file(EVERY_STAGE)
    found = assessment.frugality
    assert assessment.footprint.energy is not None
    assert found.energy_per_unit is not None
    assert found.energy_per_unit.value == pytest.approx(assessment.footprint.energy.value / 913.125, rel=1e-12)
    assert found.experiments is not None
    assert found.experiments.value == pytest.approx(
        (4 * 0.25 * 100 + 0.2 * 50) * 1.5 * 10 * 0.2 / assessment.footprint.energy.value
    )
    assert (found.trainings, list(found.reused)) == (4, ["training.tuned"])
    assert found.reused["training.tuned"].rule == "share"


def test_equivalents_by_hand() -> None:
    # 43.63 kg over 2060 kg a flight, 0.142253 kg/km by car, 0.00293 kg/km by train, 4.97 and 0.85 kg a meal.
    found = {e.name: e.quantity for e in assess_file(ROOT / "projects/training-set-size.yaml").frugality.equivalents}
    assert {name: quantity.value for name, quantity in found.items()} == pytest.approx(
        {
            "flight-paris-new-york-return": 43.63 / 2060,
            "transport-voiturethermique": 43.63 / 0.142253,
            "transport-tgv": 43.63 / 0.00293,
            "meal-avecduboeuf": 43.63 / 4.97,
            "meal-vegetarien": 43.63 / 0.85,
        },
        rel=1e-12,
    )
    assert [quantity.unit for quantity in found.values()] == ["1", "km", "km", "1", "1"]


def test_published_figures_rise_from_a_gram_to_hundreds_of_tonnes_and_say_where_they_stand() -> None:
    factors = assess_file(ROOT / "projects/minimal.yaml").frugality.published
    kilograms = [factor.value * conversion(factor.unit, "kgCO2e") for factor in factors]
    assert kilograms == sorted(kilograms)
    # 0.4 g, 18 kg, 1,438 lb, 2.7 t, 50.5 t, 626,155 lb (284 t), 552.1 t.
    expected = [0.0004, 18, 1438 * 0.45359237, 2700, 50_500, 626_155 * 0.45359237, 552_100]
    assert kilograms == pytest.approx(expected, rel=1e-12)
    for factor in factors:
        assert factor.locator
        assert factor.source.citation
        assert factor.coverage
        assert "|" in factor.label


def test_what_is_not_stated_is_not_assessed(assess_text: Assess) -> None:
    text = """
descriptor: 1
project: {name: Bare, start: 2024-01}
sites: {s: {location: FR}}
training: {t: {energy: 1 kWh, site: s}}
"""
    found = assess_text(text).frugality
    assert (found.data_per_day, found.share_of_mark, found.experiments, dict(found.volumes)) == (None, None, None, {})
    moved = assess_text(text + "transfer: {d: {volume: 1 TB, network: fixed, site: s}}\n").frugality
    assert moved.volumes["transfer"].value == pytest.approx(1)
    assert moved.data_per_day is None  # the duration of the project is not stated
    known = assess_text(text).figures
    assert "frugality.energy-per-unit" in known
    assert "frugality.data-per-day" not in known


def test_both_languages_have_the_same_words_down_to_the_last_key() -> None:
    def keys(words: Any, path: str = "") -> set[str]:
        if not isinstance(words, dict):
            return {f"{path} {sorted(re.findall(r'{[^}]*}', str(words)))}"}
        return {key for name, inner in words.items() for key in keys(inner, f"{path}.{name}")}

    for group in ("money_words", "quality_words", "frugality_words"):
        assert keys(TEXTS.locales["en"][group]) == keys(TEXTS.locales["fr"][group])


def test_french_words_have_spaces_that_do_not_break() -> None:
    def texts(words: Any) -> list[str]:
        return [t for inner in words.values() for t in texts(inner)] if isinstance(words, dict) else [str(words)]

    for group in ("money_words", "quality_words", "frugality_words"):
        for text in texts(TEXTS.locales["fr"][group]):
            assert not re.search(r" [:;?!»%]|« |\d [A-Z]", text), text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_panel_shows_indicators_with_their_sources_and_gives_no_verdict(language: str) -> None:
    page = report_html(EVERY_STAGE, language)
    panel = page.split('<section id="frugality">')[1].split("</section>")[0]
    for word in ("frugal-ai-slides-2023", "strubell2019", "impactco2", "bloom2022"):
        assert word in panel, word
    assert ("very rare" if language == "en" else "rarissime") in panel
    assert not re.search(r"is frugal\b(?!,)|est frugal\b(?!,)", panel.split("</p>", 1)[1])
    bibliography = page.split('<section id="bibliography">')[1]
    assert "626,155" not in bibliography
    for source in ("Strubell, Ganesh, McCallum", "Impact CO2", "De l&#39;esprit des données"):
        assert source in bibliography, source


def test_a_catalogue_text_in_two_languages() -> None:
    assert label_in("meal|repas", Writer("fr", TEXTS.locales["fr"])) == "repas"
    assert label_in("meal|repas", Writer("en", TEXTS.locales["en"])) == "meal"
    assert label_in("meal", Writer("fr", TEXTS.locales["fr"])) == "meal"
