"""An assessment as the plain data of the public JSON contract (`lca/schemas/assessment.schema.json`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from lca.assessment.comparison_contract import fingerprint, market_based, scenarios
from lca.assessment.record import Record
from lca.presenting.values import Plain, number, problems, value
from lca.quantities.provenance import Factor, Stated
from lca.quantities.quantity import Quantity
from lca.quantities.trees import leaves
from lca.subjects.benefit.contract import benefit
from lca.subjects.checklist import contract as checklist
from lca.subjects.claims.contract import claims, frugal_ai
from lca.subjects.crosscheck.contract import driving_inputs, shared_error
from lca.subjects.footprint.impacts import Breakdown
from lca.subjects.frugality.contract import frugality
from lca.subjects.money.contract import money
from lca.subjects.quality.contract import trade_offs

NO_FACTOR = "not assessed: no factor of the catalogue and no own factor covers any flow"


def results(assessment: Record, with_sobol: bool = False) -> Plain:
    """Return all results as plain data; numbers carry twelve significant digits."""
    found = _results(assessment)
    indices = assessment.crosscheck.sobol_total_order() if with_sobol else {}
    if indices:
        found["sobol_total_order"] = {record: number(index) for record, index in indices.items()}
    return found


def _results(assessment: Record) -> Plain:
    descriptor = assessment.study
    return {
        "format": 1,
        "project": {
            "name": descriptor.about.name,
            "level": descriptor.goal.level,
            "language": descriptor.about.language,
        },
        "totals": {name: _total(assessment, name) for name in assessment.footprint.totals},
        "energy": {**(value(assessment.footprint.energy) or {}), "at_plug": value(assessment.footprint.energy_at_plug)}
        if assessment.footprint.energy
        else None,
        "by_stage": {
            stage: {**_breakdowns(parts), "energy": value(assessment.footprint.energy_by_stage.get(stage))}
            for stage, parts in assessment.footprint.by_stage.items()
        },
        "by_activity": {
            activity: {**_breakdowns(parts), "energy": value(assessment.footprint.energy_by_activity.get(activity))}
            for activity, parts in assessment.footprint.by_activity.items()
        },
        "by_site": {site: _breakdowns(parts) for site, parts in assessment.footprint.by_site.items()},
        "per_functional_unit": {
            "units": value(assessment.footprint.units),
            "impacts": {name: value(quantity) for name, quantity in assessment.footprint.per_unit.items()},
        },
        "market_based": market_based(assessment),
        "scenarios": scenarios(assessment),
        "boundary": {
            s.stage: {"status": s.status, "reason": s.reason, "estimated_share": s.estimated_share}
            for s in assessment.footprint.boundary
        },
        "gaps": [
            {"stage": g.stage, "activity": g.activity, "part": g.part, "reason": g.reason}
            for g in assessment.footprint.gaps
        ],
        "benefit": benefit(assessment),
        "money": money(assessment),
        "quality": trade_offs(assessment),
        "frugality": frugality(assessment),
        "checklist": checklist.rows(assessment),
        "checklist_summary": checklist.summary(assessment),
        "claims": claims(assessment),
        "frugal_ai": frugal_ai(assessment),
        "provenance": {word: number(share) for word, share in assessment.footprint.evidence["gwp100"].items()},
        "provenance_by_indicator": {
            name: {word: number(share) for word, share in shares.items()}
            for name, shares in assessment.footprint.evidence.items()
            if assessment.footprint.totals[name].total is not None
        },
        **driving_inputs(assessment),
        "shared_error": shared_error(assessment),
        "methods": [
            {
                "name": result.name,
                "version": result.version,
                "energy": value(result.energy),
                "gwp100": value(result.carbon),
                "counted": list(result.counted),
                "left_out": list(result.left_out),
            }
            for result in assessment.crosscheck.methods
        ],
        "stated_results": [
            {
                "name": checked.stated.name,
                "figure": checked.stated.figure,
                "unit": checked.stated.value.unit if checked.stated.value else "",
                "stated": checked.stated.value.value if checked.stated.value else None,
                "recomputed": None if checked.value is None else number(checked.value),
                "ratio": None if checked.ratio is None else number(checked.ratio),
                "verdict": checked.verdict,
                "cause": asdict(checked.cause),
                "source": checked.stated.source,
            }
            for checked in assessment.crosscheck.stated_results
        ],
        "inputs": [_leaf(quantity) for quantity in leaves(assessment.roots)],
        "problems": problems(assessment.problems),
        "fingerprint": fingerprint(assessment),
    }


def _breakdowns(parts: Mapping[str, Breakdown]) -> Plain:
    return {
        indicator: {
            "operational": value(part.operational),
            "embodied": value(part.embodied),
            "total": value(part.total),
        }
        for indicator, part in parts.items()
    }


def _total(assessment: Record, indicator: str) -> Plain:
    quantity = assessment.footprint.totals[indicator].total
    coverage = {stage: number(share) for stage, share in assessment.footprint.coverage[indicator].items()}
    if quantity is None:
        return {
            "value": None,
            "reason": NO_FACTOR,
            "unit": assessment.book.indicators[indicator].unit,
            "coverage": coverage,
        }
    return {**(value(quantity) or {}), "partial": assessment.footprint.is_partial(indicator), "coverage": coverage}


def _leaf(quantity: Quantity) -> Plain:
    leaf = quantity.origin
    assert isinstance(leaf, Factor | Stated)
    row = {"evidence": leaf.evidence.word, **(value(quantity) or {})}
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
