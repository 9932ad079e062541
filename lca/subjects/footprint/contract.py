"""The footprint in the contract: totals, groups, what is not assessed, and what the figures rest on."""

from __future__ import annotations

from collections.abc import Mapping

from lca.catalogue.instances import InstanceType
from lca.presenting.values import Plain, number, value
from lca.subjects.footprint.assess import Footprint
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.impacts import Breakdown
from lca.subjects.footprint.machine import InstanceMachine
from lca.subjects.footprint.market_based import MarketResult
from lca.subjects.footprint.resolved import Resolved
from lca.subjects.subject import Assessed

NO_FACTOR = "not assessed: no factor of the catalogue and no own factor covers any flow"


def contract(assessed: Assessed) -> Plain:
    """Return the footprint as plain data."""
    footprint = assessed.results[Footprint]
    energy = footprint.energy
    return {
        "totals": {name: _total(assessed, footprint, name) for name in footprint.totals},
        "energy": {**(value(energy) or {}), "at_plug": value(footprint.energy_at_plug)} if energy else None,
        "by_stage": {
            stage: {**_breakdowns(parts), "energy": value(footprint.energy_by_stage.get(stage))}
            for stage, parts in footprint.by_stage.items()
        },
        "by_activity": {
            activity: {**_breakdowns(parts), "energy": value(footprint.energy_by_activity.get(activity))}
            for activity, parts in footprint.by_activity.items()
        },
        "by_site": {site: _breakdowns(parts) for site, parts in footprint.by_site.items()},
        "resolved": {one.activity: _resolved(one) for one in footprint.resolved},
        "per_functional_unit": {
            "units": value(footprint.units),
            "impacts": {name: value(quantity) for name, quantity in footprint.per_unit.items()},
        },
        "market_based": _market_based(footprint.market_based),
        "boundary": {
            s.stage: {
                "status": s.status,
                "reason": s.reason,
                "estimated_share": s.estimated_share,
                "unsaid": list(s.unsaid),
            }
            for s in footprint.boundary
        },
        "gaps": [
            {
                "stage": g.stage,
                "activity": g.activity,
                "part": g.part,
                "scope": g.scope,
                "indicator": g.indicator,
                "reason": g.reason,
            }
            for g in footprint.gaps
        ],
        "instances": _instances(assessed),
        "provenance": _shares(footprint.evidence["gwp100"]),
        "provenance_by_indicator": {
            name: _shares(shares)
            for name, shares in footprint.evidence.items()
            if footprint.totals[name].total is not None
        },
    }


def _resolved(resolved: Resolved) -> Plain:
    """Return what an activity was read as; what is not known is null."""
    return {
        "machine": resolved.machine or None,
        "instance": resolved.instance or None,
        "site": resolved.site or None,
        "region": resolved.region or None,
        "year": resolved.year,
        "model": resolved.model or None,
        "processor": resolved.processor or None,
        "processors": value(resolved.processors),
        "processor_hours": value(resolved.processor_time),
        "machine_hours": value(resolved.machine_time),
        "duration": value(resolved.duration),
        "load": value(resolved.load),
    }


def _instances(assessed: Assessed) -> Plain:
    """Return what each machine that is described by its instance type was read as, and from which source."""
    machines = assessed.study[ProductSystem].machines
    return {name: _instance(one.kind) for name, one in machines.items() if isinstance(one, InstanceMachine)}


def _instance(kind: InstanceType) -> Plain:
    return {
        "provider": kind.provider,
        "name": kind.name,
        "accelerator": kind.accelerator,
        "accelerators": number(kind.accelerators),
        "processor": kind.processor,
        "processor_source": kind.processor_source,
        "platform": kind.platform,
        "vcpu": number(kind.vcpu) if kind.vcpu else None,
        "memory_gib": number(kind.memory) if kind.memory else None,
        "share_of_host": number(kind.share) if kind.share else None,
        "source": kind.source.id,
        "citation": kind.source.citation,
        "locator": kind.locator,
        "note": kind.note,
    }


def _shares(shares: Mapping[str, float]) -> Plain:
    return {word: number(share) for word, share in shares.items()}


def _breakdowns(parts: Mapping[str, Breakdown]) -> Plain:
    return {
        indicator: {
            "operational": value(part.operational),
            "embodied": value(part.embodied),
            "total": value(part.total),
        }
        for indicator, part in parts.items()
    }


def _total(assessed: Assessed, footprint: Footprint, indicator: str) -> Plain:
    quantity = footprint.totals[indicator].total
    found = footprint.coverage[indicator].items()
    lines = {stage: {"counted": of_stage.counted, "of": of_stage.of} for stage, of_stage in found}
    # A share of what has no size is told of the one indicator that nearly every line has.
    shares = {stage: number(of_stage.counted / of_stage.of) for stage, of_stage in found if indicator == "gwp100"}
    counted = {"coverage": shares, "lines": lines}
    if quantity is None:
        unit = assessed.book.indicators[indicator].unit
        return {"value": None, "reason": NO_FACTOR, "unit": unit, **counted}
    return {**(value(quantity) or {}), "partial": footprint.is_partial(indicator), **counted}


def _market_based(result: MarketResult | None) -> Plain | None:
    """Return the line of contracts beside the location-based figures; None where no site has one."""
    if result is None:
        return None
    return {
        "total": value(result.total),
        "sites": {
            line.site.name: {
                "instrument": line.contract.instrument,
                "source": line.contract.source,
                "electricity": value(line.electricity),
                "location_based": value(line.location_based),
                "market_based": value(line.market_based),
            }
            for line in result.lines
        },
    }
