"""From the text of a review to its records: checked against its schema, then against the dossier, all at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lca.assessment.record import Record
from lca.call.profile import Marks, Profile, criteria_of, marks_of
from lca.call.review.effects import values_that_fail
from lca.call.review.paths import fault_of_path, fault_of_value
from lca.call.review.record import AGREE, ReadReview, Review
from lca.descriptor.document import Document
from lca.descriptor.placeholders import without_placeholders
from lca.descriptor.reading import validate
from lca.descriptor.records import build
from lca.problems import Problem, did_you_mean, listed

#: What the hint on an empty file proposes.
FIRST_LINE = "review: 1"


def read_review(
    document: Document, schema: Mapping[str, Any], assessment: Record, call: Profile | None, *, of_this: bool = False
) -> tuple[Review | None, list[Problem]]:
    """Read the review of a dossier that was assessed; `of_this` asks that the expert has read this very version of it.

    Returns:
        The review, None where it does not fit its schema, and all problems; with an error among them it says nothing.
    """
    plain, placeholders = without_placeholders(document, schema)
    tree, problems = validate(plain, schema)
    if problems:
        return None, [*placeholders, *problems]
    named = {key: _named(tree.get(key) or {}) for key in ("judgements", "values")}
    review: Review = build(Review, {**tree, **named}, ())
    faults = list(_faults(review, plain, assessment))
    sound = [path for path in review.values if not any(at == ("values", path) for at, _ in faults)]
    found = [*(problem for _, problem in faults), *values_that_fail(plain, sound, assessment)]
    found += _marks(review, plain, criteria_of(call, assessment.study.about.language), marks_of(call))
    return review, [*placeholders, *found, *_another_version(review, plain, assessment, of_this)]


def _named(entries: Mapping[str, Any]) -> dict[str, Any]:
    """Return entries that know the path that they stand at."""
    return {path: {**entry, "path": path} for path, entry in entries.items()}


def _faults(review: Review, document: Document, assessment: Record) -> Iterator[tuple[tuple[str, str], Problem]]:
    """Yield what is wrong with a path, each with the key that it stands at."""
    data, schema = assessment.study.document.data, assessment.study.reader.schema
    for kind, paths, judged in (
        ("judgements", review.judgements, fault_of_path),
        ("values", review.values, fault_of_value),
    ):
        for path in paths:
            if (fault := judged(path, data, schema)) is not None:
                yield (kind, path), Problem(document.key_at((kind, path)), "LCA951", *fault)
    for path in review.values:
        judgement = review.judgements.get(path)
        if judgement is not None and judgement.verdict == AGREE:
            message = f"the review agrees with `{path}` and gives another value"
            hint = "write `doubt` or `disagree`, or remove the value"
            place = document.at(("judgements", path, "verdict"))
            yield ("judgements", path), Problem(place, "LCA953", message, hint)


def _marks(review: Review, document: Document, criteria: tuple[str, ...], rule: Marks) -> Iterator[Problem]:
    """Yield what is wrong with a mark by the rules of the call."""
    for name, mark in review.marks.items():
        if criteria and name not in criteria:
            hint = did_you_mean(name, criteria) or f"known: {listed(criteria)}"
            message = f"there is no criterion `{name}` in the call"
            yield Problem(document.key_at(("marks", name)), "LCA951", message, hint)
        if rule.most is not None and not (isinstance(mark.mark, float | int) and 0 <= mark.mark <= rule.most):
            message = f"`{mark.mark}` is no mark from 0 to {rule.most:g}"
            yield Problem(
                document.at(("marks", name, "mark")), "LCA205", message, "the call says what the best mark is"
            )


def _another_version(review: Review, document: Document, assessment: Record, of_this: bool) -> Iterator[Problem]:
    """Yield a warning where the review is of another version of the dossier, an error where it must be of this one."""
    given = assessment.fingerprint.descriptor
    if review.dossier.sha256 != given:
        message = f"the review is of version {review.dossier.sha256[:8]} of `{review.dossier.file}`, the dossier is {given[:8]}"
        place = document.at(("dossier", "sha256"))
        if of_this:
            yield Problem(place, "LCA954", message, "ask the expert to read this version, or leave the review out")
        else:
            hint = "ask the expert to read this version; what each value changes is computed on it"
            yield Problem(place, "LCA952", message, hint)


def same_expert(reviews: Iterable[ReadReview]) -> Iterator[Problem]:
    """Yield an error for each review by an expert of whom another review stands before it."""
    first: dict[str, str] = {}
    for review, document in reviews:
        if review.expert in first:
            message = f"`{review.expert}` has written `{first[review.expert]}` too"
            yield Problem(document.at(("expert",)), "LCA953", message, "give each expert a name or code of their own")
        first.setdefault(review.expert, document.file)
