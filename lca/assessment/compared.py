"""What two versions of a dossier are compared by: figures, inputs, verdicts, conditions and problems of an assessment's JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct, field

from lca.subjects.benefit.balance import LINES
from lca.subjects.subject import Fingerprint

#: How the path of a figure with what was measured begins.
MONITORED = "monitoring."

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
