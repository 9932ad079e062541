"""What a check found, in both languages, and how the findings on several hosts or machines join."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from msgspec import Struct

from lca.subjects.checklist.model import Text, joined

AGREES, CONTRADICTS, MISSING = "agrees", "contradicts", "missing"

Thing = TypeVar("Thing")


class Outcome(Struct, frozen=True):
    """The result of a pre-check (`agrees`, `contradicts`, `missing`) and what it rests on."""

    result: str
    detail: Text | None = None


def written(value: float, digits: int = 6) -> Text:
    """Write a number with some significant digits as each language does."""
    english = f"{float(f'{value:.{digits}g}'):,.6g}"
    return Text(english, english.replace(",", "\u202f").replace(".", ","))


def about(name: str, english: str, french: str) -> Text:
    """Say something of a named host or machine."""
    return Text(f"{name}: {english}", f"{name}\u00a0: {french}")


def agrees(detail: Text | None = None) -> Outcome:
    """Return that the project's data fit the answer yes."""
    return Outcome(AGREES, detail)


def contradicts(detail: Text | None = None) -> Outcome:
    """Return that the project's data contradict the answer yes."""
    return Outcome(CONTRADICTS, detail)


def missing(detail: Text | None = None) -> Outcome:
    """Return that the project has no data to test the answer with."""
    return Outcome(MISSING, detail)


def each(things: Iterable[Thing], check: Callable[[Thing], Outcome], nothing: Text) -> Outcome:
    """Judge several hosts or machines: one that contradicts decides, then one without data; `nothing` says that there is none."""
    outcomes = [check(thing) for thing in things]
    for result in (CONTRADICTS, MISSING, AGREES):
        found = [outcome for outcome in outcomes if outcome.result == result]
        if found:
            details = [outcome.detail for outcome in found if outcome.detail is not None]
            return Outcome(result, joined(details) if details else None)
    return missing(nothing)
