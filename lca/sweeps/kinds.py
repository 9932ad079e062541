"""The kinds of sweep by name, and the rule by which a report takes those that matter to it."""

from __future__ import annotations

import functools
from collections.abc import Callable

from lca.assessment import Assessment
from lca.sweeps import amounts, equipment, federated, places
from lca.sweeps.variation import Sweep

#: Each kind runs on an assessment and the name of what it varies, which may be empty.
SWEEPS: dict[str, Callable[[Assessment, str], Sweep]] = {
    "location": places.location,
    "hosting": places.hosting,
    "generation": places.generation,
    "lifetime": equipment.lifetime,
    "utilisation": equipment.utilisation,
    "volume": amounts.volume,
    "experiments": amounts.experiments,
    "federated": federated.federated,
}

#: Electricity and manufacture are varied in a report where they make up more than this share of the climate total.
MATTERS = 0.1


@functools.lru_cache(maxsize=2)  # the page and its bibliography ask for the same ones
def sweeps_that_matter(assessment: Assessment) -> tuple[Sweep, ...]:
    """Return the sweeps that belong in the report of a study, in the order of `SWEEPS`."""
    climate = assessment.totals["gwp100"]
    if climate.total is None or climate.total.value <= 0:
        return ()
    electric = [i for i in assessment.impacts if i.indicator == "gwp100" and i.flow.key.startswith("electricity/")]
    electricity = sum(impact.quantity.value for impact in electric)
    embodied = climate.embodied.value if climate.embodied is not None else 0.0
    powered = bool(places.sites(assessment)) and electricity > MATTERS * climate.total.value
    worn = embodied > MATTERS * climate.total.value
    applies = {
        **dict.fromkeys(("location", "hosting", "generation"), powered),
        "lifetime": worn and bool(equipment.machines(assessment)),
        "utilisation": worn and bool(equipment.machines(assessment, shared=True)),
        "volume": bool(amounts.services(assessment)),
        "experiments": bool(amounts.repeated(assessment)),
        "federated": federated.applies(assessment),
    }
    return tuple(run(assessment, "") for kind, run in SWEEPS.items() if applies[kind])
