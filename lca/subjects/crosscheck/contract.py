"""What drives the climate total, in the contract."""

from __future__ import annotations

from lca.presenting.values import Plain, number
from lca.subjects.crosscheck.assess import Crosscheck
from lca.subjects.footprint.assess import Footprint
from lca.subjects.subject import Assessed


def driving_inputs(assessed: Assessed) -> Plain:
    """Return the inputs that drive the climate total, and the defaults whose measurement would narrow it most."""
    return {
        "drivers": [
            {
                "input": driver.leaf.record,
                "evidence": driver.leaf.evidence.word,
                "variance_share": number(driver.variance_share),
                "elasticity": number(driver.elasticity),
                "total_low": number(driver.low),
                "total_high": number(driver.high),
            }
            for driver in assessed.results[Crosscheck].drivers
        ],
        "worth_measuring": [
            {"input": found.leaf.record, "interval_shrinks_by": number(found.shrinks_by)}
            for found in assessed.results[Crosscheck].worth_measuring
        ],
    }


def shared_error(assessed: Assessed) -> Plain | None:
    """Return the climate interval if factors of one source share their error."""
    climate = assessed.results[Footprint].totals["gwp100"].total
    found = assessed.results[Crosscheck].shared_error
    if climate is None or found is None:
        return None
    low, median, high = found
    return {"unit": climate.unit, "low95": number(low), "median": number(median), "high95": number(high)}
