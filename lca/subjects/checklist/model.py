"""The criteria of all acts with their words: what the files of `acts/` hold, as records."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from lca.quantities.by_language import Text

VERDICTS = ("pass", "fail", "insufficient_evidence", "not_applicable_justified", "no_criterion_in_act")
ROLES = ("substantial_contribution", "dnsh", "minimum_safeguard", "appendix_question")
STRENGTHS = ("declared", "documented", "third_party")
OBJECTIVES = ("ccm", "cca", "wtr", "ce", "ppc", "bio", "social")
SHORTEST_JUSTIFICATION = 40

#: The act that is always shown.
SCREENING = "art17_screening"

Limit = float | str


class Criterion(Struct, frozen=True):
    """One row: what the act says, the question it becomes, and what counts as evidence.

    `counts` is false for a question of our own, which is shown but never enters a verdict on the act. `sub_questions` are
    the rows of an appendix that the row refers to. `indicators` are those of which a life-cycle assessment must declare one
    to count; `of_project` says that a document from before the project does not show it.
    """

    id: str
    act: str
    objective: str
    role: str
    text: Text
    text_kind: str
    question: Text
    reference: Text
    evidence_accepted: tuple[str, ...]
    min_strength: str
    partial_policy: str
    not_applicable_reasons: tuple[str, ...]
    prechecks: tuple[str, ...]
    sub_questions: tuple[str, ...]
    notes: tuple[Text, ...]
    confidence: str
    no_criterion: bool = False
    counts: bool = True
    max_age_days: int | None = None
    indicators: tuple[str, ...] = ()
    of_project: bool = False


class Pending(Struct, frozen=True):
    """Law that is prepared and does not apply yet: what, seen when, and whether the text itself was read."""

    text: Text
    date: datetime.date
    confidence: str


class Act(Struct, frozen=True):
    """An activity of the taxonomy, an appendix, or the safeguards: its rows, and when it is the right one.

    `applies_from` is the first day on which this text of it applies, `legal_text_of` the date of the text that was read.
    """

    id: str
    name: Text
    reference: Text
    legal_text_of: datetime.date
    applies_from: datetime.date
    written: datetime.date
    when: Text
    criteria: Mapping[str, Criterion]
    alias: str = ""
    description: Text | None = None
    substantial_contribution: Text | None = None
    notes: tuple[Text, ...] = ()
    attribution: Text | None = None
    pending: tuple[Pending, ...] = ()


class PrecheckRule(Struct, frozen=True):
    """What a pre-check says when it contradicts: `hard` fails the row, `soft` leaves it without sufficient evidence.

    `source` says where its limit comes from, where that is not the act.
    """

    id: str
    severity: str
    label: Text
    limit: Limit = 0.0
    source: Text | None = None


class ContextRule(Struct, frozen=True):
    """A check that informs the reader and has no effect on any verdict; its origin is cited."""

    id: str
    label: Text
    origin: Text
    confidence: str
    limit: Limit = 0.0
    note: Text | None = None


class Fluids(Struct, frozen=True):
    """Global warming potentials over 100 years by basis and fluid, blends in per cent by mass, and other names of fluids."""

    warming: Mapping[str, Mapping[str, float]]
    blends: Mapping[str, Mapping[str, float]]
    names: Mapping[str, str]


class Checklist(Struct, frozen=True):
    """All acts, the checks that their rows name, reference values, and the words that the report prints.

    `acts` are those of one date; `former` holds the earlier texts of acts that were replaced, oldest first.
    """

    acts: Mapping[str, Act]
    prechecks: Mapping[str, PrecheckRule]
    context: Mapping[str, ContextRule]
    hazards: Mapping[str, Text]
    fluids: Fluids
    words: Mapping[str, Mapping[str, Text]]
    files: Mapping[str, str] = field(default_factory=dict)
    former: Mapping[str, tuple[Act, ...]] = field(default_factory=dict)

    def on(self, date: datetime.date) -> Checklist:
        """Return the checklist with the text of each act that applied on a date, the first one of those that came later."""
        return replace(self, acts={name: self._text_on(act, date) for name, act in self.acts.items()})

    def _text_on(self, act: Act, date: datetime.date) -> Act:
        texts = (*self.former.get(act.id, ()), act)
        return next((text for text in reversed(texts) if text.applies_from <= date), texts[0])

    @property
    def written(self) -> datetime.date:
        """The date on which the oldest of the files was last checked against its act."""
        return min(act.written for act in self.acts.values())

    def criteria(self) -> Iterator[Criterion]:
        """Yield the rows of all acts."""
        for act in self.acts.values():
            yield from act.criteria.values()

    def all_criteria(self) -> Iterator[Criterion]:
        """Yield the rows of all texts of all acts, those of earlier texts first."""
        for texts in self.former.values():
            for act in texts:
                yield from act.criteria.values()
        yield from self.criteria()

    def act_of(self, name: str) -> Act | None:
        """Return an act by its id or alias."""
        return next((act for act in self.acts.values() if name in (act.id, act.alias)), None)

    def word(self, group: str, name: str) -> Text:
        """Return a label, such as that of a verdict."""
        return self.words[group][name]
