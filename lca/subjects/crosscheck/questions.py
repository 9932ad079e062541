"""Which question to a provider would narrow the interval of a service most, by what its figure rests on."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from lca.quantities.evaluation import replay_each
from lca.quantities.provenance import Factor
from lca.quantities.quantity import Computed, Quantity
from lca.quantities.trees import leaves
from lca.quantities.uncertainty import interval95

#: Questions by the beginnings of the keys of what their answers would replace.
QUESTIONS = {
    "size": ("token-model/unknown-", "token-model/experts-factor", "token-model/cache-per-token"),
    "batch": ("token-model/batch",),
    "precision": ("token-model/bytes-per-parameter",),
    "region": ("electricity/UNKNOWN/",),
    "cache": ("token-model/cached-share",),
    "servers": ("token-model/host-factor", "token-model/idle-factor", "token-model/accelerator-power", "manufacture/"),
    "pue": ("pue/",),
    "energy": ("token-model/input-", "token-model/output-", "request/"),
}


class Question(Struct, frozen=True):
    """A question, and by how much its answer would narrow the interval."""

    id: str
    shrinks_by: float


def questions(figure: Quantity) -> tuple[Question, ...]:
    """Return the questions whose answers a figure rests on, the one that narrows its interval most first.

    All that an answer would replace is fixed at its best estimate while the other inputs keep their draws.
    """
    low, _, high = figure.interval()
    if high == low:
        return ()
    asked: dict[str, dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]]] = {}
    for quantity in leaves([figure]):
        origin = quantity.origin
        assert not isinstance(origin, Computed)
        question = _question_of(origin.key) if isinstance(origin, Factor) else ""
        if question:
            asked.setdefault(question, {})[origin.record] = np.array([quantity.value])
    found = []
    for name, draws in zip(asked, replay_each(figure, list(asked.values())), strict=True):
        new_low, _, new_high = interval95(draws)
        found.append(Question(name, 1 - (new_high - new_low) / (high - low)))
    return tuple(sorted(found, key=lambda question: (-question.shrinks_by, question.id)))


def _question_of(key: str) -> str:
    return next((name for name, starts in QUESTIONS.items() if key.startswith(starts)), "")
