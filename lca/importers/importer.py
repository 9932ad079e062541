"""What an importer is: a tool, what its log is, and what makes a draft descriptor of its logs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from lca.problems import Problem

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook


class Log(Struct, frozen=True):
    """The bytes of a log, how messages name its file, and the file's name alone.

    `digest` is the hash of the file, where damaged rows of it are empty in `content`; it is empty where `content` is the file.
    """

    content: bytes
    file: str
    name: str
    digest: str = ""

    @property
    def sha256(self) -> str:
        """The hash of the file."""
        return self.digest or hashlib.sha256(self.content).hexdigest()


class Draft(Struct, frozen=True):
    """The text of a draft descriptor, in a few words what it holds, and what is doubtful in the logs."""

    text: str
    summary: str
    warnings: tuple[Problem, ...] = ()


class Importer(Struct, frozen=True):
    """One tool whose logs can be imported.

    `read` gets one or more logs and the catalogue; it raises `ProblemsFound` where a log cannot be read. `largest` is the size
    in bytes above which a file is no such log.
    """

    largest: int
    read: Callable[[Sequence[Log], FactorBook], Draft]
