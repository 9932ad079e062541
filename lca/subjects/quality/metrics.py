"""Metrics of quality: which way is better, which are shares, and what two qualities must share to be compared."""

from __future__ import annotations

from msgspec import Struct

from lca.subjects.footprint.stages.training import Quality

HIGHER, LOWER = "higher", "lower"


class Metric(Struct, frozen=True):
    """Which way is better, and whether the metric is a share, from 0 to 1, whose hundredths are called points."""

    better: str
    share: bool = False

    @property
    def level(self) -> str:
        """The unit that gains are counted in: points of a share, units of any other metric."""
        return "pp" if self.share else "1"


#: The metrics whose direction is known; another one says `better` itself. `relative_accuracy` is the accuracy as a
#: share of the best accuracy that is known for the task.
METRICS = {
    **dict.fromkeys(("accuracy", "relative_accuracy", "precision", "recall", "f1", "auc", "iou"), Metric(HIGHER, True)),
    "error_rate": Metric(LOWER, True),
    **dict.fromkeys(("loss", "perplexity", "mae", "rmse", "word_error_rate"), Metric(LOWER)),
    "bleu": Metric(HIGHER),
}


def metric_of(quality: Quality) -> Metric | None:
    """Return the metric of a quality; None where its direction is neither known nor stated."""
    known = METRICS.get(quality.metric)
    if known is None and quality.better:
        return Metric(quality.better)
    return known
