"""Bibliography and annex: every source, every formula as it ran."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lca.assessment import Assessment
from lca.audit import Step, citations, explain, leaves, walk
from lca.figures import cost_nodes
from lca.provenance import Factor
from lca.quantity import Computed, Quantity
from lca.sections import scenarios, sweeps


def view(assessment: Assessment, references: Mapping[str, str]) -> dict[str, Any]:
    """Return what the bibliography and the annex need; `references` are the citations of formulas by their id."""
    compared = (*scenarios.quantities(assessment), *sweeps.quantities(assessment))
    roots = (*benefit_nodes(assessment), *cost_nodes(assessment), *assessment.frugality.nodes().values(), *compared)
    generation = assessment.money.generation if assessment.money is not None else ()
    used = leaves([*(i.quantity for i in assessment.impacts), *roots, *(g.quantity for g in generation)])
    factors = [*assessment.frugality.published, *(q.origin for q in used if isinstance(q.origin, Factor))]
    return {
        "sources": citations(factors),
        "methods": sorted(references[name] for name in _formula_sources(assessment) if name in references),
        "explanations": _explanations(assessment),
    }


def benefit_nodes(assessment: Assessment) -> list[Quantity]:
    """Return the roots of the benefit's trees."""
    benefit = assessment.benefit
    return [benefit.net_solution, benefit.net_project] if benefit else []


def _formula_sources(assessment: Assessment) -> set[str]:
    seen: set[int] = set()
    roots = [
        *(i.quantity for i in assessment.impacts),
        *benefit_nodes(assessment),
        *cost_nodes(assessment),
        *assessment.per_unit.values(),
    ]
    nodes = (node for root in roots for node in walk(root, seen))
    return {node.origin.formula.source for node in nodes if isinstance(node.origin, Computed)}


def _explanations(assessment: Assessment) -> list[tuple[str, list[Step]]]:
    return [(i.quantity.label, list(explain(i.quantity))) for i in assessment.impacts if i.indicator == "gwp100"]
