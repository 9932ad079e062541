"""A long table of samples: read in pieces, numbers and times of a piece at once, cell by cell only where one of them is none."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from lca.importers.draft_text import short
from lca.importers.importer import Log
from lca.importers.logged_layout import Layout, wrong_head
from lca.importers.logged_table import MOST_LOOKED_FOR, SEPARATORS, Row, column_of, separator_of
from lca.importers.power_samples import Real, Series, Short, Whole
from lca.problems import Location, Problem, ProblemsFound

#: So many bytes are read at once; what says which tool wrote a log stands in the first ones.
_PIECE, _FIRST = 4_000_000, 16_000
#: How long a time without a zone is, as tools write it: in seconds, milliseconds or microseconds.
_LENGTHS = {19, 23, 26}
_EDGES = ' "\r\n'
_EPOCH = re.compile(r"\d{9,11}(?:\.\d+)?|\d{12,13}")
_NUMBER = re.compile(r"-?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?")
_UNIT = re.compile(r"\s*\[[^\]]*\]$")
#: What tools write where a sensor gave nothing.
_NOTHING = re.compile(r"\[.*\]|N/A|-?nan|", re.IGNORECASE)
_MOST = 1e15


#: Lines, times and values of one accelerator.
Piece = tuple[Short, Whole, Real]
_NO_SAMPLES: Piece = (np.empty(0, np.int32), np.empty(0, np.int64), np.empty(0))


class Sampled(Struct, frozen=True):
    """Which columns of a table of samples hold what: the first of each that is there.

    `scale` is what one of the value's units is in watts or joules.
    """

    layout: Layout
    time: str
    value: str
    keys: tuple[str, ...]
    names: tuple[str, ...]
    scale: float = 1.0
    is_counter: bool = False


def bare(column: str) -> str:
    """Return a column's name without its unit in brackets."""
    return _UNIT.sub("", column.strip(' "\ufeff'))


class _Reader:
    """Reads the samples of one log, with what is wrong in it."""

    def __init__(self, log: Log, sampled: Sampled, notes: list[Problem], problems: list[Problem]) -> None:
        self.log, self.sampled, self.notes, self.problems = log, sampled, notes, problems
        self.tool = sampled.layout.tool
        self.separator, self.columns = ",", ()
        self.codes: dict[tuple[str, str], int] = {}
        self.named: dict[tuple[str, str], int] = {}
        self.silent: list[int] = []
        self.zones: set[str] = set()

    columns: tuple[str, ...]

    def wrong(self, line: int, raw: str, column: int, code: str, message: str, hint: str = "") -> None:
        """Note what is wrong in a cell."""
        begin = column_of(raw, column, self.separator)
        begin += len(raw[begin - 1 :]) - len(raw[begin - 1 :].lstrip())
        self.problems.append(Problem(Location(self.log.file, line, begin), code, message, hint))

    def pieces(self, text: bytes) -> Iterator[tuple[int, list[str]]]:
        """Yield the lines below the head in pieces, each with the number of its first line."""
        place, number = 0, 1
        while place < len(text):
            if len(self.problems) >= MOST_LOOKED_FOR:
                message = f"so much is wrong that nothing is read from line {number} on"
                self.problems.append(Problem(Location(self.log.file, 1, 1), "LCA205", message, "is it the right file?"))
                return
            end = text.find(b"\n", place + _PIECE) + 1 or len(text)
            lines = text[place:end].decode().removesuffix("\n").split("\n")
            yield number, lines
            place, number = end, number + len(lines)

    def first(self, columns: Sequence[str]) -> int:
        """Return where the first of some columns is that the table has, -1 where it has none of them."""
        return next((self.columns.index(column) for column in columns if column in self.columns), -1)

    def piece(self, start: int, lines: list[str]) -> tuple[Short, NDArray[np.int16], Whole, Real]:
        """Return lines, codes of accelerators, times and values of a piece."""
        separator = self.separator
        rows = [line.split(separator) for line in lines]
        numbers: Sequence[int] = range(start, start + len(lines))
        if set(map(len, rows)) != {len(self.columns)}:
            sound = [place for place, row in enumerate(rows) if self._is_row(start + place, lines[place], row)]
            rows, numbers = [rows[place] for place in sound], [start + place for place in sound]
            lines = [lines[place] for place in sound]
        time, value = self.columns.index(self.sampled.time), self.columns.index(self.sampled.value)
        stamps, values = [row[time] for row in rows], [row[value] for row in rows]
        if separator != ",":
            values = [text.replace(",", ".") for text in values]
        found = _at_once(stamps, values)
        if found is None:
            kept = [
                (place, when, amount)
                for place, raw in enumerate(lines)
                if (when := self._time(numbers[place], raw, stamps[place].strip(_EDGES), time)) is not None
                and (amount := self._value(numbers[place], raw, _number_in(values[place]), value)) is not None
            ]
            rows, numbers = [rows[place] for place, _, _ in kept], [numbers[place] for place, _, _ in kept]
            found = (
                np.array([when for _, when, _ in kept], np.int64),
                np.array([amount for _, _, amount in kept], float),
            )
        key, name = self.first(self.sampled.keys), self.first(self.sampled.names)
        names = [(row[key] if key >= 0 else "", row[name] if name >= 0 else "") for row in rows]
        for one in dict.fromkeys(names):
            bare_names = (one[0].strip(_EDGES), one[1].strip(_EDGES))
            self.codes[one] = self.named.setdefault(bare_names, len(self.named))
        return np.array(numbers, np.int32), np.array([self.codes[one] for one in names], np.int16), *found

    def _is_row(self, line: int, raw: str, cells: list[str]) -> bool:
        """Say whether a line is a row of samples, noting where it is a damaged one."""
        if not raw.strip():
            return False
        if tuple(bare(cell) for cell in cells) == self.columns:
            message = "the head stands here again, as where two logs were joined; it is no run, and was skipped"
            self.notes.append(Problem(Location(self.log.file, line, 1), "LCA613", message))
            return False
        if len(cells) != len(self.columns):
            message = f"the row has {len(cells)} cells, the head {len(self.columns)}"
            hint = "is the file cut off?" if len(cells) < len(self.columns) else "a decimal comma, or two lines in one?"
            self.problems.append(Problem(Location(self.log.file, line, 1), "LCA205", message, hint))
            return False
        return True

    def _time(self, line: int, raw: str, text: str, column: int) -> int | None:
        """Return a time in microseconds, in UTC where the log states its zone."""
        if not self._is_row(line, raw, raw.split(self.separator)):
            return None
        if _EPOCH.fullmatch(text):
            return round(float(text) * (1000 if "." not in text and len(text) > 11 else 1_000_000))
        try:
            when = datetime.datetime.fromisoformat(text.replace("/", "-"))
            if not 2000 <= when.year < 2100 or len(text) < len("2025-05-06T10:00"):
                raise ValueError("no time of a log")
        except ValueError:
            hint = "as in `2025/05/06 10:00:00.000`"
            self.wrong(line, raw, column, "LCA405", f"{self.sampled.time}: `{short(text)}` is not a date", hint)
            return None
        zone = str(when.utcoffset()) if when.tzinfo else ""
        if zone not in self.zones and self.zones:
            self._other_zone(line, raw, zone, column)
        self.zones.add(zone)
        passed = when.replace(tzinfo=None) - (when.utcoffset() or datetime.timedelta()) - datetime.datetime(1970, 1, 1)
        return passed // datetime.timedelta(microseconds=1)

    def _other_zone(self, line: int, raw: str, zone: str, column: int) -> None:
        if not zone or "" in self.zones:
            message = "some times of the log name their zone, and others do not"
            self.wrong(line, raw, column, "LCA405", message, "write all in one zone, as in `2025-05-06T10:00:00+00:00`")
        else:
            message = "the log has times of several zones; they were read as one clock"
            place = Location(self.log.file, line, column_of(raw, column, self.separator))
            self.notes.append(Problem(place, "LCA613", message))

    def _value(self, line: int, raw: str, text: str, column: int) -> float | None:
        """Return a sample; None where the sensor gave nothing, or it is no number."""
        name = self.sampled.value
        if text.casefold().lstrip("+-") in ("nan", "inf", "infinity"):
            self.wrong(line, raw, column, "LCA304", f"{name}: the number must be finite, and real")
        elif _NOTHING.fullmatch(text):
            self.silent.append(line)
        elif not _NUMBER.fullmatch(text):
            self.wrong(
                line,
                raw,
                column,
                "LCA301",
                f"{name}: `{short(text)}` is not a number",
                f"{self.tool} writes it as `60.12`",
            )
        elif float(text) < 0:
            self.wrong(line, raw, column, "LCA304", f"{name} must be at least 0, not {short(text)}")
        elif float(text) > _MOST:
            self.wrong(line, raw, column, "LCA304", f"{name}: the number must be finite, and real")
        else:
            return float(text)
        return None


def _number_in(text: str) -> str:
    return text.strip(_EDGES).removesuffix(" W")


def _at_once(stamps: list[str], values: list[str]) -> tuple[Whole, Real] | None:
    """Return the times and values of a piece, None where one of them has to be looked at."""
    if not set(map(len, stamps)) <= _LENGTHS:
        return None
    values = [text.rstrip("\r") for text in values]
    if values and values[0].endswith(" W") and all(text.endswith(" W") for text in values):
        values = [text[:-2] for text in values]
    try:
        times = np.array([stamp.replace("/", "-") for stamp in stamps], dtype="datetime64[us]").astype(np.int64)
        found = np.array(list(map(float, values)))
    except ValueError:
        return None
    early, late = (np.datetime64(f"{year}-01-01T00:00:00", "us").astype(np.int64) for year in (2000, 2100))
    if not len(found):
        return times, found
    sound = found.min() >= 0 and found.max() <= _MOST and times.min() >= early and times.max() < late
    return (times, found) if sound else None  # what is NaN is neither


def head_of(text: bytes) -> str:
    """Return the head of a table, which stands in one of its first lines."""
    first = text[:_FIRST].decode("utf-8", "replace").split("\n", 3)[:3]
    return next((line for line in first if line.strip()), "")


def series_of(text: bytes, log: Log, sampled: Sampled, notes: list[Problem], problems: list[Problem]) -> list[Series]:
    """Return the samples of a log by accelerator, noting what was assumed, and what cannot be read.

    Raises:
        ProblemsFound: the head is not that of such a table.
    """
    reader = _Reader(log, sampled, notes, problems)
    head = head_of(text)
    reader.separator = separator_of(re.sub(r" \[[^\],;|\t]*\]", "", head), (sampled.time, sampled.value, *sampled.keys))
    reader.columns = tuple(bare(cell) for cell in head.split(reader.separator))
    row = Row(log.file, log.name, 1, reader.columns, reader.columns, head, reader.separator)
    wrong = list(wrong_head(row, text[:_FIRST].decode("utf-8", "replace"), sampled.layout))
    if wrong:
        raise ProblemsFound(wrong)
    if reader.separator != ",":
        message = (
            f"the columns are separated by {SEPARATORS[reader.separator]}, and a comma in a number is a decimal comma"
        )
        notes.append(
            Problem(Location(log.file, 1, 1), "LCA613", message, "a spreadsheet wrote it; compare a few numbers")
        )
    found: dict[int, list[Piece]] = {}
    headless = False
    for start, lines in reader.pieces(text):
        if not headless:  # the head, and empty lines before it
            skipped = next(place for place, line in enumerate(lines) if line.strip()) + 1
            start, lines, headless = start + skipped, lines[skipped:], True
        numbers, codes, times, values = reader.piece(start, lines)
        for code in np.unique(codes).tolist():
            here = codes == code
            found.setdefault(code, []).append((numbers[here], times[here], values[here] * sampled.scale))
    _tell_silent(reader)
    return [
        Series(key, name, *_joined(found.pop(code, [_NO_SAMPLES])), sampled.is_counter)
        for (key, name), code in reader.named.items()
    ]


def _joined(pieces: list[Piece]) -> Piece:
    """Return the samples of one accelerator in one piece."""
    numbers, times, values = (np.concatenate(column) for column in zip(*pieces, strict=True))
    return numbers, times, values


def _tell_silent(reader: _Reader) -> None:
    if reader.silent:
        message = f"{reader.sampled.value}: the sensor gave nothing in {len(reader.silent)} rows, which were left out"
        reader.notes.append(Problem(Location(reader.log.file, reader.silent[0], 1), "LCA613", message))
