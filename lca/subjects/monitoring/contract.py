"""The review after the fact in the contract."""

from __future__ import annotations

from lca.presenting.values import Plain, number, value
from lca.quantities.quantity import Quantity
from lca.subjects.monitoring.result import MeasuredInput, MonitoringResult, Reviewed
from lca.subjects.monitoring.sealed import SealedForecast
from lca.subjects.monitoring.standing import Followed
from lca.subjects.subject import Assessed


def contract(assessed: Assessed) -> Plain:
    """Return the review as plain data; None where nothing is monitored."""
    result = assessed.results.get(MonitoringResult)
    if result is None:
        return {"monitoring": None}
    monitoring: Plain = {
        "sealed": _sealed(result.sealed),
        "moved": list(result.moved),
        "inputs": [_input(row) for row in result.inputs],
        "figures": [_figure(row) for row in result.reviewed],
        "unconfirmed": list(result.unconfirmed),
        "established": result.established,
        "conditions": _conditions(result),
    }
    return {"monitoring": monitoring}


def _sealed(sealed: SealedForecast | None) -> Plain | None:
    if sealed is None:
        return None
    return {
        "on": sealed.sealed_on,
        "seal": sealed.seal,
        "descriptor": sealed.descriptor.sha256,
        "catalogue_version": sealed.catalogue_version,
        "code_version": sealed.code_version,
    }


def _conditions(result: MonitoringResult) -> Plain | None:
    """Return how the agreed conditions stand, why by the name of the reason; None where none were agreed on."""
    agreed = result.agreed
    if agreed is None:
        return None
    return {
        "file": agreed.file,
        "sha256": agreed.sha256,
        "made": agreed.made,
        "descriptor": agreed.descriptor.sha256,
        "held_by_the_seal": result.is_held,
        "agreed": {one.agreed.name: _followed(one) for one in result.conditions},
        "further": list(result.further),
    }


def _followed(one: Followed) -> Plain:
    return {
        "asks": one.agreed.asks,
        "owner": one.agreed.owner or None,
        "date": one.agreed.date or None,
        "standing": one.standing,
        "because": one.because.form,
        "documents": [{"title": document.title, "sha256": document.sha256} for document in one.documents],
    }


def _input(row: MeasuredInput) -> Plain:
    declared = row.declared
    return {
        "name": declared.name,
        "input": declared.input,
        "values": [
            {
                "date": one.date,
                "value": one.value.text if one.value else "",
                "counterfactual": one.counterfactual.text if one.counterfactual else None,
            }
            for one in declared.values
        ],
        "supersedes": declared.supersedes,
        "measured": value(row.measured),
        "forecast": _bounded(row.forecast, row.low, row.high),
        "within": row.within,
        "deviation": number(row.deviation.value) if row.deviation is not None else None,
    }


def _figure(row: Reviewed) -> Plain:
    return {
        "figure": row.path,
        "sealed": _bounded(row.sealed, row.low, row.high),
        "forecast": value(row.forecast),
        "measured": value(row.measured),
        "change": value(row.change),
    }


def _bounded(quantity: Quantity | None, low: float | None, high: float | None) -> Plain | None:
    """Return a best estimate with the interval that was noted beside it."""
    if quantity is None:
        return None
    return {
        "unit": quantity.unit,
        "value": number(quantity.value),
        "low95": None if low is None else number(low),
        "high95": None if high is None else number(high),
    }
