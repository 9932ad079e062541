"""What a step of the form shows: fields, groups of them, and cards, one for each entry of a map or list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from lca.descriptor.document import Path
from lca.web.draft import Message

#: How a field is filled in: a line, several lines, one of some words, a list with an item a line, or in the text alone.
Kind = Literal["line", "area", "choice", "list", "text-only"]

#: How a page shows a node.
Role = Literal["field", "group", "card", "question", "cards"]

#: What stands between the steps of a path in the name of a field; no name of a descriptor holds it.
BETWEEN = "."


class Node(Struct, frozen=True, kw_only=True):
    """A place of a descriptor: its title, why it is asked for, and what is wrong there."""

    path: Path
    title: str
    why: str = ""
    messages: tuple[Message, ...] = ()

    @property
    def name(self) -> str:
        """The path as one word, which is the name of a field."""
        return BETWEEN.join(self.path)

    @property
    def id(self) -> str:
        """The path as an identifier of a page."""
        return "f-" + re.sub(r"[^\w-]", "_", self.name)

    @property
    def has_errors(self) -> bool:
        """Whether an error is told here."""
        return any(message.severity == "error" for message in self.messages)


class Field(Node, frozen=True, kw_only=True):
    """One value.

    `value` is what the text holds, as it is written there, and `example` what may be written; `is_example` where a template's
    example stands in the text. `listed` names the list that completes it. `default` says what is taken where nothing is stated,
    and `known` what else is said of a quantity: its range, evidence and source.
    """

    role: Role = "field"
    kind: Kind = "line"
    value: str = ""
    example: str = ""
    unit: str = ""
    is_example: bool = False
    is_prose: bool = False
    is_required: bool = False
    is_stated: bool = False
    options: tuple[tuple[str, str], ...] = ()
    listed: str = ""
    default: str = ""
    known: tuple[Field, ...] = ()
    rows: int = 1
    is_file: bool = False


class Further(Struct, frozen=True):
    """A key that may be added: the name that asks for it, its title and its meaning."""

    name: str
    title: str
    why: str


class Group(Node, frozen=True, kw_only=True):
    """Keys that belong together; a card has the name of its `entry` in a map, empty in a list."""

    role: Role = "group"
    inner: tuple[Field | Group | Cards, ...] = ()
    further: tuple[Further, ...] = ()
    entry: str | None = None
    is_open: bool = True
    way: str = ""
    ways: tuple[tuple[str, str], ...] = ()
    ways_label: str = ""


class Cards(Node, frozen=True, kw_only=True):
    """The entries of a map or a list, and what may be said in their place; `adds` says what a new one is called."""

    role: Role = "cards"
    cards: tuple[Group | Field, ...] = ()
    adds: str = ""
    instead: Group | None = None


def flat(nodes: Sequence[Field | Group | Cards]) -> Iterator[Field | Group | Cards]:
    """Yield nodes with all that stand within them."""
    for node in nodes:
        yield node
        if isinstance(node, Group):
            yield from flat(node.inner)
        elif isinstance(node, Cards):
            yield from flat((*node.cards, *((node.instead,) if node.instead is not None else ())))
