"""The results as long tables, a figure a row: totals, stages, activities and gaps, as the JSON contract has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lca.assessment import tables
from lca.exporters.exporter import Asked

Row = Mapping[str, Any]


def all_tables(asked: Asked) -> dict[str, list[Row]]:
    """Return every table by name; one without rows is left out."""
    record = asked.record
    found: dict[str, list[Row]] = {
        "totals": list(totals(asked)),
        "stages": list(_groups(asked, "by_stage", "stage")),
        "activities": list(_groups(asked, "by_activity", "activity")),
        "boundary": list(_boundary(asked)),
        "gaps": [dict(gap) for gap in asked.footprint["gaps"]],
        "inventory": tables.flow_rows(record),
        "inputs": tables.input_rows(record),
        "factors": tables.factor_rows(record),
    }
    return {name: rows for name, rows in found.items() if rows}


def totals(asked: Asked) -> Iterator[Row]:
    """Yield the total on each indicator, then the electricity; what was not assessed has no value and a reason."""
    for name, total in asked.footprint["totals"].items():
        yield {
            "figure": f"total.{name}",
            **_numbers(total),
            "at_least": total.get("partial") if total["value"] is not None else None,
            "reason": total.get("reason", ""),
        }
    energy = asked.footprint["energy"]
    if energy is not None:
        for figure, found in (("energy", energy), ("energy.at_plug", energy["at_plug"])):
            if found is not None:
                yield {"figure": figure, **_numbers(found), "at_least": None, "reason": ""}


def _groups(asked: Asked, key: str, name: str) -> Iterator[Row]:
    for group, figures in asked.footprint[key].items():
        for indicator, scopes in figures.items():
            if indicator == "energy":
                if scopes is not None:
                    yield {name: group, "indicator": indicator, "scope": "total", **_numbers(scopes)}
                continue
            for scope, found in scopes.items():
                if found is not None:
                    yield {name: group, "indicator": indicator, "scope": scope, **_numbers(found)}


def _numbers(found: Mapping[str, Any]) -> Row:
    return {"unit": found["unit"], **{name: found.get(name) for name in ("value", "low95", "median", "high95")}}


def _boundary(asked: Asked) -> Iterator[Row]:
    for stage, status in asked.footprint["boundary"].items():
        yield {
            "stage": stage,
            "status": status["status"],
            "reason": status["reason"],
            "estimated_share": status["estimated_share"],
            "unsaid": " ".join(status["unsaid"]),
        }
