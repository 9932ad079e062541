"""Tables in Parquet become text, so that they are read as all others; the one module that knows the library for them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from lca.importers.importer import Log
from lca.problems import Location, Problem

_MAGIC = b"PAR1"


def as_text(log: Log, columns: Sequence[str], problems: list[Problem]) -> Log | None:
    """Return a log as text, with the columns of a list; None where its table cannot be read. A row is the line after its number."""
    if not log.content.startswith(_MAGIC):
        return log
    place = Location(log.file, 1, 1)
    try:
        import pyarrow.parquet
    except ImportError:
        hint = "install `lca-ai[parquet]`, or export the table as CSV"
        problems.append(Problem(place, "LCA103", "the file is Parquet, which nothing installed here reads", hint))
        return None
    try:
        names = pyarrow.parquet.read_schema(io.BytesIO(log.content)).names
        found = [name for name in names if name in columns]
        table = pyarrow.parquet.read_table(io.BytesIO(log.content), columns=found)
    except (pyarrow.ArrowException, OSError) as error:
        message = f"the file is no whole Parquet table: {str(error).splitlines()[0][:100]}"
        problems.append(Problem(place, "LCA205", message, "is the file cut off?"))
        return None
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(found)
    for batch in table.to_batches(max_chunksize=10_000):
        lists = [column.to_pylist() for column in batch.columns]
        writer.writerows([_cell(value) for value in row] for row in zip(*lists, strict=True))
    return replace(log, content=out.getvalue().encode(), digest=log.sha256)


def _cell(value: Any) -> str:
    """Return a value as a cell of one line."""
    if value is None:
        return ""
    if isinstance(value, list | dict):
        pairs = value if isinstance(value, dict) else dict(pair for pair in value if isinstance(pair, tuple))
        return json.dumps(pairs)
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return text.replace("\n", " ").replace("\r", " ")
