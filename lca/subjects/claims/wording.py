"""Finds claims in a text: sentence by sentence, past quotations, proper names, questions and negations."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from msgspec import Struct

from lca.subjects.claims.rules import ClaimRules, Grammar, Pattern, Words

_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|„[^“”]*[“”]|\"[^\"]*\"")
_END = re.compile(r"[.!?…]+[\"»”’)]*(?=\s|$)|\n\s*\n")
#: Written before a full stop that ends no sentence.
_ABBREVIATIONS = ("e.g", "i.e", "art", "cf", "ex", "vs", "no", "p", "resp", "approx", "env", "réf", "chap")


class Match(Struct, frozen=True, order=True):
    """Words of a text that make a claim, and the rule that they break."""

    start: int
    end: int
    code: str
    words: str


def claims_in(text: str, rules: ClaimRules, excused: Collection[str] = ()) -> list[Match]:
    """Return the claims of a text that do not hold, in the order of their words; `excused` are codes that do not apply."""
    level = _level(text)
    letters = rules.letters_in(level)
    if not letters:
        return []
    masked = _masked(level, rules.grammar.values())
    found: list[Match] = []
    for start, end in _sentences(level):
        sentence = masked[start:end]
        if sentence.rstrip().endswith("?"):
            continue
        for code, words, patterns in rules.that_may_break_in(sentence, letters):
            if code in excused:
                continue
            for first, last in _claims(sentence, words, patterns, rules.grammar.values()):
                said = " ".join(text[start + first : start + last].split())
                found.append(Match(start + first, start + last, code, said))
    return _apart(found)


def _level(text: str) -> str:
    """Return the text with one kind of apostrophe and of space, every character where it was."""
    return re.sub(r"[\u00a0\u202f\u2009]", " ", text.replace("’", "'").replace("ʼ", "'").replace("\u2011", "-"))


def _masked(text: str, grammars: Iterable[Grammar]) -> str:
    """Return the text without what it only mentions: quotations and proper names."""
    for mentions in (_QUOTED, *(grammar.names.compiled for grammar in grammars)):
        text = mentions.sub(lambda found: "_" * len(found[0]), text)
    return text


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _END.finditer(text):
        before = text[start : end.start()].rsplit(maxsplit=1)
        if end[0].startswith(".") and before and before[-1].lstrip("(").casefold() in _ABBREVIATIONS:
            continue
        yield start, end.end()
        start = end.end()
    if text[start:].strip():
        yield start, len(text)


def _claims(
    sentence: str, words: Words, patterns: Iterable[Pattern], grammars: Collection[Grammar]
) -> Iterator[tuple[int, int]]:
    """Yield where the words stand as a claim, by those of their patterns that may be found."""
    found = [(m.start(), m.end()) for pattern in patterns for m in pattern.compiled.finditer(sentence)]
    if not found:
        return
    if words.needs and not any(pattern.search(sentence) for pattern in words.needs):
        return
    if any(pattern.search(sentence) for pattern in words.unless):
        return
    if words.unless_all and all(pattern.search(sentence) for pattern in words.unless_all):
        return
    grammar = max(grammars, key=lambda g: len(g.marks.compiled.findall(sentence)))
    for start, end in found:
        if words.denying != "anywhere":
            after = sentence[end:].lstrip(" ,")
            if _denied(sentence[:start], grammar) or grammar.denied_after.compiled.match(after):
                continue
            if words.denying != "inside" and grammar.negation.compiled.search(sentence[start:end]):
                continue
        yield start, end


def _denied(before: str, grammar: Grammar) -> bool:
    """Say whether the clause that leads to a claim denies it; a denial of a denial affirms."""
    clause = grammar.emphasis.compiled.sub(" ", _clause(before, grammar))
    return bool(grammar.negation.compiled.search(clause)) != bool(grammar.denial.compiled.search(clause))


def _clause(before: str, grammar: Grammar) -> str:
    """Return the end of a text that belongs to the same clause as what follows it."""
    turns = [m.end() for m in re.finditer(r"[;:()–—]", before)] + [
        m.end() for m in grammar.turn.compiled.finditer(before)
    ]
    clause = before[max(turns, default=0) :]
    kept = ""
    for part in reversed(grammar.part.compiled.split(clause)):
        kept = f"{part} {kept}"
        if grammar.verb.compiled.search(part) and not grammar.goes_on.compiled.match(part.lstrip()):
            break
    return kept


def _apart(found: list[Match]) -> list[Match]:
    """Return matches without those of the same rule that overlap a longer one."""
    kept: list[Match] = []
    for match in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        if not any(k.code == match.code and k.start < match.end and match.start < k.end for k in kept):
            kept.append(match)
    return sorted(kept)
