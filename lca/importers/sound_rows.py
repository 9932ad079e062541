"""What is sound in damaged logs: rows that cannot be read are emptied, logs without a sound row left out, and the draft says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lca.importers.draft_text import plain
from lca.importers.importer import Draft, Importer, Log
from lca.problems import MOST_PROBLEMS, Location, Problem, ProblemsFound

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook

#: What is wrong with one row, which may be left out; and with a whole log, where other logs may still be sound.
_OF_A_ROW = frozenset(("LCA110", "LCA202", "LCA204", "LCA205", "LCA301", "LCA304", "LCA405"))
_OF_A_LOG = frozenset(("LCA103", "LCA105", "LCA108"))
#: A row that was left out may show that another one is wrong. What goes on for longer has no end, as a clock that went back.
_MOST_TIMES = 10


class _Left:
    """What was left out: problems by their places, and the logs of which nothing was kept."""

    def __init__(self) -> None:
        self.found: dict[Location, Problem] = {}
        self.logs: dict[str, Log] = {}

    def add(self, problems: Sequence[Problem]) -> None:
        """Add problems, one of each place."""
        self.found = {**{problem.location: problem for problem in problems}, **self.found}

    def rows_of(self, log: Log) -> int:
        """Return how many rows of a log were left out."""
        return len({place.line for place in self.found if place.file == log.file})

    def refused(self, *problems: Problem) -> ProblemsFound:
        """Return what is told where nothing can be kept."""
        return ProblemsFound([*problems, *self.found.values()])

    def __str__(self) -> str:
        rows = {(place.file, place.line) for place in self.found if place.file not in self.logs}
        counts = {"row": len(rows), "file": len(self.logs)}
        return " and ".join(f"{count} {noun}{'s' if count > 1 else ''}" for noun, count in counts.items() if count)


def draft_of_sound(importer: Importer, logs: Sequence[Log], book: FactorBook) -> Draft:
    """Return the draft of what is sound in logs, which says what was left out.

    Raises:
        ProblemsFound: nothing sound is left, more rows are damaged than sound, or what is wrong cannot be left out.
    """
    left = _Left()
    given = list(logs)
    for _ in range(_MOST_TIMES):
        try:
            draft = importer.read(given, book)
        except ProblemsFound as found:
            given = _without(given, found.problems, left)
        else:
            return _told(draft, left) if left.found else draft
    raise left.refused()


def _without(logs: Sequence[Log], problems: Sequence[Problem], left: _Left) -> list[Log]:
    """Return logs without what is damaged, adding to what was left out.

    Raises:
        ProblemsFound: there is no end to it, or nothing is left.
    """
    left.add(problems)
    if not {problem.code for problem in problems} <= _OF_A_ROW | _OF_A_LOG:
        raise left.refused()
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        by_file.setdefault(problem.location.file, []).append(problem)
    kept = []
    for log in logs:
        sound = _emptied(log, by_file[log.file], left) if log.file in by_file else log
        if sound is None:
            left.logs[log.file] = log
        else:
            kept.append(sound)
    if not kept:
        raise left.refused()
    return kept


def _emptied(log: Log, problems: Sequence[Problem], left: _Left) -> Log | None:
    """Return a log with its damaged lines empty, so that all others keep their numbers; None where it is damaged as a whole."""
    wide = log.content.startswith((b"\xff\xfe", b"\xfe\xff"))
    lines = (log.content.decode("utf-16", "replace").encode() if wide else log.content).split(b"\n")
    full = [number for number, line in enumerate(lines, start=1) if line.strip()]
    head = full[0] if full and not _is_lines(lines, full) else 0
    damaged = {problem.location.line for problem in problems}
    of_rows = all(problem.code in _OF_A_ROW for problem in problems)
    if not of_rows or min(damaged) <= head or max(damaged) > len(lines) or _is_document(lines, full):
        return None
    for number in damaged:
        lines[number - 1] = b""
    if left.rows_of(log) > sum(1 for line in lines if line.strip()) - bool(head):
        message = "more rows are damaged than sound, so that none is kept"
        raise left.refused(Problem(Location(log.file, 1, 1), "LCA205", message, "is it the right file?"))
    content = b"\n".join(lines)
    return replace(log, content=content.decode().encode("utf-16") if wide else content, digest=log.sha256)


def _is_lines(lines: Sequence[bytes], full: Sequence[int]) -> bool:
    """Say whether a log is one JSON value a line, and has no head."""
    return len(full) > 1 and all(lines[number - 1].lstrip(b"\xef\xbb\xbf ").startswith(b"{") for number in full[:2])


def _is_document(lines: Sequence[bytes], full: Sequence[int]) -> bool:
    """Say whether a log is one JSON value, which no line can be taken out of."""
    first = lines[full[0] - 1].lstrip(b"\xef\xbb\xbf ") if full else b""
    return first.startswith((b"{", b"[")) and not _is_lines(lines, full)


def _told(draft: Draft, left: _Left) -> Draft:
    """Return a draft that says in its first lines, its summary and its warnings what was left out."""
    found = [left.found[place] for place in sorted(left.found)]
    first, _, rest = draft.text.partition("\n")
    text = "\n".join([first, *_comments(left, found), rest])
    warnings = [Problem(p.location, "LCA613", f"left out, as was asked: {p.message}", p.hint) for p in found]
    return Draft(text, f"{draft.summary}, {left} left out", (*warnings, *draft.warnings))


def _comments(left: _Left, found: Sequence[Problem]) -> Iterator[str]:
    yield f"# Left out, as was asked: {left} that cannot be read. What they held is not counted below:"
    for problem in found[:MOST_PROBLEMS]:
        yield f"#   {plain(problem.location.name)} line {problem.location.line}: {plain(problem.message)}"
    if len(found) > MOST_PROBLEMS:
        yield f"#   and {len(found) - MOST_PROBLEMS} more"
