"""The schema in French: every title and description is there, none is English, and nothing else differs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import ROOT

from lca.cli.main import main
from lca.descriptor.document import read_document
from lca.descriptor.reading import validate
from lca.descriptor.translated import translated
from lca.files.folders import languages_of_keys
from lca.files.shipped import read_schema, schema_in, words_of_keys
from lca.quantities.by_language import ORIGINAL, MissingText

SCHEMAS = ("project", "scenario")
TRANSLATIONS = [language for language in languages_of_keys() if language != ORIGINAL]
#: Titles that French writes as English does.
ALIKE = {
    *(
        "Action",
        "Attribution",
        "Audit",
        "Catalogue",
        "Clients",
        "Condition",
        "Copies",
        "Correction",
        "Date",
        "Description",
    ),
    *("Distance", "Distribution", "Empreinte Projet", "Horizon", "Images", "Impacts", "Interface", "Justification"),
    *("Licence", "Machine", "Machines", "PUE", "Pedigree", "Plan", "Population", "Service", "Sigma", "Site"),
    *("Sites", "Source", "Sources", "Type", "Version", "Volume", "WUE", "Exclusion", "GSD = exp(sigma)."),
}


def texts(node: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every title and description of a schema with its place, the last step being which of both it is."""
    for key, inner in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        here = (*place, str(key))
        if key in ("examples", "enum", "const", "default"):
            continue
        if isinstance(inner, str) and key in ("title", "description"):
            yield here, inner
        else:
            yield from texts(inner, here)


def without_texts(node: Any) -> Any:
    if isinstance(node, dict):
        kept = {
            key: value
            for key, value in node.items()
            if not (key in ("title", "description") and isinstance(value, str))
        }
        return {key: without_texts(value) for key, value in kept.items()}
    return [without_texts(part) for part in node] if isinstance(node, list) else node


@pytest.mark.parametrize("language", TRANSLATIONS)
@pytest.mark.parametrize("name", SCHEMAS)
def test_every_title_and_description_is_translated_and_nothing_else_differs(name: str, language: str) -> None:
    english, own = dict(texts(read_schema(name))), dict(texts(schema_in(name, language)))
    assert english.keys() == own.keys()
    assert len(english) > 1000
    same = {text for place, text in english.items() if own[place] == text}
    assert same <= (ALIKE if language == "fr" else set())
    assert not [place for place, text in own.items() if not text.strip()]
    assert without_texts(read_schema(name)) == without_texts(schema_in(name, language))


def test_the_words_that_both_languages_share_are_in_use() -> None:
    english, french = (dict(texts(schema_in("project", language))) for language in (ORIGINAL, "fr"))
    assert {text for place, text in english.items() if french[place] == text} == ALIKE


@pytest.mark.parametrize("path", sorted((ROOT / "projects").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_examples_are_as_right_in_french(path: Any) -> None:
    document = read_document(path.read_text("utf-8"), path.name)
    schema = {**schema_in("project", "fr")}
    schema["properties"] = {key: value for key, value in schema["properties"].items() if key != "scenarios"}
    data = {key: value for key, value in document.data.items() if key != "scenarios"}
    _, problems = validate(read_document(json.dumps(data, ensure_ascii=False), path.name), schema)
    assert not [problem for problem in problems if problem.code.startswith("LCA2")]


def test_a_text_that_is_missing_is_named() -> None:
    words = words_of_keys("fr")
    titles = {title: text for title, text in words["titles"].items() if title != "Applicant"}
    with pytest.raises(MissingText, match=r'^no text "keys\.titles\.Applicant" in "fr"$'):
        translated(read_schema("project"), {**words, "titles": titles}, "fr")
    with pytest.raises(MissingText, match=r'in "it"$'):
        schema_in("project", "it")


def test_no_translation_is_left_over() -> None:
    words = words_of_keys("fr")
    used = {" ".join(text.split()) for name in SCHEMAS for _, text in texts(read_schema(name))}
    assert not words["titles"].keys() - used
    assert not words["meanings"].keys() - used


def test_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "project", "--lang", "fr"]) == 0
    printed = capsys.readouterr().out
    assert json.loads(printed)["properties"]["project"]["properties"]["applicant"]["title"] == "Porteur"
    assert main(["schema", "project"]) == 0
    assert len(printed.splitlines()) == len(capsys.readouterr().out.splitlines())
    assert main(["schema", "assessment", "--lang", "fr"]) == 1
    assert "n’est qu’en anglais" in capsys.readouterr().err
