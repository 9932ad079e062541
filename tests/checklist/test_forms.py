"""The letter to a host and the exports for forms: what is known, what is not verified, no figure of their own, the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import html5lib
import pytest
from conftest import ROOT, assess_file

from lca import Assessment
from lca.assessment.contract import results
from lca.cli.main import main
from lca.files.folders import FORMS
from lca.files.shipped import load_checklist, load_claim_rules, load_form, words
from lca.presenting.blocks import Page
from lca.presenting.text import as_text
from lca.presenting.writer import Writer
from lca.subjects.checklist.forms.export import filled
from lca.subjects.checklist.forms.letter import KNOWN, letter
from lca.subjects.checklist.forms.objectives import CELLS, OBJECTIVES
from lca.subjects.claims.wording import claims_in

LANGUAGES = ("en", "fr")
HOST = ROOT / "tests/cases/good/host-and-forms.yaml"
FILES = [HOST, *sorted((ROOT / "projects").glob("*.yaml"))]
ROWS = {criterion.id: criterion for criterion in load_checklist().criteria()}


def writer(language: str) -> Writer:
    return Writer(language, words(language))


def export(form: str, assessment: Assessment, language: str) -> str:
    return as_text(filled(load_form(form), assessment, writer(language)))


@pytest.fixture(scope="module")
def host() -> Assessment:
    return assess_file(HOST, draws=200)


def texts_of(node: Any, language: str) -> Iterator[str]:
    """Yield each fixed text of a form's data in one language."""
    if isinstance(node, dict):
        if set(node) >= set(LANGUAGES):
            yield node[language]
        for key, value in node.items():
            if key not in LANGUAGES:
                yield from texts_of(value, language)
    elif isinstance(node, list):
        for value in node:
            yield from texts_of(value, language)


@pytest.mark.parametrize("form", [*FORMS, "letter"])
def test_a_form_is_whole_in_both_languages(form: str) -> None:
    data = load_form(form)
    english, french = (list(texts_of(data, language)) for language in LANGUAGES)
    assert len(english) == len(french) > 3
    for one, other in zip(english, french, strict=True):
        assert one.strip()
        assert sorted(re.findall(r"\{\w+\}", one)) == sorted(re.findall(r"\{\w+\}", other))
        assert not re.search(r" [;:?!»]|« ", other), other
    cells = set(re.findall(r"'cell': '(\w+)'", repr(data))) - {"part", "amount", "interval", "known"}
    assert cells <= CELLS.keys()


def test_the_letter_asks_about_rows_that_exist_and_knows_questions_that_are_asked() -> None:
    form = load_form("letter")
    asked = {row for part in form["sections"] for row in part["rows"]}
    assert asked <= ROWS.keys()
    assert {"cca81-dnsh-ccm-2", "ccm81-sc-4", "cca81-dnsh-wtr", "cca81-dnsh-ce-3"} <= asked
    questions = [question["id"] for part in form["sections"] for question in part["questions"]]
    assert len(questions) == len(set(questions))
    assert KNOWN.keys() <= set(questions)


@pytest.mark.parametrize(
    ("question", "known"),
    [
        ("Legal name of the operator", "gcp"),
        ("In service since", "2019-05"),
        ("Installed power demand", "2 MW"),
        ("Equipment that we use there", "2 × node (8 × NVIDIA A100 SXM4 80 GB)"),
        ("Edition of the European Code", "2024"),
        ("Is every expected practice of value 5", "not implemented: 5.1.1"),
        ("Last audit", "2024-02-01; Bureau X; independent"),
        ("Each refrigerant", "R-513A (GWP 630, F-gas Regulation)"),
        ("PUE (EN 50600-4-2)", "1.2; 2023; measured"),
        ("WUE (EN 50600-4-9)", "0.3 L/kWh; 2023"),
        ("REF (EN 50600-4-3)", "0.4"),
        ("Water body", "medium water stress; Aqueduct 4.0"),
        ("EU declarations of conformity on restricted", "node: DoC 12/2022"),
        ("Lifetime of the servers", "node: 5 years"),
        ("What secures the recycling", "contract"),
        ("Where our equipment goes", "node: refurbishment"),
    ],
)
def test_the_letter_prefills_what_the_descriptor_knows(host: Assessment, question: str, known: str) -> None:
    text = as_text(letter(load_form("letter"), host, writer("en"), "paris")).replace("\u00a0", " ")
    found = text.split(f"- {question}")[1].split("\n")[1]
    assert found == f"  Noted by us: {known} (please confirm)"


def test_the_letter_leaves_open_what_nobody_knows() -> None:
    text = as_text(letter(load_form("letter"), assess_file(ROOT / "projects/minimal.yaml"), writer("fr"), "paris"))
    assert (
        text.count("Noté par nous\u00a0: –")
        == len([q for s in load_form("letter")["sections"] for q in s["questions"]]) - 2
    )
    assert "Noté par nous\u00a0: FR (à confirmer)" in text
    assert "node (8 × NVIDIA A100 SXM4 80 GB) (à confirmer)" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_horizon_has_a_paragraph_per_objective_and_marks_what_is_not_verified(host: Assessment, language: str) -> None:
    text = export("horizon-europe", host, language)
    assert [line[:2] for line in text.splitlines() if re.match(r"\d\. ", line)] == [f"{n}." for n in range(1, 7)]
    mark = {"en": "NOT VERIFIED", "fr": "NON VÉRIFIÉ"}[language]
    for finding in host.checklist.findings:
        if finding.criterion.role == "dnsh" and finding.verdict == "insufficient_evidence":
            paragraph = next(
                line
                for line in text.splitlines()
                if line.startswith(f"{list(OBJECTIVES).index(finding.criterion.objective) + 1}. ")
            )
            assert mark in paragraph
            assert finding.criterion.id in next(line for line in text.splitlines() if line.startswith(f"! {mark}"))


def test_the_polarity_of_the_facility_is_reversed_in_words_only(host: Assessment) -> None:
    verdicts = {
        f.criterion.objective: f.verdict for f in host.checklist.findings if f.criterion.id.startswith("art17-")
    }
    assert (verdicts["ccm"], verdicts["ppc"], verdicts["bio"]) == ("pass", "fail", "insufficient_evidence")
    text = export("rrf", host, "en")
    answers = dict(re.findall(r"- (Is the measure .*\?)\n  Answer: (.*)", text))
    assert len(answers) == 6
    by_objective = dict(zip(OBJECTIVES, answers.values(), strict=True))
    assert by_objective["ccm"] == "No (self-assessment)"
    assert by_objective["ppc"] == "Yes"
    assert by_objective["bio"] == "Not shown (NOT VERIFIED)"
    assert "31 December 2026" in text
    assert "Paraphrase" in text


def test_a_claimed_benefit_stands_beside_its_cost(host: Assessment) -> None:
    climate = next(line for line in export("national", host, "en").splitlines() if "Magnitude" in line)
    assert climate.index("footprint over the life cycle") < climate.index("expected benefit at others, gross")
    assert "of which after rebound and attributed" in climate
    assert not re.search(r"\bnet\b", climate)


def test_the_energy_box_splits_training_and_inference(host: Assessment) -> None:
    text = export("ai-act", host, "en").replace("\u00a0", " ")
    assert "- training\n  Energy: 1.1 MWh" in text  # 900 kWh at the plug × PUE 1.2
    for said in ("- inference\n", "estimated (stated)", "PUE included", "Boundary", "transfer: excluded (local)"):
        assert said in text, said


def test_what_was_measured_is_known(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    text = HOST.read_text("utf-8").replace(
        "region: europe-west9, pue: 1.2}", "region: europe-west9, pue: {value: 1.2, evidence: measured}}"
    )
    path.write_text(text, "utf-8")
    assert (
        "known (measured)"
        in export("ai-act", assess_file(path, draws=50), "en").split("- training")[1].split("- experiments")[0]
    )


def test_without_electricity_the_box_says_so() -> None:
    assert "not assessed" in export("ai-act", assess_file(ROOT / "projects/transition-call.yaml"), "en")


NUMBER = re.compile(r"\d[\d.,\u202f]*(?:\s×\s10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?")


def numbers(text: str) -> list[str]:
    return [found.rstrip(".,\u202f") for found in NUMBER.findall(text)]


def written(value: Any) -> Iterator[str]:
    """Yield every text below plain data."""
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
        yield from written(inner)
    if isinstance(value, str | int | float):
        yield str(value)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_no_export_has_a_number_that_is_not_in_the_results(path: Path, form: str, language: str) -> None:
    """Every number is a figure of the results as the report writes it, or stands in the descriptor or in the form's fixed text."""
    assessment, own = assess_file(path, draws=50), writer(language)
    printed = results(assessment)
    known = {float(value["value"]) for value in _values(printed)}
    study = assessment.benefit.study
    lines = (
        [getattr(b, line) for b in study.balances.values() for line in own.words["forms"]["benefit"]] if study else []
    )
    figures = [q for q in (*assessment.figures.values(), *lines) if float(f"{q.value:.12g}") in known]
    allowed = {n for q in figures for n in (*numbers(own.amount(q)), *numbers(own.interval(q)))}
    fixed = [*texts_of(load_form(form), language), *written(own.words["forms"])]
    fixed += [
        text.in_(language) for finding in assessment.checklist.findings for text in (finding.reason, finding.remedy)
    ]
    fixed += [finding.criterion.id for finding in assessment.checklist.findings]
    given = [path.read_text("utf-8"), own.date(assessment.fingerprint.as_of), *written(printed["fingerprint"])]
    allowed |= {n for text in (*fixed, *given) for n in numbers(text)}
    allowed |= {str(n) for n in range(1, 7)}  # the numbers of the objectives
    text = export(form, assessment, language)
    assert [n for n in numbers(text) if n not in allowed] == []


def _values(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if isinstance(node.get("value"), float | int) and "unit" in node:
            yield node
        for inner in node.values():
            yield from _values(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _values(inner)


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_and_exports_pass_the_rules_on_claims(language: str) -> None:
    assessment, rules = assess_file(ROOT / "projects/minimal.yaml"), load_claim_rules()
    pages = [filled(load_form(form), assessment, writer(language)) for form in FORMS]
    pages.append(letter(load_form("letter"), assessment, writer(language), "paris"))
    for page in pages:
        assert claims_in(as_text(page), rules) == []


def test_claims_in_the_texts_are_named_at_the_top(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(HOST.read_text("utf-8").replace("name: Leak finder", "name: A green AI"), "utf-8")
    assert "! The applicant’s texts hold claims that would not hold (LCA801, see the report)" in export(
        "national", assess_file(path), "en"
    )


@pytest.mark.parametrize("command", [["letter"], *(["export", "--form", form] for form in FORMS)])
def test_every_document_is_written_as_text_html_and_docx_with_the_same_bytes(
    command: list[str], tmp_path: Path
) -> None:
    arguments = ["dnsh", command[0], str(HOST), *command[1:], "--as-of", "2026-11-24", "--lang", "fr"]
    if command[0] == "export":
        arguments += ["--draws", "20"]
    for ending in ("txt", "html", "docx"):
        for folder in ("a", "b"):
            assert main([*arguments, "-o", str(tmp_path / folder / f"x.{ending}")]) == 0
        first, second = ((tmp_path / folder / f"x.{ending}").read_bytes() for folder in ("a", "b"))
        assert first == second
    page = (tmp_path / "a/x.html").read_text("utf-8")
    html5lib.HTMLParser(strict=True).parse(page)
    assert "<b>" not in page.replace("<body>", "")
    assert not re.search(r'(src|href)="', page)
    held = (tmp_path / "a/x.docx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(held)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2026, 11, 24, 0, 0, 0)}
    document = docx.Document(io.BytesIO(held))
    assert document.core_properties.language == "fr-FR"
    said = "\n".join(
        [p.text for p in document.paragraphs] + [c.text for t in document.tables for row in t.rows for c in row.cells]
    )
    plain = (tmp_path / "a/x.txt").read_text("utf-8")
    for line in plain.splitlines():
        words = re.sub(r"^(?:[!-] | {2}[^:?]+[:?] )", "", line).strip("=- ").removesuffix("\u00a0:")
        assert words in said or line.startswith("  "), line


def test_wrong_sites_and_many_sites(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dnsh", "letter", str(HOST), "--site", "pari"]) == 1
    assert "LCA401 `pari` is not one of the sites; did you mean `paris`?" in capsys.readouterr().err
    path = tmp_path / "x.yaml"
    path.write_text(HOST.read_text("utf-8").replace("sites:\n", "sites:\n  lyon: {location: FR}\n"), "utf-8")
    assert main(["dnsh", "letter", str(path)]) == 1
    assert "choose one with --site: lyon, paris" in capsys.readouterr().err
    assert main(["dnsh", "letter", str(path), "--site", "lyon"]) == 0
    assert main(["dnsh", "letter", str(ROOT / "projects/transition-call.yaml"), "--lang", "en"]) == 1
    assert "names no site" in capsys.readouterr().err


def test_a_document_that_cannot_be_written_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("in the way")
    assert main(["dnsh", "letter", str(HOST), "-o", str(tmp_path / "file/x.docx")]) == 1
    assert "LCA701" in capsys.readouterr().err


def test_a_page_of_unknown_block_is_an_error_of_the_data(host: Assessment) -> None:
    with pytest.raises(ValueError, match="no block"):
        filled({"title": {"en": "x"}, "blocks": [{"picture": True}]}, host, writer("en"))
    assert isinstance(filled({"title": {"en": "x"}, "blocks": []}, host, writer("en")), Page)
