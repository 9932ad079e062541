"""What changed between two versions of a dossier: inputs, factors, results, verdicts, conditions and problems."""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct, field

from lca.subjects.benefit.balance import LINES
from lca.subjects.subject import Fingerprint

#: What is alike: no reader is told of less.
CLOSE = 1e-9

#: Kinds of change of a factor, and of a problem.
ADDED, REMOVED, CHANGED = "added", "removed", "changed"

#: How the path of a plug-in begins, and that of a figure with what was measured.
PLUGIN, MONITORED = "plugins.", "monitoring."

#: The figures that are told with what was measured, beside the totals.
_TOLD = ("energy", "benefit.attributed", "benefit.net_project")


class Figure(Struct, frozen=True):
    """A result with its 95 % interval; without a value it is not assessed, for a reason."""

    unit: str = ""
    value: float | None = None
    low95: float | None = None
    high95: float | None = None
    reason: str = ""


class Input(Struct, frozen=True):
    """What a study rests on: a factor where it has an indicator and a source of the catalogue, else a stated value."""

    path: str
    unit: str = ""
    value: float | None = None
    source: str = ""
    indicator: str | None = None


class Verdict(Struct, frozen=True):
    """The verdict on one row of the checklist."""

    verdict: str


class Told(Struct, frozen=True):
    """A problem as a report tells it."""

    code: str
    message: str
    severity: str = ""
    file: str = ""
    line: int = 0
    hint: str = ""


class Project(Struct, frozen=True):
    """What a study is called, and the language of its report."""

    name: str
    language: str


class Results(Struct, frozen=True):
    """What is compared of an assessment: its figures by the paths under which `lca explain` knows them, and all else by name.

    `is_established` is whether the net of the benefit is, `is_confirmed` whether it is with what was measured; None where no
    benefit is described, or nothing is monitored. `conditions` says how the agreed conditions stand.
    """

    project: Project
    fingerprint: Fingerprint
    figures: Mapping[str, Figure]
    is_established: bool | None
    is_confirmed: bool | None
    inputs: tuple[Input, ...]
    verdicts: Mapping[str, str]
    conditions: Mapping[str, str]
    problems: tuple[Told, ...]


class _Reviewed(Struct, frozen=True):
    """A figure with what was measured, by its path; None where it could not be computed."""

    figure: str
    measured: Figure | None = None


class _Standing(Struct, frozen=True):
    """How an agreed condition stands."""

    standing: str


class _Agreed(Struct, frozen=True):
    """The agreed conditions by their names."""

    agreed: Mapping[str, _Standing]


class _Monitoring(Struct, frozen=True):
    """The review after the fact, as far as it is compared."""

    inputs: tuple[Any, ...] = ()
    figures: tuple[_Reviewed, ...] = ()
    established: bool | None = None
    conditions: _Agreed | None = None


class _Contract(Struct, frozen=True):
    """The part of an assessment's JSON that is compared."""

    project: Project
    totals: Mapping[str, Figure]
    fingerprint: Fingerprint
    inputs: tuple[Input, ...]
    energy: Figure | None = None
    per_functional_unit: Mapping[str, Any] | None = None
    benefit: Mapping[str, Any] = field(default_factory=dict)
    money: Mapping[str, Any] | None = None
    checklist: Mapping[str, Verdict] = field(default_factory=dict)
    monitoring: _Monitoring | None = None
    problems: tuple[Told, ...] = ()


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


def read_results(text: str | bytes) -> Results:
    """Return what is compared of an assessment's JSON.

    Raises:
        msgspec.MsgspecError: it is no such JSON.
    """
    found = msgspec.json.decode(text, type=_Contract)
    established = found.benefit.get("established")
    agreed = found.monitoring.conditions if found.monitoring is not None else None
    return Results(
        project=found.project,
        fingerprint=found.fingerprint,
        figures=_figures(found),
        is_established=established if isinstance(established, bool) else None,
        is_confirmed=found.monitoring.established if found.monitoring is not None else None,
        inputs=found.inputs,
        verdicts={name: row.verdict for name, row in found.checklist.items()},
        conditions={name: one.standing for name, one in agreed.agreed.items()} if agreed is not None else {},
        problems=found.problems,
    )


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


def _figures(results: _Contract) -> dict[str, Figure]:
    """Return the figures that are compared: totals, what a functional unit takes, the benefit's lines, costs."""
    found = {f"total.{name}": figure for name, figure in results.totals.items()}
    found |= {"energy": results.energy} if results.energy is not None else {}
    units = (results.per_functional_unit or {}).get("impacts")
    found |= {f"per-unit.{name}": figure for name, figure in _converted(units)}
    found |= {f"benefit.{name}": figure for name, figure in _converted(results.benefit) if name in LINES}
    found |= {f"total.money.{name}": figure for name, figure in _converted((results.money or {}).get("total"))}
    return found | _measured(results.monitoring)


def _measured(monitoring: _Monitoring | None) -> dict[str, Figure]:
    """Return the same figures with what was measured, where anything was."""
    if monitoring is None or not monitoring.inputs:
        return {}
    known = {one.figure: one.measured for one in monitoring.figures if one.measured is not None}
    return {
        f"{MONITORED}{path}": figure for path, figure in known.items() if path in _TOLD or path.startswith("total.")
    }


def _converted(group: Any) -> Iterator[tuple[str, Figure]]:
    for name, node in group.items() if isinstance(group, Mapping) else ():
        if isinstance(node, Mapping):
            yield name, msgspec.convert(node, Figure)


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
