"""Refrigerants: the global warming potential of each, on which basis it rests, and what cannot be compared."""

from __future__ import annotations

import functools
import math
import unicodedata
from collections.abc import Iterator, Mapping

from lca.descriptor.document import Document, Path
from lca.problems import Problem, did_you_mean
from lca.subjects.checklist.declared import Declarations, Refrigerant
from lca.subjects.checklist.model import Checklist, Fluids

F_GAS = "f-gas"
SOURCES = {F_GAS: "Regulation (EU) 2024/573", "ar5": "IPCC AR5", "ar6": "IPCC AR6"}

#: A stated potential is the one of its basis within this share, which rounding explains.
_ROUNDING = 0.005
#: Below this, data sheets print "< 1", 0 or 1 for the same fluid.
_NEGLIGIBLE = 5.0
#: The Regulation's rule for mixtures tolerates this part of the mass in each component.
_MASS_TOLERANCE = 0.01
_PREFIXES = ("hcfo", "hcfc", "hfo", "hfc", "hc", "pfc", "r")


def warming_of(refrigerant: Refrigerant, checklist: Checklist) -> float | None:
    """Return the stated potential, else that of the F-gas Regulation; None where neither exists."""
    return listed(refrigerant.fluid, checklist.fluids) if refrigerant.gwp is None else refrigerant.gwp


def listed(fluid: str, fluids: Fluids, basis: str = F_GAS) -> float | None:
    """Return the potential of a fluid on a basis, under any of its names; of a blend, the mean of its components by mass.

    The rule for blends is that of Regulation (EU) 2024/573 for the total potential of a mixture. None where the fluid, or a
    component, has no value on that basis.
    """
    known = _known(fluid, fluids)
    warming = fluids.warming[basis]
    if known in fluids.blends:
        parts = fluids.blends[known]
        if not warming.keys() >= parts.keys():
            return None
        return math.fsum(share * warming[part] for part, share in parts.items()) / math.fsum(parts.values())
    return warming.get(known)


def is_blend(fluid: str, fluids: Fluids) -> bool:
    """Say whether a fluid is a blend whose composition is known."""
    return _known(fluid, fluids) in fluids.blends


def _known(fluid: str, fluids: Fluids) -> str:
    """Return the id of a fluid or blend, empty where none or two are meant; `R-744 (CO2)` names one fluid twice."""
    known = _by_folded(fluids)
    whole = known.get(_folded(fluid))
    if whole is not None:
        return whole
    before, bracket, inside = fluid.partition("(")
    both = {known.get(_folded(name), "") for name in (before, inside)} if bracket else {""}
    return both.pop() if len(both) == 1 else ""


def _by_folded(fluids: Fluids) -> Mapping[str, str]:
    """Return the ids of fluids and blends by every way of writing their names."""
    ids = {*fluids.warming[F_GAS], *fluids.blends}
    return {_folded(name): fluids.names.get(name, name) for name in (*ids, *fluids.names)}


@functools.lru_cache(1024)  # of all that are listed, asked for at each refrigerant
def _folded(name: str) -> str:
    """Return a name without case, accents, spaces, signs and the letters of its class: `R410A` and `HFC 410a` are one."""
    text = "".join(char for char in unicodedata.normalize("NFKD", name.casefold()) if char.isalnum())
    rest = next((text.removeprefix(prefix) for prefix in _PREFIXES if text.startswith(prefix)), text)
    return rest if rest[:1].isdigit() else text


def _several(fluid: str, fluids: Fluids) -> str:
    """Say which blends a series such as `R-407` may mean."""
    series = _folded(fluid)
    found = [blend for blend in fluids.blends if _folded(blend)[:-1] == series]
    return f"`{fluid}` is a series: {', '.join(found)}" if found else ""


def basis_of(refrigerant: Refrigerant) -> str:
    """Return what the potential rests on; one that is not stated is the Regulation's."""
    return F_GAS if refrigerant.gwp is None else refrigerant.basis


def fluid_problems(declarations: Declarations, checklist: Checklist, document: Document) -> Iterator[Problem]:
    """Yield each refrigerant without a value or basis, against its own basis, or on another basis than the first."""
    first = ""
    for hosting in declarations.hosting.values():
        for refrigerant in (hosting.refrigerants or {}).values():
            path: Path = tuple(refrigerant.path.split("."))
            problem = _problem(refrigerant, checklist.fluids, document, path)
            if problem is not None:
                yield problem
                continue
            basis = basis_of(refrigerant)
            first = first or basis
            if basis != first:
                message = f"the GWP of `{refrigerant.fluid}` rests on `{basis}`, that of others on `{first}`"
                hint = "potentials of different bases cannot be compared with one limit; use one basis"
                yield Problem(document.key_at(path), "LCA411", message, hint)


def _problem(refrigerant: Refrigerant, fluids: Fluids, document: Document, path: Path) -> Problem | None:
    """Return what is wrong with one refrigerant."""
    name, gwp, basis = refrigerant.fluid, refrigerant.gwp, refrigerant.basis
    if gwp is None:
        if basis not in ("", F_GAS):
            message = f"`{basis}` is stated as the basis of no value"
            return Problem(document.at((*path, "basis")), "LCA402", message, "add `gwp`, or leave `basis` out")
        if listed(name, fluids) is None:
            near = _several(name, fluids) or did_you_mean(name, [*fluids.names, *fluids.blends, *fluids.warming[F_GAS]])
            hint = "state `gwp`, `basis` and `source` from its data sheet"
            message = f"no value is known for the refrigerant `{name}`"
            return Problem(document.at((*path, "fluid")), "LCA402", message, f"{near}; or {hint}" if near else hint)
        return None
    place = document.at((*path, "gwp"))
    if not basis:
        message = f"the GWP of `{name}` is stated without its basis"
        return Problem(place, "LCA402", message, "add `basis: f-gas`, `ar5` or `ar6`")
    value = listed(name, fluids, basis)
    if value is None or _agree(gwp, value, name, fluids, basis):
        return None
    how = "gives by mass" if is_blend(name, fluids) else "lists"
    message = f"{SOURCES[basis]} {how} {value:.5g} for `{name}`, not {gwp:g}"
    return Problem(place, "LCA402", message, "correct the value, or state its basis")


def _agree(stated: float, value: float, name: str, fluids: Fluids, basis: str) -> bool:
    """Say whether a stated potential is the one of its basis; above it, a blend has the tolerance of its composition."""
    above = _ROUNDING * value
    if is_blend(name, fluids):
        parts = [fluids.warming[basis][part] for part in fluids.blends[_known(name, fluids)]]
        above = max(above, _MASS_TOLERANCE * (max(parts) - min(parts)))
    if max(stated, value) <= _NEGLIGIBLE:
        return True
    return -_ROUNDING * value <= stated - value <= above
