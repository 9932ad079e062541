"""Builds the factor catalogue from the texts of its tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from lca.catalogue.book import COLUMNS, FactorBook, Indicator, TableRow, UncertaintyClass
from lca.quantities.provenance import Source


def read_catalogue(texts: Mapping[str, str], parse: Callable[[str], Any]) -> FactorBook:
    """Build the book from the catalogue's files.

    Args:
        texts: text of each file by its path below `factors/`, with forward slashes.
        parse: reads a YAML text into plain data.

    Raises:
        ValueError: a table has other columns than `COLUMNS`.
    """
    head = parse(texts["catalogue.yaml"])
    rows: dict[tuple[str, str], list[TableRow]] = {}
    years: dict[tuple[str, str], list[int]] = {}
    aliases: dict[str, str] = {}
    sources: dict[str, Source] = {}
    for path in sorted(texts):
        folder, _, name = path.rpartition("/")
        if name == "source.yaml":
            sources[folder] = _source(parse(texts[path]))
        elif folder and name.endswith(".csv"):
            for cells in _table(path, texts[path]):
                _index(TableRow(folder, cells), rows, years, aliases)
    return FactorBook(
        version=str(head["version"]),
        indicators={i: Indicator(id=i, **fields) for i, fields in parse(texts["indicators.yaml"]).items()},
        sources=sources,
        classes={i: _uncertainty_class(i, fields) for i, fields in head["uncertainty_classes"].items()},
        zones={row["zone"]: row["name"] for row in _records(texts["zones.csv"])},
        zones_fr={row["zone"]: row["name_fr"] for row in _records(texts["zones.csv"]) if row["name_fr"]},
        countries={row["iso3"]: row["zone"] for row in _records(texts["zones.csv"]) if row["iso3"]},
        regions={
            (row["provider"].casefold(), row["region"].casefold()): row["zone"]
            for row in _records(texts["cloud_regions.csv"])
        },
        archetypes=parse(texts["archetypes.yaml"]),
        preference={first: tuple(order) for first, order in head["preference"].items()},
        rows=rows,
        years={key: sorted(set(known)) for key, known in years.items()},
        aliases=aliases,
        sets={name: tuple(sources) for name, sources in head["sets"].items()},
    )


def _index(
    row: TableRow,
    rows: dict[tuple[str, str], list[TableRow]],
    years: dict[tuple[str, str], list[int]],
    aliases: dict[str, str],
) -> None:
    key, indicator = row.cells["key"], row.cells["indicator"]
    rows.setdefault((key, indicator), []).append(row)
    prefix, _, last = key.rpartition("/")
    if len(last) == 4 and last.isdigit():
        years.setdefault((prefix, indicator), []).append(int(last))
    if key.startswith("processor/") and last == "tdp":
        identifier = key.split("/")[1]
        for name in (identifier, row.cells["label"], *row.cells["aliases"].split(";")):
            if name.strip():
                aliases.setdefault(name.strip().casefold(), identifier)


def _records(text: str) -> Iterable[dict[str, str]]:
    return csv.DictReader(io.StringIO(text))


def _table(path: str, text: str) -> Iterable[dict[str, str]]:
    reader = csv.reader(io.StringIO(text))
    if tuple(next(reader)) != COLUMNS:
        raise ValueError(f"{path}: the columns are not {','.join(COLUMNS)}")
    return (dict(zip(COLUMNS, cells, strict=True)) for cells in reader)


def _source(fields: Mapping[str, Any]) -> Source:
    known = Source.__dataclass_fields__
    return Source(**{name: str(value) for name, value in fields.items() if name in known and value is not None})


def _uncertainty_class(name: str, fields: Mapping[str, Any]) -> UncertaintyClass:
    bounds = fields.get("range95_relative")
    return UncertaintyClass(
        id=name,
        reason=fields["reason"],
        citation=str(fields.get("citation") or ""),
        range95_relative=(float(bounds[0]), float(bounds[1])) if bounds else None,
        variance=float(fields["variance"]) if "variance" in fields else None,
        high_add=float(fields.get("high_add", 0.0)),
        unit=str(fields.get("unit") or ""),
    )
