"""The results as tables in a data package: a ZIP archive of CSV files with one description of all their columns.

Specification: Data Package 2.0 with Table Schema 2.0 (datapackage.org, 2024-06), formerly Frictionless Data; readers of version 1
take it too, for nothing of version 2 alone is needed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from lca.assessment.tables import csv_text
from lca.exporters.bibliography import used_sources
from lca.exporters.exporter import Asked, Exported, Exporter
from lca.exporters.extent import limits_of, scope_lines
from lca.exporters.identity import archive, identifier, slug
from lca.exporters.result_tables import Row, all_tables
from lca.presenting.values import Plain, as_json

LIMITS = ("trees", "quoted_cells", "benefit", "money", "scenarios", "market_based")


def write(asked: Asked) -> Exported:
    """Return the package as a ZIP archive."""
    limits = limits_of(asked, LIMITS)
    tables = all_tables(asked)
    texts = {f"{name}.csv": csv_text(rows).encode() for name, rows in tables.items()}
    resources = [_resource(asked, name, texts[f"{name}.csv"], rows) for name, rows in tables.items()]
    description = as_json(_description(asked, resources, limits)).encode() + b"\n"
    return Exported(archive(asked, {"datapackage.json": description, **texts}), limits)


def _description(asked: Asked, resources: list[Plain], limits: tuple[str, ...]) -> Plain:
    about, made = asked.record.study.about, asked.record.fingerprint
    sources = [
        {"title": source.title, **({"path": source.url} if source.url else {})} for source in used_sources(asked.record)
    ]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"lca-{slug(about.name)}",
        "id": identifier(asked, "datapackage"),
        "title": about.name,
        "description": " ".join([*scope_lines(asked), *limits]),
        "created": f"{made.as_of.isoformat()}T00:00:00Z",
        "contributors": [{"title": about.applicant}]
        if about.applicant
        else [{"title": asked.program, "role": "wrangler"}],
        **({"sources": sources} if sources else {}),
        "limits": list(limits),
        "fingerprint": {"descriptor": made.descriptor, "catalogue": made.catalogue, "program": asked.program},
        "resources": resources,
    }


def _resource(asked: Asked, name: str, text: bytes, rows: Sequence[Row]) -> Plain:
    return {
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        "title": asked.words["tables"][name],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(text),
        "hash": f"sha256:{hashlib.sha256(text).hexdigest()}",
        "schema": {"fields": [_field(column, rows) for column in rows[0]], "missingValues": [""]},
    }


def _field(column: str, rows: Sequence[Row]) -> Plain:
    """Return a column's name and type: a number where every value that it has is one."""
    found: list[Any] = [row[column] for row in rows if row[column] not in (None, "")]
    if found and all(isinstance(one, bool) for one in found):
        return {"name": column, "type": "boolean", "trueValues": ["True"], "falseValues": ["False"]}
    is_number = bool(found) and all(isinstance(one, int | float) and not isinstance(one, bool) for one in found)
    return {"name": column, "type": "number" if is_number else "string"}


EXPORTER = Exporter(write, {"zip": ".zip"}, is_binary=True)
