"""The columns of a portfolio's tables, between the markers of their page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lca.files.shipped import load_catalogue, words
from lca.portfolio.columns import columns_of
from lca.presenting.writer import Writer

PAGE = Path(__file__).parent / "portfolio.md"
_MARKED = re.compile(r"(<!-- generated: columns -->\n).*?(<!-- end -->)", re.DOTALL)
_TITLES = {
    "portfolio": "A line a dossier: `portfolio.csv`, `portfolio.xlsx`, `portfolio.parquet`",
    "findings": "A line a finding: a sheet of the workbook, `findings.parquet`",
    "messages": "A line a message: a sheet of the workbook, `messages.parquet`",
}


def page() -> str:
    """Return docs/portfolio.md with the list of the columns made afresh."""
    made = "\n".join(_lines())
    return _MARKED.sub(lambda match: f"{match[1]}{made}\n{match[2]}", PAGE.read_text("utf-8"))


def _lines() -> Iterator[str]:
    english, french = (Writer(language, words(language)) for language in ("en", "fr"))
    for table, columns in columns_of(load_catalogue()[0].indicators.values()).items():
        yield from (f"### {_TITLES[table]}", "", "| Column | Type | Unit | Meaning | Sens |", "|---|---|---|---|---|")
        for column in columns:
            meanings = f"{column.meaning(english)} | {column.meaning(french)}"
            yield f"| `{column.name}` | {column.type} | {column.unit} | {meanings} |"
        yield ""
