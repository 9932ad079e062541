"""Documents that a descriptor gives as evidence, and the files that it names."""

from __future__ import annotations

from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import force_setattr


def one_name(name: str) -> str:
    """Return the one name of a file that may be written in several ways: `e//ok.pdf` and `e/./ok.pdf` are `e/ok.pdf`."""
    return PurePosixPath(name).as_posix() if name else ""


class EvidenceItem(Struct, frozen=True):
    """A document that supports an answer; `indicators` are what a life-cycle assessment declares besides climate change."""

    path: str
    type: str
    title: str
    file: str = ""
    url: str = ""
    issuer: str = ""
    date: str = ""
    valid_until: str = ""
    strength: str = "declared"
    indicators: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Give the file its one name."""
        force_setattr(self, "file", one_name(self.file))


class NamedFile(Struct, frozen=True):
    """A file that the descriptor names and the shell has found: where, its size and hash, its text where it is a table.

    `own` says that the file is a report that this program wrote, `own_word` that it is a descriptor: this one, one that
    it names, or a file of equal content.
    """

    path: str
    size: int
    sha256: str
    text: str = ""
    own: bool = False
    own_word: bool = False


class FileReference(Struct, frozen=True):
    """Where a descriptor names a file: its name, the path of the key, and whether the file is a table that is read."""

    name: str
    path: str
    is_table: bool = False
