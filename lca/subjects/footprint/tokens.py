"""The electricity of a language model's answer, from the model's size, the batch and the tokens written."""

from __future__ import annotations

from msgspec import Struct

from lca.quantities.formula import formula, total
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Array
from lca.subjects.footprint.flow import Context


class RequestUnits(Struct, frozen=True):
    """What one request is made of, and what its energy depends on: tokens, images, speech, the model's size and the batch."""

    path: str
    input: Stated | None = None
    cached_input: Stated | None = None
    output: Stated | None = None
    reasoning: Stated | None = None
    images: Stated | None = None
    speech: Stated | None = None
    parameters: Stated | None = None
    active_parameters: Stated | None = None
    batch: Stated | None = None


class Tokens(RequestUnits, frozen=True):
    """Requests to a model on a server of one's own; with `gpus` they are counted as EcoLogits counts them."""

    gpus: Stated | None = None


@formula("Wh", source="ecologits")
def gpu_energy_per_token(alpha: Array, beta: Array, gamma: Array, batch: Array, parameters: Array) -> Array:
    """Electricity of one accelerator for one output token (regression of EcoLogits, its constants cited).

    Args:
        alpha [Wh]: slope per billion active parameters.
        beta [1]: decay with the batch.
        gamma [Wh]: what remains for a small model.
        batch [1]: requests served together.
        parameters [1]: active parameters in billions.
    """
    return alpha * 2.718281828459045 ** (beta * batch) * parameters + gamma


@formula("kWh", source="ecologits")
def answer_energy(per_token: Array, gpus: Array, tokens: Array) -> Array:
    """Electricity of the accelerators for one answer.

    Args:
        per_token [kWh]: electricity of one accelerator for one token.
        gpus [1]: accelerators that hold the model.
        tokens [1]: tokens of the answer.
    """
    return per_token * gpus * tokens


@formula("s", source="ecologits")
def token_latency(alpha: Array, beta: Array, gamma: Array, batch: Array, parameters: Array) -> Array:
    """Time to write one token (regression of EcoLogits, its constants cited).

    Args:
        alpha [s]: slope per billion active parameters.
        beta [s]: slope per batch slot.
        gamma [s]: what remains for a small model.
        batch [1]: requests served together.
        parameters [1]: active parameters in billions.
    """
    return alpha * parameters + beta * batch + gamma


@formula("kWh", source="ecologits")
def answer_host_energy(power: Array, latency: Array, tokens: Array, gpus: Array, slots: Array, batch: Array) -> Array:
    """Electricity of the host for one answer: its share by accelerators and by batch.

    Args:
        power [kW]: power of the host without its accelerators.
        latency [h]: time to write one token.
        tokens [1]: tokens of the answer.
        gpus [1]: accelerators that hold the model.
        slots [1]: accelerators that one host holds.
        batch [1]: requests served together.
    """
    return power * latency * tokens * gpus / slots / batch


def energy_of_answer(context: Context, tokens: Tokens) -> Quantity | None:
    """Return the electricity of one answer: of the accelerators and of the host's share; None where a part is not stated."""

    def constant(name: str) -> Quantity:
        return context.default(f"token-model/{name}")

    if tokens.output is None or tokens.active_parameters is None or tokens.batch is None or tokens.gpus is None:
        return None
    batch, parameters = context.sample(tokens.batch), context.sample(tokens.active_parameters)
    gpus, output = context.sample(tokens.gpus), context.sample(tokens.output)
    slots = Stated("archetype.slots", float(context.book.archetypes["hosts"]["gpu-server"]["slots"]), "1")
    per_token = gpu_energy_per_token(
        alpha=constant("gpu-energy-alpha"),
        beta=constant("gpu-energy-beta"),
        gamma=constant("gpu-energy-gamma"),
        batch=batch,
        parameters=parameters,
    )
    latency = token_latency(
        alpha=constant("latency-alpha"),
        beta=constant("latency-beta"),
        gamma=constant("latency-gamma"),
        batch=batch,
        parameters=parameters,
    )
    host = answer_host_energy(
        power=context.default("parameter/gpu-server/power_without_gpus"),
        latency=latency,
        tokens=output,
        gpus=gpus,
        slots=context.sample(slots, "accelerators that one host holds"),
        batch=batch,
    )
    accelerators = answer_energy(per_token=per_token, gpus=gpus, tokens=output)
    return total("energy of one answer", "kWh", [accelerators, host])
