"""The records of a review: which dossier, who read it, judgements and values by path, marks and questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from lca.descriptor.document import Document

#: The verdicts on what stands at a path.
AGREE, DOUBT, DISAGREE = "agree", "doubt", "disagree"


class DossierName(Struct, frozen=True):
    """The dossier that was read: the name of its descriptor, and the hash."""

    file: str
    sha256: str


class Judgement(Struct, frozen=True):
    """A verdict on what stands at a path, and why."""

    path: str
    verdict: str
    reason: str = ""


class OwnValue(Struct, frozen=True):
    """What would stand at a path in the expert's view, as the descriptor writes it, and why."""

    path: str
    value: Any
    reason: str


class Mark(Struct, frozen=True):
    """The mark for one criterion; `out_of` is the best one, None where the expert does not say."""

    mark: float | str
    out_of: float | None = None
    reason: str = ""


class Review(Struct, frozen=True):
    """What one expert says of a dossier; judgements and values go by their paths."""

    dossier: DossierName
    expert: str
    interests: str
    judgements: Mapping[str, Judgement] = field(default_factory=dict)
    values: Mapping[str, OwnValue] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    questions: tuple[str, ...] = ()


#: A review, and the text that it was read from.
ReadReview = tuple[Review, Document]
