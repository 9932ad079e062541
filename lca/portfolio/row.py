"""What a portfolio knows of one dossier: plain data that travels between processes and is kept between runs."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from msgspec import Struct, field, msgpack

import lca.subjects  # noqa: F401 - whose codes of problems a row may have that was made elsewhere
from lca.problems import Problem
from lca.quantities.uncertainty import Array

#: How the work on a dossier ended: with figures, with errors that leave none, at its time limit, or with its process.
ASSESSED, REFUSED, TIMED_OUT, ENDED = OUTCOMES = ("assessed", "refused", "timed-out", "ended")


class Figure(Struct, frozen=True):
    """A figure with its 95 % interval; without bounds where none may be printed of it."""

    value: float
    unit: str
    low: float | None = None
    high: float | None = None


class StatedInput(Struct, frozen=True):
    """One number that a dossier states: its key with `NAME` for each name, its path and line, and its value in base units."""

    key: str
    path: str
    line: int
    value: float
    text: str


class Claim(Struct, frozen=True):
    """One effect of a benefit as it is claimed: the benefit's `id`, what it is, and the share that is claimed of it.

    `marks` are the hashes by which its description is known again.
    """

    path: str
    line: int
    id: str
    effect: str
    share: float | None
    marks: tuple[int, ...] = ()


class Sentence(Struct, frozen=True):
    """One justification, as the hashes by which a copy of it is known; the text itself stays in its dossier."""

    path: str
    line: int
    marks: tuple[int, ...]


class Gain(Struct, frozen=True):
    """What is announced of a benefit: which kind of statement it is, the amount, its horizon, and what is open."""

    kind: str
    announced: Figure | None = None
    years: float | None = None
    open: tuple[str, ...] = ()


class Row(Struct, frozen=True, kw_only=True):
    """One dossier: who, what is missing, what is doubtful, and the figures; never a score.

    `at_least` where something described is not counted or a stage is left out; `partial` names the figures of which that is so;
    `verdict` is that of the call's rules; `verdicts` counts the rows of the checklist; `files` holds the hash of each file that
    was looked for, empty where it could not be read; `draws` the best estimate and the draws of figures that are totalled.
    """

    number: str
    file: str
    outcome: str
    name: str = ""
    applicant: str = ""
    partners: tuple[str, ...] = ()
    language: str = ""
    call: str = ""
    verdict: str = ""
    lacking: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    stages: Mapping[str, str] = field(default_factory=dict)
    gaps: int = 0
    unanswered: int = 0
    evidence: Mapping[str, float] = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)
    at_least: bool = False
    partial: tuple[str, ...] = ()
    gain: Gain | None = None
    verdicts: Mapping[str, int] = field(default_factory=dict)
    contradicted: int = 0
    inputs: tuple[StatedInput, ...] = ()
    claims: tuple[Claim, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    reference: str = ""
    draws: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is doubtful in it."""
        return tuple(problem for problem in self.problems if problem.severity == "warning")

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps it from being assessed."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    def drawn(self, name: str) -> Array | None:
        """Return the best estimate and the draws of a figure that is totalled, None where the dossier has none."""
        return np.frombuffer(self.draws[name]) if name in self.draws else None


def encoded(row: Row) -> bytes:
    """Return a row as bytes."""
    return msgpack.encode(row)


def decoded(content: bytes) -> Row:
    """Return the row that was encoded."""
    return msgpack.decode(content, type=Row)
