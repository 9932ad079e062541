"""Factors of the catalogue: which rows hold some words, and a factor as plain data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lca.catalogue.book import FactorBook
from lca.catalogue.instances import InstanceType
from lca.presenting.values import Plain, number
from lca.quantities.provenance import Factor
from lca.quantities.uncertainty import Exact, draw, interval95

#: Draws of an interval that is printed beside a factor.
DRAWS = 100_000


def found_rows(book: FactorBook, words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each key, with its indicator, whose key, label, aliases or indicator hold all words; parts of words where none does."""
    patterns = [re.compile(rf"(?<!\w){re.escape(word)}(?!\w)") for word in words]
    whole: list[tuple[str, str]] = []
    parts: list[tuple[str, str]] = []
    for key, indicator in sorted(book.rows):
        rows = book.rows[key, indicator]
        texts = [key, indicator, *(cell for row in rows for cell in (row.cells["label"], row.cells["aliases"]))]
        text = " ".join(texts).casefold()
        if all(word in text for word in words):
            held = all(pattern.search(text) for pattern in patterns)
            (whole if held else parts).append((key, indicator))
    yield from whole or parts


def found_types(book: FactorBook, words: Sequence[str]) -> Iterator[InstanceType]:
    """Yield the instance types whose name, provider or parts hold all words."""
    for kind in book.instances.all:
        text = f"{kind.provider} {kind.name} {kind.accelerator} {kind.processor}".casefold()
        if all(word in text for word in words):
            yield kind


def type_line(kind: InstanceType) -> str:
    """Return what the catalogue knows of an instance type, in a line."""
    parts = [
        f"{kind.accelerators:.4g} × {kind.accelerator}" if kind.accelerator else "",
        f"{kind.vcpu:g} vCPU{f' of {kind.processor}' if kind.processor else ''}" if kind.vcpu else "",
        f"{kind.memory:g} GiB" if kind.memory else "",
        f"{kind.share:.3g} of its host" if kind.share else "",
    ]
    return f"{f'instance {kind.name}':44s} {kind.provider:10s} {', '.join(filter(None, parts))} <{kind.source.id}>"


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
        "label": factor.names[0],
        "label_fr": factor.names[1],
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
