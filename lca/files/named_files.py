"""Files that a descriptor names: found below its folder and nowhere else, hashed, and read where they are tables."""

from __future__ import annotations

import codecs
import contextlib
import hashlib
import os
import re
import stat
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Protocol

from msgspec import Struct, field

from lca.descriptor.document import MAXIMUM_BYTES, Document
from lca.descriptor.named_file import FileReference, NamedFile, one_name
from lca.files.texts import on_disk, read_text, shown
from lca.problems import Problem

LARGEST_FILE = 25_000_000
LARGEST_SUM = 200_000_000

#: What marks a file as a report that this program wrote: the generator in the HTML, and in the metadata of the PDF.
_IN_HTML, _IN_PDF = b'<meta name="generator" content="lca ', b"<xmp:CreatorTool>lca "
_METADATA = re.compile(rb"/Type\s*/Metadata\b.{0,200}?stream\r?\n", re.DOTALL)
_LONGEST_METADATA = 100_000
#: What marks a file as a descriptor, this one or another: nobody's word but the applicant's.
_A_DESCRIPTOR = re.compile(rb"""(?m)^[ \t{]*["']?descriptor["']?[ \t]*:[ \t]*["']?[0-9]""")


class Unusable(Exception):
    """A named file that may not be read, with the code and the hint of its problem."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.hint = code, hint


class Folder(Protocol):
    """Where the files that a descriptor names are found: below one folder and nowhere else."""

    def content(self, name: str, largest: int) -> bytes:
        """Return the content of a file; raises `Unusable`."""

    def path_of(self, name: str) -> str:
        """Return how a file is named in messages."""

    def beside(self, name: str) -> str:
        """Return the text of another descriptor of the same folder; raises `Unusable` or `ProblemsFound`."""


class Given(Struct, frozen=True):
    """Files that were handed over by name, without any disk; `recorded` holds what is known of others that were not."""

    files: Mapping[str, str | bytes]
    recorded: Mapping[str, NamedFile] = field(default_factory=dict)

    def content(self, name: str, largest: int) -> bytes:
        """Return the content of a file.

        Raises:
            Unusable: it was not handed over, its name leads outside, or it is too large.
        """
        _parts(name)
        given = {one_name(key): content for key, content in self.files.items()}.get(one_name(name))
        if given is None:
            raise Unusable("LCA406", "there is no such file (it was not given)", "give it with `files`")
        content = given.encode() if isinstance(given, str) else given
        if len(content) > largest:
            raise Unusable("LCA408", f"the file has more than {largest / 1e6:.0f} MB", "give an extract")
        return content

    def path_of(self, name: str) -> str:
        """Return the name itself."""
        return name

    def beside(self, name: str) -> str:
        """Return the text of another descriptor.

        Raises:
            Unusable: it was not handed over, or is not text.
        """
        try:
            return self.content(name, MAXIMUM_BYTES).decode("utf-8")
        except UnicodeDecodeError as error:
            raise Unusable("LCA103", f"the file is not UTF-8 text (byte {error.start})", "save it as UTF-8") from None


class OnDisk(Struct, frozen=True):
    """The folder of a descriptor; `own` is the path of the descriptor itself."""

    own: Path

    def content(self, name: str, largest: int) -> bytes:
        """Return the content of a file below the folder.

        Raises:
            Unusable: the name leads outside the folder or through a link, or there is no plain file of a fitting size.
        """
        return read_named(self.own.parent, name, largest)

    def path_of(self, name: str) -> str:
        """Return the path of a file below the folder."""
        return shown(self.own.parent / on_disk(name))

    def beside(self, name: str) -> str:
        """Return the text of another descriptor of the folder itself.

        Raises:
            Unusable: it is a link, lies elsewhere, or is the descriptor itself.
            ProblemsFound: it cannot be read.
        """
        file, folder = self.own.parent / on_disk(name), self.own.parent.resolve()
        if file.is_symlink() or file.resolve().parent != folder or file.resolve() == self.own.resolve():
            hint = "name another file of the descriptor's own folder"
            raise Unusable("LCA101", f"`{name}` is no file beside the descriptor", hint)
        return read_text(file)


def find_files(
    folder: Folder, document: Document, named: Iterable[FileReference], own_texts: Iterable[str] = ()
) -> tuple[dict[str, NamedFile], list[Problem]]:
    """Return what is known of each file that a descriptor names as evidence or table, and what is wrong with the others.

    `own_texts` are those of the descriptor and of the descriptors that it names: a file that says the same is the
    applicant's own word.
    """
    own = frozenset(_folded(text.encode()) for text in own_texts)
    found: dict[str, NamedFile] = {}
    problems: list[Problem] = []
    for reference in named:
        name = reference.name
        try:
            if name not in found or reference.is_table:
                found[name] = _facts(folder, name, reference.is_table, own)
                if sum(file.size for file in found.values()) > LARGEST_SUM:
                    message = f"the files named here have more than {LARGEST_SUM / 1e6:.0f} MB together"
                    raise Unusable("LCA408", message, "name smaller ones, or give their addresses")
        except Unusable as error:
            place = document.at(tuple(reference.path.split(".")))
            problems.append(Problem(place, error.code, f"`{name[:80]}`: {error}", error.hint))
    return found, problems


#: What a reader of a report can open without running anything: documents, pictures, tables, logs.
KINDS = (
    *(".csv", ".docx", ".eml", ".htm", ".html", ".jpeg", ".jpg", ".json", ".log", ".md", ".odp", ".ods", ".odt"),
    *(".pdf", ".png", ".pptx", ".rtf", ".tif", ".tiff", ".tsv", ".txt", ".xls", ".xlsx", ".xml", ".yaml", ".yml"),
)


def _facts(folder: Folder, name: str, table: bool, own: frozenset[bytes]) -> NamedFile:
    if isinstance(folder, Given) and name in folder.recorded:
        return folder.recorded[name]
    content = folder.content(name, MAXIMUM_BYTES if table else LARGEST_FILE)
    if PurePosixPath(name).suffix.casefold() not in KINDS:
        hint = f"give a document, a picture or a table: {', '.join(KINDS)}"
        raise Unusable("LCA416", "a file of this kind is no evidence that a report can carry", hint)
    if not content.strip():
        raise Unusable("LCA415", "the file is empty", "name the document itself, or leave the file out")
    text = ""
    if table:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            message = f"the table is not UTF-8 text (byte {error.start})"
            raise Unusable("LCA410", message, "save it as UTF-8") from None
    digest = hashlib.sha256(content).hexdigest()
    own_word = _folded(content) in own or bool(_A_DESCRIPTOR.search(content))
    return NamedFile(folder.path_of(name), len(content), digest, text, is_own_report(content), own_word)


def _folded(content: bytes) -> bytes:
    """Return a hash that a text keeps whatever ends its lines."""
    return hashlib.sha256(content.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n").strip()).digest()


def is_own_report(content: bytes) -> bool:
    """Say whether a file is a report that this program wrote."""
    if _IN_HTML in content:
        return True
    for stream in _METADATA.finditer(content):
        raw = content[stream.end() : stream.end() + _LONGEST_METADATA]
        with contextlib.suppress(zlib.error):
            raw = zlib.decompressobj().decompress(raw, _LONGEST_METADATA)
        if _IN_PDF in raw:
            return True
    return False


def read_named(folder: Path, name: str, largest: int = LARGEST_FILE) -> bytes:
    """Return the content of a file below a folder.

    Raises:
        Unusable: the name leads outside the folder or through a link, or there is no plain file of a fitting size.
    """
    parts = _parts(name)
    path = folder
    for part in parts:
        path = path / on_disk(part)
        try:
            mode = path.lstat().st_mode
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "not a file name"
            raise Unusable("LCA406", f"there is no such file ({reason})", f"looked for {shown(path)}") from None
        if stat.S_ISLNK(mode):
            raise Unusable("LCA407", "a link is not followed", "put the file itself beside the descriptor")
    if not stat.S_ISREG(mode):
        what = "a folder" if stat.S_ISDIR(mode) else "a device or a pipe"
        raise Unusable("LCA407", f"it is {what}, not a file", "name a file")
    return _read(path, largest)


def _parts(name: str) -> tuple[str, ...]:
    """Return the parts of a relative name that stays below its folder."""
    outside = "name a file beside the descriptor or in a folder below it, as in `evidence/letter.pdf`"
    if "\\" in name or "\0" in name:
        raise Unusable("LCA407", "only `/` separates folders", outside)
    path = PurePosixPath(name)
    if (
        path.is_absolute()
        or PureWindowsPath(name).drive
        or ".." in path.parts
        or name.startswith("~")
        or not path.parts
    ):
        raise Unusable("LCA407", "it lies outside the folder of the descriptor", outside)
    return path.parts


def _read(path: Path, largest: int) -> bytes:
    """Read a plain file of limited size; what was swapped for a link or a pipe meanwhile is refused too."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(path, flags), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise Unusable("LCA407", "it is not a file", "name a file")
            if status.st_size > largest:
                message = f"the file has {status.st_size / 1e6:.1f} MB, at most {largest / 1e6:.0f} MB are read"
                raise Unusable("LCA408", message, "give an extract, or the address where it is published")
            content = file.read(largest + 1)
    except OSError as error:
        raise Unusable("LCA406", f"the file cannot be read ({error.strerror})", "check its permissions") from None
    if len(content) > largest:
        raise Unusable("LCA408", f"the file has more than {largest / 1e6:.0f} MB", "give an extract")
    return content


def contents(folder: Folder, files: Mapping[str, NamedFile], names: Iterable[str]) -> dict[str, bytes]:
    """Return the contents of files that were found before.

    Raises:
        Unusable: a file has changed since.
    """
    read: dict[str, bytes] = {}
    for name in names:
        content = folder.content(name, LARGEST_FILE)
        if hashlib.sha256(content).hexdigest() != files[name].sha256:
            raise Unusable("LCA406", f"`{name}` changed while the report was made", "run the command again")
        read[name] = content
    return read
