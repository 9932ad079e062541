"""What every key means stands in French, and every French meaning belongs to a key that there is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lca.cli.main import main
from lca.descriptor.keys import place_at
from lca.files.shipped import project_schema, words_of_keys


def meanings(path: str = "") -> dict[str, str]:
    """Return the English meaning of every key below a path, by its path."""
    place = place_at(project_schema(), path)
    if place is None:
        return {}
    found = {place.path: place.description}
    for key in place.keys:
        below = f"{place.path}.{key.name}".lstrip(".")
        found[below] = key.description
        found |= meanings(below)
    return found


ALL = meanings()


def test_every_french_text_belongs_to_a_key() -> None:
    words = words_of_keys("fr")
    assert words["texts"].keys() - ALL.keys() == set()


def test_every_key_is_french() -> None:
    words: Any = words_of_keys("fr")
    own = {path: text for path, text in ALL.items() if text and path not in words["texts"]}
    assert {path: text for path, text in own.items() if text not in words["meanings"]} == {}


def test_a_scenario_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    for path in ("sites.a", "scenarios.other.sites.a"):
        assert main(["keys", path, "--lang", "fr"]) == 0
    plain, scenario = capsys.readouterr().out.split("scenarios.NAME.")
    assert plain.strip().split("\n")[1:] == scenario.strip().split("\n")[1:]


def test_the_command_prints_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys", "inference.answers.api", "--lang", "fr", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["description"].startswith("Une interface d'autrui qui répond aux requêtes")
    assert {key["name"]: key["description"] for key in printed["keys"]}["provider"] == "Qui l'offre."
