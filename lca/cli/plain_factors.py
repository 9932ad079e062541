"""Factors of the catalogue: which rows hold some words, and a factor as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lca.catalogue.book import FactorBook
from lca.presenting.values import Plain, number
from lca.quantities.provenance import Factor
from lca.quantities.uncertainty import Exact, draw, interval95

#: Draws of an interval that is printed beside a factor.
DRAWS = 100_000


def found_rows(book: FactorBook, words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each key, with its indicator, whose key, label, aliases or indicator hold all words."""
    words = list(words)
    for key, indicator in sorted(book.rows):
        rows = book.rows[key, indicator]
        texts = [key, indicator, *(cell for row in rows for cell in (row.cells["label"], row.cells["aliases"]))]
        text = " ".join(texts).casefold()
        if all(word in text for word in words):
            yield key, indicator


def plain_factor(factor: Factor) -> Plain:
    """Return a factor with its 95 % interval and its source as plain data."""
    low = high = factor.value
    if not isinstance(factor.uncertainty, Exact):
        low, _, high = interval95(draw(factor.value, factor.uncertainty, 0, factor.record, DRAWS))
    return {
        "key": factor.key,
        "indicator": factor.indicator,
        "value": number(factor.value),
        "low95": number(low),
        "high95": number(high),
        "unit": factor.unit,
        "label": factor.label,
        "coverage": sorted(factor.coverage),
        "year": factor.year,
        "status": factor.status,
        "source": factor.source.id,
        "citation": factor.source.citation,
        "licence": factor.source.licence,
        "address": factor.source.url,
        "copy": factor.source.archive_url,
        "place": factor.locator,
        "note": factor.note,
    }
