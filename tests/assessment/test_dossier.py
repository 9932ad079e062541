"""What a reader sees: both languages, nothing fetched, nothing executed that is not ours, the same bytes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import html5lib
import pytest
from conftest import ROOT, assess_file, report_html

from lca.cli.main import main
from lca.files.shipped import read_texts
from lca.presenting.contents import without_details
from lca.presenting.writer import Writer

TEXTS = read_texts()
PROJECTS = sorted((ROOT / "projects").glob("*.yaml"))


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.rpartition("</style>")[2]).split())


#: A link that a reader may follow; nothing else leads outside the page.
ADDRESS = re.compile(r'<a href="https?://[^"]*">')


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("path", [*PROJECTS, ROOT / "tests/cases/good/every-stage.yaml"], ids=lambda p: p.stem)
def test_every_example_renders_to_strict_html(path: Path, language: str) -> None:
    page = report_html(path, language)
    html5lib.HTMLParser(strict=True).parse(page)
    assert f'<html lang="{language}">' in page
    assert not re.search(r'(src|href)="(?!data:image/svg|data:[a-z/-]+;base64,|#)', ADDRESS.sub("", page))
    anchors = re.findall(r'href="#([^"]+)"', page)
    assert anchors == re.findall(r'<section id="([\w-]+)"', page), "the table of contents leads to every section"
    assert not re.search(r"\bNone\b(?! stated\.|\.)", words_of(page)), (
        "a value of the program that is no word of the report"
    )


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", ["minimal", "transition-call", "stable-diffusion-service", "vineyard"])
def test_the_dossier_is_strict_html_whose_links_lead_somewhere(name: str, language: str) -> None:
    page = assess_file(ROOT / "projects" / f"{name}.yaml", draws=50).report(language).html
    html5lib.HTMLParser(strict=True).parse(page)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert page.count("<script") == 2  # our own, by its hash, and its data
    assert not re.search(r'src="(?!data:image/svg)', page)


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
        ("en", ("1,000 draws", "seed 2026", "The draws leave an error of about")),
        (
            "fr",
            (
                "1\u202f000 tirages",
                "graine 2026",
                "Les tirages laissent aux bornes une erreur d’environ",
            ),
        ),
    ],
)
def test_the_last_page_says_how_the_interval_came_about(language: str, words: tuple[str, ...]) -> None:
    page = without_details(assess_file(ROOT / "projects/alexnet-2012.yaml", draws=1000).report(language).html)
    first = words_of(page).replace("&#39;", "'")
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


def test_page_one_tells_a_reviewer_the_result() -> None:
    first = words_of(assess_file(ROOT / "projects/transition-call.yaml", draws=500).report("fr").page_one)
    for word in (
        "criblage",
        "sans revue critique",
        "Le projet émet au moins 2,7",
        "six étapes sur sept sont écartées",
        "le bénéfice net n’est pas établi : la référence n’est pas chiffrée",
        "Aucun bénéfice net si moins de",
        "sans preuve suffisante",
        "Quelle est la référence, en chiffres ?",
    ):
        assert word in first, word
    assert "Probabilité" not in first  # no probability of what is ex ante


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
    page = assess_file(path).report("en").html
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    assert [script.get("type") for script in tree.iter("script")] == ["application/json", None]  # data, and our own
    assert not list(tree.iter("link"))
    assert [image.get("src", "")[:20] for image in tree.iter("img")] == ["data:image/svg+xml;b"] * len(
        list(tree.iter("img"))
    )
    assert len(list(tree.iter("style"))) == 1
    assert "{{ 7*7 }}" in page
    assert "&lt;script&gt;alert(1)" in page
