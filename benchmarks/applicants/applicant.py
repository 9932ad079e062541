"""Who writes a dossier: language, domain and way of working, all drawn from one seed and one number."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from applicants.grammar import Speaker, domains_of
from applicants.text import Tree

#: Where applicants are, and how often, by language.
LOCATIONS = {
    "fr": {"FR": 92.0, "BE": 8.0},
    "en": {"GB": 35.0, "FR": 20.0, "IE": 15.0, "NL": 10.0, "DE": 10.0, "SE": 10.0},
}


class Draw(Random):
    """A seeded source of what varies."""

    def chance(self, share: float) -> bool:
        """Return true in so many cases of one."""
        return self.random() < share

    def weighted(self, shares: Mapping[str, float]) -> str:
        """Return one of the names, as often as its share says."""
        return self.choices(list(shares), list(shares.values()))[0]

    def around(self, low: float, high: float) -> float:
        """Return a number of two digits between two bounds, small ones as often as large ones on a scale of logarithms."""
        number = float(f"{low * (high / low) ** self.random():.1e}")
        return int(number) if number >= 10 else number


class Applicant:
    """An invented applicant: what is drawn once and holds in the whole dossier."""

    def __init__(self, seed: int, number: int, language: str, way: str) -> None:
        self.draw = Draw(f"{seed}/{number}/text")
        self.language = language
        self.way = way
        self.domain = self.draw.choice(domains_of(language))
        self.words = Speaker(self.draw, language, self.domain)
        self.words.keep("place", self.words.say("town"))
        self.noun = self.words.keep("noun")
        self.applicant = self.words.say("applicant")
        self.partners = list(dict.fromkeys(self.words.say("partner") for _ in range(self.draw.randint(0, 3))))
        self.location = self.draw.weighted(LOCATIONS[language])
        self.year, self.first = self.draw.choice((2025, 2026, 2026, 2026, 2027, 2027)), self.draw.randint(1, 12)
        if way == "measured":
            self.year, self.first = 2025, self.draw.randint(1, 6)  # what was measured lies in the past
        self.years = self.draw.choice((1, 2, 2, 3, 3, 4, 5))
        #: How much of everything is described: mostly one to three, rarely dozens.
        self.bulk = max(1, min(90, round(self.draw.lognormvariate(0.8, 1.35))))

    def quantity(self, number: float, unit: str) -> Any:
        """Return a quantity as people state one: bare, with its evidence, or with a range, and mostly with a source."""
        text = f"{number:.10g} {unit}"
        form = self.draw.weighted({"bare": 50, "evidence": 22, "range": 28})
        if form == "bare":
            return text
        stated: Tree = {"value": text}
        if form == "range":
            low, high = number * self.draw.uniform(0.5, 0.8), number * self.draw.uniform(1.2, 2)
            stated |= {"range95": [f"{low:.3g} {unit}", f"{high:.3g} {unit}"], "evidence": "estimated"}
        else:
            stated["evidence"] = self.draw.choice(("measured", "calculated", "estimated"))
        return stated | {"source": self.words.say("source")}

    def month(self) -> str:
        """Return a month of the project's first year."""
        months = self.first - 1 + self.draw.randrange(12)
        return f"{self.year + months // 12}-{months % 12 + 1:02}"
