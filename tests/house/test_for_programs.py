"""The page for programs: its lines run one after the other, and what it says of their output is so."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

PAGE = (ROOT / "docs" / "for-programs.md").read_text("utf-8")


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return what each line of the page prints, by the line without its comment."""
    folder = tmp_path_factory.mktemp("program")
    (folder / "bin").mkdir()
    program = folder / "bin" / "lca"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m lca "$@"\n', "utf-8")
    program.chmod(0o755)
    shutil.copy(ROOT / "tests/cases/codecarbon/two-places.csv", folder / "emissions.csv")
    path = f"{program.parent}:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}
    found = {}
    for line in "".join(re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)).splitlines():
        command = re.sub(r"\s+#.*", "", line)
        done = subprocess.run(
            ["sh", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        # A budget is not kept while stages of the draft are left open.
        assert done.returncode == (3 if "--budget" in command else 0), (command, done.stderr)
        target = re.search(r"(?:> |-o )(\S+)", command)
        found[command] = Path(folder / target[1]).read_text("utf-8") if target else done.stdout
    return found


def test_each_line_gives_json_alone(said: dict[str, str]) -> None:
    assert len(said) > 10
    for command, text in said.items():
        if "--json" in command or "schema" in command:
            json.loads(text)


def test_the_schema_has_what_the_page_names(said: dict[str, str]) -> None:
    text = said["lca schema project > project.schema.json"]
    words = re.findall(r"`(x-[a-z-]+)`", PAGE)
    assert len(words) == 6
    for word in words:
        assert f'"{word}"' in text, word
    assert "2020-12" in json.loads(text)["$schema"]


def test_keys_and_problems_have_what_the_page_names(said: dict[str, str]) -> None:
    keys = json.loads(said["lca keys machines.gpu --json"])["keys"]
    assert set(keys[0]) == {"name", "unit", "form", "is_required", "description", "example", "allowed"}
    for command in ("lca check draft.lca.yaml --json", "lca check - --json < draft.lca.yaml"):
        told = json.loads(said[command])
        assert set(told) == {"problems", "more"}
        assert set(told["problems"][0]) == {"file", "line", "column", "code", "severity", "message", "hint"}
        codes = {problem["code"] for problem in told["problems"]}
        assert codes == {"LCA614", "LCA602", "LCA608"}  # what is left of the template, and doubts on what was imported
        assert {problem["severity"] for problem in told["problems"]} == {"warning"}
    budgets = json.loads(said["lca check draft.lca.yaml --budget gwp100=100t --json"])["budgets"]
    assert [budget["verdict"] for budget in budgets] == ["partial"]


def test_the_result_has_its_format(said: dict[str, str]) -> None:
    assert json.loads(said["lca assess draft.lca.yaml --json > result.json"])["format"] == 1
