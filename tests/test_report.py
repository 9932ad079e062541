"""What a reader sees: both languages, nothing fetched, nothing executed, the same bytes."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import html5lib
import pypdf
import pytest
import weasyprint
from conftest import ROOT, assess_file
from weasyprint.urls import FatalURLFetchingError

from lca.assessment.dossier import render
from lca.cli.main import main
from lca.files.pdf import shipped_only
from lca.files.shipped import read_texts
from lca.presenting.writer import Writer

TEXTS = read_texts()
PROJECTS = sorted((ROOT / "projects").glob("*.yaml"))


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.split("</style>")[1]).split())


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("path", [*PROJECTS, ROOT / "tests/cases/good/every-stage.yaml"], ids=lambda p: p.stem)
def test_every_example_renders_to_strict_html(path: Path, language: str) -> None:
    page = render(assess_file(path, draws=100), language, TEXTS)
    html5lib.HTMLParser(strict=True).parse(page)
    assert f'<html lang="{language}">' in page
    assert not re.search(r'(src|href)="(?!data:image/svg|#)', page)
    anchors = re.findall(r'href="#([^"]+)"', page)
    assert anchors == re.findall(r'<section id="([\w-]+)"', page), "the table of contents leads to every section"
    assert not re.search(r"\bNone\b(?! stated\.|\.)", words_of(page)), (
        "a value of the program that is no word of the report"
    )


def test_both_languages_have_the_same_keys() -> None:
    english, french = TEXTS.locales["en"], TEXTS.locales["fr"]
    assert english.keys() == french.keys()
    for group in ("codes", "method_names", "method_texts", "stated_verdicts", "causes"):
        assert english[group].keys() == french[group].keys()
    for key, text in english.items():
        if isinstance(text, str):
            assert re.findall(r"\{\w+\}", text) == re.findall(r"\{\w+\}", french[key]), key


def test_a_french_report_has_no_english_phrase_of_the_program() -> None:
    assessment = assess_file(ROOT / "tests/cases/good/every-stage.yaml", draws=0)
    writer = Writer("fr", TEXTS.locales["fr"])
    for phrase in {f.part for f in assessment.footprint.flows} | {
        t for g in assessment.footprint.gaps for t in (g.part, g.reason)
    }:
        known = phrase in ("satellite", "drones", "picture", "transport")
        assert known or writer.phrase(phrase) != phrase, phrase


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("1,000 draws", "seed 2026", "Sampling error of the interval’s bounds: about")),
        (
            "fr",
            (
                "1\u202f000 tirages",
                "graine aléatoire 2026",
                "Erreur d’échantillonnage des bornes de l’intervalle : environ",
            ),
        ),
    ],
)
def test_page_one_says_how_the_interval_came_about(language: str, words: tuple[str, ...]) -> None:
    page = render(assess_file(ROOT / "projects/alexnet-2012.yaml", draws=1000), language, TEXTS)
    first = words_of(page.split('<section id="goal">')[0]).replace("&#39;", "'")
    for word in words:
        assert " ".join(word.split()) in first, word


def test_figures_are_rounded_to_what_the_interval_supports_and_never_before(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["assess", str(ROOT / "projects/alexnet-2012.yaml"), "--draws", "1000"]) == 0
    text = capsys.readouterr().out
    assert "120 kWh  (" in text  # 121.1418 kWh, whose interval is wider than a tenth of it
    assert "1,000 draws, seed 2026; sampling error of the bounds of climate change about" in text
    assert main(["assess", str(ROOT / "projects/alexnet-2012.yaml"), "--draws", "1000", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["energy"]["value"] == 121.1418


def test_numbers_are_written_as_readers_do() -> None:
    english, french = Writer("en", TEXTS.locales["en"]), Writer("fr", TEXTS.locales["fr"])
    assert english.number(12345.678, 4) == "12,350"
    assert french.number(12345.678, 4) == "12\u202f350"
    assert french.number(0.04567, 2) == "0,046"
    assert english.number(-3.0, 2) == "−3.0"
    assert french.percent(0.256) == "26\u202f%"


def test_page_one_tells_a_reviewer_the_result() -> None:
    page = words_of(render(assess_file(ROOT / "projects/transition-call.yaml", draws=500), "fr", TEXTS))
    first = page.split("Objectif et champ")[0]
    for word in (
        "criblage",
        "Aucune revue critique",
        "2,7",
        "Bénéfice potentiel",
        "Net du projet",
        "Preuves insuffisantes",
    ):
        assert word in first, word
    assert "plus de 99 %" in first
    assert "100 %" not in first.split("Probabilité que le net")[1][:80]


HOSTILE = """
descriptor: 1
project:
  name: '<script>alert(1)</script><img src="file:///etc/passwd">'
  start: 2024-01
  summary: '<link rel=stylesheet href="http://127.0.0.1/x.css"> url(file:///etc/passwd) {{ 7*7 }} {% raw %}'
  applicant: '"><style>@import url(file:///etc/passwd)</style>'
sites: {paris: {location: FR}}
machines: {node: {site: paris, gpu: {model: NVIDIA A100 SXM4 80 GB, count: 8}}}
training:
  final: {on: node, duration: 1 h}
"""


def test_what_a_user_writes_is_shown_as_text(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(HOSTILE, "utf-8")
    page = render(assess_file(path), "en", TEXTS)
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    assert not list(tree.iter("script"))
    assert not list(tree.iter("link"))
    assert [image.get("src", "")[:20] for image in tree.iter("img")] == ["data:image/svg+xml;b"] * len(
        list(tree.iter("img"))
    )
    assert len(list(tree.iter("style"))) == 1
    assert "{{ 7*7 }}" in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_renderer_fetches_nothing_but_its_own_fonts(tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    fetcher = shipped_only()
    for url in (secret.as_uri(), "http://127.0.0.1:9/x.png", "data:text/css,body{}", "shipped:../report.css"):
        with pytest.raises(FatalURLFetchingError, match="nothing is fetched"):
            fetcher.fetch(url)
    assert fetcher.fetch("shipped:Inter-Regular.otf")
    with pytest.raises(FatalURLFetchingError, match="nothing is fetched"):
        weasyprint.HTML(string=f"<img src='{secret.as_uri()}'>", url_fetcher=fetcher).write_pdf()


def test_pdf_carries_what_reproduces_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    arguments = ["report", str(ROOT / "projects/minimal.yaml"), "--draws", "200"]
    for folder in ("a", "b"):
        assert main([*arguments, "-o", str(tmp_path / folder)]) == 0
    for name in ("minimal.html", "minimal.pdf"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    reader = pypdf.PdfReader(io.BytesIO((tmp_path / "a" / "minimal.pdf").read_bytes()))
    assert set(reader.attachments) == {"minimal.yaml", "results.json", "sweeps.json", "inventory.csv", "inputs.csv"}
    assert reader.attachments["minimal.yaml"][0] == (ROOT / "projects/minimal.yaml").read_bytes()
    assert json.loads(reader.attachments["results.json"][0])["totals"]["gwp100"]["value"] > 0
    assert reader.metadata is not None
    assert reader.metadata.title == "Minimal example"
    assert "Minimal example" in reader.pages[0].extract_text()
    resources = [page["/Resources"]["/Font"].get_object() for page in reader.pages]  # type: ignore[index]
    fonts = {str(font.get_object()["/BaseFont"]) for fonts in resources for font in fonts.values()}
    assert all("Inter" in font for font in fonts), fonts


def test_page_one_is_one_page() -> None:
    assessment = assess_file(ROOT / "projects/transition-call.yaml", draws=200)
    reader = pypdf.PdfReader(io.BytesIO(assessment.report("fr").pdf()))
    assert "Ce qui manque" in reader.pages[0].extract_text()
    second = reader.pages[1].extract_text()
    assert "Sommaire" in second
    assert "Objectif et champ" in second
