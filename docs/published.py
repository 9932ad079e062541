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
from lca.subjects.crosscheck.printed_calls import Known, PrintedFigure, printed_figures
from lca.subjects.crosscheck.stated_results import Recomputed

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases" / "published.yaml"
ROUND_INPUTS = ROOT / "tests" / "cases" / "round-inputs.yaml"
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


def round_inputs() -> Iterator[tuple[str, str, PrintedFigure]]:
    """Yield the figures on round inputs: what each is about, its verdict in version 0.1.0, and the figure."""
    document = read_document(ROUND_INPUTS.read_text("utf-8"), ROUND_INPUTS.name)
    for found in printed_figures(document, _known, lca.catalogue()):
        yield document.data[found.case]["source"], document.data[found.case]["note"], found


def figures() -> Iterator[Figure]:
    """Yield every figure of every case, recomputed through the program."""
    for found in printed_figures(_document(), _known, lca.catalogue()):
        assert found.expected is not None
        path = _assessed(found.descriptor)[0] if found.descriptor else CASES
        yield Figure(found.case, found.name, found.unit, found.expected, found.value, path, found.found, found.misread)


@functools.cache
def _document() -> Document:
    return read_document(CASES.read_text("utf-8"), CASES.name)


@functools.cache
def _assessed(name: str) -> tuple[Path, lca.Assessment]:
    path = next(folder / f"{name}.yaml" for folder in FOLDERS if (folder / f"{name}.yaml").exists())
    return path, lca.load(path).assess(draws=0, as_of=datetime.date(2026, 1, 1))


def _known(name: str) -> Known:
    _, assessment = _assessed(name)
    return Known(assessment.figures, {r.stated.name: r for r in assessment.crosscheck.stated_results})
