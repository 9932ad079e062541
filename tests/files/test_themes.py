"""A theme lies over the shipped texts, and neither runs nor fetches anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import PAGE_DRAWS, ROOT, assess_file

from lca.problems import Problem, ProblemsFound

EXAMPLE = ROOT / "docs/examples/agency-theme"
MINIMAL = ROOT / "projects/minimal.yaml"


def html(theme: Path, language: str = "fr") -> str:
    return assess_file(MINIMAL, PAGE_DRAWS).report(language, "page", theme).html


def problems(theme: Path) -> list[Problem]:
    with pytest.raises(ProblemsFound) as found:
        html(theme)
    assert {problem.code for problem in found.value.problems} == {"LCA417"}
    return list(found.value.problems)


@pytest.mark.parametrize(("language", "kicker"), [("fr", "appel IA frugale 2026"), ("en", "call on frugal AI 2026")])
def test_the_example_replaces_words_and_colours(language: str, kicker: str) -> None:
    page = html(EXAMPLE, language)
    assert kicker in page
    assert "#7a1f4b" in page
    assert "default-src 'none'" in page


def test_a_template_of_a_theme_is_filled_in(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/answer.html.j2").write_text(
        '<section class="sheet answer" id="result"><h1>{{ project.name }}</h1>{{ headline[0] }}</section>', "utf-8"
    )
    page = html(tmp_path)
    assert "<h1>Minimal example</h1>Le projet émet au moins" in page


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("pages/answer.html.j2", "<script>alert(1)</script>", "writes <script>"),
        ("pages/answer.html.j2", "<p onclick='x()'>", "writes <p onclick>"),
        ("pages/answer.html.j2", "<a href=' JavaScript:x()'>a</a>", "writes <a href>"),
        ("pages/answer.html.j2", "<meta http-equiv=refresh content=0>", "writes <meta>"),
        ("pages/answer.html.j2", "{{ t.__class__.__mro__ }}", "unsafe"),
        ("pages/answer.html.j2", "{{ project.name.__init__.__globals__ }}", "unsafe"),
        ("pages/answer.html.j2", "{% include '/etc/passwd' %}", "cannot be filled in"),
        ("pages/answer.html.j2", "{% for %}", "cannot be read"),
        ("pages/dossier.html.j2", "<html></html>", "lies over nothing"),
        ("pages/anser.html.j2", "x", "lies over nothing"),
        ("theme.css", "a { background: url(http://127.0.0.1/x) }", "may not hold `url(`"),
        ("theme.css", "@import 'x.css';", "may not hold `@import`"),
        ("theme.css", "</style><script>", "may not hold `</`"),
        ("pages/fr.yaml", "dossier: {headline: {at_least: '{amount.__class__}'}}", "has no hole"),
        ("pages/fr.yaml", "dossier: {headline: {at_lest: x}}", "there is no text"),
        ("pages/fr.yaml", "dossier: {headline: [1]}", "another kind"),
        ("pages/xx.yaml", "dossier: {}", "lies over nothing"),
        ("run.py", "print(1)", "lies over nothing"),
    ],
)
def test_what_a_theme_may_not_hold_is_told(tmp_path: Path, name: str, text: str, said: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    (found,) = problems(tmp_path)
    assert said in found.message


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "theme.css").symlink_to("/etc/passwd")
    assert "a link" in problems(tmp_path)[0].message


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    assert "there is no theme" in problems(tmp_path)[0].message
