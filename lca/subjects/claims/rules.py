"""What a claim rule is, and how its data are read: words to find, words that excuse, sources and wordings in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

LANGUAGES = ("en", "fr")

#: The same text by language.
ByLanguage = Mapping[str, str]

_NAMED = re.compile(r"\{([a-z_]+)\}")
_ESCAPED = re.compile(r"\\.|.(?=\{\d)")
_NESTED = re.compile(r"\([^()\[\]{}]*\)|\[[^()\[\]{}]*\]|\{[^()\[\]{}]*\}")
_OPTIONAL = re.compile(r".[?*]")


class Words(Struct, frozen=True):
    """Patterns of which any makes a claim, in a sentence that has what it `needs` and lacks what excuses it.

    `denying` says where words of negation do not take the claim back: `inside` it, as in "no impact", or `anywhere`, as in
    "free of what the law forbids".
    """

    find: tuple[Pattern, ...]
    needs: tuple[Pattern, ...] = ()
    unless: tuple[Pattern, ...] = ()
    unless_all: tuple[Pattern, ...] = ()
    denying: str = ""


class Grammar(Struct, frozen=True):
    """How a language denies and goes on to another clause; `marks` are common words that tell it from another language.

    `negation` and `denial` turn a claim into its opposite, both together affirm it; `emphasis` looks like a negation and is
    none; `turn` begins another clause; `verb` says that a part of a sentence is a clause of its own; `goes_on` that it is not;
    `denied_after` follows the claim's words.
    """

    marks: re.Pattern[str]
    names: re.Pattern[str]
    negation: re.Pattern[str]
    denial: re.Pattern[str]
    emphasis: re.Pattern[str]
    turn: re.Pattern[str]
    part: re.Pattern[str]
    verb: re.Pattern[str]
    goes_on: re.Pattern[str]
    denied_after: re.Pattern[str]


class ClaimRule(Struct, frozen=True):
    """One rule: its problem code, why such a claim does not hold, by which source, and a wording that would."""

    code: str
    title: ByLanguage
    reason: ByLanguage
    source: ByLanguage
    wording: ByLanguage
    words: Mapping[str, tuple[Words, ...]]


class ClaimRules(Struct, frozen=True):
    """All rules by code, each language's grammar, and the words by which a descriptor's own rules look into texts."""

    rules: Mapping[str, ClaimRule]
    grammar: Mapping[str, Grammar]
    market_based: re.Pattern[str]
    offsets: re.Pattern[str]


def parse_rules(files: Mapping[str, Any]) -> ClaimRules:
    """Read the rules (plain data by file name: `rules.yaml` and one file of words per language)."""
    by_language = {language: files[f"{language}.yaml"] for language in LANGUAGES}
    found = {
        language: {code: _groups(groups, data["words"]) for code, groups in data["find"].items()}
        for language, data in by_language.items()
    }
    rules = {
        code: ClaimRule(
            code=code,
            **{name: node[name] for name in ("title", "reason", "source", "wording")},
            words={language: found[language].get(code, ()) for language in LANGUAGES},
        )
        for code, node in files["rules.yaml"].items()
    }

    def of_both(name: str) -> re.Pattern[str]:
        return _any([p for data in by_language.values() for p in data["descriptor"][name]], {})

    return ClaimRules(
        rules=rules,
        grammar={language: _grammar(data["grammar"], data["words"]) for language, data in by_language.items()},
        market_based=of_both("market_based"),
        offsets=of_both("offsets"),
    )


def _groups(groups: Any, words: Mapping[str, str]) -> tuple[Words, ...]:
    return tuple(
        Words(
            **{p: tuple(Pattern(text, words) for text in texts) for p, texts in group.items() if p != "denying"},
            denying=group.get("denying", ""),
        )
        for group in groups
    )


def _grammar(node: Mapping[str, Any], words: Mapping[str, str]) -> Grammar:
    names = re.compile("|".join(re.escape(name) for name in sorted(node["names"], key=len, reverse=True)))
    return Grammar(names=names, **{part: _any(texts, words) for part, texts in node.items() if part != "names"})


def _any(texts: list[str], words: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(_expression(text, words) for text in texts), re.IGNORECASE)


class Pattern:
    """A pattern of the data files, compiled when a text may hold it.

    It is a regular expression of whole words, whatever their case, in which a space is any white space, `…` up to 60 characters
    of the same clause, and `{name}` one of the file's named words. Compiling all patterns takes longer than looking for them in
    a descriptor, so one is compiled only for a text that has the letters which every match of it must have.
    """

    __slots__ = ("_compiled", "_expression", "_letters")

    def __init__(self, text: str, words: Mapping[str, str]) -> None:
        self._expression = _expression(text, words)
        self._letters = needed_letters(text)
        self._compiled: re.Pattern[str] | None = None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield each place of a text that matches."""
        if self._letters not in text.casefold():
            return iter(())
        if self._compiled is None:
            self._compiled = re.compile(self._expression, re.IGNORECASE)
        return self._compiled.finditer(text)

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first place of a text that matches."""
        return next(self.finditer(text), None)


def needed_letters(text: str) -> str:
    """Return the longest run of letters that every match of a pattern has, folded; empty where none is certain.

    Only what stands outside of groups, classes and alternatives is certain, and no letter that may be left out.
    """
    outside = _NESTED.sub(" ", _ESCAPED.sub(" ", text))
    while outside != (shorter := _NESTED.sub(" ", outside)):
        outside = shorter
    if "|" in outside:
        return ""
    runs = re.findall(r"[^\W\d_]+", _OPTIONAL.sub(" ", outside))
    return max(runs, key=len, default="").casefold()


def _expression(text: str, words: Mapping[str, str]) -> str:
    while _NAMED.search(text):
        text = _NAMED.sub(lambda found: f"(?:{words[found[1]]})", text)
    text = text.replace("’", "'").replace("…", r"[^.;:!?]{0,60}?").replace(" ", r"\s+")
    return rf"(?<!\w)(?:{text})(?!\w)"
