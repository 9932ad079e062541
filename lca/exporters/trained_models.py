"""The models that trainings end in: how many floating-point operations a training takes, and how that is known."""

from __future__ import annotations

from msgspec import Struct

from lca.exporters.exporter import Asked
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity, Sampler
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.language_model import Model
from lca.subjects.footprint.operations import training_operations
from lca.subjects.footprint.stages.training import Training

#: How a number of operations is known: stated for the training or its model, or six a parameter and token.
STATED, BY_SIZE = "stated", "by-size"


class Operations(Struct, frozen=True, eq=False):
    """Floating-point operations of a training, and how they are known."""

    flop: Quantity
    how: str


def sampler_of(asked: Asked) -> Sampler:
    """Return what draws as the study drew: the same record has the same draws."""
    drawn = asked.record.fingerprint
    return Sampler(drawn.seed, drawn.draws)


def model_of(asked: Asked, name: str) -> Model | None:
    """Return a model of the descriptor by its name there; None where it names none."""
    return asked.record.study[ProductSystem].models.get(name)


def operations_of(asked: Asked, training: Training) -> Operations | None:
    """Return the operations of a training: stated, or by its model's parameters and tokens; None where neither is known."""
    sample, model = sampler_of(asked), model_of(asked, training.model)
    stated: Stated | None = training.estimated.flop if training.estimated is not None else None
    stated = stated or (model.flop if model is not None else None)
    if stated is not None:
        return Operations(sample(stated), STATED)
    if model is None or model.training_tokens is None:
        return None
    at_work = model.active_parameters or model.parameters
    if at_work is None:
        return None
    return Operations(training_operations(parameters=sample(at_work), tokens=sample(model.training_tokens)), BY_SIZE)
