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
