"""A run over a portfolio: what is kept from before, what is assessed now, and all rows in the order of their numbers."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from msgspec.structs import replace

from lca.descriptor.document import MAXIMUM_BYTES
from lca.files.looked_for import is_unchanged
from lca.files.named_files import OnDisk
from lca.files.texts import read_bytes
from lca.portfolio.across import Across, Finding
from lca.portfolio.children import Done
from lca.portfolio.kept import Kept
from lca.portfolio.listing import Listing, Submitted
from lca.portfolio.row import REFUSED, Row, decoded, encoded
from lca.portfolio.setting import Setting, Task
from lca.problems import Location, ProblemsFound

#: Is told how many dossiers are done, of how many, and how many of these were kept from before.
Tell = Callable[[int, int, int], None]


class Engine(Protocol):
    """What assesses dossiers somewhere: in child processes here, or on a cluster."""

    def results(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Yield what comes of each task once, in any order."""


class Run:
    """The dossiers of a run: assessed, or kept from before, then read again as often as somebody looks at them."""

    def __init__(self, listing: Listing, setting: Setting, kept: Kept) -> None:
        self.listing, self.setting, self.kept = listing, setting, kept
        self._keys: dict[str, str] = {}
        self._lost: dict[str, bytes] = {}

    def assess(self, engine: Engine, tell: Tell) -> None:
        """Assess all dossiers whose row is not kept from before."""
        of = len(self.listing.dossiers)
        self.kept.begin(self.setting.as_of.isoformat())
        done, again = 0, 0

        def tasks() -> Iterator[Task]:
            nonlocal again
            for one in self.listing.dossiers:
                task = self._task(one)
                if task is not None:
                    yield task
                else:
                    again += 1
                    tell(done + again, of, again)

        for task, row, may_be_kept in engine.results(tasks()):
            done += 1
            if may_be_kept:
                self.kept.keep(self._keys[task.number], row)
            else:
                self._lost[task.number] = row
            tell(done + again, of, again)
        self.kept.write()

    def finish(self, documents: Iterable[str] = ()) -> None:
        """Note that the outputs are written, and let go of other dossiers and settings; `documents` are the keys of those used."""
        self.kept.finish((*self._keys.values(), *documents))

    def rows(self) -> Iterator[Row]:
        """Yield the row of each dossier in the order of the numbers."""
        for one in self.listing.dossiers:
            lost = self._lost.get(one.number)
            row = decoded(lost) if lost is not None else self.kept.row(self._keys[one.number])
            assert row is not None, one.number
            yield row

    def _task(self, one: Submitted) -> Task | None:
        """Return what is to be done for a dossier, None where its row is there already."""
        try:
            content = read_bytes(one.path, MAXIMUM_BYTES, "a descriptor")
        except ProblemsFound as found:
            problems = tuple(replace(p, location=Location(one.file, 1, 1)) for p in found.problems)
            self._lost[one.number] = encoded(Row(number=one.number, file=one.file, outcome=REFUSED, problems=problems))
            return None
        key = self._keys[one.number] = self.setting.key(one.number, one.file, content)
        row, folder = self.kept.row(key), OnDisk(one.path)
        if row is not None and all(is_unchanged(folder, name, sha256) for name, sha256 in row.files.items()):
            return None
        return Task(one.number, one.file, content, str(one.path))


def compared(run: Run) -> Across:
    """Return the dossiers of a run seen side by side."""
    references: dict[str, str] = {}
    for row in run.rows():
        if row.reference:
            references.setdefault(posixpath.join(posixpath.dirname(row.file), row.reference), row.number)
    across = Across()
    for row in run.rows():
        across.add(row, references.get(row.file, ""))
    across.compare()
    return across


def side_by_side(run: Run, across: Across) -> Iterator[tuple[Row, tuple[Finding, ...]]]:
    """Yield each dossier in the order of the numbers, with what shows beside the others."""
    for place, row in enumerate(run.rows()):
        yield row, across.of(place)
