"""Builds the factor catalogue from the texts of its tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from lca.catalogue.book import FactorBook
from lca.catalogue.indicator import Indicator
from lca.catalogue.instances import InstanceTypes
from lca.catalogue.model_names import known_models
from lca.catalogue.names import PrintedName
from lca.catalogue.places import Places
from lca.catalogue.regions import KnownSite, KnownSites, Regions
from lca.catalogue.table import COLUMNS, TableRow
from lca.catalogue.uncertainty_class import UncertaintyClass
from lca.quantities.by_language import ORIGINAL, with_texts
from lca.quantities.provenance import Source


def read_catalogue(texts: Mapping[str, str], documents: Mapping[str, Any]) -> FactorBook:
    """Build the book from the catalogue's files.

    Args:
        texts: text of each file by its path below `factors/`, with forward slashes.
        documents: the plain data of those that are YAML.

    Raises:
        ValueError: a table has other columns than `COLUMNS`.
    """
    head = with_texts(documents["catalogue.yaml"], "catalogue")
    indicators = with_texts(documents["indicators.yaml"], "indicators")
    rows: dict[tuple[str, str], tuple[TableRow, ...]] = {}  # which, unlike lists, the garbage collector lets alone
    sources: dict[str, Source] = {}
    for path in sorted(texts):
        folder, _, name = path.rpartition("/")
        if name == "source.yaml":
            sources[folder] = _source(documents[path])
        elif folder and name.endswith(".csv"):
            for line in _lines(path, texts[path]):
                key, indicator, _ = line.split(",", 2)
                rows[key, indicator] = (*rows.get((key, indicator), ()), TableRow(folder, line))
    zones = _zone_names(texts["zones.csv"])
    return FactorBook(
        version=str(head["version"]),
        indicators={i: Indicator(id=i, **fields) for i, fields in indicators.items()},
        sources=sources,
        classes={i: _uncertainty_class(i, fields) for i, fields in head["uncertainty_classes"].items()},
        zones=zones[ORIGINAL],
        zone_names=zones,
        countries={row["iso3"]: row["zone"] for row in _records(texts["zones.csv"]) if row["iso3"]},
        regions=Regions(
            {(row["provider"], row["region"]): row["zone"] for row in _records(texts["cloud_regions.csv"])},
            documents["names.yaml"]["providers"],
        ),
        places=Places(zones, documents["names.yaml"]["places"]),
        printed_names=tuple(
            msgspec.convert({**row, "kind": row["match"]}, PrintedName)
            for row in _records(texts["processor_names.csv"])
        ),
        sites=KnownSites(
            KnownSite(row["site"], row["name"], row["zone"], tuple(name for name in row["aliases"].split(";") if name))
            for row in _records(texts["sites.csv"])
        ),
        models=known_models(_records(texts["models.csv"])),
        instances=InstanceTypes(texts["cloud_instances.csv"], sources),
        archetypes=documents["archetypes.yaml"],
        preference={first: tuple(order) for first, order in head["preference"].items()},
        rows=rows,
        years=_years(rows),
        sets={name: tuple(sources) for name, sources in head["sets"].items()},
    )


def _zone_names(text: str) -> dict[str, dict[str, str]]:
    """Return the names of zones by language: that of the column `name`, and of each `name_LANGUAGE` where it is another one."""
    names: dict[str, dict[str, str]] = {ORIGINAL: {}}
    for row in _records(text):
        names[ORIGINAL][row["zone"]] = row["name"]
        for column, name in row.items():
            if column.startswith("name_"):
                names.setdefault(column.removeprefix("name_"), {})[row["zone"]] = name or row["name"]
    return names


def _years(rows: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[int]]:
    """Return the years for which `prefix/YEAR` is known, by prefix and indicator."""
    years: dict[tuple[str, str], list[int]] = {}
    for key, indicator in rows:
        last = key[-4:]
        if last.isdigit() and key[-5:-4] == "/":
            years.setdefault((key[:-5], indicator), []).append(int(last))
    return {key: sorted(known) for key, known in years.items()}


def _records(text: str) -> Iterable[dict[str, str]]:
    return csv.DictReader(io.StringIO(text))


def _lines(path: str, text: str) -> list[str]:
    """Return the lines of a table; its cells are read when they are asked for, for most are not."""
    head, *lines = text.removesuffix("\n").split("\n")
    if head != ",".join(COLUMNS):
        raise ValueError(f"{path}: the columns are not {','.join(COLUMNS)}")
    return lines


def _source(fields: Mapping[str, Any]) -> Source:
    known = Source.__struct_fields__
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
        floor=float(fields["floor"]) if "floor" in fields else None,
    )
