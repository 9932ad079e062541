"""What drives the climate total, in the contract."""

from __future__ import annotations

from lca.assessment.record import Record
from lca.presenting.values import Plain, number


def driving_inputs(assessment: Record) -> Plain:
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
            for driver in assessment.crosscheck.drivers
        ],
        "worth_measuring": [
            {"input": found.leaf.record, "interval_shrinks_by": number(found.shrinks_by)}
            for found in assessment.crosscheck.worth_measuring
        ],
    }


def shared_error(assessment: Record) -> Plain | None:
    """Return the climate interval if factors of one source share their error."""
    climate = assessment.footprint.totals["gwp100"].total
    found = assessment.crosscheck.shared_error
    if climate is None or found is None:
        return None
    low, median, high = found
    return {"unit": climate.unit, "low95": number(low), "median": number(median), "high95": number(high)}
