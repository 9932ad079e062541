"""The electricity of a language model's request by the project's own token model: input, cached and written tokens, batch."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from lca.quantities.formula import formula, total
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Array
from lca.subjects.footprint.flow import Context
from lca.subjects.footprint.tokens import RequestUnits

_NOTHING = Stated("definition.no-tokens", 0.0, "1", text="0")


class Size(Struct, frozen=True, eq=False):
    """How large a language model is: billions of parameters at work and in all, gigabytes per billion, cache per token.

    `mixed` says whether only some of its parameters work for a token.
    """

    active: Quantity
    parameters: Quantity
    gigabytes: Quantity
    cache: Quantity
    mixed: bool


@formula("J", source="lca-token-model")
def input_energy(
    coefficient: Array, parameters: Array, fresh: Array, cached: Array, cached_share: Array, attention: Array
) -> Array:
    """Electricity of the accelerators to read the input of one request; attention grows with its length.

    Args:
        coefficient [J]: electricity of one token per billion active parameters.
        parameters [1]: active parameters in billions.
        fresh [1]: input tokens that are read anew.
        cached [1]: input tokens that a cache holds.
        cached_share [1]: electricity of a cached token over that of a fresh one.
        attention [1]: input tokens at which attention takes as much as all else.
    """
    return coefficient * parameters * (fresh + cached_share * cached) * (1 + (fresh + cached) / attention)


@formula("GB", source="lca-token-model")
def weights_read(parameters: Array, active: Array, batch: Array, gigabytes: Array) -> Array:
    """Weights that one step reads from memory: of a mixture of experts no more than its batch asks for.

    Args:
        parameters [1]: all parameters in billions.
        active [1]: parameters at work for one token, in billions.
        batch [1]: requests in flight.
        gigabytes [GB]: weights of a billion parameters.
    """
    return np.minimum(parameters, active * batch) * gigabytes


@formula("1", source="lca-token-model")
def mean_context(given: Array, written: Array) -> Array:
    """RequestUnits that an answer looks back on in the mean while it is written.

    Args:
        given [1]: tokens of the input, cached ones included.
        written [1]: tokens of the answer, those of its reasoning included.
    """
    return given + written / 2


@formula("J", source="lca-token-model")
def reading_energy(per_gigabyte: Array, weights: Array, batch: Array, cache: Array, context: Array) -> Array:
    """Electricity of the accelerators to read from memory what one written token needs.

    Args:
        per_gigabyte [J/GB]: electricity per gigabyte read.
        weights [GB]: weights that one step reads, for all requests in flight.
        batch [1]: requests in flight.
        cache [GB]: cache per token of context.
        context [1]: tokens that the answer looks back on in the mean.
    """
    return per_gigabyte * (weights / batch + cache * context)


@formula("J", source="lca-token-model")
def output_token_energy(base: Array, slope: Array, active: Array, reading: Array) -> Array:
    """Electricity of the accelerators for one written token: its arithmetic, and what is read from memory for it.

    Args:
        base [J]: electricity of a token, whatever the model.
        slope [J]: electricity of a token per billion active parameters.
        active [1]: active parameters in billions.
        reading [J]: electricity to read weights and cache.
    """
    return base + slope * active + reading


@formula("J", source="lca-token-model")
def mixture_energy(energy: Array, factor: Array) -> Array:
    """Electricity of a written token of a mixture of experts.

    Args:
        energy [J]: that of a dense model that reads as much.
        factor [1]: mixture over dense formula.
    """
    return energy * factor


@formula("J", source="definition")
def written_energy(per_token: Array, output: Array, reasoning: Array) -> Array:
    """Electricity of the accelerators to write one answer.

    Args:
        per_token [J]: electricity of one written token.
        output [1]: tokens of the answer.
        reasoning [1]: tokens of its reasoning, shown or not.
    """
    return per_token * (output + reasoning)


@formula("1", source="definition")
def active_parameters(parameters: Array, share: Array) -> Array:
    """Parameters at work for one token, in billions.

    Args:
        parameters [1]: all parameters in billions.
        share [1]: share of them at work.
    """
    return parameters * share


@formula("1", source="definition")
def tokens_together(first: Array, second: Array) -> Array:
    """RequestUnits of two kinds together.

    Args:
        first [1]: tokens of one kind.
        second [1]: tokens of the other.
    """
    return first + second


def accelerator_energy(context: Context, tokens: RequestUnits, size: Size) -> Quantity:
    """Return the electricity of the accelerators for the tokens of one request."""

    def constant(name: str) -> Quantity:
        return context.default(f"token-model/{name}")

    def amount(stated: Stated | None) -> Quantity:
        return context.sample(stated or _NOTHING, "no tokens" if stated is None else "")

    fresh, cached = amount(tokens.input), amount(tokens.cached_input)
    parts = []
    if tokens.input is not None or tokens.cached_input is not None:
        prefill = input_energy(
            coefficient=constant("input-per-parameter"),
            parameters=size.active,
            fresh=fresh,
            cached=cached,
            cached_share=constant("cached-share"),
            attention=constant("attention-length"),
        )
        parts.append(prefill)
    if tokens.output is not None or tokens.reasoning is not None:
        output, reasoning = amount(tokens.output), amount(tokens.reasoning)
        batch = context.stated_or(tokens.batch, "token-model/batch")
        reading = reading_energy(
            per_gigabyte=constant("output-per-gigabyte"),
            weights=weights_read(parameters=size.parameters, active=size.active, batch=batch, gigabytes=size.gigabytes),
            batch=batch,
            cache=size.cache,
            context=mean_context(
                given=tokens_together(first=fresh, second=cached),
                written=tokens_together(first=output, second=reasoning),
            ),
        )
        per_token = output_token_energy(
            base=constant("output-base"),
            slope=constant("output-per-parameter"),
            active=size.active,
            reading=reading,
        )
        if size.mixed:
            per_token = mixture_energy(energy=per_token, factor=constant("experts-factor"))
        parts.append(written_energy(per_token=per_token, output=output, reasoning=reasoning))
    return total("electricity of the accelerators for one request", "J", parts)
