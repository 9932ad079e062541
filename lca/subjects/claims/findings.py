"""All claims of a descriptor that would not hold, each with its rule, its place and the words found."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct

from lca.descriptor.descriptor import Descriptor
from lca.problems import Location, Problem
from lca.quantities.by_language import ORIGINAL
from lca.subjects.claims.counting_rules import CHECKS, CountedStudy
from lca.subjects.claims.rules import ClaimRule, ClaimRules
from lca.subjects.claims.texts import place_of, texts_of
from lca.subjects.claims.wording import claims_in
from lca.subjects.footprint.boundary import boundary

#: What stands for a key that a descriptor does not have.
NOTHING = "–"


class Claim(Struct, frozen=True):
    """A claim that would not hold: the words of a text, or what the descriptor counts, and the rule against it."""

    rule: ClaimRule
    location: Location
    path: str
    words: str
    in_text: bool

    @property
    def problem(self) -> Problem:
        """The claim as a warning."""
        rule = self.rule
        title, hint = rule.title.en, _inside(rule.wording.en)
        if self.in_text:
            message = f"{self.path}: “{self.words}”: {title} ({rule.source.en})"
        else:
            stands = "; ".join(part for part in self.words.split("; ") if NOTHING not in part)
            message = f"{self.path}: {title}{f' ({stands})' if stands else ''}: {_reason(rule, ORIGINAL)}"
        return Problem(self.location, rule.code, message, hint)


def _inside(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def sentences_of(rules: ClaimRules, language: str) -> Iterator[tuple[str, str]]:
    """Yield what a claim may say of itself, in English as a problem says it and in a language."""
    for rule in rules.rules.values():
        yield from ((text.en, text.in_(language)) for text in (rule.title, rule.source))
        yield _inside(rule.wording.en), _inside(rule.wording.in_(language))
        yield _reason(rule, ORIGINAL), _reason(rule, language)


def _reason(rule: ClaimRule, language: str) -> str:
    """Return why a claim does not hold, as it ends a message."""
    return _inside(rule.reason.in_(language)).removesuffix(".")


def claims_of(
    descriptor: Descriptor, rules: ClaimRules, evidence: Mapping[str, float], frugal: bool
) -> tuple[Claim, ...]:
    """Return the claims of a project that would not hold, by their place.

    Args:
        descriptor: the descriptor.
        rules: what does not hold, and why.
        evidence: share of the climate total by the evidence that it rests on.
        frugal: whether the three conditions of that word are documented.
    """
    document = descriptor.document
    excused: Collection[str] = ("LCA811",) if frugal else ()
    found = [
        Claim(
            rules.rules[match.code],
            place_of(document, path, match.start, match.words),
            ".".join(path),
            match.words,
            True,
        )
        for path, text in texts_of(document)
        for match in claims_in(text, rules, excused)
    ]
    study = CountedStudy(descriptor, boundary(descriptor), evidence, rules)
    found += [
        Claim(rules.rules[code], document.at(tuple(path.split("."))), path, said, False)
        for code, check in CHECKS.items()
        for path, said in check(study)
    ]
    return tuple(sorted(found, key=lambda claim: (claim.location, claim.rule.code, claim.words)))
