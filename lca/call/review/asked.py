"""Experts' questions as conditions of a contract."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from lca.call.review.record import Review
from lca.descriptor.document import Document
from lca.subjects.monitoring.condition import OPEN, REVIEW, AskedByExpert, Condition

#: So many signs of a question's hash tell it from the others of an expert.
_SIGNS = 8


def conditions_of_reviews(reviews: Iterable[tuple[Review, Document]]) -> Iterator[Condition]:
    """Yield a condition for each question; its name changes with its words, and not with what else is asked."""
    for review, document in reviews:
        for index, question in enumerate(review.questions):
            path = ("questions", str(index))
            sign = hashlib.sha256(" ".join(question.split()).encode()).hexdigest()[:_SIGNS]
            about = AskedByExpert(review.expert, question)
            yield Condition(f"{REVIEW}.{review.expert}.{sign}", ".".join(path), document.at(path), OPEN, about)
