"""What an importer is: a tool, what its log is, and what makes a draft descriptor of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of a draft descriptor, and in a few words what it holds."""

    text: str
    summary: str


@dataclass(frozen=True, slots=True)
class Importer:
    """One tool whose log can be imported.

    `read` gets the text of a log, how messages name its file, its name alone, and the catalogue; it raises `ProblemsFound` where
    the log cannot be read. `largest` is the size in bytes above which a file is no such log.
    """

    tool: str
    log: str
    largest: int
    read: Callable[[str, str, str, FactorBook], Draft]
