"""How sure the figures are: what moves the total most, what to measure first, other sources, and the adverse test."""

from __future__ import annotations

from msgspec import Struct

from lca.assessment.pages.inputs import input_name
from lca.assessment.record import Record
from lca.presenting.writer import Writer
from lca.subjects.benefit.section import adverse_by_call
from lca.subjects.crosscheck.charts import tornado
from lca.subjects.subject import View

#: Rows of each table that a page has room for.
MOST_DRIVERS, MOST_TO_MEASURE, MOST_SOURCES = 5, 3, 4


class SourceRow(Struct, frozen=True):
    """A factor that was used, and the total with the lowest and the highest that other sources give."""

    name: str
    used: str
    lowest: str
    highest: str
    others: int


def view(assessment: Record, writer: Writer) -> View:
    """Return what the page on doubt needs."""
    crosscheck, climate = assessment.crosscheck, assessment.footprint.climate
    words = writer.words["dossier"]["doubt_page"]
    drivers = [d for d in crosscheck.drivers if d.low != d.high][:MOST_DRIVERS]
    found: View = {
        "fingerprint": assessment.fingerprint,
        "drivers_title": "",
        "to_measure": [],
        "sources": _sources(assessment, writer),
        "adverse": [
            (writer.words["adverse_readings"][reading.name], writer.amount(reading.net, 2))
            for reading in assessment.benefit.adverse
        ],
        "adverse_by_call": adverse_by_call(assessment, writer),
        "as_stated": "",
        "probability": _probability(assessment, writer),
        "charts": {},
    }
    if assessment.benefit.study is not None:
        found["as_stated"] = writer.amount(assessment.benefit.study.climate.net_project, 2)
    if climate is None or not climate.is_drawn or climate.value <= 0:
        return found
    if len(drivers) > 1:
        scale, unit = writer.readable(climate)
        rows = [(input_name(d.leaf, assessment, writer), d.low * scale, d.high * scale) for d in drivers]
        found["drivers_title"] = words["drivers_title"].format(name=writer.inside(rows[0][0]))
        found["charts"] = {"tornado": tornado(rows, climate.value * scale, unit, writer.words)}
        found["drivers_alt"] = ", ".join(name for name, _, _ in rows)
    found["to_measure"] = [
        words["measure"].format(name=input_name(one.leaf, assessment, writer), share=writer.percent(one.shrinks_by))
        for one in crosscheck.worth_measuring[:MOST_TO_MEASURE]
        if one.shrinks_by > 0.005
    ]
    return found


def _sources(assessment: Record, writer: Writer) -> list[SourceRow]:
    climate = assessment.footprint.climate
    if climate is None:
        return []
    rows = []
    for row in assessment.crosscheck.spread[:MOST_SOURCES]:
        totals = [other.total for other in row.others]
        rows.append(
            SourceRow(
                input_name(row.used, assessment, writer),
                writer.amount(climate, 2),
                writer.like(climate, min(totals)),
                writer.like(climate, max(totals)),
                len(totals),
            )
        )
    return rows


def _probability(assessment: Record, writer: Writer) -> str:
    """Return how likely a net above zero is, with its condition; empty where something open forbids it."""
    study, words = assessment.benefit.study, writer.words
    if study is None or not study.is_established:
        return ""
    climate = study.climate
    if climate.probability_net_positive is None:
        return str(words[f"probability_{climate.probability_reason}"])
    share = writer.probability(climate.probability_net_positive)
    return f"{writer.heading(words['probability'])}{words['colon']} {share}, {words['probability_note']}"
