"""The page on exports: it names every format with its forms, and its commands run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from conftest import ROOT

from lca.cli.main import main
from lca.exporters import FORMATS, exporter_of

PAGE = (ROOT / "docs" / "exports.md").read_text("utf-8")
COMMANDS = re.findall(r"^lca (export .+)$", PAGE, re.MULTILINE)


FORM = re.search(r"```yaml\n(title: .+?)```", PAGE, re.DOTALL)


def test_the_form_of_a_call_is_filled_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert FORM is not None
    monkeypatch.chdir(tmp_path)
    (tmp_path / "our-call.yaml").write_text(FORM[1], encoding="utf-8")
    (command,) = re.findall(r"^lca (dnsh export .+)$", PAGE, re.MULTILINE)
    words = [str(ROOT / word) if word.startswith("projects/") else word for word in shlex.split(command)]
    assert main([*words, "--draws", "20"]) == 0
    assert (tmp_path / "answer.docx").read_bytes()[:2] == b"PK"


def test_every_format_stands_in_the_table_with_its_forms() -> None:
    rows = dict(re.findall(r"^\| `([\w-]+)` \| ([^|]+) \|", PAGE, re.MULTILINE))
    assert {name: tuple(forms.split(", ")) for name, forms in rows.items()} == {
        name: tuple(exporter_of(name).forms) for name in FORMATS
    }
    assert [command.split()[1] for command in COMMANDS] == list(rows)


@pytest.mark.parametrize("command", COMMANDS)
def test_its_commands_run(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    words = [str(ROOT / word) if word.startswith("projects/") else word for word in shlex.split(command)]
    assert main([*words, "--draws", "20", "--as-of", "2026-11-24"]) == 0
    assert len(list(tmp_path.iterdir())) == words.count("-o")
