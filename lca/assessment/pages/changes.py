"""What would change the total: each choice and each scenario with its least and its most, on one scale."""

from __future__ import annotations

from msgspec import Struct

from lca.assessment.cases import cases_of
from lca.assessment.comparison import FigureTable, tables
from lca.assessment.pages.pictures import spread_row
from lca.assessment.record import Record
from lca.assessment.sweep_section import names_of
from lca.presenting.item_names import as_words
from lca.presenting.writer import Writer
from lca.subjects.subject import View

#: Rows that a page has room for, and the share of the total below which a choice does not change it.
MOST_ROWS, LEAST_MOVED = 10, 0.005


class ChangeRow(Struct, frozen=True):
    """What is varied, the case with the least and the one with the most, and the drawing of both on the common scale."""

    name: str
    least: str
    least_case: str
    most: str
    most_case: str
    drawing: str


class _Range(Struct, frozen=True):
    name: str
    low: float
    low_case: str
    high: float
    high_case: str

    @property
    def width(self) -> float:
        return self.high - self.low


def view(assessment: Record, writer: Writer) -> View:
    """Return what the page on changes needs."""
    climate = assessment.footprint.climate
    if climate is None or climate.value <= 0:
        return {"change_rows": [], "change_title": "", "change_stated": ""}
    varied = [*_sweeps(assessment, writer), *_scenarios(assessment, writer)]
    moved = [one for one in varied if one.width > climate.value * LEAST_MOVED]
    found = sorted(moved, key=lambda one: -one.width)[:MOST_ROWS]
    if not found:
        return {"change_rows": [], "change_title": "", "change_stated": ""}
    words = writer.words["dossier"]["changes"]
    least, most = min(climate.value, *(one.low for one in found)), max(climate.value, *(one.high for one in found))
    rows = [
        ChangeRow(
            one.name,
            writer.like(climate, one.low),
            one.low_case,
            writer.like(climate, one.high),
            one.high_case,
            spread_row(
                one.low,
                climate.value,
                one.high,
                min(least, 0.0),
                most,
                f"{one.name}{writer.words['colon']} {one.low_case}, {one.high_case}",
            ),
        )
        for one in found
    ]
    title = words["title"].format(name=found[0].name, low=rows[0].least, high=rows[0].most)
    return {"change_rows": rows, "change_title": title, "change_stated": writer.amount(climate, 2)}


def _sweeps(assessment: Record, writer: Writer) -> list[_Range]:
    rows = []
    for sweep in assessment.sweeps:
        table = sweep.table("total.gwp100")
        if table is None or table.unchanged:
            continue
        title = str(writer.words["sweep_titles"][sweep.kind])
        rows.append(_range(title, table, names_of(sweep, assessment, writer)))
    return rows


def _range(name: str, table: FigureTable, names: dict[str, str]) -> _Range:
    """Return the least and the most of the cases that are counted alike with the study itself."""
    group = next((group for group in table.groups if any(row.case.name == "" for row in group.rows)), table.groups[0])
    rows = sorted(group.rows, key=lambda row: row.amount.value)
    low, high = rows[0], rows[-1]
    return _Range(name, low.amount.value, names[low.case.name], high.amount.value, names[high.case.name])


def _scenarios(assessment: Record, writer: Writer) -> list[_Range]:
    if not assessment.scenarios:
        return []
    found = tables(cases_of({"": assessment}), assessment.fingerprint.draws > 0)
    table = next((one for one in found if one.figure == "total.gwp100"), None)
    own = table.row("") if table is not None else None
    if table is None or own is None:
        return []
    rows = []
    described = str(writer.words["as_described"])
    for row in (row for group in table.groups for row in group.rows if row.case.name and not row.same):
        name = as_words(row.case.name)
        low, high = sorted((row.amount.value, own.amount.value))
        is_lower = row.amount.value <= own.amount.value
        rows.append(_Range(name, low, name if is_lower else described, high, described if is_lower else name))
    return rows
