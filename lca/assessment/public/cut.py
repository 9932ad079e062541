"""The one cut between what is published and what is not: from a whole record to the public copy.

The study is computed with other numbers in the place of its restricted ones, several times: what is the same each time, and in
truth, and has no restricted value in the tree under it, is published. What can be computed without a number cannot give it away.
Totals that rest on restricted values are told as cells.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from lca.assessment.public.cells import NOT_TOLD, Cell, Room, told
from lca.assessment.public.copy import (
    Computed,
    Project,
    PublicCopy,
    PublicInput,
    PublicProblem,
    RestrictedValue,
    Shown,
    Total,
)
from lca.assessment.record import Record
from lca.descriptor.visibility import restricted_paths
from lca.presenting.values import number
from lca.quantities import quantity as quantities
from lca.quantities.provenance import Factor, Stated
from lca.quantities.quantity import Quantity
from lca.quantities.trees import leaves
from lca.subjects.subject import Fingerprint

#: Restricted leaves by their records.
Hidden = Mapping[str, Quantity]


def restricted_values(record: Record) -> tuple[RestrictedValue, ...]:
    """Return the values that a study keeps out of what is published, those that no figure rests on among them."""
    document = record.study.document
    found = {".".join(path): document.at(path).name for path in restricted_paths(document.data)}
    for quantity in _hidden(record).values():
        leaf = quantity.origin
        assert isinstance(leaf, Stated)
        found.setdefault(leaf.path, leaf.location.name)
    return tuple(RestrictedValue(path, file) for path, file in found.items())


def public_copy(record: Record, others: Sequence[Record]) -> tuple[PublicCopy, Room]:
    """Return the public copy of a study, and how far each of its restricted values may lie from what it is for all that is told.

    Args:
        record: the study.
        others: the same with other numbers in the place of its restricted ones, the first drawn alike; none where no number fits,
            so that totals stand alone.
    """
    hidden = _hidden(record)
    totals, room = _totals(record, others, hidden)
    public = PublicCopy(
        project=_project(record),
        restricted=restricted_values(record),
        totals=totals,
        computed=computed_by(record.fingerprint),
        is_short=not others,
    )
    return (_with_all_else(public, record, others, hidden) if others else public), room


def computed_by(fingerprint: Fingerprint) -> Computed:
    """Return what a study was computed by, as its public copy says it."""
    return Computed(
        program=fingerprint.program,
        catalogue=fingerprint.catalogue,
        catalogue_version=fingerprint.catalogue_version,
        seed=fingerprint.seed,
        draws=fingerprint.draws,
        as_of=fingerprint.as_of.isoformat(),
    )


def _hidden(record: Record) -> Hidden:
    """Return the restricted leaves under all that a study prints or names."""
    found = leaves([*record.roots, *record.figures.values()])
    return {leaf.record: one for one in found if isinstance(leaf := one.origin, Stated) and leaf.restricted}


def _totals(record: Record, others: Sequence[Record], hidden: Hidden) -> tuple[tuple[Total, ...], Room]:
    """Return the total of each indicator, those that rest on restricted values as cells."""
    footprint, rest_on = record.footprint, _Resting(hidden)
    totals = {name: part.total for name, part in footprint.totals.items()}
    resting = {name: total for name, total in totals.items() if total is not None and rest_on(total)}
    shown_of = {
        name: _shown_in_all(total, [other.footprint.totals[name].total for other in others])
        for name, total in totals.items()
        if total is not None and name not in resting and others
    }
    cells, room = told(resting, hidden)
    for name, total in totals.items():
        if total is not None and shown_of.get(name) is None:
            cells.setdefault(name, Cell(NOT_TOLD))
    found = (
        Total(
            name,
            dict(record.book.indicators[name].name),
            record.book.indicators[name].unit,
            footprint.is_partial(name),
            shown_of.get(name),
            cells.get(name),
        )
        for name in totals
    )
    return tuple(found), room


def _project(record: Record) -> Project:
    about, goal = record.study.about, record.study.goal
    unit = goal.functional_unit.description if goal.functional_unit is not None else ""
    return Project(
        *(about.name, about.language, about.applicant, about.partners, about.call, str(about.start), about.summary),
        *(goal.level, unit),
    )


def _with_all_else(public: PublicCopy, record: Record, others: Sequence[Record], hidden: Hidden) -> PublicCopy:
    """Return a public copy with all that the study says alike whatever its restricted numbers are."""
    rest_on = _Resting(hidden)
    candidates = {path: figure for path, figure in record.figures.items() if not rest_on(figure)}
    figures = {
        path: told
        for path, figure in candidates.items()
        if (told := _shown_in_all(figure, [other.figures.get(path) for other in others])) is not None
    }
    return replace(
        public,
        figures=figures,
        withheld=tuple(path for path in record.figures if path not in figures),
        boundary=_alike([_boundary(one) for one in (record, *others)]),
        verdicts=_alike([_verdicts(one) for one in (record, *others)]),
        inputs=_inputs(record, others),
        problems=_problems(record, others),
    )


def _boundary(record: Record) -> dict[str, str]:
    return {one.stage: one.status for one in record.footprint.boundary}


def _verdicts(record: Record) -> dict[str, str]:
    return {one.criterion.id: one.verdict for one in record.checklist.findings}


def _alike(said: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return what all say alike."""
    return {name: word for name, word in said[0].items() if all(one.get(name) == word for one in said)}


def _inputs(record: Record, others: Sequence[Record]) -> tuple[PublicInput, ...]:
    drawn = set(inputs_of(others[0]))
    values = [{(one.path, one.indicator): one.shown.value for one in inputs_of(other)} for other in others]
    return tuple(
        one
        for one in inputs_of(record)
        if one in drawn and all(known.get((one.path, one.indicator)) == one.shown.value for known in values)
    )


def inputs_of(record: Record) -> Iterator[PublicInput]:
    """Yield what a study rests on, without what is restricted."""
    for one in leaves(record.roots):
        leaf, told = one.origin, shown(one)
        assert isinstance(leaf, Factor | Stated)
        if told is None or (isinstance(leaf, Stated) and leaf.restricted):
            continue
        if isinstance(leaf, Stated):
            yield PublicInput(leaf.path, told, leaf.evidence.word, leaf.source)
        else:
            yield PublicInput(leaf.key, told, leaf.evidence.word, leaf.source.citation, leaf.indicator)


def _problems(record: Record, others: Sequence[Record]) -> tuple[PublicProblem, ...]:
    """Return the problems that all records have, but none of a restricted value itself."""
    document = record.study.document
    inside = [(*path, *key) for path in restricted_paths(document.data) for key in ((), ("value",))]
    places = {place(path) for path in inside for place in (document.at, document.key_at)}
    known = [{(one.code, one.message, one.hint) for one in other.problems} for other in others]
    found = (p for p in record.problems if all((p.code, p.message, p.hint) in one for one in known))
    return tuple(
        PublicProblem(p.code, p.severity, p.message, p.location.name, p.hint) for p in found if p.location not in places
    )


def _shown_in_all(figure: Quantity, others: Sequence[Quantity | None]) -> Shown | None:
    """Return a figure where it is the same in all records, of which the first is drawn as it is."""
    own = shown(figure)
    drawn, *further = (shown(other) if other is not None else None for other in others)
    same = own == drawn and all(one is not None and own is not None and one.value == own.value for one in further)
    return own if same else None


def shown(figure: Quantity) -> Shown | None:
    """Return a figure with its interval; None where it is no number."""
    if not math.isfinite(figure.value):
        return None
    if figure.is_open:
        return Shown(number(figure.value), figure.unit)
    low, _, high = figure.interval()
    return Shown(number(figure.value), figure.unit, number(low), number(high))


class _Resting:
    """Says whether a figure rests on a restricted value; looks at each node once."""

    def __init__(self, hidden: Hidden) -> None:
        self._hidden = hidden
        self._known: dict[int, bool] = {}

    def __call__(self, quantity: Quantity) -> bool:
        key = id(quantity)
        if key not in self._known:
            origin = quantity.origin
            self._known[key] = (
                any(self(part) for _, part in origin.inputs)
                if isinstance(origin, quantities.Computed)
                else origin.record in self._hidden
            )
        return self._known[key]
