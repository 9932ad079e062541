"""Training: machines that work, federated clients, and the model that others trained before."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec import Struct

from lca.quantities.provenance import Stated
from lca.subjects.footprint.base_model import BaseModel, flows_of_base
from lca.subjects.footprint.computation import Work, measurement_needs, work_flows, work_needs
from lca.subjects.footprint.federated import Federated, federated_flows
from lca.subjects.footprint.flow import Context, Flow
from lca.subjects.footprint.stage import Activities, Need, Setting, Stage, given

FINE_TUNING = "fine-tuning"


class Quality(Struct, frozen=True):
    """How good a training's model is at a task, by one metric, and how much data it learned from.

    With `surplus_over`, what is stated of the training is what it takes beyond that other training of the same task.
    """

    path: str
    task: str
    metric: str
    value: Stated | None = None
    better: str = ""
    training_set: Stated | None = None
    surplus_over: str = ""


class Training(Work, frozen=True):
    """A training or fine-tuning that ends in a model."""

    kind: str = "training"
    quality: Quality | None = None
    base_model: BaseModel | None = None
    federated: Federated | None = None


def needs(training: Training, _: Activities) -> Iterator[Need]:
    """Yield what the work of a training lacks or has twice; a federated one says itself what it is."""
    has = given(training)
    if training.federated is None:
        yield from work_needs(has)
    yield from measurement_needs(has)


def flows(setting: Setting, training: Training) -> Iterator[Flow]:
    """Yield the flows of a training, federated or not, and of the base model by its declared rule."""
    context = setting.context
    if training.federated is not None:
        yield from federated_flows(setting, training.path, training.federated)
    else:
        yield from work_flows(setting, "training", training)
    yield from flows_of_base(context, "training", training.path, training.base_model)


def ask_for_base_models(context: Context, trainings: Collection[Training]) -> None:
    """Ask of each fine-tuning how the training of the model that it begins with counts, unless the study trains one itself."""
    if any(training.kind != FINE_TUNING for training in trainings):
        return
    for training in trainings:
        if training.base_model is None and training.stated is None:
            context.problem(
                f"{training.path}.kind",
                "LCA622",
                f"{training.path}: it begins with a model that others trained, and nothing says how that training counts",
                "add `base_model` with a `rule`: `full` or `share` with a `footprint`, or `excluded` with a `reason`",
            )


STAGE = Stage("training", Training, flows, needs)
