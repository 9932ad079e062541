"""The documentation says what the program does: generated pages are fresh, and the README's commands exist."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable

import pytest
from conftest import ROOT

from lca.cli import main


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


@pytest.mark.parametrize("page", ["README.md", "docs/guide-fr.md"])
def test_every_command_of_the_readme_exists(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    commands = set(re.findall(r"(?:\./run|\blca) (\w+)", (ROOT / page).read_text("utf-8"))) - {"test"}
    assert {"report", "check", "new"} <= commands
    with pytest.raises(SystemExit):
        main(["--help"])
    known = capsys.readouterr().out
    for command in commands:
        assert f"\n    {command} " in known, command
