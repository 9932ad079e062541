"""The benefit side of the contract."""

from __future__ import annotations

from typing import Any

from lca.presenting.values import Plain, number, value
from lca.presenting.writer import PROBABILITY_CAP
from lca.subjects.benefit.adverse import AdverseReading
from lca.subjects.benefit.balance import LINES, Balance
from lca.subjects.benefit.declared import Benefit
from lca.subjects.benefit.payback import payback_bounds
from lca.subjects.benefit.physical import PhysicalBenefit
from lca.subjects.benefit.result import BenefitResult
from lca.subjects.benefit.value import attribution_sweep, ratio
from lca.subjects.subject import Assessed


def contract(assessed: Assessed) -> Plain:
    """Return the benefit as plain data."""
    result = assessed.results[BenefitResult]
    physical = [_physical(line, not result.open_questions) for line in result.physical]
    return {"benefit": _benefit(assessed), "physical_benefits": physical}


def _physical(line: PhysicalBenefit, is_established: bool) -> Plain:
    """Return what an effect saves of a flow in the flow's own unit."""
    return {
        "effect": line.effect.name,
        "flow": line.flow.name,
        "noun": line.noun,
        "converted": line.converted,
        "established": is_established,
        "potential": value(line.potential),
        "realised": value(line.realised),
        "attributed": value(line.attributed),
        "anyway": {name: value(amount) for name, amount in line.anyway.items()},
        "remains": value(line.remains),
    }


def _benefit(assessed: Assessed) -> Plain:
    """Return the parts of the comparison, or why there is none."""
    stated, study = assessed.study.get(Benefit), assessed.results[BenefitResult].study
    if study is None:
        in_own_units = "no effect is stated on an indicator" if assessed.results[BenefitResult].physical else ""
        lacks = in_own_units or "no effect or no horizon"
        reason = "no benefit is described" if stated is None else stated.none or lacks
        return {"value": None, "reason": reason}
    climate = study.climate
    probability = climate.probability_net_positive
    return {
        **_lines(climate),
        "established": study.is_established,
        "open_questions": [{"code": q.code, "path": q.path, "said": q.said} for q in study.open_questions],
        "horizon": {"unit": "year", "value": number(study.horizon)},
        "reference": climate.reference,
        "probability_net_positive": None if probability is None else number(min(probability, PROBABILITY_CAP)),
        "probability_above_cap": probability is not None and probability > PROBABILITY_CAP,
        "probability_reason": climate.probability_reason,
        "ratio": value(ratio(climate)),
        "payback": _payback(climate),
        "periods": _periods(climate),
        "break_evens": [
            {
                "name": found.name,
                "subject": found.subject,
                "status": found.status,
                "value": None if found.value is None else number(found.value),
                "unit": found.unit,
                "side": found.side,
            }
            for found in assessed.results[BenefitResult].break_evens
        ],
        "adverse_test": [_adverse(reading) for reading in assessed.results[BenefitResult].adverse],
        "attribution_sweep": [
            {
                "attribution": row.attribution,
                "net": number(row.net),
                "low95": None if row.low is None else number(row.low),
                "high95": None if row.high is None else number(row.high),
            }
            for row in attribution_sweep(climate, assessed.study[Benefit])
        ],
        "references": {name: value(found.net_project) for name, found in study.references.items()},
        "by_indicator": {i: _lines(found) for i, found in study.balances.items() if i != "gwp100"},
        "money": {name: value(found) for name, found in assessed.results[BenefitResult].in_money.items()},
    }


def _adverse(reading: AdverseReading) -> Plain:
    """Return a reading of the adverse test; it has no interval."""
    taken = [
        {"path": one.path, "value": number(one.value), "unit": one.unit, "by_catalogue": one.by_catalogue}
        | ({"by_call": True} if one.by_call else {})
        for one in reading.taken
    ]
    return {"reading": reading.name, "unit": reading.net.unit, "net": number(reading.net.value), "taken": taken}


def _lines(balance: Balance) -> dict[str, Any]:
    return {name: value(getattr(balance, name)) for name in LINES}


def _payback(balance: Balance) -> Plain:
    found = payback_bounds(balance.payback)
    bounds = (None,) * 3 if balance.payback.is_open else (found.low, found.median, found.high)
    low, median, high = (None if bound is None else number(bound) for bound in bounds)
    best = None if found.best is None else number(found.best)
    return {
        "unit": "year",
        "value": best,
        "low95": low,
        "median": median,
        "high95": high,
        "not_reached": None if balance.payback.is_open else number(found.not_reached),
    }


def _periods(balance: Balance) -> list[Plain]:
    """Return the start and each period with its bounds in years, its lines and the cumulative net at its end."""
    return [
        {
            "year": row.period.year if row.period else 0,
            "start": number(row.period.start) if row.period else 0.0,
            "end": number(row.period.end) if row.period else 0.0,
            **{
                name: value(getattr(row, name))
                for name in ("attributed", "anyway", "harms", "enabling", "cost", "cumulative")
            },
        }
        for row in balance.periods
    ]
