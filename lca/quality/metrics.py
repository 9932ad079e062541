"""Metrics of quality: which way is better, which are shares, and what two qualities must share to be compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lca.activities.compute import Quality
from lca.problems import Problem, did_you_mean
from lca.project import Project
from lca.uncertainty import SplitLognormal, Triangular, Uniform
from lca.units import conversion

HIGHER, LOWER = "higher", "lower"


@dataclass(frozen=True, slots=True)
class Metric:
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


def quality_problems(project: Project) -> Iterator[Problem]:
    """Yield what makes qualities wrong or not comparable: metrics, directions, ranges, nouns and references."""
    first: dict[str, Quality] = {}
    for training in project.training.values():
        if training.quality is not None:
            yield from _metric_problems(project, training.quality)
            yield from _task_problems(
                project, training.quality, first.setdefault(training.quality.task, training.quality)
            )
            yield from _surplus_problems(project, training.quality)


def _problem(project: Project, path: str, code: str, message: str, hint: str = "") -> Problem:
    return Problem(project.document.at(tuple(path.split("."))), code, message, hint)


def _metric_problems(project: Project, quality: Quality) -> Iterator[Problem]:
    metric, known = metric_of(quality), METRICS.get(quality.metric)
    if metric is None:
        hint = did_you_mean(quality.metric, METRICS) or f"known without it: {', '.join(METRICS)}"
        message = f"`better` is missing in {quality.path}: whether more or less of `{quality.metric}` is better"
        yield _problem(project, f"{quality.path}.metric", "LCA202", message, hint)
    elif known is not None and quality.better not in ("", known.better):
        message = f"{quality.path}: of `{quality.metric}`, {known.better} is better"
        yield _problem(project, f"{quality.path}.better", "LCA402", message, "leave `better` out")
    if metric is not None and metric.share and quality.value is not None:
        stated = quality.value
        spread = stated.uncertainty
        bounds = [spread.low, spread.high] if isinstance(spread, SplitLognormal | Triangular | Uniform) else []
        scale = conversion(stated.unit, "1")
        if not all(0 <= bound * scale <= 1 for bound in (stated.value, *bounds)):
            message = f"{quality.path}.value: `{quality.metric}` is a share, from 0 to 1"
            yield Problem(stated.location, "LCA304", message, "write for example `0.92` or `92 %`")


def _task_problems(project: Project, quality: Quality, first: Quality) -> Iterator[Problem]:
    place = project.document.at((*first.path.split("."), "metric"))
    if quality.metric != first.metric:
        message = f"{quality.path} gives `{quality.metric}`, {first.path} gives `{first.metric}` for the same task"
        hint = f"give one metric for a task (line {place.line}), or name two tasks"
        yield _problem(project, f"{quality.path}.metric", "LCA414", message, hint)
    elif quality.metric not in METRICS and quality.better != first.better and quality.better and first.better:
        message = f"{quality.path} and {first.path} disagree on which way `{quality.metric}` is better"
        yield _problem(project, f"{quality.path}.better", "LCA414", message)
    ours, theirs = quality.training_set, first.training_set
    if ours is not None and theirs is not None and ours.noun != theirs.noun:
        message = f"the training sets of one task count `{ours.noun or 'a share'}` and `{theirs.noun or 'a share'}`"
        yield Problem(ours.location, "LCA404", message, "count the same noun in both, or give shares in both")


def _surplus_problems(project: Project, quality: Quality) -> Iterator[Problem]:
    if not quality.surplus_over:
        return
    path, name = f"{quality.path}.surplus_over", quality.surplus_over.removeprefix("training.")
    other = project.training.get(name)
    if other is None:
        message = f"`{quality.surplus_over}` is not a training of this descriptor"
        yield _problem(project, path, "LCA401", message, did_you_mean(name, project.training))
    elif other.quality is None or other.quality.task != quality.task:
        task = f"`{other.quality.task}`" if other.quality is not None else "none"
        message = f"{quality.path} is of the task `{quality.task}`, {other.path} of {task}: they do not compare"
        yield _problem(project, path, "LCA414", message, "name a training of the same task")
    elif other.quality.surplus_over:
        message = (
            f"{other.path} is a surplus itself"
            if other.quality is not quality
            else "a training is no surplus over itself"
        )
        yield _problem(project, path, "LCA414", message, "name the training that all surpluses of the task are over")
