"""The language that a command speaks: the one asked for, else the descriptor's, else that of the environment; JSON is English."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from lca.cli.language import stated_language
from lca.cli.main import main

FRENCH = str(ROOT / "projects" / "transition-call.yaml")
ENGLISH = str(ROOT / "projects" / "minimal.yaml")
ALEXNET = str(ROOT / "projects" / "alexnet-2012.yaml")

WRONG = """descriptor: 1
project: {name: Un essai, start: 2026-01}
sites: {paris: {locaton: FR}}
"""
TOLD = "3:17: LCA201 la clé `locaton` est inconnue dans sites.paris\u202f; vouliez-vous dire `location`\u202f?"


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "essai.yaml"
    path.write_text(WRONG, "utf-8")
    return path


def environment(monkeypatch: pytest.MonkeyPatch, **variables: str) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


def test_problems_are_told_in_the_language_that_is_asked_for(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(wrong), "--lang", "fr"]) == 1
    printed = capsys.readouterr()
    assert f"{wrong}:{TOLD}\n" in printed.err
    assert printed.out == "1 erreur, 0 avertissement\n"
    assert main(["check", str(wrong)]) == 1
    printed = capsys.readouterr()
    assert "LCA201 the key `locaton` is unknown in sites.paris; did you mean `location`?" in printed.err
    assert printed.out == "1 error, 0 warnings\n"


def test_a_descriptor_states_its_language(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong.write_text(WRONG.replace("{name", "{language: fr, name"), "utf-8")
    assert main(["assess", str(wrong)]) == 1
    assert "la clé `locaton` est inconnue" in capsys.readouterr().err
    assert main(["assess", str(wrong), "--lang", "en"]) == 1
    assert "the key `locaton` is unknown" in capsys.readouterr().err


def test_a_text_that_is_no_yaml_states_its_language_too(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong.write_text("descriptor: 1\nproject:\n  language: fr\n\tname: x\n", "utf-8")
    assert main(["check", str(wrong)]) == 1
    assert "4:1: LCA104 ce n’est pas du YAML\u00a0: une tabulation tient lieu d’espaces" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("project:\n  name: x\n\n  # words\n  language: fr\nsites: {}\n", "fr"),
        ("project:\r\n  language: fr\r\n", "fr"),
        ('project: {name: x, language: "fr"}', "fr"),
        ("project: {language: en}\n", "en"),
        ("project:   # who\n  language: fr   # of the report\n", "fr"),
        ("project: {language: it}\n", ""),
        ("project:\n  name: x\nnote:\n  language: fr\n", ""),
        ("other: {language: fr}\n", ""),
        ("", ""),
    ],
)
def test_where_a_language_is_stated(text: str, language: str) -> None:
    assert stated_language(text) == language


@pytest.mark.parametrize(
    ("variables", "french"),
    [
        ({"LC_ALL": "fr_FR.UTF-8"}, True),
        ({"LC_MESSAGES": "fr_CA"}, True),
        ({"LANG": "fr"}, True),
        ({"LC_ALL": "C", "LANG": "fr_FR.UTF-8"}, False),
        ({"LANG": "de_DE.UTF-8"}, False),
        ({"LANG": "frr_DE"}, False),
        ({}, False),
    ],
)
def test_the_environment_speaks_where_nothing_else_does(
    variables: dict[str, str],
    french: bool,
    wrong: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    environment(monkeypatch, **variables)
    assert main(["check", str(wrong)]) == 1
    assert ("la clé" in capsys.readouterr().err) is french
    assert main(["explain", ENGLISH, "no.figure", "--draws", "0"]) == 1
    assert capsys.readouterr().err.startswith(
        "lca explain\u00a0: il n’y a pas" if french else "lca explain: there is no"
    )
    assert main(["factors", "search", "zzzz"]) == 1
    assert ("rien n’a été trouvé" in capsys.readouterr().out) is french


def test_json_is_english_whatever_is_spoken(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(wrong), "--lang", "fr", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["problems"][0]["message"].startswith("the key `locaton` is unknown")
    assert main(["assess", FRENCH, "--draws", "0", "--json"]) == 0
    assert any("law" in problem["message"] for problem in json.loads(capsys.readouterr().out)["problems"])


def test_standard_input_states_its_language(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = WRONG.replace("{name", "{language: fr, name").encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
    assert main(["check", "-"]) == 1
    assert "<stdin>:3:17: LCA201 la clé `locaton`" in capsys.readouterr().err


def test_of_very_many_problems_the_rest_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "essai.yaml"
    path.write_text(WRONG + "".join(f"cle{n}: 1\n" for n in range(150)), "utf-8")
    assert main(["check", str(path), "--lang", "fr"]) == 1
    assert re.search(r"^et \d+ autres$", capsys.readouterr().err, re.MULTILINE)


#: Words by which English shows in lines of figures; names, units and citations stay as they are.
SHOWS = re.compile(
    r"\b(?:the|of|and|with|per|total of|stage|draws|seed|against|counted|left out|nothing|this program|checklist"
    r"|Electricity|Climate|Water|range|difference|sum|its|stated)\b"
)


@pytest.mark.parametrize(
    "command",
    [
        f"assess {ALEXNET} --draws 50",
        f"assess {ALEXNET} --draws 0",
        f"assess {ROOT}/projects/vineyard.yaml --draws 50",
        f"assess {ROOT}/projects/training-set-size.yaml --draws 50",
        f"methods {ALEXNET}",
        f"methods {ROOT}/projects/federated.yaml",
        f"compare {ALEXNET} --draws 50",
        f"sweep {ALEXNET} location --draws 50",
        f"sweep {ALEXNET} lifetime --draws 0",
    ],
)
def test_figures_are_told_in_french(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command.split(), "--lang", "fr"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if SHOWS.search(re.sub(r"training\.\S+|\S+\.yaml\S*", "", line))] == []
    assert main([*command.split(), "--lang", "en"]) == 0
    assert capsys.readouterr().out.splitlines() != lines


def test_a_tree_is_told_in_french(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", ALEXNET, "total.gwp100", "--draws", "0", "--lang", "fr"]) == 0
    lines = [re.sub(r" +<- .*| +\[.*", "", line) for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == "total.gwp100 = 10,24 kgCO2e"
    assert [line for line in lines if SHOWS.search(line)] == []
    assert any("électricité à la prise" in line for line in lines)


def test_an_error_of_reading_is_told_in_french(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "absent.yaml"
    assert main(["check", str(missing), "--lang", "fr"]) == 1
    told = "LCA101 le fichier ne peut être lu\u00a0: il n’y a pas de fichier ni de dossier de ce nom\u202f; vérifiez le chemin"
    assert told in capsys.readouterr().err
