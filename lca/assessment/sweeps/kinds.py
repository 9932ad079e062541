"""The kinds of sweep by name, and the rule by which a report takes those that matter to it."""

from __future__ import annotations

from collections.abc import Callable

from lca.assessment.record import Record
from lca.assessment.sweeps import amounts, equipment, federated, places, reuse
from lca.assessment.sweeps.variation import Sweep

#: Each kind runs on an assessment and the name of what it varies, which may be empty.
SWEEPS: dict[str, Callable[[Record, str], Sweep]] = {
    "location": places.location,
    "hosting": places.hosting,
    "generation": places.generation,
    "lifetime": equipment.lifetime,
    "utilisation": equipment.utilisation,
    "volume": amounts.volume,
    "experiments": amounts.experiments,
    "federated": federated.federated,
    "reuse": reuse.reuse,
}

#: The electricity of a site and the manufacture of a machine are varied in a report where they make up more than this share
#: of the climate total.
MATTERS = 0.1


def sweeps_that_matter(assessment: Record) -> tuple[Sweep, ...]:
    """Return the sweeps that belong in the report of a study, in the order of `SWEEPS`."""
    climate = assessment.footprint.totals["gwp100"].total
    if climate is None or climate.value <= 0:
        return ()
    least = MATTERS * climate.value
    powered = max(places.sites(assessment).values(), default=0.0) > least
    applies = {
        **dict.fromkeys(("location", "hosting", "generation"), powered),
        "lifetime": max(equipment.machines(assessment).values(), default=0.0) > least,
        "utilisation": max(equipment.machines(assessment, shared=True).values(), default=0.0) > least,
        "volume": bool(amounts.services(assessment)),
        "experiments": bool(amounts.repeated(assessment)),
        "federated": federated.applies(assessment),
        "reuse": bool(reuse.reused(assessment)),
    }
    return tuple(run(assessment, "") for kind, run in SWEEPS.items() if applies[kind])
