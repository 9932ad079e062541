"""What experts say of a dossier, as the sheet for a jury prints it: written by the room that reads their reviews."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field


class OpinionRow(Struct, frozen=True):
    """One row beneath the names of the experts: what it tells, what each says, and what stands in the applicant's column.

    `of_gain` says that it tells of the benefit, which a call may leave out.
    """

    label: str
    given: tuple[str, ...]
    applicant: str = ""
    of_gain: bool = False


class Opinions(Struct, frozen=True):
    """The experts by their names or codes, what each says row by row and criterion by criterion, and what each asks."""

    experts: tuple[str, ...] = ()
    rows: tuple[OpinionRow, ...] = ()
    marks: tuple[OpinionRow, ...] = ()
    questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


#: No expert has written a review.
NO_OPINIONS = Opinions()
