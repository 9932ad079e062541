"""The benefit side of the contract."""

from __future__ import annotations

from lca.assessment import Assessment
from lca.balance.balance import PROBABILITY_CAP
from lca.results.values import Plain, number, value


def benefit(assessment: Assessment) -> Plain:
    """Return the parts of the comparison, or why there is none."""
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
        **{name: value(getattr(result, name)) for name in names},
        "horizon": {"unit": "year", "value": result.horizon},
        "probability_net_positive": None if probability is None else number(min(probability, PROBABILITY_CAP)),
        "probability_above_cap": probability is not None and probability > PROBABILITY_CAP,
        "probability_reason": result.probability_reason,
    }
