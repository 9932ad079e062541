"""The form of a call as a file: filled in like the shipped ones, errors placed in it, and never without what must be seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT

from lca.cli.main import main

PROJECT = str(ROOT / "projects" / "vineyard.yaml")
FORM = """\
title: {fr: Notre appel}
blocks:
  - marks: true
  - objectives: paragraph
    fr: "{number}. {name} : {verdict} {{sic}}"
  - objectives: table
    columns:
      - {cell: name, fr: Objectif}
      - {cell: effect, width: 3, fr: Effet attendu}
  - energy: table
    caption: {fr: Électricité}
    columns:
      - {cell: part, fr: Poste}
      - {cell: amount, fr: Énergie}
  - footer: true
"""


def told(text: str, folder: Path, capsys: pytest.CaptureFixture[str], language: str = "fr") -> list[str]:
    (folder / "form.yaml").write_text(text, encoding="utf-8")
    assert (
        main(["dnsh", "export", PROJECT, "--form", str(folder / "form.yaml"), "--draws", "0", "--lang", language]) == 1
    )
    said = capsys.readouterr()
    assert said.out == ""
    return [line.removeprefix(f"{folder / 'form.yaml'}:") for line in said.err.splitlines()]


def test_a_form_from_outside_is_filled_in_like_a_shipped_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "form.yaml").write_text(FORM, encoding="utf-8")
    assert main(["dnsh", "export", PROJECT, "--form", str(tmp_path / "form.yaml"), "--draws", "0"]) == 0
    text = capsys.readouterr().out.replace("\u00a0", " ").replace("\u202f", " ")
    assert text.startswith("Notre appel\n===========\n")
    assert "NON VÉRIFIÉ : art17-ccm" in text
    assert "1. L’atténuation du changement climatique : " in text
    assert "{sic}" in text
    assert "- total\n  Énergie : 12,12 MWh" in text
    assert "Auto-évaluation, non certifiée" in text


def test_a_shipped_form_given_as_a_file_gives_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("horizon-europe", "national", "rrf", "ai-act"):
        shipped = ROOT / "lca" / "subjects" / "checklist" / "forms" / f"{name}.yaml"
        written = []
        for form in (name, str(shipped)):
            assert main(["dnsh", "export", PROJECT, "--form", form, "--draws", "0", "--as-of", "2026-11-24"]) == 0
            written.append(capsys.readouterr().out)
        assert written[0] == written[1]


BAD = """\
title: {fr: Notre appel}
blocks:
  - heading: {fr: Effets}
    columns: [{cell: x, fr: y}]
  - objectives: paragraph
    fr: "{nam} {"
  - objectives: paragraph
    fr: "{nam} {verdict.__class__} {verdict!r}"
  - objectives: table
    columns:
      - {cell: harm_question, fr: Question}
      - {cell: amount, fr: Montant}
  - energy: table
  - energy: table
    marks: true
"""


def test_all_errors_are_told_at_their_places(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [line.partition("\u202f; ")[0].replace("\u00a0", " ") for line in told(BAD, tmp_path, capsys)] == [
        "3:3: LCA402 le formulaire ne dit pas de quoi il est tiré, ni qu’il est une auto-évaluation",
        "4:5: LCA402 `columns` n’a pas de sens dans ce bloc de `heading`",
        "6:9: LCA205 les accolades du texte ne vont pas par paires",
        "8:9: LCA401 `nam` n’est pas une cellule",
        "8:9: LCA401 `verdict!r` n’est pas une cellule",
        "8:9: LCA401 `verdict.__class__` n’est pas une cellule",
        "11:16: LCA402 la cellule `harm_question` a besoin des questions",
        "12:16: LCA401 `amount` n’est pas une cellule",
        "13:5: LCA202 ce tableau n’a pas de `columns`",
        "14:5: LCA402 un bloc est d’un seul genre, et celui-ci est de 2",
    ]


def test_what_must_be_seen_is_in_every_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    without = FORM.replace("  - marks: true\n", "")
    (line,) = told(without, tmp_path, capsys, "fr")
    assert line.startswith("3:3: LCA402 le formulaire ne montre pas quelles lignes rien ne vérifie")


def test_each_text_is_there_in_the_language_that_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = told(FORM, tmp_path, capsys, "en")
    assert [line.partition(" LCA202 the text has no `en`")[0] for line in lines] == [
        "1:8:", "4:5:", "8:9:", "9:9:", "11:14:", "13:9:", "14:9:",
    ]  # fmt: skip


def test_a_key_that_no_form_has_and_a_form_that_does_not_exist(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (line,) = told(FORM.replace("footer", "foter"), tmp_path, capsys, "en")[:1]
    assert line == "15:5: LCA201 the key `foter` is unknown in blocks.4; did you mean `footer`?"
    assert main(["dnsh", "export", PROJECT, "--form", "nationl", "--lang", "en"]) == 1
    assert "there is no form `nationl`; did you mean `national`?" in capsys.readouterr().err
    assert main(["dnsh", "export", PROJECT, "--form", str(tmp_path / "none.yaml"), "--lang", "en"]) == 1
    assert "none.yaml:1:1: LCA101" in capsys.readouterr().err


def test_a_form_is_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = tmp_path / "form.yaml"
    form.write_text(FORM, encoding="utf-8")
    assert main(["dnsh", "export", PROJECT, "--form", str(form), "--draws", "0", "-o", str(form)]) == 1
    assert form.read_text("utf-8") == FORM
    assert "LCA701" in capsys.readouterr().err
