"""What changed between two versions of the catalogue: rows added, removed and changed, and keys that another source leads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from lca.catalogue.book import FactorBook
from lca.catalogue.table import TableRow
from lca.quantities.units import conversion, same_dimension

#: Kinds of change, in the order in which they are told.
ADDED, REMOVED, CHANGED, LEAD = KINDS = ("added", "removed", "changed", "lead")
#: Columns that a figure depends on, by which two rows are told apart; labels, places and notes are not.
BEARING = ("value", "unit", "low", "high", "uncertainty_class", "year", "coverage", "status")

_Cells = Mapping[str, str]


class Change(Struct, frozen=True):
    """One change: of which row, its values with their units, their ratio where both are known and alike.

    `source` is that of the row; of a key that another source leads it is the new one, and `old_source` the one before.
    `columns` names what differs in a changed row.
    """

    kind: str
    key: str
    indicator: str
    source: str
    old_source: str
    old: float | None
    new: float | None
    old_unit: str
    new_unit: str
    columns: tuple[str, ...] = ()

    @property
    def ratio(self) -> float | None:
        """New over old; None where one is missing, zero, or of another dimension."""
        if not self.old or self.new is None or not same_dimension(self.old_unit, self.new_unit):
            return None
        return self.new * conversion(self.new_unit, self.old_unit) / self.old


def changes(old: FactorBook, new: FactorBook) -> tuple[Change, ...]:
    """Return all changes from one version to another, by kind, then by source, key and indicator."""
    found = [*_of_rows(_rows(old), _rows(new)), *_of_leads(old, new)]
    return tuple(sorted(found, key=lambda c: (KINDS.index(c.kind), c.source, c.key, c.indicator)))


def by_source(found: tuple[Change, ...]) -> dict[str, dict[str, int]]:
    """Return how many changes of each kind a source has."""
    counts: dict[str, dict[str, int]] = {}
    for change in sorted(found, key=lambda c: c.source):
        of = counts.setdefault(change.source, dict.fromkeys(KINDS, 0))
        of[change.kind] += 1
    return counts


def _rows(book: FactorBook) -> dict[tuple[str, str, str], str]:
    return {(key, indicator, row.source): row.line for (key, indicator), rows in book.rows.items() for row in rows}


def _of_rows(old: Mapping[tuple[str, str, str], str], new: Mapping[tuple[str, str, str], str]) -> Iterator[Change]:
    for row in old.keys() | new.keys():
        before, after = old.get(row), new.get(row)
        if before == after:
            continue
        was, now = (_cells(line) for line in (before, after))
        columns = tuple(c for c in BEARING if was and now and _told(was, c) != _told(now, c))
        if was and now and not columns:
            continue
        kind = CHANGED if was and now else ADDED if now else REMOVED
        key, indicator, source = row
        units = was.get("unit", ""), now.get("unit", "")
        yield Change(kind, key, indicator, source, source, _value(was), _value(now), *units, columns)


def _of_leads(old: FactorBook, new: FactorBook) -> Iterator[Change]:
    """Yield keys of both versions whose preferred source is another one."""
    for key, indicator in old.rows.keys() & new.rows.keys():
        was, now = old.get(key, indicator), new.get(key, indicator)
        if was.source.id != now.source.id:
            yield Change(LEAD, key, indicator, now.source.id, was.source.id, was.value, now.value, was.unit, now.unit)


def _cells(line: str | None) -> _Cells:
    return TableRow("", line).cells if line is not None else {}


def _told(cells: _Cells, column: str) -> object:
    """Return what a cell says: a number whatever its spelling, words whatever their order."""
    text = cells[column]
    if column in ("value", "low", "high"):
        return float(text) if text else None
    return frozenset(text.split()) if column == "coverage" else text


def _value(cells: _Cells) -> float | None:
    return float(cells["value"]) if cells else None
