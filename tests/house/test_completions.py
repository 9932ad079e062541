"""Completion: a shell that reads what `lca completion` prints completes commands, options, their values and files."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT

from lca.cli.completing import SHELLS
from lca.cli.main import main

#: Reads the script from standard input, then completes the words that are given, the last of which is unfinished.
BASH = """
source /dev/stdin
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _lca lca "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["ch"], {"check"}),
        (["check", "--st"], {"--strict"}),
        (["report", "--layout", ""], {"dossier", "full", "page", "jury"}),
        (["new", "mine.yaml", "--template", "f"], {"finetuning", "federated", "field-study"}),
        (["factors", ""], {"search", "show", "diff"}),
        (["check", "projects/mini"], {"projects/minimal.yaml"}),
        (["dnsh", "letter", "projects/mini"], {"projects/minimal.yaml"}),
        (["report", "-o", "proj"], {"projects"}),
        (["completion", ""], set(SHELLS)),
        (["dnsh", "let"], {"letter"}),
        (["factors", "show", "--"], {"--help", "--json"}),
        (["explain", "projects/minimal.yaml", "--seed", ""], set()),  # a number
    ],
)
def test_bash_completes(words: list[str], expected: set[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "bash"]) == 0
    script = capsys.readouterr().out
    done = subprocess.run(
        ["bash", "--norc", "-c", BASH, "bash", "lca", *words],
        input=script,
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert done.stderr == ""
    assert {line.strip() for line in done.stdout.splitlines()} - {""} == expected


@pytest.mark.skipif(shutil.which("fish") is None, reason="no fish here")
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("lca ch", {"check"}),
        ("lca report --layout ", {"dossier", "full", "page", "jury"}),
        ("lca factors show --j", {"--json"}),
        ("lca check projects/mini", {"projects/minimal.yaml"}),
    ],
)
def test_fish_completes(line: str, expected: set[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "fish"]) == 0
    script = f"source; complete -C '{line}'"
    done = subprocess.run(
        ["fish", "--no-config", "-c", script],
        input=capsys.readouterr().out,
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert {found.split("\t")[0] for found in done.stdout.splitlines()} == expected


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_is_one_of_its_shell(shell: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    assert main(["completion", shell]) == 0
    script = tmp_path / "script"
    script.write_text(capsys.readouterr().out, "utf-8")
    subprocess.run([shell, "-n", script], check=True)
