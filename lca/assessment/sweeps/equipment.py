"""Sweeps of how long machines last and how much they are used."""

from __future__ import annotations

from lca.assessment.record import Record
from lca.assessment.sweeps.variation import Sweep, Variation, chosen, climate_of, run
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import EMBODIED
from lca.subjects.footprint.machine_work import machines_named

YEARS = (3, 4, 5, 6, 7, 8)
SHARES = (0.2, 0.4, 0.6, 0.8, 1.0)


def machines(assessment: Record, shared: bool = False) -> dict[str, float]:
    """Return the climate impact of each machine's manufacture that is counted; only of machines that others use too, if asked.

    Devices stand at no site, so their manufacture is not among it.
    """
    descriptor = assessment.study
    found: dict[str, float] = {}
    for name, machine in descriptor[ProductSystem].machines.items():
        own = [
            flow
            for flow in assessment.footprint.flows
            if flow.scope == EMBODIED and flow.site == machine.site and _is_of(assessment, flow.activity, name, shared)
        ]
        carried = climate_of(assessment, own)
        if carried > 0 and not (shared and machine.dedicated):
            found[name] = carried
    return found


def _is_of(assessment: Record, activity: str, machine: str, shared: bool) -> bool:
    """Say whether an activity wears out a machine, in time that it shares with others, if asked."""
    stage, _, name = activity.partition(".")
    reserved = getattr(assessment.study[ProductSystem].stage(stage).get(name), "reserved", "") == machine
    if stage == "equipment" and name == machine:
        return True
    return machine in machines_named(assessment.study, activity) and not (shared and reserved)


def lifetime(assessment: Record, subject: str = "") -> Sweep:
    """Give a machine lifetimes of three to eight years."""
    machine = chosen(assessment, "lifetime", subject, machines(assessment), "no machine's manufacture is counted")
    variations = [
        Variation((("years", str(years)),), {"machines": {machine: {"lifetime": f"{years} year"}}}) for years in YEARS
    ]
    return run(assessment, "lifetime", f"machines.{machine}", (), variations)


def utilisation(assessment: Record, subject: str = "") -> Sweep:
    """Let a shared machine work for anybody in one to five fifths of its lifetime."""
    lacking = "no machine that others use too carries any manufacture"
    machine = chosen(assessment, "utilisation", subject, machines(assessment, shared=True), lacking)
    variations = [
        Variation((("share", f"{share:g}"),), {"machines": {machine: {"utilisation": share}}}) for share in SHARES
    ]
    return run(assessment, "utilisation", f"machines.{machine}", (), variations)
