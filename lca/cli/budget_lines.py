"""A budget beside the total of a study, as a line for a terminal."""

from __future__ import annotations

from pathlib import Path

from lca.assessment.impact_budget import EXCEEDED, Judged
from lca.assessment.record import Record
from lca.presenting.typography import plain
from lca.presenting.writer import Writer
from lca.quantities.quantity import Quantity


def budget_line(file: Path, judged: Judged, assessment: Record, writer: Writer) -> str:
    """Return whether a budget is kept: the total and the budget, by how much it is exceeded, each with its interval."""
    said = writer.words["budget"]
    indicator = assessment.book.indicators[judged.budget.indicator].name.in_(writer.language)
    written = judged.budget.written
    filled = {
        "file": file,
        "indicator": indicator,
        "total": _with_interval(writer.amount(judged.total), writer.interval(judged.total)),
        "budget": writer.in_unit(written.value, writer.unit(written.unit)),
        "excess": "",
    }
    if judged.verdict == EXCEEDED and judged.total is not None:
        filled["excess"] = _excess(judged.total, judged.excess, writer)
    line = said[judged.verdict].format(**filled)
    return plain(line + (said["may_be_exceeded"] if judged.may_be_exceeded else ""))


def _excess(total: Quantity, excess: tuple[float, float, float], writer: Writer) -> str:
    """Return by how much a total is above a budget, as the total is read, with the bounds of its interval where it has one."""
    if total.is_open or excess[1] < excess[2]:
        return _with_interval(*writer.bounded(total, *excess))
    scale, unit = writer.readable(total)
    return writer.in_unit(float(f"{excess[0] * scale:.4g}"), unit)


def _with_interval(amount: str, interval: str) -> str:
    return amount if interval == "–" else f"{amount} ({interval})"
