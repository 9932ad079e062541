"""What a study rests on, and the figures of its scenarios."""

from __future__ import annotations

from lca.assessment.record import Record
from lca.quantities.quantity import Quantity


def roots(record: Record) -> list[Quantity]:
    """Return the roots of the trees under a report's own figures: what their leaves are is what the study rests on."""
    market = record.footprint.market_based
    return [
        *record.footprint.roots,
        *record.benefit.roots,
        *((market.total,) if market is not None else ()),
        *(record.money.roots if record.money is not None else ()),
        *record.quality.roots,
    ]
