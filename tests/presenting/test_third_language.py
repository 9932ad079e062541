"""A third language is files alone: a page is whole in a whole one; of one with a gap, what is missing is named, never English."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import AS_OF, ROOT
from third_language import copy_of_the_shipped, forget_what_was_read, lay_over

import lca
from lca.catalogue.book import FactorBook
from lca.cli.dnsh import lines
from lca.cli.main import main
from lca.descriptor.document import read_document
from lca.files import folders
from lca.files.shipped import load_checklist, load_form, read_schema, words
from lca.presenting.input_names import label_in, zone_name
from lca.presenting.text import as_text
from lca.presenting.writer import Writer
from lca.quantities.by_language import MissingText
from lca.subjects.checklist.forms.export import filled

STUDY = ROOT / "projects" / "transition-call.yaml"

#: The first twenty lines of a translation.
ITALIAN = """
locale: it-IT
typography: {thin_before: "", fixed_before: "", fixed_after: ""}
percent: "{number} %"
first_of_month: "d'º' MMMM y"
units:
  "1": ""
  percent: "%"
  pp: {one: punto, other: punti}
  piece: {one: pezzo, other: pezzi}
  d: {one: giorno, other: giorni}
  week: {one: settimana, other: settimane}
  month: {one: mese, other: mesi}
  year: {one: anno, other: anni}
colon: ":"
report: Valutazione del ciclo di vita di un progetto di IA
self_assessment: autovalutazione, non certificata
applicant: Richiedente
partners: Partner
period: Periodo
level: Livello dello studio
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Put a copy of what is shipped in its place; the language `it` may be added to it."""
    copy_of_the_shipped(tmp_path)
    monkeypatch.setattr(folders, "PACKAGE", tmp_path / "lca")
    forget_what_was_read()
    yield tmp_path
    monkeypatch.undo()
    forget_what_was_read()


@pytest.fixture
def whole(folder: Path) -> Path:
    """Add a whole language: the English words under another code."""
    lay_over(folder, "it")
    forget_what_was_read()
    return folder


def assessed() -> lca.Assessment:
    return lca.load(STUDY).assess(draws=20, seed=2026, as_of=AS_OF)


def change(path: Path, *steps: str) -> None:
    """Take a text out of a file that was laid over."""
    data = read_document(path.read_text("utf-8"), path.name).data
    node: Any = data
    for step in steps[:-1]:
        node = node[step]
    del node[steps[-1]]
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    forget_what_was_read()


def test_twenty_lines_are_a_language_that_lacks_a_text(folder: Path) -> None:
    (folder / "templates/presenting/it.yaml").write_text(ITALIAN, encoding="utf-8")
    forget_what_was_read()
    assert folders.languages() == ("en", "fr", "it")
    with pytest.raises(MissingText, match=r'^no text "assessment\.[\w.-]+" in "it"$'):
        assert assessed().report("it").html
    assert assessed().report("fr").html.count("<html") == 1


@pytest.mark.parametrize(
    ("file", "steps", "name"),
    [
        ("templates/benefit/it.yaml", ("break_even_meanings", "volume"), "benefit.break_even_meanings.volume"),
        ("templates/presenting/it.yaml", ("horizon",), "presenting.horizon"),
        ("templates/presenting/it.yaml", ("phrases", "host"), "presenting.phrases.host"),
        ("templates/presenting/it.yaml", ("units", "year", "one"), "presenting.units.year.one"),
        ("templates/catalogue/it.yaml", ("factor_labels", "laptop"), "catalogue.factor_labels.laptop"),
    ],
)
def test_one_word_that_is_missing_is_named_before_anything_is_written(
    whole: Path, file: str, steps: tuple[str, ...], name: str
) -> None:
    change(whole / file, *steps)
    with pytest.raises(MissingText, match=rf'^no text "{re.escape(name)}" in "it"$'):
        assert assessed().report("it").html


def test_a_message_that_another_translation_has_is_asked_for(whole: Path) -> None:
    path = whole / "templates/footprint/messages.it.yaml"
    said = next(iter(read_document(path.read_text("utf-8"), path.name).data["sentences"]))
    change(path, "sentences", said)
    with pytest.raises(MissingText, match=re.escape(f'no text "messages.footprint.sentences.{said}" in "it"')):
        words("it")


@pytest.mark.parametrize(
    ("file", "steps", "name"),
    [
        ("lca/subjects/checklist/acts/cca_8_1.yaml", ("name", "it"), "cca_8_1.name"),
        ("lca/subjects/checklist/acts/words.yaml", ("roles", "dnsh", "it"), "words.roles.dnsh"),
        ("lca/subjects/checklist/acts/words.yaml", ("details", "about", "it"), "words.details.about"),
        ("lca/subjects/claims/rules.yaml", ("LCA823", "reason", "it"), "claims.LCA823.reason"),
        ("factors/indicators.yaml", ("gwp100", "name", "it"), "indicators.gwp100.name"),
    ],
)
def test_a_text_that_stands_beside_others_is_named_too(
    whole: Path, file: str, steps: tuple[str, ...], name: str
) -> None:
    change(whole / file, *steps)
    with pytest.raises(MissingText, match=rf'^no text "{re.escape(name)}" in "it"$'):
        assert assessed().report("it", "full").html


@pytest.mark.usefixtures("whole")
@pytest.mark.parametrize("layout", ["dossier", "full", "page"])
def test_a_whole_language_makes_a_whole_page(layout: Any) -> None:
    study = assessed()
    own, english = (study.report(language, layout).html for language in ("it", "en"))
    assert 'lang="it"' in own
    # The report carries itself as data, which names its language.
    plain = re.compile(r'href="data:[^"]*"')
    assert plain.sub("", own).replace('lang="it"', 'lang="en"') == plain.sub("", english)


@pytest.mark.usefixtures("whole")
def test_forms_the_checklist_and_comparisons_are_whole_in_it() -> None:
    study = assessed()
    own, english = Writer("it", words("it")), Writer("en", words("en"))
    assert list(lines(study, "it")) == list(lines(study, "en"))
    for form in ("horizon-europe", "national", "rrf", "ai-act"):
        assert as_text(filled(load_form(form), study, own)) == as_text(filled(load_form(form), study, english))
    compared = lca.compare(study, lca.load(ROOT / "projects/minimal.yaml").assess(draws=0, as_of=AS_OF))
    assert compared.html("it").replace('lang="it"', 'lang="en"') == compared.html("en")


def test_the_commands_know_it(whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(ROOT / "projects/minimal.yaml"), "--lang", "it"]) == 0
    with pytest.raises(SystemExit):
        main(["check", str(ROOT / "projects/minimal.yaml"), "--lang", "xx"])
    assert "choose from" in capsys.readouterr().err
    (whole / "templates/descriptors/it").mkdir()
    (whole / "templates/descriptors/it/shortest.yaml").write_text("descriptor: 1\n", encoding="utf-8")
    forget_what_was_read()
    assert main(["new", str(tmp_path / "new.yaml"), "--lang", "it"]) == 0
    assert (tmp_path / "new.yaml").read_text("utf-8") == "descriptor: 1\n"


@pytest.mark.usefixtures("whole")
def test_numbers_dates_plurals_and_countries_are_those_of_its_readers() -> None:
    head = read_document(ITALIAN, "it.yaml").data
    own = Writer("it", {**words("it"), **head, "units": {**words("it")["units"], **head["units"]}})
    assert own.number(1234567.8, 9) == "1.234.567,80"
    assert own.percent(0.125, 1) == "12,5 %"
    assert own.date(datetime.date(2026, 5, 1)) == "1º maggio 2026"
    assert own.month(datetime.date(2026, 5, 1)) == "maggio 2026"
    assert [own.time(years) for years in (1, 2)] == ["1,00\u00a0anno", "2,00\u00a0anni"]
    assert own.country("DE") == "Germania"


def test_names_that_the_catalogue_has_in_other_languages_are_asked_for(whole: Path) -> None:
    path = whole / "templates/catalogue/it.yaml"
    data = read_document(path.read_text("utf-8"), path.name).data
    path.write_text(json.dumps({**data, "place_in_labels": 0}, ensure_ascii=False), "utf-8")
    change(whole / "templates/assessment/it.yaml", "zones", "US-CA")
    own, book = Writer("it", words("it")), book_of()
    assert label_in("laptop|ordinateur portable", own) == "laptop"
    assert label_in("NVIDIA T4", own) == "NVIDIA T4"
    with pytest.raises(MissingText, match=r'^no text "factor_labels\.a new thing" in "it"$'):
        label_in("a new thing|une chose nouvelle", own)
    assert zone_name("nowhere", own, book) == "nowhere"
    with pytest.raises(MissingText, match=r'^no text "zones\.US-CA" in "it"$'):
        zone_name("US-CA", own, book)
    assert zone_name("US-CA", Writer("fr", words("fr")), book) == "Californie"


def book_of() -> FactorBook:
    return lca.catalogue()


def test_a_descriptor_may_name_each_language_that_there_is() -> None:
    assert (
        tuple(read_schema("project")["properties"]["project"]["properties"]["language"]["enum"]) == folders.languages()
    )
    texts = load_checklist().words["labels"]["semicolon"]
    assert tuple(texts) == folders.languages()
