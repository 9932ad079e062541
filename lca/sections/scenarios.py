"""The descriptor's scenarios compared with the study itself."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from lca.assessment import Assessment
from lca.charts import comparison as charts
from lca.comparison import Case, Table, cases_of, tables
from lca.quantity import Quantity
from lca.scenarios import changes
from lca.sections.comparison import Block, block, largest, remark_lines, title_of
from lca.writing import Writer

#: Figures that are printed in full; the other indicators only where a case changes them.
FULL = ("total.gwp100", "per-unit.gwp100", "energy")


def view(assessment: Assessment, writer: Writer) -> dict[str, Any]:
    """Return what the section on scenarios needs."""
    if not assessment.scenarios:
        return {"scenario_view": None}
    cases = cases_of({"": assessment})
    names = {case.name: case.name or writer.words["as_described"] for case in cases}
    found = tables(cases, assessment.fingerprint.draws > 0)
    part = compared(found, cases, names, indicator_names(assessment, writer), writer)
    drawn = part.pop("charts")
    part["changes"] = [
        (name, [(c.path, _shown(c.before, writer), _shown(c.after, writer)) for c in _changes(assessment, name)])
        for name in assessment.scenarios
    ]
    return {"scenario_view": part, "charts": {f"scenario-{name}": chart for name, chart in drawn.items()}}


def compared(
    found: Sequence[Table],
    cases: Sequence[Case],
    names: Mapping[str, str],
    indicators: Mapping[str, str],
    writer: Writer,
) -> dict[str, Any]:
    """Return tables, pictures and remarks of a comparison."""
    blocks: list[Block] = []
    unchanged: list[str] = []
    drawn: dict[str, str] = {}
    for table in sorted(found, key=lambda table: table.figure not in FULL):
        title = title_of(table, indicators, writer)
        if table.unchanged:
            unchanged.append(title)
            continue
        blocks.append(block(table, title, names, writer))
        if table.figure == "total.gwp100":
            drawn |= _pictures(table, names, writer)
    climate = [table for table in found if table.figure == "total.gwp100"]
    rows = [row for table in climate for group in table.groups for row in group.rows]
    return {
        "blocks": blocks,
        "unchanged": unchanged,
        "remarks": remark_lines(cases, names, writer),
        "apart": any(len(table.groups) > 1 for table in climate),
        "alt": "; ".join(f"{names[row.case.name]} {writer.amount(row.amount)}" for row in rows),
        "alt_differences": "; ".join(
            f"{names[row.case.name]} {writer.amount(row.difference)}" for row in rows if row.difference
        ),
        "charts": drawn,
    }


def _pictures(table: Table, names: Mapping[str, str], writer: Writer) -> dict[str, str]:
    scale, unit = writer.readable(largest(table))
    firsts = [names[group.rows[0].case.name] for group in table.groups]
    amounts = [
        dot(names[row.case.name], row.amount, scale, index)
        for index, group in enumerate(table.groups)
        for row in group.rows
    ]
    more = [
        dot(names[row.case.name], row.difference, scale, index)
        for index, group in enumerate(table.groups)
        for row in group.rows
        if row.difference is not None
    ]
    own = table.row("")
    drawn = {"amounts": charts.amounts(amounts, firsts, own.amount.value * scale if own else None, unit, writer.words)}
    if more:
        labels = [writer.words["less_first"].format(first=first) for first in firsts]
        drawn["differences"] = charts.differences(more, labels, unit, writer.words)
    return drawn


def dot(label: str, quantity: Quantity, scale: float, group: int) -> charts.Dot:
    """Return a quantity as a dot of a picture."""
    low, _, high = quantity.interval()
    return charts.Dot(label, quantity.value * scale, low * scale, high * scale, group)


def indicator_names(assessment: Assessment, writer: Writer) -> dict[str, str]:
    """Return what each indicator is called in the report's language."""
    return {name: indicator.name[writer.language] for name, indicator in assessment.book.indicators.items()}


def _changes(assessment: Assessment, name: str) -> Any:
    return changes(assessment.project.document, name)


def _shown(value: Any, writer: Writer) -> str:
    """Write a value of a descriptor as its author would, on one line."""
    if value is None:
        return str(writer.words["nothing_stated"])
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
