"""Which module may import and do what: the layers are in pyproject.toml, the rest is here."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

PACKAGE = ROOT / "lca"

# Modules that touch the world: files, the clock, the terminal, the environment. All others only compute.
SHELL = {"__init__", "__main__", "face"}
SHELL_PACKAGES = ("cli", "web", "portfolio", "files")

# Each large library is behind one module, which can be read, tested and replaced alone.
ONLY_IN = {
    "babel": "presenting.conventions",
    "docx": "presenting.docx",
    "jinja2": "presenting.html",
    "jsonschema": "descriptor.schema",
    "matplotlib": "presenting.canvas",
    "pandas": "assessment.tables",
    "pypdf": "files.carried",
    "pypdfium2": "files.picture",
    "ruamel": "descriptor.written_nodes",
    "uvicorn": "cli.serving",
    "weasyprint": "files.pdf",
    "yaml": "descriptor.document descriptor.text_nodes",  # what a text says, and where each piece of it stands
}

IMPURE_MODULES = {
    "glob", "locale", "logging", "os", "pathlib", "platform", "random", "secrets", "shutil", "socket", "subprocess",
    "sys", "tempfile", "threading", "time", "urllib", "uuid", "warnings",
}  # fmt: skip
IMPURE_FUNCTIONS = {"breakpoint", "eval", "exec", "exit", "input", "open", "print"}
IMPURE_METHODS = {
    "now", "today", "utcnow", "read_text", "read_bytes", "write_text", "write_bytes", "seed", "RandomState",
}  # fmt: skip


def module_of(path: Path) -> str:
    """Return `problems` for lca/problems.py, `quantities.units` for lca/quantities/units.py."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


MODULES = {module_of(path): ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
PURE = sorted(name for name in set(MODULES) - SHELL if name.split(".")[0] not in SHELL_PACKAGES)


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: imports name their module in full"
            yield node.lineno, node.module or ""


def impure(tree: ast.AST) -> Iterator[str]:
    """Yield what a module does besides computing."""
    for line, name in imported(tree):
        if name.split(".")[0] in IMPURE_MODULES:
            yield f"line {line}: imports {name}"
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Name(id=name) if name in IMPURE_FUNCTIONS:
                yield f"line {node.lineno}: calls {name}()"
            case ast.Attribute(attr=name) if name in IMPURE_METHODS:
                yield f"line {node.lineno}: calls .{name}()"
            case ast.Attribute(attr="default_rng") if not (node.args or node.keywords):
                yield f"line {node.lineno}: draws without a seed"


@pytest.mark.parametrize("module", PURE)
def test_a_module_below_the_shell_only_computes(module: str) -> None:
    assert list(impure(MODULES[module])) == []


@pytest.mark.parametrize(
    "text",
    [
        "import os",
        "from pathlib import Path",
        "import urllib.request",
        "print(1)",
        "import datetime\ndatetime.date.today()",
        "import numpy as np\nnp.random.default_rng()",
        "def f(p):\n    return p.read_text()",
    ],
)
def test_the_check_finds_what_it_forbids(text: str) -> None:
    assert len(list(impure(ast.parse(text)))) == 1


@pytest.mark.parametrize(("library", "owner"), sorted(ONLY_IN.items()))
def test_a_library_is_imported_by_one_module(library: str, owner: str) -> None:
    users = {m for m, tree in MODULES.items() for _, name in imported(tree) if name.split(".")[0] == library}
    assert users == set(owner.split())


def test_the_shell_holds_only_modules_that_exist() -> None:
    assert set(MODULES) >= SHELL
