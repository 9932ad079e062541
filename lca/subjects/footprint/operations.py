"""The time of a training that nobody logged: its floating-point operations over what its accelerators reach."""

from __future__ import annotations

from msgspec import Struct

from lca.quantities.formula import formula
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Array
from lca.subjects.footprint.flow import Context
from lca.subjects.footprint.language_model import Model


class Estimated(Struct, frozen=True):
    """What the time of accelerators is estimated from; the operations may also be those of the model."""

    path: str
    peak: Stated | None = None
    utilisation: Stated | None = None
    flop: Stated | None = None


@formula("1", source="kaplan-2020")
def training_operations(parameters: Array, tokens: Array) -> Array:
    """Floating-point operations of a training: six for each parameter at work and each token, forwards and backwards.

    Args:
        parameters [1]: parameters at work for one token, in billions.
        tokens [1]: tokens that the training reads, repeats included.
    """
    return 6e9 * parameters * tokens


@formula("h", source="definition")
def accelerator_time_of_operations(operations: Array, peak: Array, utilisation: Array) -> Array:
    """Time of accelerators for a number of operations, added over them.

    Args:
        operations [1]: floating-point operations.
        peak [1/h]: operations per time of one accelerator at its peak.
        utilisation [1]: share of the peak that the training reaches.
    """
    return operations / (peak * utilisation)


def estimated_time(context: Context, activity: str, estimated: Estimated, model: Model | None) -> Quantity | None:
    """Return the accelerators' time by operations, with a warning that it is estimated; None where no operations are known."""
    operations = _operations(context, estimated, model)
    if operations is None or estimated.peak is None or estimated.utilisation is None:
        hint = "add `flop` here, or name a `model` that states `flop`, or `parameters` and `training_tokens`"
        context.problem(estimated.path, "LCA402", f"{estimated.path}: nothing says how many operations it takes", hint)
        return None
    message = f"the time of {activity} is estimated from its floating-point operations, not logged"
    context.problem(estimated.path, "LCA523", message, "state `duration` or `processor_hours` where a log has them")
    peak, reached = context.sample(estimated.peak), context.sample(estimated.utilisation)
    return accelerator_time_of_operations(operations=operations, peak=peak, utilisation=reached)


def _operations(context: Context, estimated: Estimated, model: Model | None) -> Quantity | None:
    """Return the operations of a training: stated for it, for its model, or by parameters and tokens."""
    stated = estimated.flop or (model.flop if model else None)
    if stated is not None:
        return context.sample(stated)
    if model is None or model.training_tokens is None:
        return None
    at_work = model.active_parameters or model.parameters
    if at_work is None:
        return None
    return training_operations(parameters=context.sample(at_work), tokens=context.sample(model.training_tokens))
