"""The file that a form works on: its text, what it was before each change, and what was uploaded for it; nothing is lost.

    workspace = Workspace(Path("study.yaml"))     # the file need not exist; what was kept of it is found again
    workspace.text, workspace.revision            # what the file holds now: a change by another program is a revision too
    workspace.change(text)                        # writes the file whole, and what is needed to go back beside it
    workspace.text_of(revision)                   # what a page was made from; None where that is forgotten
    workspace.undo()                              # another revision, with the text before the last change
    workspace.store("Report.pdf", content)        # keeps an upload; returns the name that a descriptor gives it
    workspace.kept(), workspace.forget()          # the files beside the descriptor, and their end

A change that meets a file which another program has changed since `text` was last read writes nothing: the file's text becomes a
revision, `conflict` holds the one that was not written, and `resolve(keep_mine=…)` goes on with either. A file that vanishes is
written again by the next change; one that cannot be read any more raises, and is not touched.

Beside `study.yaml` stand `.study.yaml.lca-form` (texts to go back to, an unresolved conflict, the list of uploads) and
`study-files/` (the uploads). Both are written whole or not at all; a process that is killed leaves the last text that it
confirmed. One thread at a time may use a workspace.

All methods raise `ProblemsFound` where a file cannot be read or written.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from lca.descriptor.document import MAXIMUM_BYTES
from lca.files.named_files import LARGEST_FILE, LARGEST_SUM
from lca.files.texts import read_bytes, read_text, shown
from lca.files.writing_whole import write_whole
from lca.problems import Location, Problem, ProblemsFound
from lca.web.upload_names import free_name, upload_name

#: How the names of what is kept beside `study.yaml` are made.
JOURNAL, UPLOADS = ".{name}.lca-form", "{stem}-files"
#: So many texts can be gone back to, as far as they have so many characters together.
MOST_REVISIONS, MOST_CHARACTERS = 100, 3_000_000
MOST_UPLOADS = 200
_LARGEST_JOURNAL = 50_000_000


class Revision(Struct, frozen=True):
    """A text that the file held, by the number under which pages know it."""

    number: int
    text: str


class Upload(Struct, frozen=True):
    """A file that was stored: its name, seen from the descriptor, and the hash of its content."""

    file: str
    sha256: str


class Journal(Struct, frozen=True):
    """What is kept beside the descriptor: its texts, which of them are gone back to, what was not written, and the uploads."""

    revisions: tuple[Revision, ...] = (Revision(0, ""),)
    done: tuple[int, ...] = (0,)
    conflict: str | None = None
    uploads: tuple[Upload, ...] = ()
    saved_at: datetime.datetime | None = None

    @property
    def last(self) -> Revision:
        """The text that the file holds, as far as is known."""
        return self.revisions[-1]

    def text_of(self, number: int) -> str | None:
        """Return the text of a revision, None where it is not kept any more."""
        return next((one.text for one in self.revisions if one.number == number), None)

    def noted(self, text: str, done: tuple[int, ...]) -> Journal:
        """Return the journal with one text more, without the oldest where there are too many; `done` are those before it."""
        revisions = (*self.revisions, Revision(self.last.number + 1, text))[-MOST_REVISIONS:]
        while len(revisions) > 2 and sum(len(one.text) for one in revisions) > MOST_CHARACTERS:
            revisions = revisions[1:]
        known = tuple(number for number in done if number >= revisions[0].number)
        return replace(self, revisions=revisions, done=(*known, revisions[-1].number))


class Forgotten(Struct, frozen=True):
    """The files that were removed, and those that stay, because another program has changed them since they were stored."""

    removed: tuple[Path, ...]
    left: tuple[Path, ...]


class Workspace:
    """A descriptor in work, see the module."""

    def __init__(self, file: Path) -> None:
        self.name, self.file = file.name, file.resolve()
        self.folder = self.file.parent
        self._journal_file = self.folder / JOURNAL.format(name=self.file.name)
        self._uploads = UPLOADS.format(stem=self.file.stem)
        self._journal = self._read_journal()
        self._look()

    @property
    def text(self) -> str:
        """What the file holds now."""
        self._look()
        return self._journal.last.text

    @property
    def revision(self) -> int:
        """The number of the text that was last read or written."""
        return self._journal.last.number

    @property
    def saved_at(self) -> str:
        """When the form last wrote the file, as `HH:MM` of this computer's clock; empty where it has not."""
        saved = self._journal.saved_at
        return f"{saved.astimezone():%H:%M}" if saved else ""

    @property
    def conflict(self) -> str | None:
        """The text that was not written, because the file had changed; None where there is none."""
        return self._journal.conflict

    @property
    def can_undo(self) -> bool:
        """Whether there is a text to go back to."""
        return bool(self._text_before())

    def text_of(self, revision: int) -> str | None:
        """Return the text of a revision, None where it is not kept any more."""
        return self._journal.text_of(revision)

    def change(self, text: str) -> bool:
        """Write a text to the file; say whether that was done, for another program may have changed it."""
        known = self._journal.last
        self._look()
        if self._journal.last not in (known, Revision(self._journal.last.number, text)):
            self._write(replace(self._journal, conflict=text))
            return False
        if text != self._journal.last.text:
            self._save(text, self._journal.done)
        return True

    def undo(self) -> None:
        """Go back to the text before the last change, by whichever program that was made."""
        self._look()
        before = self._text_before()
        if before:
            self._save(before, self._journal.done[:-2])

    def resolve(self, *, keep_mine: bool) -> None:
        """Go on with the text that was not written, or with that of the file; `undo` leads back to the latter."""
        mine, self._journal = self._journal.conflict, replace(self._journal, conflict=None)
        if mine is not None and keep_mine:
            self._look()
            self._save(mine, self._journal.done)
        else:
            self._write(self._journal)

    def store(self, given: str, content: bytes) -> str:
        """Keep an upload beside the descriptor; return the name that the descriptor gives it. The same file is kept once."""
        digest, wished = hashlib.sha256(content).hexdigest(), upload_name(given)
        for one in self._journal.uploads:
            if (
                one.sha256 == digest
                and Path(one.file).suffix == Path(wished).suffix
                and (self.folder / one.file).is_file()
            ):
                return one.file
        folder = self.folder / self._uploads
        self._check_room(folder, content)
        name = free_name(folder, wished)
        upload = Upload(f"{self._uploads}/{name}", digest)
        self._write(replace(self._journal, uploads=(*self._journal.uploads, upload)), {folder / name: content})
        return upload.file

    def kept(self) -> list[Path]:
        """Return the files that were written beside the descriptor, by their names seen from it."""
        files = [Path(self._journal_file.name), *(Path(one.file) for one in self._journal.uploads)]
        return [file for file in files if (self.folder / file).is_file()]

    def forget(self) -> Forgotten:
        """Remove what was kept beside the descriptor; the descriptor stays, and so does what was changed since it was stored."""
        hashes = {Path(one.file): one.sha256 for one in self._journal.uploads}
        left = tuple(file for file, sha256 in hashes.items() if not self._is_as_stored(self.folder / file, sha256))
        removed = tuple(file for file in self.kept() if file not in left)
        for file in removed:
            (self.folder / file).unlink()
        folder = self.folder / self._uploads
        if folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir()):
            folder.rmdir()
        self._journal = Journal()
        return Forgotten(removed, tuple(file for file in left if (self.folder / file).exists()))

    @staticmethod
    def _is_as_stored(path: Path, sha256: str) -> bool:
        return path.resolve() == path and path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256

    def _text_before(self) -> str:
        done = self._journal.done
        return (len(done) > 1 and self.text_of(done[-2])) or ""

    def _look(self) -> None:
        """Take what another program wrote to the file as a revision of its own."""
        if self.file.exists():
            text = read_text(self.file)
            if text != self._journal.last.text:
                self._journal = self._journal.noted(text, self._journal.done)

    def _save(self, text: str, done: tuple[int, ...]) -> None:
        """Write a text to the file; `done` are the revisions before it."""
        content = text.encode()
        if len(content) > MAXIMUM_BYTES:
            message = f"the file has {len(content) / 1e6:.1f} MB, a descriptor at most {MAXIMUM_BYTES / 1e6:.0f} MB"
            raise _problem(self.file, "LCA102", message, "is it the right file?")
        now = datetime.datetime.now(datetime.UTC)
        self._write(replace(self._journal.noted(text, done), saved_at=now), {self.file: content})

    def _write(self, journal: Journal, files: Mapping[Path, bytes] = MappingProxyType({})) -> None:
        """Write files, and the journal after them: who is killed between has written what was confirmed, and no more."""
        write_whole({**files, self._journal_file: msgspec.json.encode(journal)})
        self._journal = journal

    def _read_journal(self) -> Journal:
        """Return what was kept; what no process of ours leaves, whether it is damaged or names files of others, is none."""
        if not self._journal_file.is_file() or self._journal_file.is_symlink():
            return Journal()
        try:
            found = msgspec.json.decode(read_bytes(self._journal_file, _LARGEST_JOURNAL, "a log"), type=Journal)
        except (msgspec.MsgspecError, ProblemsFound):
            return Journal()
        names = [one.file.rpartition("/") for one in found.uploads]
        ours = all(folder == self._uploads and name == upload_name(name) for folder, _, name in names)
        return found if found.revisions and ours else Journal()

    def _check_room(self, folder: Path, content: bytes) -> None:
        """Refuse a file for which there is no room, or whose folder leads elsewhere."""
        kept = [self.folder / one.file for one in self._journal.uploads]
        total = len(content) + sum(path.stat().st_size for path in kept if path.is_file())
        if folder.is_symlink():
            raise _problem(folder, "LCA701", "a link is not followed", "put the file itself beside the descriptor")
        if len(content) > LARGEST_FILE:
            raise _problem(folder, "LCA102", f"the file has more than {LARGEST_FILE / 1e6:.0f} MB", "give an extract")
        if total > LARGEST_SUM or len(kept) >= MOST_UPLOADS:
            message = f"the files named here have more than {LARGEST_SUM / 1e6:.0f} MB together"
            raise _problem(folder, "LCA102", message, "name smaller ones, or give their addresses")


def _problem(path: Path, code: str, message: str, hint: str) -> ProblemsFound:
    return ProblemsFound([Problem(Location(shown(path), 1, 1), code, message, hint)])
