"""Reviews side by side: what each expert says of a path, whether they agree, and what their values would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from lca.assessment.record import Record
from lca.assessment.sweeps.variation import given
from lca.call.profile import NO_MARKS, Marks
from lca.call.review.effects import FIGURES, Changed, effects
from lca.call.review.record import AGREE, ReadReview, Review
from lca.descriptor.descriptor import Descriptor
from lca.quantities.quantity import Quantity

#: How those who spoke of a path stand to each other: all agree with the applicant, all object, they differ, or one alone spoke.
AGREED, OBJECTED, APART, ALONE = "agreed", "objected", "apart", "alone"


class Said(Struct, frozen=True, eq=False):
    """What one expert says of a path: a verdict, empty where there is none; a value of the expert's own, and what it changes."""

    verdict: str
    reasons: tuple[str, ...]
    value: Any
    changes: Mapping[str, Changed]

    @property
    def agrees(self) -> bool:
        """Whether the expert leaves what the applicant states."""
        return self.verdict == AGREE


class Row(Struct, frozen=True, eq=False):
    """One path: what the applicant states there, what the experts say by their names, and how these stand to each other."""

    path: str
    stated: Any
    said: Mapping[str, Said]
    standing: str


class Reviewed(Struct, frozen=True, eq=False):
    """A review with what each of its values changes alone, and what all change together."""

    review: Review
    alone: Mapping[str, Mapping[str, Changed]]
    together: Mapping[str, Changed]


class SideBySide(Struct, frozen=True, eq=False):
    """The applicant's figures, the reviews by the names of their experts, and what is said path by path, as the dossier has it.

    `means` holds the mean mark of each criterion, where the call declares it and all experts gave a mark.
    """

    figures: Mapping[str, Quantity]
    reviews: Mapping[str, Reviewed]
    rows: tuple[Row, ...]
    means: Mapping[str, float]

    def standing(self, *kinds: str) -> list[Row]:
        """Return the rows whose experts stand in one of some ways."""
        return [row for row in self.rows if row.standing in kinds]


def side_by_side(
    reviews: Iterable[ReadReview], assessment: Record, reference: Descriptor | None, rule: Marks = NO_MARKS
) -> SideBySide:
    """Set sound reviews of a dossier side by side; `reference` as for `effects`, `rule` what the call says of marks.

    Raises:
        ProblemsFound: an expert's values are sound one by one, and contradict each other.
    """
    found: dict[str, Reviewed] = {}
    for review, document in reviews:
        computed = effects(document, review.values, assessment, reference)
        alone = {effect.paths[0]: effect.figures for effect in computed if len(effect.paths) == 1}
        found[review.expert] = Reviewed(review, alone, computed[-1].figures if computed else {})
    paths = {path for one in found.values() for path in (*one.review.judgements, *one.review.values)}
    place = assessment.study.document.at
    ordered = sorted(paths, key=lambda path: (place(tuple(path.split("."))).line, path))
    figures = {name: assessment.figures[name] for name in FIGURES if name in assessment.figures}
    rows = tuple(_row(path, found, assessment) for path in ordered)
    return SideBySide(figures, found, rows, means((one.review for one in found.values()), rule))


def means(reviews: Iterable[Review], rule: Marks) -> dict[str, float]:
    """Return the mean mark by criterion, where the call asks for it and every one of several experts gave a mark."""
    given = [review.marks for review in reviews]
    if not rule.mean or len(given) < 2:
        return {}
    shared = [name for name in given[0] if all(name in marks for marks in given)]
    return {name: sum(float(marks[name].mark) for marks in given) / len(given) for name in shared}


def _row(path: str, reviews: Mapping[str, Reviewed], assessment: Record) -> Row:
    said = {
        expert: _said(path, one)
        for expert, one in reviews.items()
        if path in one.review.judgements or path in one.review.values
    }
    agreeing = [one.agrees for one in said.values()]
    standing = AGREED if all(agreeing) else OBJECTED if not any(agreeing) else APART
    return Row(path, given(assessment, tuple(path.split("."))), said, standing if len(said) > 1 else ALONE)


def _said(path: str, one: Reviewed) -> Said:
    judgement, own = one.review.judgements.get(path), one.review.values.get(path)
    reasons = (text.reason for text in (judgement, own) if text is not None and text.reason)
    return Said(
        verdict=judgement.verdict if judgement is not None else "",
        reasons=tuple(dict.fromkeys(reasons)),
        value=own.value if own is not None else None,
        changes=one.alone.get(path, {}),
    )


def contract(found: SideBySide) -> dict[str, Any]:
    """Return everything as plain data; the applicant's figures stand apart from those with experts' values."""
    return {
        "applicant": {name: _figure(quantity) for name, quantity in found.figures.items()},
        "experts": {
            expert: {
                "dossier": one.review.dossier,
                "interests": one.review.interests,
                "all_values": _changes(one.together),
                "marks": one.review.marks,
                "questions": one.review.questions,
            }
            for expert, one in found.reviews.items()
        },
        "paths": {
            row.path: {
                "applicant": row.stated,
                "standing": row.standing,
                "experts": {
                    expert: {
                        "verdict": said.verdict,
                        "reasons": said.reasons,
                        "value": said.value,
                        "alone": _changes(said.changes),
                    }
                    for expert, said in row.said.items()
                },
            }
            for row in found.rows
        },
        "means": found.means,
    }


def _changes(changes: Mapping[str, Changed]) -> dict[str, Any]:
    return {
        name: {
            **_figure(one.amount),
            "difference": _figure(one.difference) if one.difference is not None else None,
        }
        for name, one in changes.items()
    }


def _figure(quantity: Quantity) -> dict[str, Any]:
    """Return a figure with its bounds, where it has any."""
    low, _, high = (None, None, None) if quantity.is_open else quantity.interval()
    return {"value": quantity.value, "low95": low, "high95": high, "unit": quantity.unit}
