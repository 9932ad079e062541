"""A budget beside the total of a study, as a line for a terminal."""

from __future__ import annotations

from pathlib import Path

from lca.assessment.impact_budget import EXCEEDED, Judged
from lca.assessment.record import Record
from lca.presenting.typography import plain
from lca.presenting.writer import Writer


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
        amount, interval = writer.bounded(judged.total, *judged.excess)
        filled["excess"] = _with_interval(amount, interval if judged.total.is_drawn or judged.total.is_open else "–")
    line = said[judged.verdict].format(**filled)
    line += said["may_be_exceeded"] if judged.may_be_exceeded else ""
    return plain(line + (said["partial"] if judged.total is not None and judged.is_partial else ""))


def _with_interval(amount: str, interval: str) -> str:
    return amount if interval == "–" else f"{amount} ({interval})"
