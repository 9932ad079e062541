"""The conditions that the parties to a contract agreed on, from the text of their file, with all that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from lca.descriptor.descriptor import Descriptor
from lca.descriptor.document import Document
from lca.descriptor.placeholders import without_placeholders
from lca.descriptor.reading import validate
from lca.descriptor.records import build
from lca.problems import Problem, did_you_mean, listed
from lca.subjects.checklist.reading import read_date
from lca.subjects.monitoring.condition import OPEN
from lca.subjects.monitoring.declared import Monitoring

#: What the hint on an empty file proposes.
FIRST_LINE = "conditions: 1"


class Where(Struct, frozen=True):
    """Where a condition was asked: the key of the descriptor by its path, the name of its file, and the line."""

    key: str
    file: str = ""
    line: int = 0


class AgreedCondition(Struct, frozen=True):
    """One condition in the words that were agreed: what is asked and why, the evidence that meets it, who brings it and when."""

    asks: str
    name: str = ""
    because: str = ""
    evidence: str = ""
    where: Where | None = None
    owner: str = ""
    date: str = ""
    state: str = OPEN


class MadeFrom(Struct, frozen=True):
    """The descriptor that conditions were made from: the name of its file, and the hash."""

    file: str
    sha256: str


class AgreedConditions(Struct, frozen=True):
    """The conditions of a contract by their names, what they were made from and when.

    `seal` is the seal of the forecast that they go with, empty where none was named; `file` and `sha256` are those of the file
    itself, where there is one.
    """

    descriptor: MadeFrom
    made: str
    required: Mapping[str, AgreedCondition] = field(default_factory=dict)
    project: str = ""
    seal: str = ""
    file: str = ""
    sha256: str = ""


def read_agreed(document: Document, schema: Mapping[str, Any]) -> tuple[AgreedConditions | None, list[Problem]]:
    """Read the conditions of a contract.

    Returns:
        The conditions, None where they do not fit the schema, and all problems.
    """
    plain, placeholders = without_placeholders(document, schema)
    tree, problems = validate(plain, schema)
    if problems:
        return None, [*placeholders, *problems]
    agreed: AgreedConditions = build(AgreedConditions, tree, ())
    return agreed, [*placeholders, *_impossible_dates(agreed, plain)]


def _impossible_dates(agreed: AgreedConditions, document: Document) -> Iterator[Problem]:
    dated = [
        (("made",), agreed.made),
        *((("required", name, "date"), one.date) for name, one in agreed.required.items()),
    ]
    for path, date in dated:
        if len(date) == len("2000-01-01") and read_date(date) is None:
            yield Problem(document.at(path), "LCA405", f"there is no day {date}", "correct the day")


def unknown_conditions(descriptor: Descriptor, agreed: AgreedConditions) -> Iterator[Problem]:
    """Yield a problem for each document that a descriptor brings for a condition that nobody agreed on."""
    for brought in descriptor[Monitoring].evidence.values():
        if brought.condition not in agreed.required:
            place = descriptor.document.at((*brought.path.split("."), "condition"))
            message = f"`{agreed.file}` has no condition `{brought.condition}`"
            known = listed(agreed.required, most=6) or "none"
            hint = did_you_mean(brought.condition, agreed.required) or f"known: {known}"
            yield Problem(place, "LCA917", message, hint)
