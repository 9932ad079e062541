"""What changed between two versions of a dossier: inputs, factors, results, verdicts, conditions and problems."""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from lca.assessment.compared import Input, Results, Told
from lca.subjects.subject import Fingerprint

#: What is alike: no reader is told of less.
CLOSE = 1e-9

#: Kinds of change of a factor, and of a problem.
ADDED, REMOVED, CHANGED = "added", "removed", "changed"

#: How the path of a plug-in begins.
PLUGIN = "plugins."


class Version(Struct, frozen=True):
    """One version of a dossier: its file, what its descriptor says (and by name the descriptors beside it), what came out."""

    file: str
    said: Mapping[str, Any]
    results: Results


class Change(Struct, frozen=True):
    """Something that both versions have, or one of them: where, and what it is in each; None where it is not there."""

    path: str
    old: Any
    new: Any


class FactorChange(Struct, frozen=True):
    """A factor that was added, removed or changed, with its value, unit and source in each version."""

    change: str
    key: str
    indicator: str
    old: Input | None
    new: Input | None


class ProblemChange(Struct, frozen=True):
    """A problem that is new (`added`) or gone (`removed`)."""

    change: str
    problem: Told


class Difference(Struct, frozen=True):
    """All changes; `made` holds what the figures depend on beside the descriptor: versions, draws, seed, date."""

    made: tuple[Change, ...]
    inputs: tuple[Change, ...]
    factors: tuple[FactorChange, ...]
    results: tuple[Change, ...]
    verdicts: tuple[Change, ...]
    conditions: tuple[Change, ...]
    problems: tuple[ProblemChange, ...]


def difference(old: Version, new: Version) -> Difference:
    """Return what changed from one version to another."""
    return Difference(
        made=tuple(_made(old.results.fingerprint, new.results.fingerprint)),
        inputs=(*_inputs(old.said, new.said), *_files(old.results.fingerprint, new.results.fingerprint)),
        factors=tuple(_factors(old.results, new.results)),
        results=tuple(_results(old.results, new.results)),
        verdicts=tuple(_words(old.results.verdicts, new.results.verdicts)),
        conditions=tuple(_words(old.results.conditions, new.results.conditions)),
        problems=tuple(_problems(old.results, new.results)),
    )


def _made(old: Fingerprint, new: Fingerprint) -> Iterator[Change]:
    for name in ("code_version", "catalogue_version", "draws", "seed", "as_of"):
        values = tuple(getattr(one, name) for one in (old, new))
        if values[0] != values[1]:
            plain = (value.isoformat() if isinstance(value, datetime.date) else value for value in values)
            yield Change(name, *plain)
    for name in dict.fromkeys([*new.plugins, *old.plugins]):
        if old.plugins.get(name) != new.plugins.get(name):
            yield Change(f"{PLUGIN}{name}", old.plugins.get(name), new.plugins.get(name))


def _inputs(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Yield what a descriptor says otherwise, key by key; what one version alone has is told as a whole."""
    for name in dict.fromkeys([*new, *old]):
        prefix = f"{name}: " if name else ""
        yield from (Change(f"{prefix}{one.path}", one.old, one.new) for one in _said(old.get(name), new.get(name), ""))


def _said(old: Any, new: Any, path: str) -> Iterator[Change]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys([*new, *old]):
            yield from _said(old.get(key), new.get(key), f"{path}.{key}" if path else str(key))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, pair in enumerate(zip(old, new, strict=True)):
            yield from _said(*pair, f"{path}[{index}]")
    elif old != new:
        yield Change(path, old, new)


def _files(old: Fingerprint, new: Fingerprint) -> Iterator[Change]:
    """Yield the files that the descriptors name and whose content differs, by their hashes."""
    for name in dict.fromkeys([*new.files, *old.files]):
        if old.files.get(name) != new.files.get(name):
            yield Change(name, old.files.get(name), new.files.get(name))


def _factors(old: Results, new: Results) -> Iterator[FactorChange]:
    was, now = (
        {(one.path, one.indicator): one for one in results.inputs if one.indicator is not None}
        for results in (old, new)
    )
    for key in dict.fromkeys([*now, *was]):
        before, after = was.get(key), now.get(key)
        if before is None or after is None:
            yield FactorChange(ADDED if before is None else REMOVED, key[0], key[1] or "", before, after)
        elif not _alike(before.value, after.value) or (before.unit, before.source) != (after.unit, after.source):
            yield FactorChange(CHANGED, key[0], key[1] or "", before, after)


def _results(old: Results, new: Results) -> Iterator[Change]:
    was, now = old.figures, new.figures
    for path in dict.fromkeys([*now, *was]):
        before, after = was.get(path), now.get(path)
        values = [
            (one.value, one.low95, one.high95) if one is not None else (None, None, None) for one in (before, after)
        ]
        if not all(_alike(*pair) for pair in zip(*values, strict=True)):
            yield Change(path, before, after)


def _words(was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Change]:
    """Yield the verdicts or standings that differ, by their names."""
    for name in dict.fromkeys([*now, *was]):
        if was.get(name) != now.get(name):
            yield Change(name, was.get(name), now.get(name))


def _problems(old: Results, new: Results) -> Iterator[ProblemChange]:
    """Yield problems that one version alone has; one that moved to another line is the same."""
    was, now = ({(one.code, one.message): one for one in results.problems} for results in (old, new))
    pairs = itertools.chain(
        ((ADDED, one) for key, one in now.items() if key not in was),
        ((REMOVED, one) for key, one in was.items() if key not in now),
    )
    yield from (ProblemChange(change, one) for change, one in pairs)


def _alike(old: float | None, new: float | None) -> bool:
    if old is None or new is None:
        return old is new
    return math.isclose(old, new, rel_tol=CLOSE)
