"""Other methods, stated results and what drives the climate total, in the contract."""

from __future__ import annotations

from msgspec.structs import asdict

from lca.presenting.values import Plain, number, value
from lca.subjects.crosscheck.assess import Crosscheck
from lca.subjects.crosscheck.stated_results import Recomputed
from lca.subjects.footprint.assess import Footprint
from lca.subjects.subject import Assessed


def contract(assessed: Assessed) -> Plain:
    """Return other methods, stated results and what drives the climate total as plain data."""
    crosscheck = assessed.results[Crosscheck]
    return {
        **_driving_inputs(assessed),
        "shared_error": _shared_error(assessed),
        "methods": _methods(crosscheck),
        "stated_results": [_stated(checked) for checked in crosscheck.stated_results],
    }


def methods(assessed: Assessed) -> Plain:
    """Return the figures of other methods beside this program's as plain data."""
    crosscheck, own = assessed.results[Crosscheck], assessed.results[Footprint]
    return {
        "methods": _methods(crosscheck),
        "sci_per_functional_unit": value(crosscheck.sci),
        "sci_lacks": crosscheck.sci_lacks or None,
        "this_program": {"energy": value(own.energy), "gwp100": value(own.climate)},
    }


def _methods(crosscheck: Crosscheck) -> list[Plain]:
    return [
        {
            "name": result.name,
            "version": result.version,
            "energy": value(result.energy),
            "gwp100": value(result.carbon),
            "counted": list(result.counted),
            "left_out": list(result.left_out),
        }
        for result in crosscheck.methods
    ]


def _stated(checked: Recomputed) -> Plain:
    stated = checked.stated.value
    return {
        "name": checked.stated.name,
        "figure": checked.stated.figure,
        "unit": stated.unit if stated else "",
        "stated": stated.value if stated else None,
        "recomputed": None if checked.value is None else number(checked.value),
        "ratio": None if checked.ratio is None else number(checked.ratio),
        "verdict": checked.verdict,
        "cause": asdict(checked.cause),
        "source": checked.stated.source,
    }


def _driving_inputs(assessed: Assessed) -> Plain:
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


def _shared_error(assessed: Assessed) -> Plain | None:
    """Return the climate interval if factors of one source share their error."""
    climate = assessed.results[Footprint].totals["gwp100"].total
    found = assessed.results[Crosscheck].shared_error
    if climate is None or found is None:
        return None
    low, median, high = found
    return {"unit": climate.unit, "low95": number(low), "median": number(median), "high95": number(high)}
