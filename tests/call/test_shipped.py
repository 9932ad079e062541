"""The shipped profiles, and an agency's own: read without a doubt, every rule with its source or open."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import ROOT

from lca.call.profile import Profile, Rule, said_in
from lca.cli.main import main
from lca.descriptor.document import read_document
from lca.files.answering import read_call
from lca.files.calls import find_call, shipped_calls
from lca.files.shipped import read_schema, schema_in

AGENCY = ROOT / "docs" / "examples" / "agency-call" / "regional.yaml"


def shipped(name: str) -> Profile:
    profile, doubts = read_call(*find_call(name))
    assert doubts == []
    return profile


def test_three_profiles_are_shipped() -> None:
    assert shipped_calls() == ("france-2030", "horizon-europe", "masters-course")


@pytest.mark.parametrize("name", shipped_calls())
def test_every_rule_of_a_shipped_profile_is_open_or_has_its_source_in_both_languages(name: str) -> None:
    profile = shipped(name)
    rules = list(profile.rules())
    assert len(rules) == len([f for f in Profile.__struct_fields__ if f not in ("name", "notes")])
    for rule in rules:
        assert bool(rule.open) != (rule.source is not None), rule.path
        texts = [rule.open] if rule.source is None else [rule.source.title, rule.source.locator]
        for text in texts:
            assert not isinstance(text, str), rule.path
            assert text.keys() == {"en", "fr"}, rule.path


def test_horizon_europe_does_not_score_the_checklist() -> None:
    profile = shipped("horizon-europe")
    assert profile.dnsh is not None
    assert not profile.dnsh.scored
    assert profile.hidden_on_page_one == {"checklist"}


def test_no_shipped_profile_refuses_a_dossier_for_no_text_that_was_read_does() -> None:
    assert {rule.otherwise for name in shipped_calls() for rule in shipped(name).rules()} == {"to-complete"}


def test_an_agencys_own_profile_needs_no_code(capsys: pytest.CaptureFixture[str]) -> None:
    vineyard, transition = (str(ROOT / "projects" / f"{name}.yaml") for name in ("vineyard", "transition-call"))
    options = ["--call", str(AGENCY), "--as-of", "2026-11-24"]
    assert main(["check", vineyard, *options]) == 4
    assert main(["check", transition, *options]) == 5
    assert main(["check", vineyard, transition, *options, "--json"]) == 5
    printed = json.loads(capsys.readouterr().out.partition("\n{")[2].join(["{", ""]))
    by_file = {Path(one["file"]).stem: one for one in printed["admissibility"]}
    assert by_file["vineyard"]["verdict"] == "to-complete"
    assert [(one["rule"], one["line"]) for one in by_file["transition-call"]["lacking"]] == [
        ("law", 119),
        ("stages", 33),
        ("stages", 34),
        ("functional_unit", 26),
        ("reference", 48),
    ]
    (refused,) = (one for one in by_file["transition-call"]["lacking"] if one["otherwise"] == "not-admissible")
    assert refused["source"]["locator"] == "article 7"


def test_the_form_of_an_agencys_annex_stands_beside_its_profile(capsys: pytest.CaptureFixture[str]) -> None:
    vineyard = str(ROOT / "projects" / "vineyard.yaml")
    assert main(["dnsh", "export", vineyard, "--call", str(AGENCY), "--draws", "0", "--as-of", "2026-11-24"]) == 0
    assert capsys.readouterr().out.startswith("Annexe 1 de l’appel régional\n")
    assert main(["dnsh", "export", vineyard, "--as-of", "2026-11-24", "--draws", "0"]) == 1
    assert "aucun appel n’en nomme" in capsys.readouterr().err


def test_the_schema_is_valid_and_translated() -> None:
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(read_schema("call"))
    assert schema_in("call", "fr")["title"] == "Profil d’un appel"
    for path in (AGENCY, *(ROOT / "templates" / "calls").glob("*.yaml")):
        data = read_document(path.read_text("utf-8"), path.name).data
        assert list(Draft202012Validator(read_schema("call")).iter_errors(data)) == [], path.name


def test_a_text_is_said_in_the_language_that_its_author_wrote() -> None:
    assert said_in("Appel", "en") == "Appel"
    assert said_in({"fr": "Appel"}, "en") == "Appel"
    assert said_in({"en": "Call", "fr": "Appel"}, "fr") == "Appel"


def test_a_rule_is_to_be_completed_unless_the_profile_says_otherwise() -> None:
    assert Rule().otherwise == "to-complete"
