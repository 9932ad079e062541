"""The documentation says what the program does: generated pages are fresh, and the README's commands exist."""

from __future__ import annotations

import importlib.util
import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT

from lca.cli.main import main


def pages() -> dict[str, Callable[[], str]]:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: dict[str, Callable[[], str]] = module.PAGES
    return found


@pytest.mark.parametrize("name", sorted(pages()))
def test_generated_pages_are_fresh(name: str) -> None:
    assert (ROOT / name).read_text("utf-8") == pages()[name](), "run python docs/generate.py"


@pytest.mark.parametrize("page", ["README.md", "docs/guide-fr.md", "docs/method.md"])
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert ((ROOT / page).parent / target).exists(), target


@pytest.mark.parametrize("page", ["README.md", "docs/guide-fr.md", "docs/method.md"])
def test_every_command_of_the_pages_exists(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    commands = set(re.findall(r"(?:\./run|`lca) (\w+)", (ROOT / page).read_text("utf-8"))) - {"test"}
    assert len(commands) > 3
    with pytest.raises(SystemExit):
        main(["--help"])
    known = capsys.readouterr().out
    for command in commands:
        assert f"\n    {command} " in known, command


#: What these commands return as printed: a strict check of a descriptor that answers nothing yet fails.
STATUS = {"check --strict": 1}


@pytest.mark.usefixtures("small_pdf")
@pytest.mark.parametrize("page", ["README.md", "docs/guide-fr.md"])
def test_the_commands_of_a_page_work_in_their_order(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "projects").symlink_to(ROOT / "projects")
    shutil.copy(ROOT / "tests/cases/codecarbon/two-places.csv", "emissions.csv")
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / page).read_text("utf-8"), re.DOTALL)
    lines = [line.removeprefix("./run ") for line in "".join(blocks).splitlines() if line.startswith("./run ")]
    assert lines
    for line in lines:
        words = shlex.split(line, comments=True)
        if words != ["test"]:
            more = ["--draws", "50"] if words[0] in ("report", "assess", "compare", "sweep") else []
            assert main([*words, *more]) == STATUS.get(" ".join(words[:2]), 0), (line, capsys.readouterr().err)


def test_every_command_of_the_scenarios_works(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    page = (ROOT / "docs" / "scenarios.md").read_text("utf-8")
    commands = re.findall(r"\| `lca ([^`]+)` \|", page)
    assert len(commands) > 20
    for command in dict.fromkeys(commands):
        words = shlex.split(command)
        if words[0] == "import":
            continue  # the log is the reader's own
        if words[0] == "report":
            words += ["--html", "-o", str(tmp_path)]
        fast = ["--draws", "0"] if words[0] in ("assess", "compare", "explain", "report", "sweep") else []
        assert main([*words, *fast]) == 0, (command, capsys.readouterr().err)
