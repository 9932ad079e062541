"""A text in several languages: one that is missing is named, and no other language stands in."""

from __future__ import annotations

import pytest

from lca.quantities.by_language import Composed, MissingText, Text, first_missing, joined, unchanged, with_texts


def test_a_language_that_a_text_lacks_is_named_with_it() -> None:
    data = with_texts({"rows": {"one": {"en": "Water", "fr": "Eau", "width": 2}, "list": [{"en": "a"}]}}, "act")
    assert data["rows"]["one"].in_("fr") == "Eau"
    assert data["rows"]["one"]["width"] == 2
    with pytest.raises(MissingText, match=r'^no text "act\.rows\.one" in "it"$'):
        data["rows"]["one"].in_("it")
    with pytest.raises(MissingText, match=r'^no text "act\.rows\.list\.1" in "fr"$'):
        data["rows"]["list"][0].in_("fr")


def test_a_text_that_is_made_of_others_is_made_when_it_is_asked_for() -> None:
    one, other = Text({"en": "water", "fr": "eau"}, "one"), Text({"en": "heat"}, "other")
    both = joined([one, other], unchanged(", "))
    assert both
    assert both.en == "water, heat"
    with pytest.raises(MissingText, match='"other" in "fr"'):
        both.in_("fr")
    assert Composed(lambda language: language) != Composed(lambda language: language)


@pytest.mark.parametrize(
    ("translation", "missing"),
    [
        ({"a": "x", "b": {"c": "y", "d": ["1", "2"]}}, ""),
        ({"a": "x", "b": {"c": "y", "d": ["1"]}}, "b.d"),
        ({"a": "x", "b": {"d": ["1", "2"]}}, "b.c"),
        ({"a": None, "b": {}}, "a"),
        ({"a": "x", "b": "y"}, "b.c"),
        ({"a": "x"}, "b.c"),
    ],
)
def test_the_first_text_that_a_translation_lacks(translation: object, missing: str) -> None:
    assert first_missing(translation, {"a": "x", "b": {"c": "y", "d": ["1", "2"]}}) == missing
