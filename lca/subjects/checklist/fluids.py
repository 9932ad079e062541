"""Refrigerants: the global warming potential of each, on which basis it rests, and what cannot be compared."""

from __future__ import annotations

from collections.abc import Iterator

from lca.descriptor.document import Document, Path
from lca.problems import Problem
from lca.subjects.checklist.declared import Declarations, Refrigerant
from lca.subjects.checklist.model import Checklist

F_GAS = "f-gas"


def warming_of(refrigerant: Refrigerant, checklist: Checklist) -> float | None:
    """Return the stated potential, else that of the F-gas Regulation; None where neither exists."""
    return refrigerant.gwp if refrigerant.gwp is not None else listed(refrigerant, checklist)


def listed(refrigerant: Refrigerant, checklist: Checklist) -> float | None:
    """Return the potential that the F-gas Regulation lists for a fluid, under any of its names."""
    name = refrigerant.fluid.strip()
    return checklist.warming.get(checklist.fluids.get(name, name))


def basis_of(refrigerant: Refrigerant) -> str:
    """Return what the potential rests on; one that is not stated is the Regulation's."""
    return F_GAS if refrigerant.gwp is None else refrigerant.basis


def fluid_problems(declarations: Declarations, checklist: Checklist, document: Document) -> Iterator[Problem]:
    """Yield each refrigerant without a value or basis, against its own basis, or on another basis than the first."""
    first = ""
    for hosting in declarations.hosting.values():
        for refrigerant in hosting.refrigerants.values():
            path: Path = tuple(refrigerant.path.split("."))
            value = listed(refrigerant, checklist)
            if refrigerant.gwp is None:
                if refrigerant.basis not in ("", F_GAS):
                    message = f"`{refrigerant.basis}` is stated as the basis of no value"
                    yield Problem(document.at((*path, "basis")), "LCA402", message, "add `gwp`, or leave `basis` out")
                    continue
                if value is None:
                    message = f"no value is known for the refrigerant `{refrigerant.fluid}`"
                    hint = "state `gwp`, `basis` and `source` from its data sheet"
                    yield Problem(document.at((*path, "fluid")), "LCA402", message, hint)
                    continue
            elif not refrigerant.basis:
                message = f"the GWP of `{refrigerant.fluid}` is stated without its basis"
                yield Problem(document.at((*path, "gwp")), "LCA402", message, "add `basis: f-gas`, `ar5` or `ar6`")
                continue
            elif refrigerant.basis == F_GAS and value is not None and abs(refrigerant.gwp - value) > 0.005 * value:
                message = f"Regulation (EU) 2024/573 lists {value:g} for `{refrigerant.fluid}`, not {refrigerant.gwp:g}"
                yield Problem(document.at((*path, "gwp")), "LCA402", message, "correct the value, or state its basis")
                continue
            basis = basis_of(refrigerant)
            first = first or basis
            if basis != first:
                message = f"the GWP of `{refrigerant.fluid}` rests on `{basis}`, that of others on `{first}`"
                hint = "potentials of different bases cannot be compared with one limit; use one basis"
                yield Problem(document.key_at(path), "LCA411", message, hint)
