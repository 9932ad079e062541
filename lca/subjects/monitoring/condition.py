"""What is still to be shown for a contract: one condition, what it comes from, and what stands where it is asked."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from msgspec import Struct

from lca.descriptor.descriptor import Descriptor
from lca.problems import Location, Problem
from lca.quantities.by_language import Text
from lca.subjects.benefit.adverse import AdverseReading, Taken
from lca.subjects.benefit.established import OpenQuestion
from lca.subjects.checklist.model import Checklist
from lca.subjects.checklist.rules import Finding

#: What stands in the descriptor where a condition is asked: nothing, something that is not enough, or what contradicts it.
OPEN, INSUFFICIENT, UNMET = STATES = ("open", "insufficient", "unmet")

#: What the name of a condition begins with, by what it comes from; a name that begins otherwise is the parties' own.
CHECKLIST, BENEFIT, ADVERSE, CALL, REVIEW = KINDS = ("checklist", "benefit", "adverse", "call", "review")


class Driver(Struct, frozen=True, eq=False):
    """What an adverse reading takes in place of the applicant's estimate, and the reading."""

    reading: AdverseReading
    taken: Taken

    @property
    def is_declared(self) -> bool:
        """Whether the applicant states a range, of which the reading takes a bound; else catalogue or call give the value."""
        return not (self.taken.by_catalogue or self.taken.by_call)


class UnmetRule(Struct, frozen=True, eq=False):
    """A rule of the call that a dossier does not keep to: what is wrong, and where the rule is written."""

    rule: str
    source: Text | None
    problems: tuple[Problem, ...]


class RulesOfCall(Struct, frozen=True, eq=False):
    """The rules of the call that bind a contract: their names, what judges a study by them, and the day of the deposit."""

    names: tuple[str, ...]
    unmet: Callable[[Descriptor, Checklist, datetime.date], tuple[UnmetRule, ...]]
    deadline: str = ""


class AskedByExpert(Struct, frozen=True):
    """A question of an expert."""

    expert: str
    question: str


class Condition(Struct, frozen=True, eq=False):
    """Something that is to be shown.

    `id` is the same in each run; `path` and `location` say where it is asked; `owner` and `date` are empty where the descriptor
    and the call say nothing of them.
    """

    id: str
    path: str
    location: Location
    state: str
    about: Finding | OpenQuestion | Driver | UnmetRule | AskedByExpert
    owner: str = ""
    date: str = ""
