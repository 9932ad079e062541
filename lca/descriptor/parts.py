"""Records of unlike kinds, each found by its type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self, TypeVar

from msgspec import Struct

P = TypeVar("P")


class Parts:
    """Records, at most one of each type: `parts[Money]` is the record of that type."""

    __slots__ = ("_records",)

    def __init__(self, *records: object) -> None:
        self._records: dict[type, Any] = {type(record): record for record in records}

    def __getitem__(self, part: type[P]) -> P:
        record: P = self._records[part]
        return record

    def get(self, part: type[P]) -> P | None:
        """Return the record of a type, None where there is none."""
        record: P | None = self._records.get(part)
        return record

    def __iter__(self) -> Iterator[Any]:
        """Yield the records in the order in which they were given."""
        return iter(self._records.values())

    def joined(self, record: object) -> Self:
        """Return these records and one more."""
        return type(self)(*self, record)

    def replaced(self, record: object) -> Self:
        """Return these records with one in place of that of its type."""
        return type(self)(*(record if type(one) is type(record) else one for one in self))


class Part(Struct, frozen=True):
    """Which part of a descriptor becomes a record of a type.

    With a `key`, the record is what stands at that top-level key; without one, its fields are top-level keys. A record that is
    `always` there has defaults for all of its fields.
    """

    record: type[Struct]
    key: str = ""
    always: bool = False
