"""What an importer is: a tool, what its log is, and what makes a draft descriptor of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook


class Draft(Struct, frozen=True):
    """The text of a draft descriptor, and in a few words what it holds."""

    text: str
    summary: str


class Importer(Struct, frozen=True):
    """One tool whose log can be imported.

    `read` gets the text of a log, how messages name its file, its name alone, and the catalogue; it raises `ProblemsFound` where
    the log cannot be read. `largest` is the size in bytes above which a file is no such log.
    """

    tool: str
    log: str
    largest: int
    read: Callable[[str, str, str, FactorBook], Draft]
