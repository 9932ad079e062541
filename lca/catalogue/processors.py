"""The processors whose power the catalogue holds, and which of them a name means."""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping, Sequence

from lca.catalogue.names import NameIndex, NameMatch, PrintedName
from lca.catalogue.table import COLUMNS, TableRow

LABEL, ALIASES = COLUMNS.index("label"), COLUMNS.index("aliases")


class Processors:
    """Finds processors by identifier, by label, and by the names that machines print and people write."""

    def __init__(self, rows: Mapping[tuple[str, str], Sequence[TableRow]], printed: Sequence[PrintedName]) -> None:
        """Take the catalogue's rows by key and indicator, and the names that were seen in print."""
        self._rows = rows
        self._printed = printed
        found = (some for (key, _), some in rows.items() if key.endswith("/tdp") and key.startswith("processor/"))
        self._powers = tuple(row for some in found for row in some)
        self._shared = {one.name.casefold() for one in printed if one.kind == "ambiguous"}
        self._matched: dict[str, NameMatch] = {}

    def named(self, name: str) -> NameMatch:
        """Return which model a name is."""
        if name not in self._matched:
            own = self._labelled(name.casefold().strip())
            self._matched[name] = NameMatch("exact", own) if own else self.names.find(name)
        return self._matched[name]

    def label(self, identifier: str) -> str:
        """Return how a model is called."""
        rows = self._rows.get((f"processor/{identifier}/tdp", ""))
        return rows[0].cells["label"] if rows else self.names.label(identifier)

    def _labelled(self, name: str) -> str:
        """Return the model whose identifier or label a name is, if no other bears it; the index of all takes long to make."""
        if name in self._shared:
            return ""
        for cells in csv.reader(row.line for row in self._powers if name in row.line.casefold()):
            if name in (cells[0].split("/")[1], cells[LABEL].casefold()):
                return cells[0].split("/")[1]
        return ""

    @functools.cached_property
    def names(self) -> NameIndex:
        """What finds the model of a name that is neither an identifier nor a label."""
        named: dict[str, str] = {}
        for cells in csv.reader(row.line for row in self._powers):
            identifier = cells[0].split("/")[1]
            named.setdefault(identifier, identifier)
            named.setdefault(cells[LABEL].casefold(), identifier)
        names: dict[str, list[str]] = {}
        of_label: dict[str, str] = {}
        for cells in csv.reader(row.line for row in self._powers):
            # Lists name a processor with and without the graphics on it.
            bare, own = cells[LABEL].casefold().partition(" with radeon")[0], cells[0].split("/")[1]
            same = "" if bare in self._shared else named.get(bare, "")
            written = names.setdefault(of_label.setdefault(bare, same or own), [])
            written += [cells[LABEL], *(name for name in cells[ALIASES].split(";") if name)]
        memory = {
            key.split("/")[1]: float(some[0].cells["value"])
            for (key, _), some in self._rows.items()
            if key.startswith("processor/") and key.endswith("/memory")
        }
        return NameIndex(names, self._printed, memory)
