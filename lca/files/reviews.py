"""Experts' reviews as files: read with all that is wrong with them, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lca.call.reading import has_errors
from lca.call.review.reading import FIRST_LINE, read_review, same_expert
from lca.call.review.record import ReadReview
from lca.descriptor.document import read_document
from lca.files.shipped import read_schema
from lca.files.texts import read_text, shown
from lca.problems import Location, Problem, ProblemsFound

if TYPE_CHECKING:
    from lca.assessment.opinions import Opinions
    from lca.assessment.record import Record
    from lca.call.profile import Profile
    from lca.files.reading import Loaded
    from lca.presenting.writer import Writer

#: The largest review that is read, in bytes.
LARGEST = 200_000
#: A sheet for a jury has room for so many experts.
MOST_ON_A_SHEET = 3


def read_reviews(
    paths: Sequence[Path], assessment: Record, call: Profile | None = None, *, of_this: bool = False
) -> tuple[list[ReadReview], list[Problem]]:
    """Return the reviews of a dossier that answers a call, each with its document, and what is doubtful in them.

    `of_this` asks that each is of this very version of the dossier.

    Raises:
        ProblemsFound: some of them have errors; those of all are told.
    """
    texts: list[tuple[str, str]] = []
    unreadable: list[Problem] = []
    for path in paths:
        try:
            texts.append((shown(path), read_text(path, LARGEST, "a review")))
        except ProblemsFound as wrong:
            unreadable += wrong.problems
    return reviews_of(texts, assessment, call, of_this=of_this, unreadable=unreadable)


def reviews_of(
    texts: Iterable[tuple[str, str]],
    assessment: Record,
    call: Profile | None,
    *,
    of_this: bool,
    unreadable: Iterable[Problem] = (),
) -> tuple[list[ReadReview], list[Problem]]:
    """Return reviews by the names and texts of their files, as `read_reviews` does; `unreadable` is told with what is wrong."""
    found: list[ReadReview] = []
    problems = list(unreadable)
    for name, text in texts:
        try:
            document = read_document(text, name, FIRST_LINE)
            review, own = read_review(document, read_schema("review"), assessment, call, of_this=of_this)
        except ProblemsFound as wrong:
            review, own = None, list(wrong.problems)
        problems += own
        if review is not None:
            found.append((review, document))
    problems += same_expert(found)
    if has_errors(problems):
        raise ProblemsFound(problems)
    return found, problems


def with_reviews(
    loaded: Loaded, paths: Sequence[Path], assessment: Record, layout: str
) -> tuple[Loaded, tuple[Problem, ...]]:
    """Return what a sheet for a jury is made from, with experts' reviews, and what is doubtful in these.

    Raises:
        ProblemsFound: the layout, the call or the sheet has no room for them, or some have errors; those of all are told.
    """
    call = loaded.call.profile if loaded.call is not None else None
    if (refused := _no_room(paths, layout, call)) is not None:
        raise ProblemsFound([Problem(Location("--review", 1, 1), "LCA402", *refused)])
    reviews, doubts = read_reviews(paths, assessment, call, of_this=True)
    return replace(loaded, reviews=tuple(reviews)), tuple(doubts)


def _no_room(paths: Sequence[Path], layout: str, call: Profile | None) -> tuple[str, str] | None:
    """Return why reviews cannot be printed, and what would be right; None where they can be."""
    from lca.assessment.dossier import JURY

    if layout != JURY:
        return "reviews are printed on the sheet for a jury alone", "add `--layout jury`, or leave the reviews out"
    if call is not None and "experts" in call.hidden_on_page_one:
        return (
            "the call leaves out what experts say",
            "leave the reviews out, or take `experts` out of `page_one.left_out`",
        )
    if len(paths) > MOST_ON_A_SHEET:
        message = f"a sheet for a jury has room for {MOST_ON_A_SHEET} reviews, {len(paths)} are given"
        return message, "give fewer, or set all side by side with `lca review merge`"
    return None


def opinions_of(loaded: Loaded, assessment: Record, writer: Writer) -> Opinions:
    """Return what the reviews say that a sheet for a jury is made with.

    Raises:
        ProblemsFound: an expert's values are sound one by one, and contradict each other.
    """
    from lca.assessment.opinions import NO_OPINIONS

    if not loaded.reviews:
        return NO_OPINIONS
    from lca.call.review.sheet import opinions

    call = loaded.call.profile if loaded.call is not None else None
    return opinions(loaded.reviews, assessment, loaded.reference, call, writer)
