"""Spaces of French: thin before ; ? !, fixed before : and inside guillemets, in all of our own words; none in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from lca.files.rooms import messages_of_rooms
from lca.files.shipped import catalogue, load_checklist, load_claim_rules, load_form, words, words_of_keys
from lca.presenting.typography import FIXED, THIN, Typography, plain
from lca.presenting.writer import Writer

FRENCH = Typography(thin_before=";!?%", fixed_before=":»", fixed_after="«")
#: What a person types or an address holds, and times of day: no text of French.
_CODE = re.compile(r"`[^`]*`|https?:\S+|\{[^}]*\}|<[^>]*>|\(\?[:!=]|\d:\d|“[^”]*”|\w+:(?= \{)")


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Quoi ? Ceci ; cela !", f"Quoi{THIN}? Ceci{THIN}; cela{THIN}!"),
        (f"Quoi{FIXED}? Cela{THIN}: 5 %", f"Quoi{THIN}? Cela{FIXED}: 5{THIN}%"),
        ("« oui » : non", f"«{FIXED}oui{FIXED}»{FIXED}: non"),
        (f"«{THIN}oui »", f"«{FIXED}oui{FIXED}»"),
        (" : ", f"{FIXED}: "),
        (" ; ", f"{THIN}; "),
        ("a :b, x ?y, 12:30, `a: b`", "a :b, x ?y, 12:30, `a: b`"),
        ("plain; text: no", "plain; text: no"),
    ],
)
def test_a_space_is_changed_where_one_stands_and_put_nowhere(typed: str, set_: str) -> None:
    assert FRENCH(typed) == set_
    assert FRENCH(set_) == set_


def test_english_stays_as_it_is_and_what_is_no_text_too() -> None:
    english, french = Writer("en", words("en")), Writer("fr", words("fr"))
    assert english.typeset("What ? « this » : 5 %") == "What ? « this » : 5 %"
    assert french.typeset("Quoi ?") == f"Quoi{THIN}?"
    assert french.typeset(3) == 3
    assert plain(french.typeset("« 5 % » ; quoi ?")) == "« 5 % » ; quoi ?"


def texts(node: Any, kind: type = str) -> Iterator[str]:
    if isinstance(node, kind):
        yield str(node)
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list | tuple) else ():
        yield from texts(inner, kind)


def beside(node: Any) -> Iterator[str]:
    """Yield every French text that stands beside an English one."""
    if isinstance(node, dict) and isinstance(node.get("fr"), str):
        yield node["fr"]
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list | tuple) else ():
        yield from beside(inner)


def own_french() -> Iterator[str]:
    """Yield all of our own words in French as they stand in their files, or as they are read."""
    yield from texts(
        {word: text for word, text in words("fr").items() if word not in ("messages", "first_of_month", "typography")}
    )
    yield from texts(words_of_keys("fr"))
    yield from texts(messages_of_rooms("fr"))
    checklist, book = load_checklist(), catalogue()
    for act in checklist.acts.values():
        yield from beside(
            [act.when, *act.notes, *([act.substantial_contribution] if act.substantial_contribution else [])]
        )
        for row in act.criteria.values():
            yield from beside([row.question, *row.notes, *([row.text] if row.text_kind == "paraphrase" else [])])
    yield from beside(checklist.words)
    for rule in load_claim_rules().rules.values():
        yield from beside([rule.title, rule.reason, rule.source, rule.wording])
    for form in ("letter", "horizon-europe", "national", "rrf", "ai-act"):
        yield from beside(load_form(form))
    yield from beside([*(i.name for i in book.indicators.values()), *(i.method for i in book.indicators.values())])
    yield from beside([kind.reason for kind in book.classes.values()])


def test_all_our_own_french_has_its_spaces_once_it_is_typeset() -> None:
    found = [FRENCH(text) for text in own_french()]
    assert len(found) > 3000
    for text in found:
        prose = _CODE.sub("", text)
        assert not re.search(rf"[^\s{THIN}(«“][;?!](?=\s|$)", prose), text
        assert not re.search(rf"[ {FIXED}][;?!](?=\s|$)", prose), text
        assert not re.search(r"[^\s][:»](?=\s|$)", prose), text
        assert not re.search(rf"«(?!{FIXED})", prose), text


def test_the_signs_of_the_checklists_numbers_are_those_of_its_readers() -> None:
    details = load_checklist().words["details"]
    for language in details["decimal"]:
        signs = words(language)
        assert (details["decimal"][language], details["group"][language]) == (signs["decimal"], signs["group"])
