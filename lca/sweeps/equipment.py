"""Sweeps of how long machines last and how much they are used."""

from __future__ import annotations

from collections.abc import Container

from lca.activities.flow import EMBODIED
from lca.activities.machine import Machine
from lca.assessment import Assessment
from lca.project import Project
from lca.sweeps.variation import Sweep, Variation, activities, chosen, climate_of, run

YEARS = (3, 4, 5, 6, 7, 8)
SHARES = (0.2, 0.4, 0.6, 0.8, 1.0)


def machines(assessment: Assessment, shared: bool = False) -> dict[str, float]:
    """Return the manufacture that each machine's activities carry; only of machines that others use too, if asked."""
    users: dict[str, set[str]] = {name: {f"equipment.{name}"} for name in assessment.project.machines}
    for stage, activity in activities(assessment):
        for name in _used_by(activity, assessment.project) - ({getattr(activity, "reserved", "")} if shared else set()):
            users[name].add(activity.path)
        if stage == "experiments" and activity.repeats:
            original = assessment.project.training.get(activity.repeats.removeprefix("training."))
            if original is not None and original.on in users:
                users[original.on].add(activity.path)
    return {
        name: carried
        for name, machine in assessment.project.machines.items()
        if not (shared and machine.dedicated) and (carried := _carried(assessment, machine, users[name])) > 0
    }


def _carried(assessment: Assessment, machine: Machine, users: Container[str]) -> float:
    """Return the climate impact of manufacture of some activities at a machine's site; devices stand at none."""

    own = (flow for flow in assessment.flows if flow.activity in users and flow.site == machine.site)
    return climate_of(assessment, (flow for flow in own if flow.scope == EMBODIED))


def _used_by(activity: object, project: Project) -> set[str]:
    names = {getattr(activity, key, "") for key in ("on", "reserved")}
    federated = getattr(activity, "federated", None)
    return (names | ({federated.server} if federated is not None else set())) & project.machines.keys()


def lifetime(assessment: Assessment, subject: str = "") -> Sweep:
    """Give a machine lifetimes of three to eight years."""
    machine = chosen(assessment, "lifetime", subject, machines(assessment), "no machine's manufacture is counted")
    variations = [
        Variation((("years", str(years)),), {"machines": {machine: {"lifetime": f"{years} year"}}}) for years in YEARS
    ]
    return run(assessment, "lifetime", f"machines.{machine}", (), variations)


def utilisation(assessment: Assessment, subject: str = "") -> Sweep:
    """Let a shared machine work for anybody in one to five fifths of its lifetime."""
    lacking = "no machine that others use too carries any manufacture"
    machine = chosen(assessment, "utilisation", subject, machines(assessment, shared=True), lacking)
    variations = [
        Variation((("share", f"{share:g}"),), {"machines": {machine: {"utilisation": share}}}) for share in SHARES
    ]
    return run(assessment, "utilisation", f"machines.{machine}", (), variations)
