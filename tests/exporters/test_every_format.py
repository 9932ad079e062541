"""What holds of every format: it writes every study in both languages, always the same bytes, and says what it cannot carry."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import pytest
from conftest import ROOT
from export_cases import TEXTS, study

import lca
from lca.cli.main import main
from lca.exporters import FORMATS, exporter_of
from lca.exporters.escaping import in_latex, in_markdown, in_yaml, one_line
from lca.files.shipped import words

FORMS = [(name, form) for name in FORMATS for form in exporter_of(name).forms]

#: Each format has all worked examples in its own tests.
CASES = (*TEXTS, "api-assistant", "federated", "vineyard")


@pytest.mark.parametrize(("name", "form"), FORMS)
def test_every_study_is_written_in_both_languages(name: str, form: str) -> None:
    for case in CASES:
        for language in ("en", "fr"):
            exported = study(case).export(name, language, form)
            assert exported.content
            assert exported.limits, "every format leaves something out"
            for limit in exported.limits:
                assert limit in words(language)["exports"]["limits"].values(), limit


@pytest.mark.parametrize(("name", "form"), FORMS)
def test_the_same_study_gives_the_same_bytes(name: str, form: str) -> None:
    text = (ROOT / "projects" / "idefics-9b.yaml").read_text("utf-8")
    made = [
        lca.read(text, name="a.yaml").assess(50, 1, study("minimal").fingerprint.as_of).export(name, "fr", form)
        for _ in range(2)
    ]
    assert made[0] == made[1]


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_module_names_the_specification(name: str) -> None:
    module = __import__(exporter_of(name).write.__module__, fromlist=["EXPORTER"])
    assert "Specification" in (module.__doc__ or "")


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_no_badge_and_no_label(name: str) -> None:
    text = study("minimal").export(name).content.decode(errors="replace").casefold()
    assert "badge" not in text
    assert "shields.io" not in text


def test_an_unknown_format_and_an_unknown_form_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    file = str(ROOT / "projects" / "minimal.yaml")
    assert main(["export", "hugingface", file]) == 1
    assert "did you mean `huggingface`?" in capsys.readouterr().err
    assert main(["export", "huggingface", file, "--as", "latx", "--lang", "fr"]) == 1
    assert "n’a pas de forme `latx`" in capsys.readouterr().err
    with pytest.raises(KeyError):
        study("minimal").export("nothing")
    with pytest.raises(KeyError):
        study("minimal").export("huggingface", form="nothing")


def test_a_file_is_written_whole_and_never_over_an_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own.yaml"
    text = (ROOT / "projects" / "minimal.yaml").read_text("utf-8")
    own.write_text(text, encoding="utf-8")
    command = ["export", "huggingface", str(own), "--draws", "20", "--as-of", "2026-11-24", "-o"]
    assert main([*command, str(own)]) == 1
    assert own.read_text("utf-8") == text
    capsys.readouterr()
    assert main([*command, str(tmp_path / "card.md")]) == 0
    said = capsys.readouterr()
    assert "wrote " in said.out
    assert "huggingface: The keys of the front matter" in said.err
    assert main([*command, "-"]) == 0
    assert capsys.readouterr().out == (tmp_path / "card.md").read_text("utf-8")


def test_texts_of_users_are_escaped() -> None:
    assert in_yaml('a "b"\u2028\u0085') == '"a \\"b\\"\\u2028\\u0085"'
    assert in_markdown("a|b*c\nd") == "a\\|b\\*c d"
    assert in_markdown("- a") == "\\- a"
    assert in_markdown("---") == "\\---"
    assert in_markdown("2024. a") == "2024\\. a"
    assert in_markdown("-2.5 and 2024.5") == "-2.5 and 2024.5"
    assert in_latex("50 % of {a} \\ b_c") == r"50 \% of \textbraceleft{}a\textbraceright{} \textbackslash{} b\_c"
    assert one_line("  a\r\n\tb\x00 ") == "a b"


def test_the_judges_are_there() -> None:
    for judge in ("huggingface-hub",):
        assert importlib.metadata.version(judge)
