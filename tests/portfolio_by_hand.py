"""Rows of a portfolio made by hand, and the page and the paper on them, without a run."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

import lca.subjects  # registers the codes of problems
from lca.files.shipped import read_texts, words
from lca.portfolio import paper
from lca.portfolio.across import Across, Finding
from lca.portfolio.dashboard import Made, pieces
from lca.portfolio.documents import texts
from lca.portfolio.overview import overview
from lca.portfolio.row import ASSESSED, REFUSED, Figure, Gain, Row, Sentence, StatedInput
from lca.portfolio.setting import Setting
from lca.portfolio.written import Reports
from lca.presenting.writer import Writer
from lca.problems import Location, Problem
from lca.subjects.footprint.flow import STAGES

assert lca.subjects

SETTING = Setting(
    draws=1000, seed=2026, as_of=datetime.date(2026, 11, 24), program="a" * 64, catalogue="b" * 64, time_limit=120.0
)
COUNTED = dict.fromkeys(STAGES, "counted")


def row(number: str, **fields: Any) -> Row:
    """Return the row of a dossier that was assessed and of which nothing is doubtful, but for what is given."""
    usual = {"file": f"{number}.yaml", "outcome": ASSESSED, "name": f"Project {number}", "stages": COUNTED}
    return Row(**{"number": number, "gain": Gain("none"), **usual, **fields})


def warning(code: str, line: int = 7, message: str = "the stage training is neither described nor excluded") -> Problem:
    """Return a warning in the dossier 1."""
    return Problem(Location("1.yaml", line, 1), code, message, "describe it")


def drawn(best: float, spread: float) -> dict[str, Any]:
    """Return emissions with 41 draws from `best - 20 spread` to `best + 20 spread`: 95 % lie within 19 of these steps."""
    draws = np.array([float(best), *(best + spread * step for step in range(-20, 21))])
    figure = Figure(best, "kgCO2e", best - 19 * spread, best + 19 * spread)
    return {"draws": {"total.gwp100": draws.tobytes()}, "figures": {"total.gwp100": figure}}


class Portfolio:
    """Some rows side by side; `named` are references, each by the dossier that names it."""

    def __init__(
        self,
        rows: Iterable[Row],
        others: tuple[str, ...] = (),
        named: dict[str, str] | None = None,
        setting: Setting = SETTING,
    ) -> None:
        self.rows = list(rows)
        self.across = Across()
        for one in self.rows:
            self.across.add(one, (named or {}).get(one.number, ""))
        self.across.compare()
        self.made = Made(setting, "9.9.9", "2026.1", self.across.totals(), overview(self.side_by_side()), others)

    def side_by_side(self) -> Iterator[tuple[Row, tuple[Finding, ...]]]:
        """Yield each row with what shows beside the others."""
        return ((one, self.across.of(place)) for place, one in enumerate(self.rows))

    def pieces(self, language: str = "en", reports: Reports = lambda _: ()) -> Iterator[str]:
        """Yield the dashboard piece by piece."""
        return pieces(self.made, self.side_by_side(), reports, writer_in(language), texts())

    def page(self, language: str = "en", reports: Reports = lambda _: ()) -> str:
        """Return the dashboard."""
        return "".join(self.pieces(language, reports))

    def paper(self, language: str = "en") -> str:
        """Return the paper for the jury."""
        return paper.render(self.made, self.side_by_side(), writer_in(language), read_texts())


def writer_in(language: str) -> Writer:
    """Return what writes for readers of a language."""
    return Writer(language, words(language))


#: Warnings as real dossiers have them, with the length that they have there.
_USUAL = (
    ("LCA608", "nothing is known of the servers of inference.service-1: hosts of 8 NVIDIA H100 SXM5 80GB stand in"),
    ("LCA606", "the stage equipment is neither described nor excluded"),
    (
        "LCA826",
        "benefit.effects.savings.evidence: benefit known less well than the cost (expert < stated)" + ", so" * 30,
    ),
    (
        "LCA834",
        "benefit.effects.savings.quantity: range narrower than its evidence (193 tCO2e/year; expert)" + ", so" * 20,
    ),
    ("LCA616", "which text of the law does the call name? That of the date of assessment is taken"),
    ("LCA607", "`power` of cluster is above the 2,400 W of its parts at full load"),
)


def many(number: int) -> list[Row]:
    """Return dossiers with faults as real ones have them: eight warnings each, copies, far numbers, one in twelve refused."""
    draw = random.Random(2026)
    return [_one_of_many(place, draw) for place in range(1, number + 1)]


def _one_of_many(place: int, draw: random.Random) -> Row:
    name, file = f"{place:05}", f"{place:05}.yaml"
    problems = [
        Problem(Location(file, draw.randrange(2, 200), 1), code, message, "state it, or say which document supports it")
        for code, message in draw.choices(_USUAL, k=8)
    ]
    who: dict[str, Any] = {
        "name": f"{draw.choice(('Énergie', 'Forest', 'Water', 'Zoo', 'atelier'))} of town {draw.randrange(500)}",
        "applicant": "Agency",
    }
    if place % 12 == 0:
        error = Problem(Location(file, 24, 3), "LCA201", "the key `budget` is unknown in goal", "known keys: purpose")
        return Row(number=name, file=file, outcome=REFUSED, problems=(error, *problems[:2]), **who)
    missing = draw.sample(STAGES, draw.randrange(4))
    sentence = (
        (Sentence("checklist.answers.art17-cca", 129, tuple(range(place % 50, place % 50 + 16))),)
        if place % 10 == 0
        else ()
    )
    return row(
        name,
        problems=tuple(problems),
        stages={stage: "not-assessed" if stage in missing else "counted" for stage in STAGES},
        gaps=draw.randrange(20),
        unanswered=draw.randrange(35),
        at_least=bool(missing),
        gain=Gain("announced", Figure(802.0, "kgCO2e", 375.0, 1255.0), 3.0, ("LCA821",)),
        verdicts={"fail": 2, "insufficient_evidence": 33, "no_criterion_in_act": 5},
        inputs=(StatedInput("pue", "sites.one.pue", 14, draw.choice((1.2, 1.3, 1.4, 9.0)), "1.2"),),
        sentences=sentence,
        **who,
        **drawn(100.0 + place, 1.0),
    )
