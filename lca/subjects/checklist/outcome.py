"""What a check found: a result, and the name of a form of the checklist's words with what stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from msgspec import Struct, field

from lca.quantities.by_language import Composed, Text
from lca.subjects.checklist.model import Checklist

AGREES, CONTRADICTS, MISSING = "agrees", "contradicts", "missing"

Thing = TypeVar("Thing")


class Amount(Struct, frozen=True):
    """A number inside a text, with the significant digits that it is written with."""

    value: float
    digits: int = 6


class Said(Struct, frozen=True):
    """A form of words by its name, and what stands in it: names as they are, numbers, texts, other forms, several of them."""

    form: str
    values: Mapping[str, Value] = field(default_factory=dict)


Value = str | int | Amount | Text | Said | tuple["Value", ...]


def said(form: str, **values: Value) -> Said:
    """Return a form of the checklist's words with what stands in it."""
    return Said(form, values)


def about(name: str, found: Value) -> Said:
    """Say something of a named host or machine."""
    return said("about", name=name, said=found)


def together(found: Iterable[Value]) -> Said:
    """Say several things in a row."""
    return said("together", said=tuple(found))


def in_words(checklist: Checklist, found: Said) -> Text:
    """Return what was said as a text of the checklist's languages."""
    return Composed(lambda language: _written(checklist, found, language))


def _written(checklist: Checklist, value: Value, language: str) -> str:
    match value:
        case Text():
            return value.in_(language)
        case Said():
            inner = {name: _written(checklist, part, language) for name, part in value.values.items()}
            return checklist.word("details", value.form).in_(language).format(**inner)
        case Amount(number, digits):
            decimal, group = (checklist.word("details", sign).in_(language) for sign in ("decimal", "group"))
            text = f"{float(f'{number:.{digits}g}'):,.6g}"
            return text.replace(",", "\0").replace(".", decimal).replace("\0", group)
        case tuple():
            between = checklist.word("labels", "semicolon").in_(language)
            return between.join(_written(checklist, part, language) for part in value)
        case _:
            return str(value)


class Outcome(Struct, frozen=True):
    """The result of a pre-check (`agrees`, `contradicts`, `missing`) and what it rests on."""

    result: str
    detail: Text | None = None


class Told(Struct, frozen=True):
    """The outcome of a pre-check as the check tells it, before it is put into words."""

    result: str
    said: Value | None = None

    def in_words(self, checklist: Checklist) -> Outcome:
        """Return the outcome in the checklist's words."""
        if self.said is None:
            return Outcome(self.result)
        found = self.said if isinstance(self.said, Said) else together((self.said,))
        return Outcome(self.result, in_words(checklist, found))


def agrees(found: Value | None = None) -> Told:
    """Return that the project's data fit the answer yes."""
    return Told(AGREES, found)


def contradicts(found: Value | None = None) -> Told:
    """Return that the project's data contradict the answer yes."""
    return Told(CONTRADICTS, found)


def missing(found: Value | None = None) -> Told:
    """Return that the project has no data to test the answer with."""
    return Told(MISSING, found)


def each(things: Iterable[Thing], check: Callable[[Thing], Told], nothing: Said) -> Told:
    """Judge several hosts or machines: one that contradicts decides, then one without data; `nothing` says that there is none."""
    outcomes = [check(thing) for thing in things]
    for result in (CONTRADICTS, MISSING, AGREES):
        found = [outcome for outcome in outcomes if outcome.result == result]
        if found:
            details = [outcome.said for outcome in found if outcome.said is not None]
            return Told(result, together(details) if details else None)
    return missing(nothing)
