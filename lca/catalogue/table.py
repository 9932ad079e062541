"""The tables of the catalogue: their columns, and a line of one, whose cells are read when they are asked for."""

from __future__ import annotations

import csv

from msgspec import Struct

#: The columns of every table of the catalogue; `factors/README.md` explains them.
COLUMNS = (
    *("key", "indicator", "label", "value", "unit", "low", "high", "uncertainty_class", "geography", "year", "method"),
    *("coverage", "locator", "status", "aliases", "note"),
)


class TableRow(Struct, frozen=True):
    """One line of a table: the folder of its source, and the line as it stands in the file."""

    source: str
    line: str

    @property
    def cells(self) -> dict[str, str]:
        """The texts by column."""
        return dict(zip(COLUMNS, next(csv.reader([self.line])), strict=True))
