"""Inside a subject: what prints, what computes and what is declared; the layers between rooms are in pyproject.toml."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import PAGE_DRAWS, ROOT, assess_file, report_html, section_of

import lca.subjects
from lca.descriptor.document import read_document

SUBJECTS = ROOT / "lca" / "subjects"
#: Modules that print; only these know how anything is written.
VIEWS = {"section", "law_section", "forms", "contract", "charts"}
MODULES = sorted(path for path in SUBJECTS.glob("*/**/*.py") if path.name != "__init__.py")


def imports(path: Path) -> Iterator[tuple[str, ...]]:
    """Yield the parts of each module of the program that a module imports, a module of a package by its own name."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("lca."):
            parts = tuple(node.module.split("."))
            if len(parts) == 3 and parts[1] == "subjects":
                yield from ((*parts, alias.name) for alias in node.names)
            else:
                yield parts


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SUBJECTS).as_posix())
def test_a_module_knows_only_what_its_place_allows(path: Path) -> None:
    subject, module = path.relative_to(SUBJECTS).with_suffix("").parts[:2]
    for parts in imports(path):
        room = parts[1]
        if room == "presenting":
            assert module in VIEWS, f"only views present: {parts}"
        elif room == "subjects" and len(parts) > 3 and parts[3] in VIEWS:
            assert parts[2] == subject, f"a view of another subject: {parts}"
            assert module in VIEWS, f"what computes knows no view: {parts}"


def test_a_subject_is_three_folders_of_one_name_and_one_line() -> None:
    folders = {path.name for path in SUBJECTS.iterdir() if (path / "__init__.py").exists()}
    assert folders == set(lca.subjects.FOLDERS)
    for name in folders:
        assert (ROOT / "templates" / name).is_dir(), name
        assert (ROOT / "tests" / name).is_dir(), name
        for language in ("en", "fr"):
            words = ROOT / "templates" / name / f"{language}.yaml"
            assert read_document(words.read_text("utf-8"), words.name).data, words


def test_every_subject_prints_and_exports() -> None:
    for subject in lca.subjects.SUBJECTS:
        assert subject.module("section").SECTIONS, subject.name
        assert callable(subject.module("contract").contract), subject.name


def test_no_word_is_given_by_two_rooms() -> None:
    for language in ("en", "fr"):
        seen: dict[str, str] = {}
        for path in sorted((ROOT / "templates").glob(f"*/{language}.yaml")):
            for word in read_document(path.read_text("utf-8"), path.name).data:
                assert word not in seen, f"{word}: {seen.get(word)} and {path.parent.name}"
                seen[word] = path.parent.name


@pytest.mark.parametrize(
    "kind", ["benefit", "results", "checklist", "uncertainty", "methods", "claims", "frugal-ai", "frugality"]
)
def test_a_section_renders_alone(kind: str) -> None:
    path = ROOT / "projects" / "transition-call.yaml"
    html = section_of(assess_file(path, PAGE_DRAWS), kind, "fr")
    assert html.startswith(f'<section id="{kind}">') or f'<section id="{kind}">' in html
    assert "{{" not in html
    assert html.strip() in report_html(path, "fr")
