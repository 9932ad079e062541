"""What a report carries and prints, read from a PDF or an HTML page that nobody vouches for; the only reader of PDFs."""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import io
import logging
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from lca.assessment.attachments import HOW
from lca.assessment.data_section import links
from lca.files.deposits import is_archive, taken_apart
from lca.files.texts import read_bytes, shown
from lca.problems import Location, Problem, ProblemsFound

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

#: The largest report that is read, the largest sum of what it carries or draws, and the largest number of files in it.
LARGEST_REPORT, LARGEST_SUM, MOST_FILES = 100_000_000, 250_000_000, 1_000

#: What this program names itself by, in a page and in a PDF.
_PROGRAM = re.compile(r"lca [0-9][\w.+-]{0,30}")
_GENERATOR = re.compile(rb'<meta name="generator" content="([^"]{1,60})">')

PDF, HTML = "pdf", "html"


class Carried(Struct, frozen=True):
    """A report as a file: its name for messages, what kind it is, the program that made it, and what it carries by name.

    `is_signed` where its PDF bears a signature; `deposited` says of what was deposited whether its bytes are still those of the
    receipt, None of a report that is no deposit.
    """

    file: str
    kind: str
    made_by: str
    files: dict[str, bytes]
    content: bytes
    is_signed: bool = False
    deposited: bool | None = None


def read_report(path: Path, archive: Path | None = None) -> Carried:
    """Return a report with all that it carries, or with what the archive of its deposit holds.

    Raises:
        ProblemsFound: it cannot be read, is no report of this program, carries nothing, or does not belong to the archive.
    """
    content, file = read_bytes(path, LARGEST_REPORT, "a report"), shown(path)
    if archive is None:
        return _of_deposit(None, file, content, file) if is_archive(content) else _report(content, file)
    beside, name = read_bytes(archive, LARGEST_REPORT, "an archive"), shown(archive)
    if is_archive(content):  # in either order
        content, file, beside, name = beside, name, content, file
    if not is_archive(beside):
        raise _refused(name, "LCA921", "it is no archive", "give the .zip that `lca report --deposit` wrote")
    return _of_deposit(content, file, beside, name)


def _of_deposit(content: bytes | None, file: str, beside: bytes, name: str) -> Carried:
    """Return what was deposited: the PDF as it came back from a portal, or that of the archive, with the files of the archive."""
    archive = taken_apart(beside, name)
    deposited = archive.pdf if content is None else content
    if not deposited[:1024].lstrip().startswith(b"%PDF-"):
        raise _refused(file, "LCA921", "it is no PDF", "a deposit is a PDF and an archive")
    made_by, held = _of_pdf(deposited, file)
    for one, own in held.items():
        if archive.files.get(one) != own:
            message = f"it carries another `{one[:60]}` than the archive `{name}`"
            raise _refused(file, "LCA922", message, "give the PDF and the archive of one deposit")
    found = Carried(file, PDF, made_by, archive.files, deposited, _is_signed(deposited, file), deposited == archive.pdf)
    return _checked(found)


def _report(content: bytes, file: str) -> Carried:
    """Return a report that carries its own files."""
    is_signed = False
    if content[:1024].lstrip().startswith(b"%PDF-"):
        made_by, files = _of_pdf(content, file)
        kind, is_signed = PDF, _is_signed(content, file)
    elif b"<html" in content[:1024].lower():
        made_by, files = _of_html(content, file)
        kind = HTML
    else:
        hint = "give the .pdf or the .html that `lca report` wrote"
        raise _refused(file, "LCA921", "it is neither a PDF nor an HTML page", hint)
    return _checked(Carried(file, kind, made_by, files, content, is_signed))


def _checked(report: Carried) -> Carried:
    """Return a report of this program that has what it was made from.

    Raises:
        ProblemsFound: it is another program's, or lacks its files.
    """
    made_by, files = report.made_by, report.files
    if not _PROGRAM.fullmatch(made_by):
        who = f"by `{made_by[:60]}`" if made_by else "by a program that does not say its name"
        hint = "give the file as `lca report` wrote it"
        raise _refused(report.file, "LCA922", f"it was made {who}, not by `lca report`", hint)
    if HOW not in files:
        lost = "it carries no files: they were taken out of it" if not files else f"it carries no `{HOW}`"
        hint = "give the file as it was written, or with the archive that `lca report --deposit` wrote beside it"
        raise _refused(report.file, "LCA922", lost, hint)
    return report


def is_report(path: Path) -> bool:
    """Say by its beginning whether a file is a PDF, an HTML page or an archive, and so no descriptor."""
    try:
        if not path.is_file():  # a pipe would be waited for
            return False
        with path.open("rb") as file:
            begins = file.read(1024)
    except (OSError, ValueError):  # a name may hold what no name of a file can
        return False
    return is_archive(begins) or begins.lstrip().startswith(b"%PDF-") or b"<html" in begins.lower()


def words_of_page(content: bytes, number: int, file: str) -> list[str]:
    """Return the words that a page of a PDF prints, counted from 0.

    Raises:
        ProblemsFound: the page cannot be read.
    """
    with _reading(content, file) as reader:
        return str(reader.pages[number].extract_text()).split()


def number_of_pages(content: bytes, file: str) -> int:
    """Return how many pages a PDF has.

    Raises:
        ProblemsFound: it cannot be read.
    """
    with _reading(content, file) as reader:
        return len(reader.pages)


def drawings(content: bytes, file: str) -> list[str]:
    """Return a hash of each page of a PDF: of all that it draws, with its fonts, pictures and notes.

    Raises:
        ProblemsFound: a page cannot be read, or draws more than a report does.
    """
    with _reading(content, file) as reader:
        left = [LARGEST_SUM]
        return [_drawing(page, left, file) for page in reader.pages]


def _of_pdf(content: bytes, file: str) -> tuple[str, dict[str, bytes]]:
    """Return who made a PDF, and the files attached to it."""
    with _reading(content, file) as reader:
        if reader.is_encrypted:
            raise _refused(file, "LCA921", "the PDF is encrypted", "give it as it was written, without a password")
        made_by = str(reader.metadata.creator or "") if reader.metadata else ""
        return made_by, _held(((one.alternative_name or one.name, one.content) for one in reader.attachment_list), file)


def _is_signed(content: bytes, file: str) -> bool:
    """Say whether a PDF has a field with a signature in it; whose, and whether it holds, is not looked at."""
    with _reading(content, file) as reader:
        fields = reader.get_fields() or {}
        return any(field.get("/FT") == "/Sig" and field.get("/V") is not None for field in fields.values())


def _of_html(content: bytes, file: str) -> tuple[str, dict[str, bytes]]:
    """Return who made a page, and the files that stand in its last section as links."""
    generator = _GENERATOR.search(content[:4096])
    made_by = generator[1].decode("utf-8", "replace") if generator else ""
    found = links(content.decode("utf-8", "replace"))
    try:
        return made_by, _held(((name, base64.b64decode(text, validate=True)) for name, text in found), file)
    except binascii.Error:
        raise _refused(
            file, "LCA921", "a file in it is damaged (no base 64)", "give the file as it was written"
        ) from None


def _held(found: Iterable[tuple[str, bytes]], file: str) -> dict[str, bytes]:
    """Return files by name, not too many and not too large together; a name stands once."""
    files: dict[str, bytes] = {}
    size = 0
    for name, content in found:
        size += len(content)
        if size > LARGEST_SUM or len(files) >= MOST_FILES:
            limit = f"at most {MOST_FILES:,} files of {LARGEST_SUM / 1e6:.0f} MB together are read"
            raise _refused(file, "LCA923", f"it carries more than a report does: {limit}", "is it the right file?")
        if name in files:
            message = f"it carries two files named `{name[:60]}`"
            raise _refused(file, "LCA922", message, "give the file as `lca report` wrote it")
        files[name] = content
    return files


@contextlib.contextmanager
def _reading(content: bytes, file: str) -> Iterator[PdfReader]:
    """Open a PDF; whatever its reader stumbles on is told as one problem, and nothing of it is printed.

    Raises:
        ProblemsFound: it is broken, or unfolds to more than the reader's limits.
    """
    import pypdf
    from pypdf.errors import LimitReachedError

    logger = logging.getLogger("pypdf")
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
    try:
        yield pypdf.PdfReader(io.BytesIO(content))
    except ProblemsFound:
        raise
    except LimitReachedError:
        message = "it unfolds to more than a report holds"
        raise _refused(file, "LCA923", message, "is it the right file?") from None
    except Exception as error:  # a file that was made to break a reader may raise anything in it
        message = f"the PDF is broken ({type(error).__name__})"
        raise _refused(file, "LCA921", message, "give the file as it was written") from None


#: What of a page is no drawing: where it hangs in the file, and how its streams are packed.
_NOT_DRAWN = {"/Parent", "/StructParent", "/StructParents", "/Length", "/Filter", "/DecodeParms"}


def _drawing(page: PageObject, left: list[int], file: str) -> str:
    """Return a hash of a page; `left` holds how many bytes may still be unfolded."""
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

    digest = hashlib.sha256()
    seen: dict[int, int] = {}

    def add(node: Any) -> None:
        if isinstance(node, IndirectObject):
            if node.idnum in seen:
                digest.update(b"as %d" % seen[node.idnum])
                return
            seen[node.idnum] = len(seen)
            node = node.get_object()
        if isinstance(node, DictionaryObject):
            for key in sorted(set(node) - _NOT_DRAWN):
                held = node.raw_get(key)
                if key == "/Annots":  # a signature is put on a page that was drawn before
                    held = ArrayObject(one for one in held.get_object() if not _is_signature(one.get_object()))
                    if not held:
                        continue
                digest.update(f"{key} ".encode())
                add(held)
            if isinstance(node, StreamObject):
                drawn = node.get_data()
                left[0] -= len(drawn)
                if left[0] < 0:
                    message = "its pages draw more than a report does"
                    raise _refused(file, "LCA923", message, "is it the right file?")
                digest.update(hashlib.sha256(drawn).digest())
        elif isinstance(node, ArrayObject):
            digest.update(b"[%d " % len(node))
            for child in node:
                add(child)
        else:
            digest.update(f"{node!r} ".encode())

    add(page)
    return digest.hexdigest()


def _is_signature(annotation: Any) -> bool:
    return bool(annotation.get("/Subtype") == "/Widget" and annotation.get("/FT") == "/Sig")


def _refused(file: str, code: str, message: str, hint: str) -> ProblemsFound:
    return ProblemsFound([Problem(Location(file, 1, 1), code, message, hint)])
