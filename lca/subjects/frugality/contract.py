"""The frugality panel in the contract."""

from __future__ import annotations

from lca.presenting.values import Plain, number, value
from lca.quantities.units import conversion
from lca.subjects.frugality.assess import Frugality
from lca.subjects.subject import Assessed


def contract(assessed: Assessed) -> Plain:
    """Return the panel as plain data."""
    return {"frugality": _frugality(assessed)}


def _frugality(assessed: Assessed) -> Plain:
    """Return the panel's indicators, equivalents, and the published figures that it shows."""
    found = assessed.results[Frugality]
    return {
        "volumes": {stage: value(volume) for stage, volume in found.volumes.items()},
        "data_per_day": value(found.data_per_day),
        "share_of_mark": value(found.share_of_mark),
        "mark": found.mark.key,
        "energy_per_unit": value(found.energy_per_unit),
        "experiments_share": value(found.experiments),
        "trainings": found.trainings,
        "reused": {
            path: {"name": base.name, "rule": base.rule, "reason": base.reason} for path, base in found.reused.items()
        },
        "equivalents": {e.name: {**(value(e.quantity) or {}), "source": e.factor.source.id} for e in found.equivalents},
        "published": {
            factor.key: {
                "gwp100": number(factor.value * conversion(factor.unit, "kgCO2e")),
                "source": factor.source.id,
                "coverage": sorted(factor.coverage),
            }
            for factor in found.published
        },
    }
