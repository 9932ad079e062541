"""Recomputes the published figures of `tests/cases/published.yaml`, for the page that lists them and for the tests."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lca
from lca.descriptor.document import Document, read_document
from lca.quantities.calling import calculate
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.quantities.units import COMMON_NOUNS, conversion, parse_measure
from lca.subjects.crosscheck.declared import StatedResult
from lca.subjects.crosscheck.stated_results import Recomputed, judge_printed

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases" / "published.yaml"
FOLDERS = (ROOT / "tests" / "cases" / "published", ROOT / "projects")


@dataclass(frozen=True, slots=True)
class Figure:
    """A published or derived figure beside what the program computes, in one unit.

    `found` holds the verdict where the source prints the figure, or where a misreading of the source is set against it;
    `source` is the file that it is computed from.
    """

    case: str
    name: str
    unit: str
    expected: float
    computed: float
    source: Path
    found: Recomputed | None = None
    misread: bool = False


def cases() -> Mapping[str, Any]:
    """Return every case with its source, note and figures, as the file has them."""
    data: Mapping[str, Any] = _document().data
    return data


def figures() -> Iterator[Figure]:
    """Yield every figure of every case, recomputed through the program."""
    for case, fields in cases().items():
        for name, entry in fields["figures"].items():
            yield _figure(case, name, fields, entry)


@functools.cache
def _document() -> Document:
    return read_document(CASES.read_text("utf-8"), CASES.name)


@functools.cache
def _assessed(name: str) -> tuple[Path, lca.Assessment, Mapping[str, Quantity]]:
    path = next(folder / f"{name}.yaml" for folder in FOLDERS if (folder / f"{name}.yaml").exists())
    assessment = lca.load(path).assess(draws=0, as_of=datetime.date(2026, 1, 1))
    return path, assessment, assessment.figures


def _figure(case: str, name: str, fields: Mapping[str, Any], entry: Mapping[str, Any]) -> Figure:
    expected = parse_measure(str(entry["expected"]), COMMON_NOUNS)
    found: Recomputed | None = None
    if "from" in entry:
        path, where = CASES, (case, "figures", name)
        quantity = calculate(entry["from"], lambda part: _document().at((*where, "from", *part)))
        text = str(entry.get("printed", entry.get("misread", "")))
        if text:
            printed = parse_measure(text, COMMON_NOUNS)
            value = Stated(".".join(where), printed.value, printed.unit, location=_document().at(where), text=text)
            stated = StatedResult(value.path, name, "", fields["source"], value)
            (found,) = judge_printed([(stated, quantity)], {}, {}, lca.catalogue())
    else:
        path, assessment, known = _assessed(entry.get("descriptor", fields.get("descriptor")))
        if "stated" in entry:
            found = next(r for r in assessment.crosscheck.stated_results if r.stated.name == entry["stated"])
        quantity = known[found.stated.figure if found else entry["figure"]]
    computed = quantity.value * conversion(quantity.unit, expected.unit)
    return Figure(case, name, expected.unit, expected.value, computed, path, found, "misread" in entry)
