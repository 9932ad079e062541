"""The figures of a study's scenarios by path, and what they cause more than the study."""

from __future__ import annotations

from lca.assessment.cases import cases_of
from lca.assessment.comparison import tables
from lca.assessment.record import Record
from lca.quantities.quantity import Quantity


def figures_of_scenarios(assessment: Record) -> dict[str, Quantity]:
    """Return every figure of the scenarios by its path: `scenarios.ireland.total.gwp100`, `....difference`, `....relative`."""
    found: dict[str, Quantity] = {}
    rows = [
        (table.figure, row)
        for table in tables(cases_of({"": assessment}), assessment.fingerprint.draws > 0)
        for group in table.groups
        for row in group.rows
        if row.case.name
    ]
    for figure, row in rows:
        path = f"scenarios.{row.case.name}.{figure}"
        parts = {path: row.amount, f"{path}.difference": row.difference, f"{path}.relative": row.relative}
        found |= {key: quantity for key, quantity in parts.items() if quantity is not None}
    return found
