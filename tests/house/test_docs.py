"""The documentation says what the program does: generated pages are fresh, and the README's commands exist."""

from __future__ import annotations

import importlib.util
import re
import shlex
import shutil
import socket
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from conftest import ROOT

from lca.cli.main import main
from lca.descriptor.document import read_document


def module(name: str) -> ModuleType:
    """Return a module of docs/, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def pages() -> dict[str, Callable[[], str]]:
    found: dict[str, Callable[[], str]] = module("generate").PAGES
    return found


@pytest.mark.parametrize("name", sorted(pages()))
def test_generated_pages_are_fresh(name: str) -> None:
    assert (ROOT / name).read_text("utf-8") == pages()[name](), "run python docs/generate.py"


SITE = module("site")
#: Every page that a reader of the clone may open.
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*/README.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in SITE.links(page.read_text("utf-8"), page):
        assert target.exists(), target
        assert target.is_relative_to(ROOT), target


def test_the_site_holds_what_its_pages_lead_to_and_fetches_nothing(tmp_path: Path) -> None:
    SITE.gather(tmp_path)
    gathered = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert {"index.md", "index.fr.md", "pipelines.md", "pipelines.fr.md", "images/first-page.png"} <= gathered
    assert {"clone/CONTRIBUTING.md", "clone/projects/minimal.yaml", "clone/LICENSE"} <= gathered
    for page in tmp_path.rglob("*.md"):
        for target in SITE.links(page.read_text("utf-8"), page):
            assert target.is_file(), (page, target)
    settings = read_document((ROOT / "mkdocs.yml").read_text("utf-8"), "mkdocs.yml").data
    assert settings["theme"]["font"] is False  # else a reader's browser would ask another server for it
    assert not {"extra_javascript", "extra_css", "repo_url"} & settings.keys()
    for entry in re.findall(r": ([\w/-]+\.md)", (ROOT / "mkdocs.yml").read_text("utf-8")):
        assert entry in gathered, entry


@pytest.mark.parametrize("page", ["README.md", "docs/guide-fr.md", "docs/method.md"])
def test_every_command_of_the_pages_exists(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    commands = set(re.findall(r"(?:\./run|`lca) (\w+)", (ROOT / page).read_text("utf-8"))) - {"test"}
    assert len(commands) > 3
    with pytest.raises(SystemExit):
        main(["--help"])
    known = capsys.readouterr().out
    for command in commands:
        assert re.search(rf"^    {command}\s", known, re.MULTILINE), command


#: What these commands return as printed: a strict check of a descriptor that answers nothing yet fails.
STATUS = {"check --strict": 1}


def filled_in(_: object, sockets: list[socket.socket]) -> None:
    """Do what a person does with the form, which has tests of its own: end it with a file that was not there."""
    for one in sockets:
        one.close()
    if not Path("my-project.yaml").exists():
        main(["new", "my-project.yaml"])


@pytest.mark.usefixtures("small_pdf")
@pytest.mark.parametrize("page", ["README.md", "docs/guide-fr.md"])
def test_the_commands_of_a_page_work_in_their_order(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("uvicorn.Server.run", filled_in)
    monkeypatch.setattr("webbrowser.open", lambda *_: True)
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


def test_the_readme_is_short_and_begins_with_the_picture_and_three_commands() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert len(text.splitlines()) < 150
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    assert [line.split()[1] for line in blocks[0].splitlines()] == ["serve", "check", "report"]
    assert text.index("first-page.png") < text.index("```sh")


def test_every_example_is_listed() -> None:
    listed = set(re.findall(r"\]\(([\w-]+\.yaml)\)", (ROOT / "projects" / "README.md").read_text("utf-8")))
    assert listed == {path.name for path in (ROOT / "projects").glob("*.yaml")}


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
