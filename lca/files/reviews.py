"""Experts' reviews as files: read with all that is wrong with them, each with its place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lca.call.reading import has_errors
from lca.call.review.reading import FIRST_LINE, read_review, same_expert
from lca.call.review.record import Review
from lca.descriptor.document import Document, read_document
from lca.files.shipped import read_schema
from lca.files.texts import read_text, shown
from lca.problems import Problem, ProblemsFound

if TYPE_CHECKING:
    from lca.assessment.record import Record
    from lca.call.profile import Profile

#: The largest review that is read, in bytes.
LARGEST = 200_000


def read_reviews(
    paths: Sequence[Path], assessment: Record, call: Profile | None = None
) -> tuple[list[tuple[Review, Document]], list[Problem]]:
    """Return the reviews of a dossier that answers a call, each with its document, and what is doubtful in them.

    Raises:
        ProblemsFound: some of them have errors; those of all are told.
    """
    found: list[tuple[Review, Document]] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            document = read_document(read_text(path, LARGEST, "a review"), shown(path), FIRST_LINE)
            review, own = read_review(document, read_schema("review"), assessment, call)
        except ProblemsFound as unreadable:
            review, own = None, list(unreadable.problems)
        problems += own
        if review is not None:
            found.append((review, document))
    problems += same_expert(found)
    if has_errors(problems):
        raise ProblemsFound(problems)
    return found, problems
