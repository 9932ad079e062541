"""Rows that are kept in a file between runs, so that a run that was killed goes on where it was."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

from lca.files.texts import shown
from lca.files.writing_whole import remove_left_behind
from lca.portfolio.row import Row, decoded
from lca.problems import Location, Problem, ProblemsFound

NAME = "kept.sqlite"
#: So many rows are written at once; a run that is killed repeats at most these.
TOGETHER = 20
_TABLES = """
create table if not exists kept (key text primary key, row blob not null);
create table if not exists documents (key text primary key, content blob not null);
create table if not exists unfinished (as_of text not null);
"""
#: Nobody else reads or writes meanwhile; what is written survives the program's end, and little of it stays in memory.
_SETTINGS = (
    *("locking_mode = exclusive", "journal_mode = wal", "synchronous = normal", "cache_size = -8000"),
    "temp_store = file",
)


class Kept:
    """The rows of a folder of output by the key of their dossier; only one run at a time writes to it.

    Raises:
        ProblemsFound: another run writes to the folder, or it cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        with self._told():
            folder.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(self.path, isolation_level=None, timeout=0.0)
            for line in _SETTINGS:
                self._base.execute(f"pragma {line}")
            self._base.executescript(_TABLES)
            remove_left_behind(folder)
        self._waiting: dict[str, bytes] = {}

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what goes wrong with the file into a sentence."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            message = f"the results cannot be kept: {getattr(error, 'strerror', '') or error}"
            hint = "does another run write there? else make room, remove the file, or choose another folder"
            raise ProblemsFound([Problem(Location(shown(self.path), 1, 1), "LCA701", message, hint)]) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.write()
        self._base.close()

    @property
    def unfinished(self) -> str:
        """The date that expiry is judged by in a run that was not finished, empty where there is none."""
        found = self._base.execute("select as_of from unfinished").fetchone()
        return str(found[0]) if found else ""

    def begin(self, as_of: str) -> None:
        """Note that a run has begun."""
        with self._told():
            self._base.execute("delete from unfinished")
            self._base.execute("insert into unfinished values (?)", (as_of,))

    def finish(self, keys: Iterable[str]) -> None:
        """Note that a run is finished, and let go of all rows and documents but those of some keys."""
        self.write()
        with self._told():
            self._base.execute("create temp table used (key text primary key) without rowid")
            self._base.executemany("insert or ignore into used values (?)", ((key,) for key in keys))
            self._base.execute("delete from kept where key not in (select key from used)")
            self._base.execute("delete from documents where key not in (select key from used)")
            self._base.execute("drop table used")
            self._base.execute("delete from unfinished")

    def row(self, key: str) -> Row | None:
        """Return a row by its key; None where there is none, or it can no longer be read."""
        found = self._base.execute("select row from kept where key = ?", (key,)).fetchone()
        content = found[0] if found else self._waiting.get(key)
        try:
            return decoded(content) if content is not None else None
        except (ValueError, TypeError):
            return None

    def keep(self, key: str, row: bytes) -> None:
        """Keep a row; it is written with others, by `write` at the latest."""
        self._waiting[key] = row
        if len(self._waiting) >= TOGETHER:
            self.write()

    def document(self, key: str) -> bytes | None:
        """Return what is kept of a document that was made, None where none was."""
        found = self._base.execute("select content from documents where key = ?", (key,)).fetchone()
        return bytes(found[0]) if found else None

    def keep_document(self, key: str, content: bytes) -> None:
        """Keep the hash of a document's file, or what is to be put together with others."""
        with self._told():
            self._base.execute("insert or replace into documents values (?, ?)", (key, content))

    def write(self) -> None:
        """Write what waits, whole or not at all."""
        waiting, self._waiting = self._waiting, {}
        with self._told(), self._base:
            self._base.execute("begin")
            self._base.executemany("insert or replace into kept values (?, ?)", waiting.items())
