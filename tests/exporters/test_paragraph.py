"""The methods paragraph: every source is cited and has an entry, and a user's words stay words in each form."""

from __future__ import annotations

import re

import pytest
from export_cases import HOSTILE, NAMES, study

from lca.exporters.escaping import in_latex, in_markdown
from lca.quantities.provenance import Factor
from lca.quantities.trees import leaves

ENTRY = re.compile(r"^@misc\{([^,\s]+),$", re.MULTILINE)


def written(name: str, form: str, language: str = "en") -> str:
    return study(name).export("paragraph", language, form).content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_each_citation_has_its_entry_and_each_source_is_cited(name: str) -> None:
    keys = ENTRY.findall(written(name, "bibtex"))
    assert len(keys) == len(set(keys))
    markdown = written(name, "markdown")
    assert set(re.findall(r"(?<!\\)@([\w.-]+)[;\]]", markdown.partition("```")[0])) == set(keys)
    latex = written(name, "latex")
    cited = {key for group in re.findall(r"\\cite\{([^}]*)\}", latex) for key in group.split(",")}
    assert cited == set(keys) == set(ENTRY.findall(latex)) == set(ENTRY.findall(markdown))
    factors = [leaf.origin for leaf in leaves(study(name).roots) if isinstance(leaf.origin, Factor)]
    used = {factor.source.id for factor in factors if factor.status != "own"}
    assert used <= set(keys)


@pytest.mark.parametrize("name", NAMES)
def test_braces_of_bibtex_are_balanced(name: str) -> None:
    depth = 0
    for sign in written(name, "bibtex"):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0


def test_a_hostile_text_stays_a_text() -> None:
    assert in_markdown(f"“{HOSTILE}”") in written("hostile", "markdown")
    latex = written("hostile", "latex")
    assert in_latex(HOSTILE) in latex
    commands = set(re.findall(r"\\([a-zA-Z]+)", latex))
    assert commands <= {
        *("begin", "end", "cite", "url", "times", "geq", "leq"),
        *("textsubscript", "textsuperscript", "textbraceleft", "textbraceright", "textless", "textgreater"),
        *("textbackslash", "textasciicircum", "textasciitilde", "textquotedbl", "textbar"),
    }


@pytest.mark.parametrize(("language", "expected"), [("en", "at least 710~L"), ("fr", "au moins 710~L")])
def test_a_partial_figure_says_at_least(language: str, expected: str) -> None:
    assert expected in written("alexnet-2012", "latex", language)


def test_what_is_not_assessed_is_named_and_never_zero() -> None:
    text = written("alexnet-2012", "markdown")
    assert "Not assessed, for want of factors: primary energy of manufacture, water taken in on site." in text
    stated = written("stated", "markdown")
    assert "manufacture not assessed" in stated
    assert "Stages not described, and so not assessed: collection, transfer" in stated


def test_without_draws_there_is_no_interval() -> None:
    text = study("minimal", 0).export("paragraph", "en").content.decode()
    assert "95 %" not in text
    assert "no draws were made" in text


def test_the_level_and_the_functional_unit_are_said() -> None:
    text = written("stable-diffusion-service", "markdown", "fr")
    assert "Son unité fonctionnelle est : one picture made." in text.replace("\u00a0", " ")
    assert "première évaluation" in text
