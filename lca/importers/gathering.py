"""What several logs, or rows, say alike: files that hold the same, and doubts that many rows raise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from lca.importers.draft_text import counted
from lca.importers.importer import Log
from lca.problems import Location, Problem

#: Names of runs and numbers, which do not make another kind of doubt; so many of one kind are told.
_NUMBERS, _MOST_OF_A_KIND = re.compile(r"`[^`]*`|[\d.,]+(?:e[-+]?\d+)?"), 10


def without_copies(logs: Sequence[Log], notes: list[Problem]) -> Iterable[Log]:
    """Yield logs, each content once."""
    seen: dict[bytes, Log] = {}
    for log in logs:
        if seen.setdefault(log.content, log) is log:
            yield log
        else:
            message = f"the file holds what {seen[log.content].name} holds, and was skipped"
            notes.append(Problem(Location(log.file, 1, 1), "LCA613", message))


def gathered(notes: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return doubts in the order of their places: those of one message once, and of one kind the first few, with how many more."""
    alike: dict[tuple[str, str], list[Problem]] = {}
    for note in sorted(notes, key=lambda note: note.location):
        alike.setdefault((note.code, note.message), []).append(note)
    kinds: dict[tuple[str, str], list[list[Problem]]] = {}
    for (code, message), same in alike.items():
        kinds.setdefault((code, _NUMBERS.sub("#", message)), []).append(same)
    told = []
    for groups in kinds.values():
        for index, (first, *others) in enumerate(groups[:_MOST_OF_A_KIND]):
            last = index == _MOST_OF_A_KIND - 1
            more = len(others) + (sum(map(len, groups[_MOST_OF_A_KIND:])) if last else 0)
            message = f"{first.message} (so too in {counted(more, 'other row')})" if more else first.message
            told.append(replace(first, message=message))
    return tuple(sorted(told, key=lambda note: note.location))
