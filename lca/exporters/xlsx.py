"""A workbook to read and to compute with: every flow with its impacts, and totals that are live sums of them.

Specification: Office Open XML workbook (ISO/IEC 29500-1:2016, transitional), written by XlsxWriter. A total and a stage are sums
over the sheet of flows, each with its value beside it for readers that do not compute; bounds are results of draws, and so numbers.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping, Sequence
from typing import Any

from lca.exporters.bibliography import used_sources
from lca.exporters.exporter import Asked, Exported, Exporter
from lca.exporters.extent import limits_of, scope_lines
from lca.exporters.result_tables import Row, all_tables
from lca.problems import Location, Problem, ProblemsFound

LIMITS = ("bounds_are_numbers", "trees", "benefit", "money", "scenarios", "market_based")

#: Tables that stand as they are, after those that hold formulas.
_PLAIN = ("activities", "boundary", "gaps", "inputs", "factors")


def write(asked: Asked) -> Exported:
    """Return the workbook.

    Raises:
        ProblemsFound: the package that writes workbooks is not installed.
    """
    try:
        import xlsxwriter
    except ImportError:
        message = "the workbook needs the package `XlsxWriter`, which is not installed"
        hint = "install it, or this program with its extra: `pip install 'lca-ai[xlsx]'`"
        raise ProblemsFound([Problem(Location("xlsx", 1, 1), "LCA701", message, hint)]) from None
    limits, written = limits_of(asked, LIMITS), io.BytesIO()
    as_texts = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(written, {"in_memory": True, **as_texts})
    made = asked.record.fingerprint.as_of
    created = datetime.datetime(made.year, made.month, made.day)
    book.set_properties({"title": asked.record.study.about.name, "comments": asked.program, "created": created})
    _Writer(asked, book).write(limits)
    book.close()
    return Exported(written.getvalue(), limits)


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, asked: Asked, book: Any) -> None:
        self.asked, self.book = asked, book
        self.words: Mapping[str, Any] = asked.words["xlsx"]
        self.tables = all_tables(asked)
        self.bold, self.wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        self.number = book.add_format({"num_format": "#,##0.00####"})
        self.flows: Sequence[Row] = self.tables.get("inventory", ())

    def write(self, limits: tuple[str, ...]) -> None:
        """Write every sheet, what a reader needs first before the others."""
        self._about(limits)
        self._totals()
        self._stages()
        for name in ("inventory", *_PLAIN):
            if name in self.tables:
                self._plain(name, self.tables[name])
        self._plain("sources", [_source(source) for source in used_sources(self.asked.record)])

    def _sheet(self, name: str, columns: Sequence[str]) -> Any:
        sheet = self.book.add_worksheet(self.words["sheets"][name])
        sheet.write_row(0, 0, columns, self.bold)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, max(1, len(columns) - 1), 16)
        return sheet

    def _about(self, limits: tuple[str, ...]) -> None:
        asked, sheet = self.asked, self.book.add_worksheet(self.words["sheets"]["about"])
        sheet.set_column(0, 0, 120)
        lines = [asked.record.study.about.name, asked.program, asked.record.fingerprint.as_of.isoformat()]
        lines += [*scope_lines(asked), self.words["sums"], "", asked.words["cannot_carry"], *limits]
        for row, line in enumerate(lines):
            sheet.write_string(row, 0, line, self.bold if row == 0 else self.wrapped)

    def _impacts(self, indicator: str, stage_cell: str = "") -> str:
        """Return the sum of an indicator over the sheet of flows, or over those of the stage that a cell names."""
        unit = self.asked.record.book.indicators[indicator].unit
        columns = list(self.flows[0])
        sheet = self.words["sheets"]["inventory"]

        def reach(column: str) -> str:
            letter = _letters(columns.index(column))
            return f"'{sheet}'!${letter}$2:${letter}${len(self.flows) + 1}"

        impacts = reach(f"{indicator} [{unit}]")
        return f"=SUMIFS({impacts},{reach('stage')},{stage_cell})" if stage_cell else f"=SUM({impacts})"

    def _totals(self) -> None:
        words, asked = self.words["columns"], self.asked
        names = ("figure", "indicator", "unit", "value", "low95", "median", "high95", "note")
        sheet = self._sheet("totals", [words[name] for name in names])
        for row, found in enumerate(self.tables["totals"], 1):
            indicator = found["figure"].removeprefix("total.")
            known = asked.record.book.indicators.get(indicator)
            label = known.name[asked.writer.language] if known is not None else asked.writer.words["energy"]
            for column, text in enumerate((found["figure"], label, found["unit"])):
                sheet.write_string(row, column, text)
            if found["value"] is None:
                sheet.write_string(row, 3, asked.writer.words["not_assessed"])
                continue
            if known is not None:
                sheet.write_formula(row, 3, self._impacts(indicator), self.number, found["value"])
            else:
                sheet.write_number(row, 3, found["value"], self.number)
            for column, bound in enumerate(("low95", "median", "high95"), 4):
                self._cell(sheet, row, column, found[bound])
            if found["at_least"]:
                sheet.write_string(row, 7, self.words["at_least"])

    def _stages(self) -> None:
        words = self.words["columns"]
        names = ("stage", "name", "indicator", "unit", "value", "low95", "median", "high95")
        sheet = self._sheet("stages", [words[name] for name in names])
        rows = [row for row in self.tables.get("stages", ()) if row["scope"] == "total"]
        for number, found in enumerate(rows, 1):
            name = self.asked.writer.words[found["stage"]]
            for column, text in enumerate((found["stage"], name, found["indicator"], found["unit"])):
                sheet.write_string(number, column, text)
            if found["indicator"] == "energy":
                sheet.write_number(number, 4, found["value"], self.number)
            else:
                formula = self._impacts(found["indicator"], f"$A{number + 1}")
                sheet.write_formula(number, 4, formula, self.number, found["value"])
            for column, bound in enumerate(("low95", "median", "high95"), 5):
                self._cell(sheet, number, column, found[bound])

    def _plain(self, name: str, rows: Sequence[Row]) -> None:
        if not rows:
            return
        sheet = self._sheet(name, list(rows[0]))
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row.values()):
                self._cell(sheet, number, column, value)

    def _cell(self, sheet: Any, row: int, column: int, value: Any) -> None:
        """Write a value as what it is; what is not known leaves its cell empty."""
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, self.number)
        elif value:
            sheet.write_string(row, column, str(value)[:32_000])  # a cell holds no more than 32,767 signs


def _source(source: Any) -> Row:
    names = ("id", "citation", "version", "licence", "accessed", "url")
    return {name: getattr(source, name) for name in names}


def _letters(column: int) -> str:
    """Return the name of a column by its place from 0."""
    letters = ""
    while column >= 0:
        letters, column = chr(ord("A") + column % 26) + letters, column // 26 - 1
    return letters


EXPORTER = Exporter(write, {"xlsx": ".xlsx"}, is_binary=True)
