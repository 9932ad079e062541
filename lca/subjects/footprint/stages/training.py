"""Training: machines that work, federated clients, and the model that others trained before."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from lca.quantities.provenance import Stated
from lca.subjects.footprint.computation import Work, measurement_needs, work_flows, work_needs
from lca.subjects.footprint.federated import Federated, federated_flows
from lca.subjects.footprint.flow import EMBODIED, OPERATIONAL, STATED, Flow
from lca.subjects.footprint.processor import count_of
from lca.subjects.footprint.stage import Activities, Need, Setting, Stage, given
from lca.subjects.footprint.stated import StatedFootprint


class BaseModel(Struct, frozen=True):
    """A model that others trained and this project builds on, with the rule for its footprint."""

    path: str
    name: str
    rule: str
    reason: str
    share: Stated | None = None
    footprint: StatedFootprint | None = None


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
    base = training.base_model
    if base is None or base.rule == "excluded":
        return
    if base.footprint is None or (base.rule == "share" and base.share is None):
        what = "`footprint`" if base.footprint is None else "`share`"
        context.problem(
            base.path, "LCA402", f"the rule `{base.rule}` needs {what}", "state it, or use the rule `excluded`"
        )
        return
    share = count_of(context, base.share if base.rule == "share" else None, f"{base.path}.share")
    part = f"training of {base.name}"
    scope = EMBODIED if base.footprint.scope == EMBODIED else OPERATIONAL
    yield Flow("training", training.path, part, scope, STATED, share, base.footprint.leaves())


STAGE = Stage("training", Training, flows, needs)
