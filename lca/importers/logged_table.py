"""A table that a tool logged: its encoding, what separates its columns, and where each cell stands."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from lca.importers.importer import Log
from lca.importers.other_logs import AS_COMPRESSED, COMPRESSED
from lca.problems import Location, Problem, ProblemsFound

#: More problems than this are not looked for: the file is another one.
MOST_LOOKED_FOR = 10_000

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
#: Bytes that Windows-1252 does not have, and signs that no text has.
_NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x81\x8d\x8f\x90\x9d]")

#: So many bytes of a long log are looked at at once.
_PIECE = 8_000_000
#: No log has a longer cell; one that long is a quotation mark without its other.
LONGEST_CELL = 131_072


class Row(Struct, frozen=True):
    """One row under the head that it stands below: its cells, its text, and the number of its first line.

    `file` is how messages name its file, `name` the file's name alone.
    """

    file: str
    name: str
    number: int
    columns: tuple[str, ...]
    cells: tuple[str, ...]
    raw: str
    separator: str

    def cell(self, column: str) -> str:
        """Return a cell, empty where the column lacks or the log says nothing."""
        found = self.cells[self.columns.index(column)] if column in self.columns else ""
        return "" if found.casefold() in ("nan", "none", "null", "n/a", "na") else found

    def place(self, column: str) -> Location:
        """Return where a cell begins; the row's beginning where the column lacks."""
        index = self.columns.index(column) if column in self.columns else 0
        return Location(self.file, self.number, column_of(self.raw, index, self.separator))


def text_of(log: Log, notes: list[Problem]) -> str:
    """Return the text of a log, noting where it is not UTF-8 as tools write it.

    Raises:
        ProblemsFound: it is no text.
    """
    place, content = Location(log.file, 1, 1), log.content
    for mark, encoding, name in (
        (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 with a byte order mark"),
        (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
        (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
    ):
        if content.startswith(mark):
            try:
                text = content.decode(encoding)
            except UnicodeDecodeError:
                break
            notes.append(Problem(place, "LCA613", f"the file is {name}; it was read as that"))
            return text
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if not _NO_TEXT.search(content):
            line = content.count(b"\n", 0, error.start) + 1
            column = error.start - content.rfind(b"\n", 0, error.start)
            message = "the file is not UTF-8; it was read as Windows-1252"
            hint = "look at the names with accents; save it as UTF-8 if they are wrong"
            notes.append(Problem(Location(log.file, line, column), "LCA613", message, hint))
            return content.decode("cp1252")
        if content.startswith(COMPRESSED):
            raise ProblemsFound([Problem(place, "LCA103", *AS_COMPRESSED)]) from None
        message = f"the file is not UTF-8 text (byte {error.start})"
        raise ProblemsFound([Problem(place, "LCA103", message, "save it as UTF-8; is it the right file?")]) from None


def utf8_of(log: Log, notes: list[Problem]) -> bytes:
    """Return the text of a log as UTF-8, which the file of a long one already is: nothing is then held twice.

    Raises:
        ProblemsFound: it is no text.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(log.content), _PIECE):
            decoder.decode(log.content[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return text_of(log, notes).encode()
    return log.content if not log.content.startswith(codecs.BOM_UTF8) else text_of(log, notes).encode()


def without_nul(text: str, log: Log) -> Iterator[Problem]:
    """Yield where a text holds NUL, as where a disk was full or a computer stopped while the log was written."""
    if "\0" not in text:
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if "\0" in line:
            place = Location(log.file, number, line.index("\0") + 1)
            hint = "the disk was full, or the computer stopped; remove the line if the rest is whole"
            yield Problem(place, "LCA110", "a NUL character stands here: the log was damaged as it was written", hint)


def separator_of(text: str, required: Sequence[str]) -> str:
    """Return what separates the columns of a head: what finds most of the required ones in its first line."""
    first = next((line for line in text.splitlines() if line.strip()), "")

    def found(separator: str) -> int:
        return len({cell.strip(' "\ufeff') for cell in first.split(separator)} & set(required))

    return max(SEPARATORS, key=found)


def rows_of(
    text: str, log: Log, required: Sequence[str], notes: list[Problem], problems: list[Problem], usual: str = ","
) -> Iterator[Row]:
    """Yield the rows below their heads; the first row is the head, with itself as its cells; `usual` is what the tool separates by.

    A head that stands again, as where logs were joined, is noted, and serves the rows below it.

    Raises:
        ProblemsFound: it is no table.
    """
    separator, file = separator_of(text, required), log.file
    if separator != usual:
        message = f"the columns are separated by {SEPARATORS[separator]}, and a comma in a number is a decimal comma"
        notes.append(Problem(Location(file, 1, 1), "LCA613", message, "a spreadsheet wrote it; compare a few numbers"))
    columns: tuple[str, ...] = ()
    for number, found, raw in _lines(text, file, separator):
        cells = tuple(cell.strip(" \t\ufeff\u00a0") for cell in found)
        if len(problems) >= MOST_LOOKED_FOR:
            message = f"so much is wrong that nothing is read from line {number} on"
            problems.append(Problem(Location(file, 1, 1), "LCA205", message, "is it the right file?"))
            return
        if not columns:
            columns = cells
        elif cells == columns or set(required) <= set(cells):
            message = "the head stands here again, as where two logs were joined; it is no run, and was skipped"
            notes.append(Problem(Location(file, number, 1), "LCA613", message))
            columns = cells
            continue
        elif len(cells) != len(columns):
            message = f"the row has {len(cells)} cells, the head {len(columns)}"
            problems.append(Problem(Location(file, number, 1), "LCA205", message, "is the file cut off?"))
            continue
        yield Row(file, log.name, number, columns, cells, raw, separator)


def _lines(text: str, file: str, separator: str) -> Iterator[tuple[int, list[str], str]]:
    """Yield each row that holds something: the number of its first line, its cells, and its text."""
    source = io.StringIO(text.removeprefix("\ufeff"), newline="")
    kept: list[str] = []

    def remembered() -> Iterator[str]:
        for line in source:
            kept.append(line)
            yield line

    reader, before = csv.reader(remembered(), delimiter=separator), 0
    try:
        for cells in reader:
            raw, number = "".join(kept), before + 1
            kept.clear()
            before = reader.line_num
            if any(len(cell) > LONGEST_CELL for cell in cells):  # the reader's own limit may be another library's
                raise csv.Error(f"a cell has more than {LONGEST_CELL} letters")
            if any(cell.strip() for cell in cells):
                yield number, cells, raw
    except csv.Error as error:
        message = f"not a table of {SEPARATORS[separator]}: {error}"
        raise ProblemsFound([Problem(Location(file, 1, 1), "LCA205", message, "is it the right file?")]) from None


def column_of(raw: str, index: int, separator: str) -> int:
    """Return where the cell of an index begins in a row, counted from one; a quoted separator begins no cell."""
    quoted = seen = 0
    for position, character in enumerate(raw):
        if seen == index:
            return position + 1
        quoted ^= character == '"'
        seen += character == separator and not quoted
    return 1
