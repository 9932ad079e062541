"""What an expert's values would change: the dossier computed with each alone and with all together, beside the applicant's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from lca.assessment.assess import assess
from lca.assessment.cases import Case, case_of
from lca.assessment.comparison import Comparing
from lca.assessment.record import Record
from lca.assessment.sweeps.variation import COMPARED
from lca.descriptor.descriptor import Descriptor
from lca.descriptor.document import Document, Path
from lca.descriptor.scenario_reading import read_variant
from lca.problems import Location, Problem, ProblemsFound
from lca.quantities.quantity import Quantity

#: The figures that are told: the emissions of the project, and its share of what the benefit leaves.
TOTAL, NET = "total.gwp100", "benefit.net_project"
FIGURES = (TOTAL, NET)


class Changed(Struct, frozen=True, eq=False):
    """One figure with the expert's values, and its difference to the applicant's.

    Without a difference the two cannot be set side by side: they do not count the same things.
    """

    amount: Quantity
    difference: Quantity | None
    is_same: bool


class Effect(Struct, frozen=True, eq=False):
    """What some values would change, by figure: those of `paths`, together."""

    paths: tuple[str, ...]
    figures: Mapping[str, Changed]


def effects(document: Document, paths: Iterable[str], assessment: Record, reference: Descriptor | None) -> list[Effect]:
    """Return what each value of a sound review changes alone, and last, where there are several, what all change together.

    `reference` is the dossier's reference scenario where that is a descriptor of its own.

    Raises:
        ProblemsFound: the values are sound one by one, and contradict each other.
    """
    alone = [(path,) for path in paths]
    together = [tuple(path for one in alone for path in one)] if len(alone) > 1 else []
    return _effects(document, [*alone, *together], assessment, reference)


def effect_of_all(
    document: Document, paths: Iterable[str], assessment: Record, reference: Descriptor | None
) -> Effect | None:
    """Return what all values of a sound review change together, None where it gives none; the rest is as for `effects`."""
    group = tuple(paths)
    return _effects(document, [group], assessment, reference)[0] if group else None


def _effects(
    document: Document, groups: Sequence[tuple[str, ...]], assessment: Record, reference: Descriptor | None
) -> list[Effect]:
    """Return what each of some groups of values changes."""
    growing = Comparing(assessment.fingerprint.draws > 0)
    growing.add(_told(case_of("", assessment)))
    for number, group in enumerate(groups, 1):
        record, problems = _computed(document, group, assessment, reference)
        if record is None or problems:
            raise ProblemsFound(problems)
        growing.add(_told(case_of(str(number), record)), bare=True)
    tables = {table.figure: table for table in growing.tables()}
    found = []
    for number, group in enumerate(groups, 1):
        rows = {figure: table.row(str(number)) for figure, table in tables.items()}
        changed = {
            figure: Changed(row.amount, row.difference, row.same) for figure, row in rows.items() if row is not None
        }
        found.append(Effect(group, changed))
    return found


def _told(case: Case) -> Case:
    """Return a case with the figures that are told alone."""
    return replace(case, figures={name: case.figures[name] for name in FIGURES if name in case.figures})


def values_that_fail(document: Document, paths: Iterable[str], assessment: Record) -> list[Problem]:
    """Return what is wrong with each value that cannot stand in the dossier, at its place in the review."""
    found: list[Problem] = []
    undrawn = replace(assessment, fingerprint=replace(assessment.fingerprint, draws=0))
    for path in paths:
        _, problems = _computed(document, (path,), undrawn, None)
        found += problems
    return found


def _computed(
    document: Document, paths: tuple[str, ...], assessment: Record, reference: Descriptor | None
) -> tuple[Record | None, list[Problem]]:
    """Return the dossier computed with some values, and the errors that these bring."""
    patch = patch_of_values(document, paths, assessment.study.document.data)
    descriptor, problems = read_variant(assessment.study, patch)
    record = None
    if descriptor is not None:
        try:
            record = assess(
                descriptor, assessment.book, assessment.rules, assessment.fingerprint, reference, subjects=COMPARED
            )
            problems = [*problems, *record.problems]
        except ProblemsFound as found:
            problems = [*problems, *found.problems]
    known = {(problem.code, problem.message) for problem in assessment.problems}
    errors = [one for one in problems if one.severity == "error" and (one.code, one.message) not in known]
    return record, list(_in_review(errors, document, paths))


def _in_review(errors: Iterable[Problem], document: Document, paths: tuple[str, ...]) -> Iterator[Problem]:
    """Yield errors at places of the review: what fails elsewhere because of a value is told at the value."""
    for problem in errors:
        if problem.location.file != document.file:
            place = document.at(("values", paths[0], "value"))
            problem = replace(problem, location=place)
        yield problem


def patch_of_values(document: Document, paths: Iterable[str], base: Any) -> Document:
    """Return values of a review as a patch over a descriptor; each replaces what stands there whole, its range and source too."""
    patch = Document(document.file, {}, source=document.source)
    for text in paths:
        path, own = tuple(text.split(".")), ("values", text, "value")
        value = document.data["values"][text]["value"]
        held, node = base, patch.data
        for number, key in enumerate(path, 1):
            held = held.get(key) if isinstance(held, dict) else None
            patch.nodes[path[:number]] = patch.keys[path[:number]] = document.key_at(("values", text))
            if number < len(path):
                node = node.setdefault(key, {})
        if isinstance(value, dict) and isinstance(held, dict):
            value = {**dict.fromkeys(held), **value}
        node[path[-1]] = value
        _place(patch.nodes, document.nodes, own, path)
        _place(patch.keys, {key: place for key, place in document.keys.items() if key != own}, own, path)
    return patch


def _place(places: dict[Path, Location], given: Mapping[Path, Location], own: Path, path: Path) -> None:
    """Give a value and what stands below it the places that they have in the review."""
    length = len(own)
    places |= {(*path, *key[length:]): place for key, place in given.items() if key[:length] == own}
