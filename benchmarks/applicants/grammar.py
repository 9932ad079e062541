"""A small grammar of texts: rules with holes, filled by what is known, by numbers and by other rules."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

import yaml

#: A number between two bounds, or the name of a rule; a capital asks for a capital.
HOLE = re.compile(r"\{(?:(\d+)-(\d+)|([A-Za-z-]+))\}")


@functools.cache
def rules_of(language: str) -> Mapping[str, Any]:
    """Return the rules of a language; all their values are texts, also those that YAML takes for something else."""
    text = (Path(__file__).parent / f"{language}.yaml").read_text(encoding="utf-8")
    rules: Mapping[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)
    return rules


def domains_of(language: str) -> tuple[str, ...]:
    """Return the names of the domains that a language has words for."""
    return tuple(rules_of(language)["domains"])


class Speaker:
    """One applicant's words: a language, a domain, and what was said before."""

    def __init__(self, random: Random, language: str, domain: str) -> None:
        self.random = random
        self.rules = rules_of(language)
        self.domain: Mapping[str, Any] = self.rules["domains"][domain]
        self.known: dict[str, str] = {}

    def say(self, rule: str, kind: str = "") -> str:
        """Return a text of a rule, of the kind (such as `yes`) that is asked for."""
        texts = self.domain.get(rule) or self.rules[rule]
        return HOLE.sub(self._fill, self.random.choice(texts[kind] if kind else texts))

    def keep(self, rule: str, text: str = "") -> str:
        """Say a text once and for all: holes of this name are filled with it from here on."""
        self.known[rule] = text or self.say(rule)
        return self.known[rule]

    def _fill(self, hole: re.Match[str]) -> str:
        low, high, name = hole.groups()
        if low:
            return str(self.random.randint(int(low), int(high)))
        rule = name[0].lower() + name[1:]
        text = self.known[rule] if rule in self.known else self.say(rule)
        return text[0].upper() + text[1:] if name[0].isupper() else text
