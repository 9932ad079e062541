"""Names of language models: folded as interfaces print them, asked where they may mean several, never guessed."""

from __future__ import annotations

import re

import pytest

import lca

MODELS = lca.catalogue().models


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("openai/gpt-4o-2024-08-06", "gpt-4o"),
        ("GPT 4o", "gpt-4o"),
        ("azure/gpt-4o@2024-05-13", "gpt-4o"),
        ("gpt-4-0613", "gpt-4"),
        ("ft:gpt-4o-mini-2024-07-18:org::id", "gpt-4o-mini"),
        ("us.anthropic.claude-3-5-sonnet-20241022-v2:0", "claude-3-5-sonnet-20241022"),
        ("claude-3.5-sonnet", "claude-3-5-sonnet-20241022"),
        ("meta-llama/Meta-Llama-3.1-8B-Instruct", "llama-3.1-8b-instruct"),
        ("llama3.1:8b", "llama-3.1-8b-instruct"),
        ("models/gemini-2.5-flash", "gemini-2.5-flash"),
    ],
)
def test_spellings_of_one_model(name: str, meant: str) -> None:
    assert (MODELS.find(name).kind, MODELS.find(name).identifier) == ("exact", meant)


@pytest.mark.parametrize("name", ["mistral-large-latest", "mistral-large", "deepseek-chat", "devstral-small"])
def test_a_name_of_several_models_is_asked(name: str) -> None:
    found = MODELS.find(name)
    assert (found.kind, found.identifier) == ("ambiguous", "")
    assert found.candidates


@pytest.mark.parametrize(
    "name", ["gpt-41", "llama-3-18b", "llama-31-8b", "gpt-4o-audio", "o1-preview", "", "-", "mistral-small-2503"]
)
def test_no_name_is_guessed(name: str) -> None:
    assert MODELS.find(name).kind == "none"


def test_every_name_of_the_table_is_found() -> None:
    for model in MODELS.by_id.values():
        for name in (model.id, *model.aliases, model.id.upper()):
            assert MODELS.find(name).identifier == model.id, name


def test_a_suggestion_never_has_other_digits() -> None:
    for name in ("gtp-4o", "lama-3.1-8b-instruct", "claude-sonet-4-5", "gpt-4p", "gemni-2.5-pro"):
        for suggested in re.findall(r"`([^`]+)`", MODELS.suggestion(name)):
            assert re.findall(r"\d+", suggested) == re.findall(r"\d+", name)


def test_a_closed_model_has_no_size_and_an_open_one_has_a_positive_one() -> None:
    book = lca.catalogue()
    for model in MODELS.by_id.values():
        whole, active = book.find(f"model/{model.id}/parameters"), book.find(f"model/{model.id}/active-parameters")
        assert model.is_open or whole is None
        assert whole is None or whole.value > 0
        assert active is None or (whole is not None and active.value < whole.value)
