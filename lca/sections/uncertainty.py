"""Uncertainty: drivers, what to measure, other sources, and all inputs with their evidence."""

from __future__ import annotations

from typing import Any

from lca.assessment import Assessment, cost_nodes
from lca.audit import leaves
from lca.charts import footprint as charts
from lca.correlation import interval_with_shared_error
from lca.drivers import Driver, drivers, worth_measuring
from lca.provenance import Evidence, Factor, Stated
from lca.quantity import Quantity
from lca.sections.sources import benefit_nodes
from lca.spread import spread
from lca.uncertainty import sampling_error
from lca.writing import Writer

#: Inputs below both do not drive anything that is printed.
NOTABLE_SHARE, NOTABLE_ELASTICITY = 0.002, 0.05


def view(assessment: Assessment, writer: Writer) -> dict[str, Any]:
    """Return what the section on uncertainty needs."""
    climate = assessment.totals["gwp100"].total
    ranked = drivers(climate) if climate is not None and len(climate.draws) > 1 else ()
    used = leaves([*(i.quantity for i in assessment.impacts), *benefit_nodes(assessment), *cost_nodes(assessment)])
    defaults = [q for q in used if isinstance(q.origin, Factor)]
    rules = {q.origin.uncertainty_rule for q in defaults if isinstance(q.origin, Factor)}
    notable = [d for d in ranked if d.variance_share > NOTABLE_SHARE or abs(d.elasticity) > NOTABLE_ELASTICITY]
    return {
        "defaults": defaults,
        "stated": [q for q in used if isinstance(q.origin, Stated) and q.origin.location.file != "-"],
        "rules": [assessment.book.classes[rule] for rule in sorted(rules & assessment.book.classes.keys())],
        "drivers": notable[:10],
        "worth_measuring": worth_measuring(climate, ranked) if climate is not None and ranked else (),
        "sampling": sampling_error(climate.draws) if climate is not None else None,
        "shared_error": interval_with_shared_error(climate, assessment.fingerprint.seed)
        if ranked and climate
        else None,
        "spread": spread(climate, assessment.book) if climate is not None else (),
        "evidence_order": [evidence.word for evidence in reversed(Evidence)],
        "charts": _charts(climate, ranked, writer) if climate is not None and climate.value else {},
    }


def _charts(climate: Quantity, ranked: tuple[Driver, ...], writer: Writer) -> dict[str, str]:
    scale, unit = writer.readable(climate)
    moved = [(_input_name(d.input), d.low * scale, d.high * scale) for d in ranked[:10] if d.low != d.high]
    return {"tornado": charts.tornado(moved, climate.value * scale, unit, writer.words)} if moved else {}


def _input_name(quantity: Quantity) -> str:
    name = quantity.origin.path if isinstance(quantity.origin, Stated) else quantity.label
    return name if len(name) <= 48 else name[:45] + "..."
