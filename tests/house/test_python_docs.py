"""What docs/python.md shows runs as shown, and gives what it says; so does the example notebook."""

from __future__ import annotations

import ast
import re
import runpy
from typing import Any

import pytest
from conftest import ROOT

import lca

PAGE = ROOT / "docs" / "python.md"
NOTEBOOK = ROOT / "docs" / "examples" / "first_assessment.py"

#: What the last line of a statement is said to give.
_EXPECTED = re.compile(r"  # -> (.*)$")


def blocks(page: str) -> list[tuple[int, str]]:
    """Return the Python blocks of a page, each with the number of the line before it."""
    found = re.finditer(r"^```python\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    return [(page.count("\n", 0, match.start(1)), match[1]) for match in found]


def run(source: str, line: int, names: dict[str, Any]) -> list[str]:
    """Run a block; return where an expression does not give what is said behind it."""
    differing = []
    lines = source.splitlines()
    for node in ast.parse(source).body:
        code = ast.unparse(node)
        said = _EXPECTED.search(lines[(node.end_lineno or node.lineno) - 1])
        if said is None:
            exec(code, names)
        else:
            given = str(eval(code, names))
            if given != said[1]:
                differing.append(f"line {line + node.lineno}: {code} gives {given}, not {said[1]}")
    return differing


@pytest.mark.usefixtures("small_pdf")
def test_the_examples_of_the_page_give_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, Any] = {}
    differing = [found for line, source in blocks(PAGE.read_text("utf-8")) for found in run(source, line, names)]
    assert not differing, "\n".join(differing)


def test_an_example_that_gives_something_else_is_found() -> None:
    assert run("1 + 1  # -> 3\n", 0, {}) == ["line 1: 1 + 1 gives 2, not 3"]
    assert run("x = 1\nx  # -> 1\n", 0, {}) == []


def test_the_page_has_examples_and_names_the_whole_face() -> None:
    text = PAGE.read_text("utf-8")
    assert sum(len(_EXPECTED.findall(line)) for line in text.splitlines()) > 30
    table = text.partition("## Names")[2]
    assert {name for name in lca.__all__ if f"`{name}`" not in table} == set()


def test_the_notebook_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    names = runpy.run_path(str(NOTEBOOK))
    assert names["climate"].value == pytest.approx(43.46, rel=0.01)
    assert "as described" in capsys.readouterr().out
    assert 'id="result"' in names["assessment"]._repr_html_()


def test_the_notebook_is_one_for_editors() -> None:
    cells = re.findall(r"^# %%.*$", NOTEBOOK.read_text("utf-8"), re.MULTILINE)
    assert cells.count("# %%") > 4
    assert cells.count("# %% [markdown]") > 4
