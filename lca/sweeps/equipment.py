"""Sweeps of how long machines last and how much they are used."""

from __future__ import annotations

from lca.activities.flow import EMBODIED
from lca.assessment import Assessment
from lca.project import Project
from lca.sweeps.variation import Sweep, Variation, activities, chosen, climate_of, run

YEARS = (3, 4, 5, 6, 7, 8)
SHARES = (0.2, 0.4, 0.6, 0.8, 1.0)


def machines(assessment: Assessment, shared: bool = False) -> dict[str, float]:
    """Return the manufacture that each machine's activities carry; only of machines that others use too, if asked."""
    users: dict[str, list[str]] = {}
    for stage, activity in activities(assessment):
        reserved = getattr(activity, "reserved", "")
        for name in {*_used_by(activity, assessment.project)} - ({reserved} if shared else set()):
            users.setdefault(name, []).append(activity.path)
        if stage == "experiments" and activity.repeats:
            users.setdefault(_machine_of(activity.repeats, assessment.project), []).append(activity.path)
    known = assessment.project.machines
    return {
        name: carried
        for name, machine in known.items()
        if not (shared and machine.dedicated)
        if (carried := climate_of(assessment, [*users.get(name, ()), f"equipment.{name}"], EMBODIED)) > 0
    }


def _used_by(activity: object, project: Project) -> set[str]:
    names = {getattr(activity, key, "") for key in ("on", "reserved")}
    federated = getattr(activity, "federated", None)
    return (names | ({federated.server} if federated is not None else set())) & project.machines.keys()


def _machine_of(repeats: str, project: Project) -> str:
    original = project.training.get(repeats.removeprefix("training."))
    return original.on if original is not None else ""


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
