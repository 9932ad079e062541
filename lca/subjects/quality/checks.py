"""What makes qualities wrong or not comparable."""

from __future__ import annotations

from collections.abc import Iterator

from lca.descriptor.descriptor import Descriptor
from lca.problems import Problem, did_you_mean
from lca.quantities.bounds import range_of, unbounded
from lca.quantities.units import conversion
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.stages.training import Quality
from lca.subjects.quality.metrics import METRICS, metric_of


def checks(descriptor: Descriptor) -> Iterator[Problem]:
    """Yield what makes qualities wrong or not comparable: metrics, directions, ranges, nouns and references."""
    first: dict[str, Quality] = {}
    for training in descriptor[ProductSystem].training.values():
        if training.quality is not None:
            yield from _metric_problems(descriptor, training.quality)
            yield from _task_problems(
                descriptor, training.quality, first.setdefault(training.quality.task, training.quality)
            )
            yield from _surplus_problems(descriptor, training.quality)


def _problem(descriptor: Descriptor, path: str, code: str, message: str, hint: str = "") -> Problem:
    return Problem(descriptor.document.at(tuple(path.split("."))), code, message, hint)


def _metric_problems(descriptor: Descriptor, quality: Quality) -> Iterator[Problem]:
    metric, known = metric_of(quality), METRICS.get(quality.metric)
    if metric is None:
        hint = did_you_mean(quality.metric, METRICS) or f"known without it: {', '.join(METRICS)}"
        message = f"`better` is missing in {quality.path}: whether more or less of `{quality.metric}` is better"
        yield _problem(descriptor, f"{quality.path}.metric", "LCA202", message, hint)
    elif known is not None and quality.better not in ("", known.better):
        message = f"{quality.path}: of `{quality.metric}`, {known.better} is better"
        yield _problem(descriptor, f"{quality.path}.better", "LCA402", message, "leave `better` out")
    if metric is not None and metric.share and quality.value is not None:
        stated = quality.value
        bounds = range_of(stated.value, unbounded(stated.uncertainty))
        scale = conversion(stated.unit, "1")
        if not all(0 <= bound * scale <= 1 for bound in (stated.value, *bounds)):
            message = f"{quality.path}.value: `{quality.metric}` is a share, from 0 to 1"
            yield Problem(stated.location, "LCA304", message, "write for example `0.92` or `92 %`")


def _task_problems(descriptor: Descriptor, quality: Quality, first: Quality) -> Iterator[Problem]:
    place = descriptor.document.at((*first.path.split("."), "metric"))
    if quality.metric != first.metric:
        message = f"{quality.path} gives `{quality.metric}`, {first.path} gives `{first.metric}` for the same task"
        hint = f"give one metric for a task (line {place.line}), or name two tasks"
        yield _problem(descriptor, f"{quality.path}.metric", "LCA414", message, hint)
    elif quality.metric not in METRICS and quality.better != first.better and quality.better and first.better:
        message = f"{quality.path} and {first.path} disagree on which way `{quality.metric}` is better"
        yield _problem(descriptor, f"{quality.path}.better", "LCA414", message)
    ours, theirs = quality.training_set, first.training_set
    if ours is not None and theirs is not None and ours.noun != theirs.noun:
        message = f"the training sets of one task count `{ours.noun or 'a share'}` and `{theirs.noun or 'a share'}`"
        yield Problem(ours.location, "LCA404", message, "count the same noun in both, or give shares in both")


def _surplus_problems(descriptor: Descriptor, quality: Quality) -> Iterator[Problem]:
    if not quality.surplus_over:
        return
    path, name = f"{quality.path}.surplus_over", quality.surplus_over.removeprefix("training.")
    other = descriptor[ProductSystem].training.get(name)
    if other is None:
        message = f"`{quality.surplus_over}` is not a training of this descriptor"
        yield _problem(descriptor, path, "LCA401", message, did_you_mean(name, descriptor[ProductSystem].training))
    elif other.quality is None or other.quality.task != quality.task:
        task = f"`{other.quality.task}`" if other.quality is not None else "none"
        message = f"{quality.path} is of the task `{quality.task}`, {other.path} of {task}: they do not compare"
        yield _problem(descriptor, path, "LCA414", message, "name a training of the same task")
    elif other.quality.surplus_over:
        message = (
            f"{other.path} is a surplus itself"
            if other.quality is not quality
            else "a training is no surplus over itself"
        )
        yield _problem(descriptor, path, "LCA414", message, "name the training that all surpluses of the task are over")
