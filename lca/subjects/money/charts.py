"""Pictures of what a project costs in money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lca.presenting.row_chart import Key, Look, RowChart
from lca.presenting.scales import Linear, tick_text
from lca.presenting.svg import EMBODIED, LINE, OPERATIONAL, SOFT, Drawing

_LOOKS = (Look(OPERATIONAL), Look(EMBODIED, hatched=True), Look(LINE, outline=SOFT))


def costs_by_stage(
    rows: Sequence[tuple[str, Mapping[str, float], str]],
    kinds: Mapping[str, str],
    unit: str,
    locale: Mapping[str, str],
) -> Drawing:
    """Draw the cost of each stage as stacked bars, and how much it is; `kinds` gives the kinds' names in order."""
    looks = {kind: look for kind, look in zip(kinds, _LOOKS, strict=False) if any(row[1].get(kind) for row in rows)}
    chart = RowChart(
        [name for name, _, _ in rows],
        [amount for _, _, amount in rows],
        keys=[Key(kinds[kind], look) for kind, look in looks.items()],
    )
    scale = Linear(0.0, max(sum(parts.values()) for _, parts, _ in rows), chart.left, chart.right)
    chart.axis(scale, lambda value: tick_text(value, locale), unit)
    for (_, parts, _), place in zip(rows, chart.places, strict=True):
        left = 0.0
        for kind, look in looks.items():
            chart.bar(scale, (left, left + parts.get(kind, 0.0)), place, look)
            left += parts.get(kind, 0.0)
    return chart.drawing
