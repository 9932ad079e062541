"""The descriptor's scenarios compared with the study itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lca.assessment import charts
from lca.assessment.cases import Case, cases_of
from lca.assessment.comparison import FigureTable, tables
from lca.assessment.comparison_section import PrintedTable, amount, block, largest, remark_lines, signed, title_of
from lca.assessment.record import Record
from lca.descriptor.merge_patch import changes
from lca.presenting.svg import Drawing
from lca.presenting.writer import Writer
from lca.quantities.provenance import Factor
from lca.quantities.quantity import Quantity
from lca.quantities.trees import citations, leaves
from lca.subjects.footprint.impacts import Breakdown
from lca.subjects.subject import View

#: Figures that are printed in full; the other indicators only where a case changes them.
FULL = ("total.gwp100", "per-unit.gwp100", "energy")


def view(assessment: Record, writer: Writer) -> View:
    """Return what the part on the descriptor's scenarios needs."""
    if not assessment.scenarios:
        return {"scenario_view": None, "charts": {}}
    cases = cases_of({"": assessment})
    found = tables(cases, assessment.fingerprint.draws > 0)
    part = compared(found, cases, indicator_names(assessment, writer), writer)
    drawn = {f"scenario-{name}": chart for name, chart in part.pop("charts").items()}
    return {"scenario_view": {**part, "changes": _changes(assessment, "", writer)}, "charts": drawn}


def page(studies: Mapping[str, Record], found: Sequence[FigureTable], writer: Writer) -> dict[str, Any]:
    """Return what the page of a comparison needs; the names of the cases are those that `cases_of` gives."""
    first = next(iter(studies.values()))
    cases = cases_of(studies)
    part = compared(found, cases, indicator_names(first, writer), writer)
    drawn = {f"scenario-{name}": chart for name, chart in part.pop("charts").items()}
    alone = len(studies) == 1
    part["changes"] = [
        row for name, study in studies.items() for row in _changes(study, "" if alone else f"{name}: ", writer)
    ]
    figures = [part.total for study in studies.values() for part in _totals(study) if part.total is not None]
    ends = (quantity.origin for quantity in leaves(figures))
    return {
        "studies": studies,
        "compared": part,
        "charts": drawn,
        "screening": any(study.study.goal.level == "screening" for study in studies.values()),
        "sources": citations(leaf for leaf in ends if isinstance(leaf, Factor)),
        "fingerprint": first.fingerprint,
    }


def _totals(assessment: Record) -> Iterator[Breakdown]:
    for study in (assessment, *assessment.scenarios.values()):
        yield from study.footprint.totals.values()


def quantities(assessment: Record) -> list[Quantity]:
    """Return the figures of the scenarios, for the bibliography."""
    found = (part.total for scenario in assessment.scenarios.values() for part in _totals(scenario))
    return [figure for figure in found if figure is not None]


def _changes(assessment: Record, prefix: str, writer: Writer) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Return for each scenario its name and what it changes: key, before, after."""
    document = assessment.study.document
    return [
        (
            f"{prefix}{name}",
            [(c.path, _shown(c.before, writer, brief=True), _shown(c.after, writer)) for c in changes(document, name)],
        )
        for name in assessment.scenarios
    ]


def compared(
    found: Sequence[FigureTable], cases: Sequence[Case], indicators: Mapping[str, str], writer: Writer
) -> dict[str, Any]:
    """Return tables, pictures and remarks of a comparison."""
    names = {case.name: case.name or writer.words["as_described"] for case in cases}
    blocks: list[PrintedTable] = []
    unchanged: list[str] = []
    drawn: dict[str, Drawing] = {}
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
        "alt": f"{writer.words['semicolon']} ".join(
            f"{names[row.case.name]} {writer.amount(row.amount)}" for row in rows
        ),
        "alt_differences": f"{writer.words['semicolon']} ".join(
            f"{names[row.case.name]} {writer.amount(row.difference)}" for row in rows if row.difference
        ),
        "charts": drawn,
    }


def _pictures(table: FigureTable, names: Mapping[str, str], writer: Writer) -> dict[str, Drawing]:
    scale, unit = writer.readable(largest(table))
    firsts = [names[group.rows[0].case.name] for group in table.groups]
    amounts = [
        dot(names[row.case.name], row.amount, scale, index, amount(row.amount, scale, writer))
        for index, group in enumerate(table.groups)
        for row in group.rows
    ]
    more = [
        dot(
            names[row.case.name],
            row.difference,
            scale,
            index,
            signed(amount(row.difference, scale, writer), row.difference.value),
        )
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


def dot(label: str, quantity: Quantity, scale: float, group: int, text: str) -> charts.Dot:
    """Return a quantity as a dot of a picture, with how it is written."""
    low, _, high = quantity.interval() if not quantity.is_open else (quantity.value,) * 3
    return charts.Dot(label, quantity.value * scale, low * scale, high * scale, group, text)


def indicator_names(assessment: Record, writer: Writer) -> dict[str, str]:
    """Return what each indicator is called in the report's language."""
    return {name: indicator.name[writer.language] for name, indicator in assessment.book.indicators.items()}


def _shown(value: Any, writer: Writer, brief: bool = False) -> str:
    """Write a value of a descriptor on one line, without the marks of its format; briefly, of a quantity its value alone."""
    if value is None:
        return str(writer.words["nothing_stated"])
    if isinstance(value, dict) and brief:
        return _shown(value["value"], writer) if "value" in value else ", ".join(value)
    if isinstance(value, dict):
        parts = (f"{key}: {_shown(inner, writer)}" for key, inner in value.items())
        return f"{writer.words['semicolon']} ".join(parts)
    if isinstance(value, list):
        return ", ".join(_shown(inner, writer) for inner in value)
    return value if isinstance(value, str) else json.dumps(value)
