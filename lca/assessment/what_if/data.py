"""The trees under climate total, net and the share that suffices as data, with the leaves that each control moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from lca.assessment.record import Record
from lca.assessment.what_if.control import ATTRIBUTION, Chosen, Control
from lca.assessment.what_if.controls import controls
from lca.quantities.exported_trees import ExportedTrees, exported
from lca.quantities.units import conversion
from lca.subjects.benefit.break_even import share_that_suffices


class Moved(Struct, frozen=True):
    """A control with the leaves that it moves, by position: `times` turns its number into each, `stated` is that number now.

    `stated` is None where the leaves of one control differ, and where it chooses.
    """

    control: Control
    leaves: tuple[int, ...]
    times: tuple[float, ...]
    stated: float | None


class WhatIf(Struct, frozen=True):
    """What the page needs to compute: the trees, the positions of the figures, and the controls.

    `references` are the net of the project and the share that suffices under each reference that may lead; the least net does.
    """

    trees: ExportedTrees
    footprint: int
    references: tuple[tuple[int, int], ...]
    controls: tuple[Moved, ...]


def what_if(record: Record) -> WhatIf | None:
    """Return what may be changed of a study, and what follows; None where there is no climate total, or nothing moves it."""
    climate, study = record.footprint.climate, record.benefit.study
    if climate is None:
        return None
    balances = list(study.references.values()) if study is not None else []
    roots = [climate, *(root for one in balances for root in (one.net_project, share_that_suffices(one)))]
    found = list(controls(record))
    edges = {edge: mover for one in found for edge, mover in one.edges.items()}
    trees = exported(roots, edges, {key: mover for one in found for key, mover in one.records.items()})
    moved = _joined([one for control in found if (one := _moved(control, trees)) is not None])
    if not moved:
        return None
    references = tuple(zip(trees.roots[1::2], trees.roots[2::2], strict=True))
    return WhatIf(trees, trees.roots[0], references, tuple(moved))


def _moved(control: Control, trees: ExportedTrees) -> Moved | None:
    """Return a control with its leaves; None where none of them stands under a figure."""
    leaves = tuple(leaf for mover in control.movers for leaf in trees.moved.get(mover, ()))
    if not leaves:
        return None
    if control.choices:
        return Moved(control, leaves, (1.0,) * len(leaves), None)
    if control.factor:
        return Moved(control, leaves, tuple(trees.nodes[leaf]["value"] for leaf in leaves), 1.0)
    times = tuple(conversion(control.unit, trees.nodes[leaf]["unit"]) for leaf in leaves)
    stated = {trees.nodes[leaf]["value"] / factor for leaf, factor in zip(leaves, times, strict=True)}
    return Moved(control, leaves, times, stated.pop() if len(stated) == 1 else None)


def _joined(found: Sequence[Moved]) -> list[Moved]:
    """Return the controls with one in place of all attributions where these are alike: they are then one convention."""
    shares = [one for one in found if one.control.kind == ATTRIBUTION]
    if len(shares) < 2 or len({one.stated for one in shares}) > 1:
        return list(found)
    patch = tuple(each for one in shares for each in one.control.patch)
    whole = Moved(
        replace(shares[0].control, name="benefit.attribution", path="", patch=patch),
        tuple(leaf for one in shares for leaf in one.leaves),
        tuple(factor for one in shares for factor in one.times),
        shares[0].stated,
    )
    return [whole if one is shares[0] else one for one in found if one is shares[0] or one not in shares]


def as_data(found: WhatIf, names: Iterable[str]) -> dict[str, Any]:
    """Return it as plain data; the scenario that a reader makes is called by a name that none of `names` is."""
    taken, name, number = set(names), "what-if", 1
    while name in taken:
        number += 1
        name = f"what-if-{number}"
    return {
        "scenario": name,
        "nodes": found.trees.nodes,
        "formulas": found.trees.formulas,
        "footprint": found.footprint,
        "references": [{"net": net, "share": share} for net, share in found.references],
        "controls": [_of_control(one, found.trees.moved) for one in found.controls],
    }


def _of_control(moved: Moved, movers: Mapping[str, Sequence[int]]) -> dict[str, Any]:
    control = moved.control
    choices = {
        zone: [value for mover, value in values.items() for _ in movers.get(mover, ())]
        for zone, values in control.choices.items()
    }
    return {
        "name": control.name,
        "kind": control.kind,
        "leaves": moved.leaves,
        **({"choices": choices} if choices else {"times": moved.times, "low": control.low, "high": control.high}),
        "patch": [{"at": path, **_written(value)} for path, value in control.patch],
    }


def _written(value: Any) -> dict[str, Any]:
    """Return what stands at a path of the descriptor: what is chosen, or a value that is the same whatever is chosen."""
    if not isinstance(value, Chosen):
        return {"is": value}
    return {"times": value.times} if value.times else {"unit": value.unit}
