"""An assessment as the plain data of the public JSON contract (`lca/schemas/assessment.schema.json`)."""

from __future__ import annotations

from lca.assessment.comparison_contract import fingerprint, scenarios
from lca.assessment.record import Record
from lca.presenting.values import Plain, number, problems, value
from lca.quantities.provenance import Factor, Stated
from lca.quantities.quantity import Quantity
from lca.quantities.trees import leaves
from lca.subjects import SUBJECTS

#: The order of the public contract; what a subject gives and is not named here follows before the inputs.
ORDER = (
    *("format", "project", "totals", "energy", "by_stage", "by_activity", "by_site", "resolved", "instances"),
    *(
        "per_functional_unit",
        "market_based",
        "scenarios",
        "boundary",
        "gaps",
        "benefit",
        "physical_benefits",
        "monitoring",
    ),
    *("money", "quality"),
    *("frugality", "checklist"),
    *("checklist_summary", "claims", "frugal_ai", "provenance", "provenance_by_indicator", "drivers"),
    *("worth_measuring", "shared_error", "methods", "stated_results"),
)
LAST = ("inputs", "problems", "fingerprint")


def results(assessment: Record, with_sobol: bool = False) -> Plain:
    """Return all results as plain data; numbers carry twelve significant digits."""
    assessment.settle()
    about = assessment.study.about
    found: Plain = {
        "format": 1,
        "project": {"name": about.name, "level": assessment.study.goal.level, "language": about.language},
        "scenarios": scenarios(assessment),
        "inputs": [_leaf(quantity) for quantity in leaves(assessment.roots)],
        "problems": problems(assessment.problems),
        "fingerprint": fingerprint(assessment),
    }
    for subject in SUBJECTS:
        found |= subject.module("contract").contract(assessment)
    named = [*ORDER, *(key for key in found if key not in (*ORDER, *LAST)), *LAST]
    ordered = {key: found[key] for key in named}
    indices = assessment.crosscheck.sobol_total_order() if with_sobol else {}
    if indices:
        ordered["sobol_total_order"] = {record: number(index) for record, index in indices.items()}
    return ordered


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
            "file": place.name,
            "line": place.line,
            "column": place.column,
        }
    return {
        "path": leaf.key,
        **row,
        "indicator": leaf.indicator,
        "source": leaf.source.id,
        "locator": leaf.locator,
        "year": leaf.year,
        "status": leaf.status,
        "proxy_for": leaf.proxy_for,
        "coverage": sorted(leaf.coverage),
    }
