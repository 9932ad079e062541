"""A deposit: a plain PDF for a portal and, beside it, one archive with all that the PDF rests on and a receipt.

Portals take attachments out of a PDF, and a signature changes its bytes: the archive outlives both.
"""

from __future__ import annotations

import datetime
import hashlib
import io
import zipfile
from collections.abc import Mapping

import msgspec
from msgspec import Struct

from lca.problems import Location, Problem, ProblemsFound

RECEIPT, FOLDER = "receipt.json", "attachments/"

#: The largest sum of what an archive unfolds to, and the largest number of files in it.
LARGEST_SUM, MOST_FILES = 250_000_000, 1_000


class Deposit(Struct, frozen=True):
    """The two files of a deposit."""

    pdf: bytes
    archive: bytes


class Receipt(Struct, frozen=True):
    """What was deposited: by which program and catalogue, on which date, and the SHA-256 of each file by its name."""

    program: str
    catalogue: str
    date: str
    pdf: str
    sha256: dict[str, str]
    format: int = 1


class Archive(Struct, frozen=True):
    """An archive taken apart: its PDF, what travels with it by name, and its receipt."""

    pdf: bytes
    files: dict[str, bytes]
    receipt: Receipt


def packed(pdf: bytes, name: str, files: Mapping[str, bytes], receipt: Receipt, date: datetime.datetime) -> bytes:
    """Return the archive of a deposit; the same contents and date give the same bytes on any machine.

    Args:
        pdf: the plain PDF.
        name: the name that it is deposited under.
        files: what travels with it, by name.
        receipt: what the archive says of itself.
        date: moment that each entry is dated by; an archive knows none before 1980.
    """
    entries = {RECEIPT: msgspec.json.format(msgspec.json.encode(receipt), indent=1), name: pdf}
    entries |= {f"{FOLDER}{one}": content for one, content in files.items()}
    moment = max(date, datetime.datetime(1980, 1, 1, tzinfo=date.tzinfo)).timetuple()[:6]
    written = io.BytesIO()
    # Stored and not packed: libraries of compression differ between machines.
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for path, content in entries.items():
            entry = zipfile.ZipInfo(path, moment)
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # the same wherever it is written
            archive.writestr(entry, content)
    return written.getvalue()


def receipt_of(
    pdf: bytes, name: str, files: Mapping[str, bytes], program: str, catalogue: str, date: datetime.date
) -> Receipt:
    """Return the receipt of a deposit."""
    hashes = {name: pdf, **{f"{FOLDER}{one}": content for one, content in files.items()}}
    return Receipt(program, catalogue, date.isoformat(), name, {one: _hash(held) for one, held in hashes.items()})


def is_archive(content: bytes) -> bool:
    """Say by its beginning whether a file is an archive."""
    return content[:4] == b"PK\x03\x04"


def taken_apart(content: bytes, file: str) -> Archive:
    """Return what an archive holds that nobody vouches for.

    Raises:
        ProblemsFound: it is damaged or no deposit, unfolds to more than one, or holds other files than its receipt says.
    """
    try:
        entries = _entries(content, file)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise _refused(file, "LCA921", f"the archive is broken ({type(error).__name__})") from None
    if RECEIPT not in entries:
        raise _refused(file, "LCA922", f"it is no deposit: it holds no `{RECEIPT}`")
    try:
        receipt = msgspec.json.decode(entries.pop(RECEIPT), type=Receipt)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise _refused(file, "LCA922", f"its `{RECEIPT}` cannot be read") from None
    wrong = sorted(
        name
        for name in {*entries, *receipt.sha256}
        if name not in entries or receipt.sha256.get(name) != _hash(entries[name])
    )
    if wrong:
        more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
        named = ", ".join(f"`{name[:60]}`" for name in wrong[:3])
        raise _refused(file, "LCA922", f"it holds other files than its receipt says: {named}{more}")
    if receipt.pdf not in entries or any(not name.startswith(FOLDER) for name in entries if name != receipt.pdf):
        raise _refused(file, "LCA922", f"its `{RECEIPT}` names no PDF of it")
    pdf = entries.pop(receipt.pdf)
    return Archive(pdf, {name.removeprefix(FOLDER): held for name, held in entries.items()}, receipt)


def _entries(content: bytes, file: str) -> dict[str, bytes]:
    """Return the files of an archive by their names in it; nothing is written to disk, so a name can lead nowhere."""
    found: dict[str, bytes] = {}
    left = LARGEST_SUM
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > LARGEST_SUM:
            limit = f"at most {MOST_FILES:,} files of {LARGEST_SUM / 1e6:.0f} MB together are read"
            raise _refused(file, "LCA923", f"it holds more than a deposit does: {limit}")
        for entry in entries:
            if entry.filename in found:
                raise _refused(file, "LCA922", f"it holds two files named `{entry.filename[:60]}`")
            with archive.open(entry) as stream:  # what an entry says of its size binds nobody
                held = stream.read(left + 1)
            left -= len(held)
            if left < 0:
                raise _refused(file, "LCA923", "it unfolds to more than a deposit holds")
            found[entry.filename] = held
    return found


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _refused(file: str, code: str, message: str) -> ProblemsFound:
    hint = "give the archive as `lca report --deposit` wrote it"
    return ProblemsFound([Problem(Location(file, 1, 1), code, message, hint)])
