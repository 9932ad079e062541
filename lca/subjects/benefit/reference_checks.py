"""What must hold between a project and its reference scenario."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lca.catalogue.items import names_an_item
from lca.descriptor.descriptor import Descriptor
from lca.problems import Problem
from lca.quantities.provenance import Factor, Stated
from lca.subjects.benefit.declared import Benefit
from lca.subjects.benefit.places import problem_at
from lca.subjects.benefit.savings import factor_of_flow
from lca.subjects.footprint.boundary import boundary
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import Context
from lca.subjects.footprint.named_factor import named_factor, note_place, note_problem
from lca.subjects.footprint.supply import Supply

COVERAGES = ("direct", "life-cycle")


def coverage_problems(
    descriptor: Descriptor, context: Context, supplies: Mapping[str, Supply], said: bool
) -> Iterator[Problem]:
    """Yield an error where saved electricity and the project's own are counted with unlike coverage.

    `said`: other problems say already why a factor is missing.
    """
    benefit = descriptor.get(Benefit)
    reference = benefit.reference if benefit is not None else None
    used = {name: _covered(s.factors.get("gwp100"), s.site.electricity_coverage) for name, s in supplies.items()}
    for flow in reference.flows.values() if reference else ():
        if not flow.electricity:
            continue
        leaf = factor_of_flow(context, descriptor[ProductSystem].factors, flow, "gwp100")
        if leaf is None:
            if not (said or context.problems):
                yield problem_at(descriptor, flow.path, "LCA503", f"no electricity factor for `{flow.electricity}`")
            continue
        saved = _covered(leaf, "unstated")
        for site, covered in used.items():
            if covered != saved:
                message = (
                    f"saved electricity is counted as {saved}, that of `{site}` as {covered}: they cannot be set off"
                )
                hint = "state `electricity` and `electricity_coverage` of the site so that both cover the same"
                yield problem_at(descriptor, f"{flow.path}.electricity", "LCA508", message, hint)


def item_problems(descriptor: Descriptor, context: Context) -> None:
    """Note a problem for each flow of the reference whose item the catalogue does not have, or not for such an amount."""
    benefit, own = descriptor.get(Benefit), descriptor[ProductSystem].factors
    reference = benefit.reference if benefit is not None else None
    for flow in reference.flows.values() if reference else ():
        if flow.amount is None or not names_an_item(flow.factor):
            continue
        found = named_factor(context, own, flow.factor, flow.amount.unit, "/year")
        if found is None:
            places = (f"{flow.path}.factor", f"{flow.path}.amount")
            note_problem(context, own, flow.factor, flow.amount.unit, places, "/year")
        else:
            note_place(context, flow.factor, found, f"{flow.path}.factor")


def reference_problems(descriptor: Descriptor, reference: Descriptor) -> Iterator[Problem]:
    """Yield an error where a reference that is a descriptor has another functional unit or boundary than the project."""
    path = "benefit.reference.descriptor"
    own, other = descriptor.goal.functional_unit, reference.goal.functional_unit
    units = [(u.quantity.value, u.quantity.noun) if u and u.quantity else None for u in (own, other)]
    if units[0] != units[1]:
        said = [f"`{u.quantity.text}`" if u and u.quantity else "the project as a whole" for u in (own, other)]
        message = f"the functional unit is {said[0]}, that of the reference {said[1]}"
        yield problem_at(descriptor, path, "LCA404", message, "compare the same functional unit")
    for mine, theirs in zip(boundary(descriptor), boundary(reference), strict=True):
        by_machines = "in-use" in (mine.reason, theirs.reason)  # a side without machines has no manufacture to count
        if "not-assessed" in (mine.status, theirs.status) and mine.status != theirs.status and not by_machines:
            who = "project" if mine.status == "not-assessed" else "reference"
            message = f"the stage {mine.stage} is within the boundary on one side, and neither described nor excluded in the {who}"
            yield problem_at(
                descriptor, path, "LCA402", message, "describe it on both sides, or exclude it with its reason"
            )
    if reference.about.duration is None:
        yield problem_at(
            descriptor, path, "LCA405", "the reference states no duration", "add `duration` to its `project`"
        )
    claimed = reference.get(Benefit)
    if claimed is not None and claimed.effects:
        yield problem_at(
            descriptor,
            path,
            "LCA402",
            "the reference claims a benefit of its own",
            "describe what happens without the project",
        )


def _covered(leaf: Factor | Stated | None, stated: str) -> str:
    if isinstance(leaf, Factor):
        return next((word for word in COVERAGES if word in leaf.coverage), "unstated")
    return stated
