"""The benefit set against the cost."""

from __future__ import annotations

from typing import Any

from lca.assessment import Assessment
from lca.balance.balance import PROBABILITY_CAP
from lca.charts import benefit as charts
from lca.writing import Writer


def view(assessment: Assessment, writer: Writer) -> dict[str, Any]:
    """Return what the section on the benefit needs."""
    words, benefit = writer.words, assessment.benefit
    drawn = {}
    if benefit is not None:
        scale, unit = writer.readable(benefit.potential)
        order = ("potential", "realised", "attributed", "harms", "enabling", "cost", "net_solution", "net_project")
        bars = [(words[name], getattr(benefit, name), name in ("harms", "enabling", "cost")) for name in order]
        drawn["benefit"] = charts.benefit_against_cost(bars, scale, unit, words)
    return {"cap": PROBABILITY_CAP, "charts": drawn}
