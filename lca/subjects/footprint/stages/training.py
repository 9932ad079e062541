"""Training: machines that work, federated clients, and the model that others trained before."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from lca.quantities.provenance import Stated
from lca.subjects.footprint.base_model import BaseModel, flows_of_base
from lca.subjects.footprint.computation import Work, measurement_needs, work_flows, work_needs
from lca.subjects.footprint.federated import Federated, federated_flows
from lca.subjects.footprint.flow import Flow
from lca.subjects.footprint.stage import Activities, Need, Setting, Stage, given


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


STAGE = Stage("training", Training, flows, needs)
