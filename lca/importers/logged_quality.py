"""How good a run is, as tables of runs name it: which column is the measure of all of them, and its value in each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

#: Metrics of a descriptor by the words that tables of runs name them by, the most telling first.
_METRICS = {
    **dict.fromkeys(("accuracy", "acc", "top1", "top1accuracy", "top1acc"), "accuracy"),
    **dict.fromkeys(("f1", "f1score", "macrof1", "microf1", "weightedf1"), "f1"),
    **dict.fromkeys(("auc", "auroc", "rocauc"), "auc"),
    **dict.fromkeys(("iou", "miou", "meaniou"), "iou"),
    **dict.fromkeys(("precision",), "precision"),
    **dict.fromkeys(("recall",), "recall"),
    **dict.fromkeys(("errorrate",), "error_rate"),
    **dict.fromkeys(("wer", "worderrorrate"), "word_error_rate"),
    **dict.fromkeys(("bleu", "sacrebleu"), "bleu"),
    **dict.fromkeys(("rmse",), "rmse"),
    **dict.fromkeys(("mae",), "mae"),
    **dict.fromkeys(("perplexity", "ppl"), "perplexity"),
    **dict.fromkeys(("loss",), "loss"),
}
_ORDER = list(dict.fromkeys(_METRICS.values()))
_SHARES = frozenset(("accuracy", "f1", "auc", "iou", "precision", "recall", "error_rate"))
#: What a measure was taken on, the best first; what was taken on the training data is no quality.
_SETS = (("test", "tst"), ("val", "valid", "validation", "eval", "dev"), ())
_TRAINING = frozenset(("train", "training", "trn"))
_ASIDE = frozenset(("best", "final", "last", "max", "min", "metrics", "summary", "score", "epoch", "mean", "avg"))


class Measure(Struct, frozen=True):
    """A column that says how good each run is, the metric that it is, and whether it stands in per cent."""

    column: str
    metric: str
    in_percent: bool = False

    def value(self, number: Decimal) -> str:
        """Return a number of the column as a descriptor writes it."""
        return f"{number:f} %" if self.in_percent else f"{number:f}"


def measure_of(columns: Sequence[str], values: Sequence[Sequence[Decimal | None]]) -> Measure | None:
    """Return the measure of a table, None where no column is one.

    Args:
        columns: the columns that may be one.
        values: of each column, what stands in each row.
    """
    ranked = []
    for place, column in enumerate(columns):
        known = _rank(column)
        found = [value for value in values[place] if value is not None]
        if known is not None and found:
            ranked.append((known, -len(found), place))
    for (metric_rank, _), _, place in sorted(ranked):
        metric = _ORDER[metric_rank]
        found = [value for value in values[place] if value is not None]
        if metric not in _SHARES:
            return Measure(columns[place], metric)
        if all(0 <= value <= 100 for value in found):
            return Measure(columns[place], metric, max(found) > 1)
    return None


def _rank(column: str) -> tuple[int, int] | None:
    """Return how telling a column is: its metric and the data that it was taken on; None where it is no measure."""
    words = [word for word in re.split(r"[^a-z0-9]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", column).casefold()) if word]
    if _TRAINING & set(words):
        return None
    on = next(rank for rank, names in enumerate(_SETS) if not names or set(names) & set(words))
    bare = "".join(word for word in words if word not in {*_SETS[0], *_SETS[1], *_ASIDE})
    return (_ORDER.index(_METRICS[bare]), on) if bare in _METRICS else None
