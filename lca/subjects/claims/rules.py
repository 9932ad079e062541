"""What a claim rule is, and how its data are read: words to find, words that excuse, sources and wordings by language."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from msgspec import Struct

from lca.quantities.by_language import Text, with_texts

_NAMED = re.compile(r"\{([a-z_]+)\}")
_TOKEN = re.compile(r"\\.|\[[^\]]*\]|\((?:\?(?:[-a-z]*:|<?[=!]))?|[?*+]\??|\{\d[^}]*\}\??|[^\W\d_]+|.")


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

    marks: Expression
    names: Expression
    negation: Expression
    denial: Expression
    emphasis: Expression
    turn: Expression
    part: Expression
    verb: Expression
    goes_on: Expression
    denied_after: Expression


class ClaimRule(Struct, frozen=True):
    """One rule: its problem code, why such a claim does not hold, by which source, and a wording that would."""

    code: str
    title: Text
    reason: Text
    source: Text
    wording: Text
    words: Mapping[str, tuple[Words, ...]]


class ClaimRules(Struct, frozen=True, dict=True):
    """All rules by code, each language's grammar, and the words by which a descriptor's own rules look into texts."""

    rules: Mapping[str, ClaimRule]
    grammar: Mapping[str, Grammar]
    market_based: Expression
    offsets: Expression

    def letters_in(self, text: str) -> list[str]:
        """Return the letters in a text of which a claim must have some; without any it makes no claim."""
        folded = text.casefold()
        return [letters for letters in self._by_letters if letters in folded]

    def that_may_break_in(self, sentence: str, letters: Iterable[str]) -> list[tuple[str, Words, list[Pattern]]]:
        """Return the codes and words that may make a claim in a sentence, in the order of the rules, with the patterns to find.

        `letters` are those of the text that it is of: most patterns need others, and are not looked for.
        """
        folded = sentence.casefold()
        found = sorted({place for some in letters if some in folded for place in self._by_letters[some]})
        return [
            (*self._claims[claim], [self._claims[claim][1].find[pattern] for _, pattern in places])
            for claim, places in groupby(found, key=itemgetter(0))
        ]

    @functools.cached_property
    def _claims(self) -> tuple[tuple[str, Words], ...]:
        """All words that make a claim, with the code of their rule."""
        return tuple(
            (code, words) for code, rule in self.rules.items() for groups in rule.words.values() for words in groups
        )

    @functools.cached_property
    def _by_letters(self) -> Mapping[str, Collection[tuple[int, int]]]:
        """The places of claims, and of patterns in them, by letters that a match must have; what needs none stands under none."""
        found: dict[str, list[tuple[int, int]]] = {}
        for claim, (_, words) in enumerate(self._claims):
            for place, pattern in enumerate(words.find):
                for letters in pattern.letters or ("",):
                    found.setdefault(letters, []).append((claim, place))
        return found


def parse_rules(files: Mapping[str, Any]) -> ClaimRules:
    """Read the rules (plain data by file name: `rules.yaml` and one file of words per language, which has its grammar)."""
    by_language = {name.removesuffix(".yaml"): data for name, data in files.items() if "grammar" in data}
    found = {
        language: {code: _groups(groups, data["words"]) for code, groups in data["find"].items()}
        for language, data in by_language.items()
    }
    rules = {
        code: ClaimRule(
            code=code,
            **{name: node[name] for name in ("title", "reason", "source", "wording")},
            words={language: found[language].get(code, ()) for language in by_language},
        )
        for code, node in with_texts(files["rules.yaml"], "claims").items()
    }

    def of_all(name: str) -> Expression:
        return _any([p for data in by_language.values() for p in data["descriptor"][name]], {})

    return ClaimRules(
        rules=rules,
        grammar={language: _grammar(data["grammar"], data["words"]) for language, data in by_language.items()},
        market_based=of_all("market_based"),
        offsets=of_all("offsets"),
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
    names = "|".join(re.escape(name) for name in sorted(node["names"], key=len, reverse=True))
    parts = {part: _any(texts, words) for part, texts in node.items() if part != "names"}
    return Grammar(names=Expression(lambda: re.compile(names)), **parts)


def _any(texts: list[str], words: Mapping[str, str]) -> Expression:
    return Expression(lambda: re.compile("|".join(_whole_words(text, words) for text in texts), re.IGNORECASE))


class Expression:
    """A regular expression that is compiled when it is first looked for: compiling takes longer than looking."""

    def __init__(self, make: Callable[[], re.Pattern[str]]) -> None:
        self._make = make

    @functools.cached_property
    def compiled(self) -> re.Pattern[str]:
        """The compiled expression."""
        return self._make()


class Pattern(Expression):
    """A pattern of the data files: a regular expression of whole words, whatever their case.

    A space is any white space, `…` up to 60 characters of the same clause, and `{name}` one of the file's named words. It is
    looked for only in a text that has letters which a match of it must have.
    """

    def __init__(self, text: str, words: Mapping[str, str]) -> None:
        super().__init__(lambda: re.compile(_whole_words(text, words), re.IGNORECASE))
        self._text, self._words = text, words

    @functools.cached_property
    def letters(self) -> tuple[str, ...]:
        """Runs of letters, folded, of which every match has at least one; none where none is certain."""
        return needed_letters(_NAMED.sub(" ", self._text)) or needed_letters(_with_names(self._text, self._words))

    def may_be_in(self, folded: str) -> bool:
        """Say whether a text, folded, has letters that a match must have."""
        return not self.letters or any(letters in folded for letters in self.letters)

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first place of a text that matches."""
        return self.compiled.search(text) if self.may_be_in(text.casefold()) else None


def needed_letters(text: str) -> tuple[str, ...]:
    """Return runs of letters, folded, of which every match of a pattern has at least one; none where none is certain."""
    return _needed(iter(_TOKEN.findall(text)))


def _needed(tokens: Iterator[str]) -> tuple[str, ...]:
    """Return the letters that alternatives need, up to the parenthesis that ends them."""
    branches: list[list[tuple[str, ...]]] = [[]]
    before = ""
    for token in tokens:
        if token == ")":
            break
        parts = branches[-1]
        if token == "|":
            branches.append([])
        elif token.startswith("("):
            inner = _needed(tokens)
            parts.append(inner if token == "(" or token.endswith(":") else ())
        elif token[0] in "?*" or token.startswith("{0"):  # what stands before may be left out: of a run its last letter
            parts[-1] = (before[:-1].casefold(),) if before[:-1].isalpha() else ()
        elif token[0] not in "+{":
            parts.append((token.casefold(),) if token.isalpha() else ())
        before = token
    best = [max(parts, key=lambda runs: min(map(len, runs), default=0), default=()) for parts in branches]
    return tuple(dict.fromkeys(run for runs in best for run in runs)) if all(best) else ()


def _whole_words(text: str, words: Mapping[str, str]) -> str:
    text = _with_names(text, words)
    text = text.replace("’", "'").replace("…", r"[^.;:!?]{0,60}?").replace(" ", r"\s+")
    return rf"(?<!\w)(?:{text})(?!\w)"


def _with_names(text: str, words: Mapping[str, str]) -> str:
    while _NAMED.search(text):
        text = _NAMED.sub(lambda found: f"(?:{words[found[1]]})", text)
    return text
