"""The names of the public face: each is there, and the catalogue stays a function whatever is imported."""

from __future__ import annotations

import importlib
import subprocess
import sys

from conftest import ROOT

import lca

HEAVY = (
    "babel",
    "docx",
    "jinja2",
    "jsonschema",
    "matplotlib",
    "numpy",
    "pandas",
    "pint",
    "pypdf",
    "weasyprint",
    "yaml",
)


def in_a_new_process(code: str) -> list[str]:
    """Return the words that a new interpreter prints."""
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout.split()


def test_the_import_alone_imports_nothing_heavy() -> None:
    loaded = set(in_a_new_process("import sys, lca; print(lca.__version__, *sys.modules)"))
    assert lca.__version__ in loaded
    assert "lca" in loaded
    assert not loaded & set(HEAVY)
    assert not [name for name in loaded if name.startswith("lca.")]


def test_every_name_is_there() -> None:
    assert set(in_a_new_process("import lca; print(*(n for n in lca.__all__ if getattr(lca, n)))")) == set(lca.__all__)
    for name in lca.__all__:
        assert getattr(lca, name), name
    assert set(dir(lca)) == set(lca.__all__)


def test_the_catalogue_is_a_function_beside_the_room_of_that_name() -> None:
    importlib.import_module("lca.catalogue.book")
    assert lca.catalogue().find("pue/world/2024") is not None
    assert lca.catalogue().version == "2026.2"


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    assert not hasattr(lca, "no_such_name")
