"""What the figures owe to what stands in the form: defaults with their weight, what to measure first, what a change moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from lca import Assessment
from lca.assessment.to_fill import LEAST, replaceable
from lca.descriptor.document import Path
from lca.presenting.input_names import name_of
from lca.presenting.writer import Writer
from lca.quantities.provenance import Factor, Stated
from lca.quantities.trees import leaves

#: How the sources begin that are the program's own assumptions.
OWN = "lca-"
#: What is named of all that makes the interval wide.
MOST_TO_MEASURE = 5


class ToMeasure(Struct, frozen=True):
    """A default that makes the interval of climate change wide: what it is, by how many per cent, and where it can be replaced."""

    title: str
    share: str
    names: tuple[str, ...]


def defaults(assessment: Assessment, writer: Writer) -> dict[Path, str]:
    """Return what is taken at each key that the text leaves open and could state, with its weight on the result."""
    climate, words = assessment.footprint.climate, writer.words["form"]
    if climate is None:
        return {}
    shares = {one.leaf.record: one.shrinks_by for one in assessment.crosscheck.worth_measuring}
    origins = [one.origin for one in leaves([climate]) if isinstance(one.origin, Factor | Stated)]
    found: dict[Path, str] = {}
    for path, leaf in replaceable(assessment, origins):
        value = writer.in_unit(leaf.value, writer.unit(leaf.unit))
        source = words["assumed"] if leaf.source.id.startswith(OWN) else leaf.source.producer
        parts = [words["default"].format(value=value, source=source)]
        share = shares.get(leaf.record, 0.0)
        if share >= LEAST:
            parts.append(words["weighs"].format(share=f"{100 * share:.0f}"))
        found[path] = " ".join(parts)
    return found


def to_measure(assessment: Assessment, writer: Writer) -> Iterator[ToMeasure]:
    """Yield the defaults whose replacement would narrow the interval most, the weightiest first."""
    for one in assessment.crosscheck.worth_measuring[:MOST_TO_MEASURE]:
        if one.shrinks_by >= LEAST:
            title = writer.heading(name_of(one.leaf, writer, assessment.book))
            names = tuple(".".join(path) for path, _ in replaceable(assessment, [one.leaf]))
            yield ToMeasure(title, f"{100 * one.shrinks_by:.0f}", names)


def moved(before: Assessment | None, after: Assessment | None, writer: Writer) -> list[tuple[str, str, str]]:
    """Return the main figures that differ between two assessments: what each is called, and what it was and is."""
    if before is None or after is None:
        return []
    names: Mapping[str, Any] = writer.words["form"]["figures"]
    found = []
    for figure, name in names.items():
        amounts = [writer.amount(one.figures[figure]) if figure in one.figures else "–" for one in (before, after)]
        if amounts[0] != amounts[1]:
            found.append((str(name), amounts[0], amounts[1]))
    return found
