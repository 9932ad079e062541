"""A folder that notes which of its files a descriptor looked for, with the hash of each: what a result that is kept rests on."""

from __future__ import annotations

import hashlib

from msgspec import Struct, field

from lca.files.named_files import LARGEST_FILE, Folder, Unusable
from lca.problems import ProblemsFound


class LookedFor(Struct, frozen=True):
    """The folder of a descriptor; `files` gets the hash of each file that was looked for, empty where it could not be read."""

    folder: Folder
    files: dict[str, str] = field(default_factory=dict)

    def content(self, name: str, largest: int) -> bytes:
        """Return the content of a file, as the folder does."""
        self.files[name] = ""
        content = self.folder.content(name, largest)
        self.files[name] = hashlib.sha256(content).hexdigest()
        return content

    def path_of(self, name: str) -> str:
        """Return how a file is named in messages, as the folder does."""
        return self.folder.path_of(name)

    def beside(self, name: str) -> str:
        """Return the text of another descriptor, as the folder does."""
        self.files[name] = ""
        text = self.folder.beside(name)
        self.files[name] = hashlib.sha256(text.encode()).hexdigest()
        return text


def is_unchanged(folder: Folder, name: str, sha256: str) -> bool:
    """Say whether a file is as it was when it was looked for."""
    try:
        return hashlib.sha256(folder.content(name, LARGEST_FILE)).hexdigest() == sha256
    except (Unusable, ProblemsFound):
        return not sha256
