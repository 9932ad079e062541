"""How many dossiers of a portfolio were assessed, and in how many each thing is missing or doubtful."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from lca.portfolio.across import REFERENCE, Finding
from lca.portfolio.kinds import doubts, missing
from lca.portfolio.row import Row


class Overview(Struct, frozen=True):
    """Numbers of dossiers: by outcome, by call, by verdict of the call, by what is missing and by what is doubtful.

    `references` are the reference of another one; `places` gives each dossier's place in the order of the numbers, from 0 on.
    """

    outcomes: Mapping[str, int]
    calls: Mapping[str, int]
    verdicts: Mapping[str, int]
    missing: Mapping[str, int]
    doubtful: Mapping[str, int]
    references: int
    places: Mapping[str, int]

    @property
    def dossiers(self) -> int:
        """How many dossiers there are."""
        return len(self.places)


def overview(rows: Iterable[tuple[Row, tuple[Finding, ...]]]) -> Overview:
    """Return the numbers of some dossiers, each given with what shows beside the others."""
    outcomes, calls, verdicts, lacking, doubtful = (Counter[str]() for _ in range(5))
    references, places = 0, dict[str, int]()
    for place, (row, findings) in enumerate(rows):
        places[row.number] = place
        outcomes[row.outcome] += 1
        calls.update([row.call] if row.call else [])
        verdicts.update([row.verdict] if row.verdict else [])
        lacking.update(missing(row))
        doubtful.update([*doubts(row, findings)])
        references += any(finding.kind == REFERENCE for finding in findings)
    return Overview(outcomes, calls, verdicts, lacking, doubtful, references, places)
