"""Documents that a descriptor gives as evidence, and the files that it names."""

from __future__ import annotations

from msgspec import Struct


class EvidenceItem(Struct, frozen=True):
    """A document that supports an answer."""

    path: str
    type: str
    title: str
    file: str = ""
    url: str = ""
    issuer: str = ""
    date: str = ""
    valid_until: str = ""
    strength: str = "declared"


class NamedFile(Struct, frozen=True):
    """A file that the descriptor names and the shell has found: where, its size and hash, its text where it is a table.

    `own` says that the file is a report that this program wrote.
    """

    path: str
    size: int
    sha256: str
    text: str = ""
    own: bool = False


class FileReference(Struct, frozen=True):
    """Where a descriptor names a file: its name, the path of the key, and whether the file is a table that is read."""

    name: str
    path: str
    is_table: bool = False
