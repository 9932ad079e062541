"""A portfolio as tables for other programs: CSV always, a workbook and Parquet where the packages that write them are installed."""

from __future__ import annotations

import csv
import datetime
import functools
import importlib.util
import io
import itertools
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from msgspec import Struct

from lca.assessment.tables import harmless
from lca.files.folders import languages
from lca.files.shipped import load_catalogue, words
from lca.files.writing_whole import WriteInto
from lca.portfolio.across import Across
from lca.portfolio.columns import BOOLEAN, INTEGER, NUMBER, TEXT, Cell, Columns, columns_of, dossier
from lca.portfolio.running import Run, side_by_side
from lca.presenting.messages import Messages
from lca.presenting.writer import Writer

#: The tables: a line a dossier, a finding, a message.
DOSSIERS, FINDINGS, MESSAGES = "portfolio", "findings", "messages"
#: The packages that write some of the files, each with the extra of this program that brings it, and its files.
_PACKAGES = (
    ("xlsxwriter", "XlsxWriter", "xlsx", (f"{DOSSIERS}.xlsx",)),
    ("pyarrow", "pyarrow", "parquet", tuple(f"{name}.parquet" for name in (DOSSIERS, FINDINGS, MESSAGES))),
)
#: So many lines of a Parquet table are in memory at once, and are read at once.
LINES_OF_A_GROUP = 1_000
#: What a sheet and a cell hold: lines below the head, and signs, each of which may count as two.
LINES_OF_A_SHEET, SIGNS_OF_A_CELL = 1_048_575, 16_000


class Table(Struct, frozen=True):
    """One table: its columns, and its lines, made afresh each time that it is read."""

    name: str
    columns: Columns[Any]
    lines: Callable[[], Iterator[Any]]

    def cells(self) -> Iterator[list[Cell]]:
        """Yield the cells of each line."""
        return ([column.cell(line) for column in self.columns] for line in self.lines())


def tables(run: Run, across: Across, writer: Writer, folder: Path) -> dict[Path, WriteInto]:
    """Return what writes each table; one line on standard error tells of those that no installed package writes."""
    found = _tables(run, across, writer.words["messages"])
    made: dict[str, WriteInto] = {
        f"{DOSSIERS}.csv": functools.partial(_write_csv, found[DOSSIERS]),
        f"{DOSSIERS}.xlsx": functools.partial(_write_workbook, found, writer, run.setting.as_of),
        **{f"{name}.parquet": functools.partial(_write_parquet, table) for name, table in found.items()},
    }
    for module, package, extra, files in _PACKAGES:
        if importlib.util.find_spec(module) is None:
            said = writer.words["portfolio_tables"]["left_out"]
            print(said.format(files=", ".join(files), package=package, extra=extra), file=sys.stderr)
            made = {name: write_into for name, write_into in made.items() if name not in files}
    return {folder / name: write_into for name, write_into in made.items()}


def _tables(run: Run, across: Across, messages: Messages) -> dict[str, Table]:
    rows = functools.partial(side_by_side, run, across)
    told = functools.lru_cache(2_000)(messages.of)
    lines: dict[str, Callable[[], Iterator[Any]]] = {
        DOSSIERS: lambda: (dossier(row, findings) for row, findings in rows()),
        FINDINGS: lambda: ((row, finding) for row, findings in rows() for finding in findings),
        MESSAGES: lambda: ((row, told(one)) for row, _ in rows() for one in (*row.problems, *row.lacking)),
    }
    columns = columns_of(load_catalogue()[0].indicators.values())
    return {name: Table(name, columns[name], lines[name]) for name in lines}


def _write_csv(table: Table, file: BinaryIO) -> None:
    """Write a table as CSV in UTF-8; no cell is one that a spreadsheet would run."""
    text = io.TextIOWrapper(file, "utf-8", newline="")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(column.name for column in table.columns)
    lines.writerows([_as_text(cell) for cell in cells] for cells in table.cells())
    text.detach()


def _as_text(cell: Cell) -> Any:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"  # what R, too, reads as a truth
    return f"{cell:.12g}" if isinstance(cell, float) else harmless(cell)


def _writers() -> list[Writer]:
    """Return what writes in each language: a table documents itself in all of them."""
    return [Writer(language, words(language)) for language in languages()]


def _write_workbook(found: Mapping[str, Table], writer: Writer, as_of: datetime.date, file: BinaryIO) -> None:
    """Write all tables as sheets of one workbook, and one that says what each column means.

    It is put together in a folder that is gone afterwards, a line at a time, so that none of it is held in memory.
    """
    import xlsxwriter

    as_texts = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "whole.xlsx")
        book = xlsxwriter.Workbook(made, {"constant_memory": True, "tmpdir": folder, **as_texts})
        book.set_properties({"created": datetime.datetime(as_of.year, as_of.month, as_of.day)})
        _write_sheets(book, found, writer)
        try:
            book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            raise error.args[0] from None  # an OSError, such as that of a full disk
        with made.open("rb") as whole:
            shutil.copyfileobj(whole, file)


def _write_sheets(book: Any, found: Mapping[str, Table], writer: Writer) -> None:
    said, writers = writer.words["portfolio_tables"], _writers()
    names = said["sheets"]

    def write(table: str) -> None:
        _write_sheet(book, names[table], [column.name for column in found[table].columns], found[table].cells())

    write(DOSSIERS)
    head = [said["head"][name] for name in ("table", "column", "type", "unit")]
    head += [one.words["portfolio_tables"]["head"]["meaning"] for one in writers]
    about = (
        [names[name], column.name, column.type, column.unit or None, *(column.meaning(one) for one in writers)]
        for name, table in found.items()
        for column in table.columns
    )
    _write_sheet(book, names["columns"], head, about)
    write(FINDINGS)
    write(MESSAGES)


def _write_sheet(book: Any, name: str, head: list[str], lines: Iterable[Iterable[Cell]]) -> None:
    """Write a table as a sheet; what a sheet cannot hold goes on in further ones."""
    number, sheet, bold = 0, None, book.add_format({"bold": True})
    for line, cells in enumerate(lines):
        place = line % LINES_OF_A_SHEET
        if sheet is None or not place:
            number += 1
            sheet = _new_sheet(book, name if number == 1 else f"{name} {number}", head, bold)
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(place + 1, column, cell[:SIGNS_OF_A_CELL])
            elif isinstance(cell, bool):
                sheet.write_boolean(place + 1, column, cell)
            elif cell is not None:
                sheet.write_number(place + 1, column, cell)
    if sheet is None:
        _new_sheet(book, name, head, bold)


def _new_sheet(book: Any, name: str, head: list[str], bold: Any) -> Any:
    sheet = book.add_worksheet(name)
    sheet.set_column(0, len(head) - 1, 18)
    sheet.freeze_panes(1, 1)
    sheet.write_row(0, 0, head, bold)
    return sheet


def _write_parquet(table: Table, file: BinaryIO) -> None:
    """Write a table as Parquet; each field says its unit, and what it means in each language."""
    import pyarrow
    import pyarrow.parquet

    types = {TEXT: pyarrow.string(), INTEGER: pyarrow.int64(), NUMBER: pyarrow.float64(), BOOLEAN: pyarrow.bool_()}
    writers = _writers()
    fields = [
        pyarrow.field(
            column.name,
            types[column.type],
            metadata={"unit": column.unit, **{f"description_{one.language}": column.meaning(one) for one in writers}},
        )
        for column in table.columns
    ]
    schema = pyarrow.schema(fields)
    with pyarrow.parquet.ParquetWriter(file, schema) as written:
        for cells in _batches(table.cells(), LINES_OF_A_GROUP):
            columns = zip(fields, zip(*cells, strict=True), strict=True)
            arrays = [pyarrow.array(values, field.type) for field, values in columns]
            written.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))


def _batches(cells: Iterator[list[Cell]], most: int) -> Iterator[list[list[Cell]]]:
    while batch := list(itertools.islice(cells, most)):
        yield batch
