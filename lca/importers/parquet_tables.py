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
#: Bytes of text that a table may unfold to, and the rows that are unfolded before that is looked at: a small file of one
#: repeated cell can hold any number of them.
LARGEST_TEXT, _ROWS_AT_ONCE = 500_000_000, 1_000


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
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    try:
        table = pyarrow.parquet.ParquetFile(io.BytesIO(log.content))
        found = [name for name in table.schema_arrow.names if name in columns]
        writer.writerow(found)
        for batch in table.iter_batches(_ROWS_AT_ONCE, columns=found):
            lists = [column.to_pylist() for column in batch.columns]
            writer.writerows([_cell(value) for value in row] for row in zip(*lists, strict=True))
            if out.tell() > LARGEST_TEXT:
                message = f"the table unfolds to more than {LARGEST_TEXT / 1e6:.0f} MB of text"
                problems.append(Problem(place, "LCA102", message, "import fewer months at once"))
                return None
    except (pyarrow.ArrowException, OSError) as error:
        message = f"the file is no whole Parquet table: {str(error).splitlines()[0][:100]}"
        problems.append(Problem(place, "LCA205", message, "is the file cut off?"))
        return None
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
