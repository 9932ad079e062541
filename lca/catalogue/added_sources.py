"""Sources from outside the package: they stand beside the shipped ones, and none takes another's name or place."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from lca.catalogue.book import FactorBook
from lca.problems import Location, Problem, ProblemsFound, did_you_mean
from lca.quantities.units import conversion

#: A source is a folder of a description and tables.
_FILE = re.compile(r"([a-z0-9][a-z0-9-]{0,59})/(source\.yaml|[a-z0-9][a-z0-9_-]{0,59}\.csv)")


def sources_of(texts: Mapping[str, str], shipped: Iterable[str]) -> tuple[str, ...]:
    """Return the sources that files are of.

    Raises:
        ValueError: a file is no part of a source, a source lacks its description, or has the name of a shipped one.
    """
    folders: dict[str, set[str]] = {}
    for path in texts:
        found = _FILE.fullmatch(path)
        if found is None:
            raise ValueError(f"{path[:80]!r} is neither SOURCE/source.yaml nor SOURCE/NAME.csv")
        folders.setdefault(found[1], set()).add(found[2])
    for folder, files in folders.items():
        if folder in shipped:
            raise ValueError(f"`{folder}` is a source of the catalogue already")
        if "source.yaml" not in files:
            raise ValueError(f"`{folder}` has no source.yaml")
    return tuple(folders)


def with_set(book: FactorBook, name: str, sources: tuple[str, ...]) -> FactorBook:
    """Return a book in which added sources are a declared set, that may lead where a person asks for it.

    Raises:
        ValueError: there is a set of that name already, or a source or a row of it cannot be read.
    """
    for source in sources:
        if book.sources[source].id != source:
            raise ValueError(f"{source}/source.yaml has the id `{book.sources[source].id}`")
    if name in book.sets:
        raise ValueError(f"`{name}` is a set of the catalogue already")
    for (key, indicator), rows in book.rows.items():
        if any(row.source in sources for row in rows):
            _prove(book, key, indicator, sources)
    return replace(book, sets={**book.sets, name: sources})


def _prove(book: FactorBook, key: str, indicator: str, sources: tuple[str, ...]) -> None:
    """Read the rows of a key, for what is wrong with one is told before anything is computed."""
    if indicator and indicator not in book.indicators:
        raise ValueError(f"{key}: there is no indicator `{indicator}`")
    for factor in book.all(key, indicator):
        if factor.source.id in sources:
            if not math.isfinite(factor.value):
                raise ValueError(f"{key}: the value is not a number")
            unit = factor.unit.partition("/")[0] if indicator else factor.unit
            conversion(unit, book.indicators[indicator].unit if indicator else unit)


def see_to_set(book: FactorBook, factor_set: str) -> None:
    """See to it that the set of sources that is to lead is there, where one is named.

    Raises:
        ProblemsFound: it is not.
    """
    if factor_set and factor_set not in book.sets:
        message = f"`{factor_set}` is not a set of the catalogue"
        hint = did_you_mean(factor_set, book.sets) or f"known: {', '.join(book.sets)}"
        raise ProblemsFound([Problem(Location("--factors", 1, 1), "LCA507", message, hint)])
