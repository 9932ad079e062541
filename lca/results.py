"""An assessment as the plain data of the public JSON contract (`lca/schemas/assessment.schema.json`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lca.assessment import Assessment
from lca.audit import leaves
from lca.benefit import PROBABILITY_CAP
from lca.correlation import interval_with_shared_error
from lca.drivers import drivers, sobol_total, worth_measuring
from lca.impacts import Breakdown
from lca.methods import other_methods
from lca.problems import Problem
from lca.provenance import Factor, Stated
from lca.quantity import Quantity

Plain = dict[str, Any]

NO_FACTOR = "not assessed: no factor of the catalogue and no own factor covers any flow"


def results(assessment: Assessment, with_sobol: bool = False) -> Plain:
    """Return all results as plain data; numbers carry twelve significant digits."""
    found = _results(assessment)
    climate = assessment.totals["gwp100"].total
    if with_sobol and climate is not None and len(climate.draws) > 1:
        indices = sobol_total(climate, assessment.fingerprint.seed)
        found["sobol_total_order"] = {record: _number(index) for record, index in indices.items()}
    return found


def _results(assessment: Assessment) -> Plain:
    project, print_ = assessment.project, assessment.fingerprint
    return {
        "format": 1,
        "project": {"name": project.project.name, "level": project.goal.level, "language": project.project.language},
        "totals": {name: _total(assessment, name) for name in assessment.totals},
        "energy": {**(_value(assessment.energy) or {}), "at_plug": _value(assessment.energy_at_plug)}
        if assessment.energy
        else None,
        "by_stage": {stage: _breakdowns(parts) for stage, parts in assessment.by_stage.items()},
        "by_activity": {
            activity: {**_breakdowns(parts), "energy": _value(assessment.energy_by_activity.get(activity))}
            for activity, parts in assessment.by_activity.items()
        },
        "by_site": {site: _breakdowns(parts) for site, parts in assessment.by_site.items()},
        "per_functional_unit": {
            "units": _value(assessment.units),
            "impacts": {name: _value(quantity) for name, quantity in assessment.per_unit.items()},
        },
        "boundary": {
            s.stage: {"status": s.status, "reason": s.reason, "estimated_share": s.estimated_share}
            for s in assessment.boundary
        },
        "gaps": [
            {"stage": g.stage, "activity": g.activity, "part": g.part, "reason": g.reason} for g in assessment.gaps
        ],
        "benefit": _benefit(assessment),
        "checklist": {
            finding.criterion.id: {"verdict": finding.verdict, "reason": finding.reason.in_("en"), "rule": finding.rule}
            for finding in assessment.findings
        },
        "provenance": {word: _number(share) for word, share in assessment.evidence["gwp100"].items()},
        "provenance_by_indicator": {
            name: {word: _number(share) for word, share in shares.items()}
            for name, shares in assessment.evidence.items()
            if assessment.totals[name].total is not None
        },
        **_drivers(assessment),
        "shared_error": _shared_error(assessment),
        "methods": [
            {
                "name": result.name,
                "version": result.version,
                "energy": _value(result.energy),
                "gwp100": _value(result.carbon),
                "counted": list(result.counted),
                "left_out": list(result.left_out),
            }
            for result in other_methods(assessment.project, assessment.book)
        ],
        "stated_results": [
            {
                "name": checked.stated.name,
                "figure": checked.stated.figure,
                "unit": checked.stated.value.unit if checked.stated.value else "",
                "stated": checked.stated.value.value if checked.stated.value else None,
                "recomputed": None if checked.value is None else _number(checked.value),
                "ratio": None if checked.ratio is None else _number(checked.ratio),
                "verdict": checked.verdict,
                "cause": checked.cause,
                "detail": checked.detail,
                "source": checked.stated.source,
            }
            for checked in assessment.recomputed
        ],
        "inputs": [_leaf(quantity) for quantity in leaves(impact.quantity for impact in assessment.impacts)],
        "problems": problems(assessment.problems),
        "fingerprint": {
            "descriptor": print_.descriptor,
            "catalogue": print_.catalogue,
            "catalogue_version": print_.catalogue_version,
            "code_version": print_.code_version,
            "seed": print_.seed,
            "draws": print_.draws,
            "as_of": print_.as_of.isoformat(),
        },
    }


def problems(found: Iterable[Problem]) -> list[Plain]:
    """Return problems as plain data."""
    return [
        {
            "file": p.location.file,
            "line": p.location.line,
            "column": p.location.column,
            "code": p.code,
            "severity": p.severity,
            "message": p.message,
            "hint": p.hint,
        }
        for p in found
    ]


def _number(value: float) -> float:
    return float(f"{value:.12g}")


def _value(quantity: Quantity | None) -> Plain | None:
    if quantity is None:
        return None
    low, median, high = quantity.interval()
    numbers = {"value": quantity.value, "low95": low, "high95": high, "median": median}
    return {"unit": quantity.unit, **{name: _number(number) for name, number in numbers.items()}}


def _breakdowns(parts: Mapping[str, Breakdown]) -> Plain:
    return {
        indicator: {
            "operational": _value(part.operational),
            "embodied": _value(part.embodied),
            "total": _value(part.total),
        }
        for indicator, part in parts.items()
    }


def _total(assessment: Assessment, indicator: str) -> Plain:
    quantity = assessment.totals[indicator].total
    coverage = {stage: _number(share) for stage, share in assessment.coverage[indicator].items()}
    if quantity is None:
        return {
            "value": None,
            "reason": NO_FACTOR,
            "unit": assessment.book.indicators[indicator].unit,
            "coverage": coverage,
        }
    partial = any(share < 1 for share in coverage.values()) or any(gap.part for gap in assessment.gaps)
    return {**(_value(quantity) or {}), "partial": partial, "coverage": coverage}


def _benefit(assessment: Assessment) -> Plain:
    stated = assessment.project.benefit
    result = assessment.benefit
    if result is None:
        reason = (
            stated.none
            if stated and stated.none
            else "no benefit is described"
            if stated is None
            else "no effect or no horizon"
        )
        return {"value": None, "reason": reason}
    names = ("potential", "realised", "attributed", "harms", "enabling", "cost", "net_solution", "net_project")
    probability = result.probability_net_positive
    return {
        **{name: _value(getattr(result, name)) for name in names},
        "horizon": _value(result.horizon),
        "probability_net_positive": None if probability is None else _number(min(probability, PROBABILITY_CAP)),
        "probability_above_cap": probability is not None and probability > PROBABILITY_CAP,
        "probability_reason": result.probability_reason,
    }


def _drivers(assessment: Assessment) -> Plain:
    """Return the inputs that drive the climate total, and the defaults whose measurement would narrow it most."""
    climate = assessment.totals["gwp100"].total
    ranked = drivers(climate) if climate is not None and len(climate.draws) > 1 else ()
    return {
        "drivers": [
            {
                "input": driver.leaf.record,
                "evidence": driver.leaf.evidence.word,
                "variance_share": _number(driver.variance_share),
                "elasticity": _number(driver.elasticity),
                "total_low": _number(driver.low),
                "total_high": _number(driver.high),
            }
            for driver in ranked
        ],
        "worth_measuring": [
            {"input": found.leaf.record, "interval_shrinks_by": _number(found.shrinks_by)}
            for found in (worth_measuring(climate, ranked) if climate is not None and ranked else ())
        ],
    }


def _shared_error(assessment: Assessment) -> Plain | None:
    """Return the climate interval if factors of one source share their error."""
    climate = assessment.totals["gwp100"].total
    found = interval_with_shared_error(climate, assessment.fingerprint.seed) if climate is not None else None
    if climate is None or found is None:
        return None
    low, median, high = found
    return {"unit": climate.unit, "low95": _number(low), "median": _number(median), "high95": _number(high)}


def _leaf(quantity: Quantity) -> Plain:
    leaf = quantity.origin
    assert isinstance(leaf, Factor | Stated)
    row = {"evidence": leaf.evidence.word, **(_value(quantity) or {})}
    if isinstance(leaf, Stated):
        place = leaf.location
        return {
            "path": leaf.path,
            **row,
            "source": leaf.source,
            "file": place.file,
            "line": place.line,
            "column": place.column,
        }
    return {
        "path": leaf.key,
        **row,
        "indicator": leaf.indicator,
        "source": leaf.source.id,
        "year": leaf.year,
        "status": leaf.status,
        "proxy_for": leaf.proxy_for,
        "coverage": sorted(leaf.coverage),
    }
