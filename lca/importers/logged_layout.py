"""The layout of a tool's table: which columns it must have, and what is said of a file that lacks them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from lca.importers.importer import Log
from lca.importers.logged_table import Row, rows_of, text_of, without_nul
from lca.importers.other_logs import other_tool
from lca.problems import Location, Problem, ProblemsFound, did_you_mean, listed


class Layout(Struct, frozen=True):
    """A table of a tool: its columns, what the tool writes, and what separates the cells unless a spreadsheet was at it."""

    tool: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    writes: str
    separator: str = ","


def table_of(log: Log, layout: Layout, notes: list[Problem], problems: list[Problem]) -> Iterator[Row]:
    """Yield the rows of a log below its head, noting what was assumed, and what cannot be read."""
    try:
        text = text_of(log, notes)
        rows = rows_of(text, log, layout.required, notes, problems, layout.separator)
        head = next(rows, None)
        if head is None:
            raise ProblemsFound([Problem(Location(log.file, 1, 1), "LCA105", "the file is empty", layout.writes)])
        wrong = list(wrong_head(head, text, layout)) or list(without_nul(text, log))
        if wrong:
            raise ProblemsFound(wrong)
        yield from rows
    except ProblemsFound as error:
        problems += error.problems


def wrong_head(head: Row, text: str, layout: Layout) -> Iterator[Problem]:
    """Yield what is wrong with the head of a table: it is another tool's, or columns lack or stand twice."""
    place = Location(head.file, head.number, 1)
    missing = [name for name in layout.required if name not in head.columns]
    if missing and (other := other_tool(text, layout.tool, place)):
        yield other
        return
    if len(missing) == len(layout.required):
        words = ", ".join(f"`{name}`" for name in layout.required)
        message = f"none of the columns of {layout.tool}'s log is here: {words}"
        yield Problem(place, "LCA202", message, f"is it the right file? Columns found: {listed(head.columns)}"[:300])
        return
    for name in missing:
        others = [column for column in head.columns if column not in (*layout.required, *layout.optional)]
        hint = did_you_mean(name, others) or f"columns found: {listed(head.columns)}"
        yield Problem(place, "LCA202", f"the column `{name}` is missing", hint[:300])
    for name in (*layout.required, *layout.optional):
        if head.columns.count(name) > 1:
            yield Problem(place, "LCA108", f"the column `{name}` stands twice")
