"""What drives the climate total, in the contract."""

from __future__ import annotations

from lca.assessment.record import Record
from lca.presenting.values import Plain, number
from lca.quantities.drivers import drivers, worth_measuring
from lca.quantities.shared_error import interval_with_shared_error


def driving_inputs(assessment: Record) -> Plain:
    """Return the inputs that drive the climate total, and the defaults whose measurement would narrow it most."""
    climate = assessment.footprint.totals["gwp100"].total
    ranked = drivers(climate) if climate is not None and len(climate.draws) > 1 else ()
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
            for driver in ranked
        ],
        "worth_measuring": [
            {"input": found.leaf.record, "interval_shrinks_by": number(found.shrinks_by)}
            for found in (worth_measuring(climate, ranked) if climate is not None and ranked else ())
        ],
    }


def shared_error(assessment: Record) -> Plain | None:
    """Return the climate interval if factors of one source share their error."""
    climate = assessment.footprint.totals["gwp100"].total
    found = interval_with_shared_error(climate, assessment.fingerprint.seed) if climate is not None else None
    if climate is None or found is None:
        return None
    low, median, high = found
    return {"unit": climate.unit, "low95": number(low), "median": number(median), "high95": number(high)}
