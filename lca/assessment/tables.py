"""An assessment as tables: the inventory, every input and every factor, as data frames and as what travels in a report."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from lca.assessment.record import Record
from lca.assessment.sources_section import factors_used
from lca.quantities.provenance import Factor, Stated
from lca.quantities.trees import leaves

Row = Mapping[str, Any]


def inventory(assessment: Record) -> Any:
    """Return a frame with one row per flow."""
    import pandas

    return pandas.DataFrame(flow_rows(assessment))


def inputs(assessment: Record) -> Any:
    """Return a frame with one row per leaf."""
    import pandas

    return pandas.DataFrame(input_rows(assessment))


def flow_rows(assessment: Record) -> list[Row]:
    """Return a row per flow: stage, activity, part, scope, amount, and its impact on each indicator."""
    impacts: dict[int, dict[str, float]] = {}
    for impact in assessment.footprint.impacts:
        impacts.setdefault(id(impact.flow), {})[impact.indicator] = impact.quantity.value
    return [
        {
            "stage": flow.stage,
            "activity": flow.activity,
            "part": flow.part,
            "scope": flow.scope,
            "site": flow.site,
            "key": flow.key,
            "amount": flow.quantity.value,
            "unit": flow.quantity.unit,
            **{
                f"{name} [{indicator.unit}]": impacts.get(id(flow), {}).get(name)
                for name, indicator in assessment.book.indicators.items()
            },
        }
        for flow in assessment.footprint.flows
    ]


def input_rows(assessment: Record) -> list[Row]:
    """Return a row per leaf: what it is, its value and interval, its evidence and where it comes from."""
    rows: list[Row] = []
    for quantity in leaves(assessment.roots):
        leaf = quantity.origin
        assert isinstance(leaf, Factor | Stated)
        low, median, high = quantity.interval() if not quantity.is_open else (None, None, None)
        stated = isinstance(leaf, Stated)
        rows.append(
            {
                "name": leaf.path if isinstance(leaf, Stated) else leaf.key,
                "indicator": "" if isinstance(leaf, Stated) else leaf.indicator,
                "value": quantity.value,
                "unit": quantity.unit,
                "low95": low,
                "median": median,
                "high95": high,
                "evidence": leaf.evidence.word,
                "origin": leaf.location.in_report if isinstance(leaf, Stated) else leaf.source.id,
                "source": leaf.source if isinstance(leaf, Stated) else leaf.source.citation,
                "licence": "" if isinstance(leaf, Stated) else leaf.source.licence,
                "stated": stated,
            }
        )
    return rows


def factor_rows(assessment: Record) -> list[Row]:
    """Return a row per factor that was used, as the catalogue had it: enough to compute by hand without it."""
    distinct = {factor.record: factor for factor in factors_used(assessment)}
    return [
        {
            "key": factor.key,
            "indicator": factor.indicator,
            "value": factor.value,
            "unit": factor.unit,
            "distribution": _distribution(factor.uncertainty),
            "rule": factor.uncertainty_rule,
            "geography": factor.geography,
            "year": str(factor.year or ""),
            "coverage": " ".join(sorted(factor.coverage)),
            "method": factor.method,
            "status": factor.status,
            "stands_in_for": factor.proxy_for,
            "label": factor.names[0],
            "source": factor.source.id,
            "locator": factor.locator,
            "citation": factor.source.citation,
            "version": factor.source.version,
            "licence": factor.source.licence,
            "url": factor.source.url,
        }
        for _, factor in sorted(distinct.items())
    ]


def _distribution(uncertainty: msgspec.Struct) -> str:
    """Return a distribution with its parameters, as in `SplitLognormal low=0.05 high=0.07`."""
    numbers = ((name, getattr(uncertainty, name)) for name in uncertainty.__struct_fields__ if name != "inner")
    own = " ".join([type(uncertainty).__name__, *(f"{name}={value:.12g}" for name, value in numbers)])
    inner = getattr(uncertainty, "inner", None)
    return own if inner is None else f"{_distribution(inner)}, {own}"


#: What makes a spreadsheet read a cell as a formula.
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: Any) -> Any:
    """Return a cell, with a sign before a text that a spreadsheet would take for a formula; a number stays what it is."""
    if not isinstance(cell, str) or not cell.startswith(_BEGINS_A_FORMULA):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell


def csv_text(rows: Iterable[Row]) -> str:
    """Return rows as CSV text with twelve significant digits; no cell is one that a spreadsheet would run."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    for index, row in enumerate(rows):
        if not index:
            table.writerow(row)
        table.writerow([_cell(value) for value in row.values()])
    return written.getvalue()


def _cell(value: Any) -> Any:
    return f"{value:.12g}" if isinstance(value, float) else harmless(value)
