"""Models that a descriptor names: what is declared of them, and how large each is by descriptor, catalogue or default."""

from __future__ import annotations

from msgspec import Struct

from lca.catalogue.model_names import KnownModel
from lca.catalogue.unknown_region import WORDS
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.subjects.footprint.flow import Context
from lca.subjects.footprint.token_model import Size, active_parameters
from lca.subjects.footprint.tokens import RequestUnits

#: Gigabytes of a billion parameters by their precision.
GIGABYTES = {"fp32": 4.0, "fp16": 2.0, "bf16": 2.0, "fp8": 1.0, "int8": 1.0, "fp4": 0.5, "int4": 0.5}


class BaseOfModel(Struct, frozen=True):
    """The model that another one was made of."""

    path: str
    name: str
    uri: str = ""


class Model(Struct, frozen=True):
    """A model that trainings end in, or that services run."""

    path: str
    name: str
    uri: str = ""
    version: str = ""
    licence: str = ""
    type: str = ""
    parameters: Stated | None = None
    active_parameters: Stated | None = None
    training_tokens: Stated | None = None
    flop: Stated | None = None
    precision: str = ""
    base: BaseOfModel | None = None
    label: str = ""


def size_of(context: Context, tokens: RequestUnits, model: Model | None, name: str, path: str) -> Size | None:
    """Return how large a model is, None where that is asked.

    What the tokens state goes before what the model states, then the catalogue's figures of that name; a model whose maker
    publishes nothing has the default of all such models, with a warning.

    Args:
        context: the book, and where problems are noted.
        tokens: may state `parameters` and `active_parameters`.
        model: the model of the descriptor, if one is named.
        name: its name as an interface prints it, empty where only the descriptor's own is known.
        path: where the name stands.
    """
    stated = tokens.parameters or (model.parameters if model else None)
    at_work = tokens.active_parameters or (model.active_parameters if model else None)
    gigabytes = _gigabytes(context, model)
    if stated is not None:
        whole = context.sample(stated)
        active = context.sample(at_work) if at_work is not None else whole
        mixed = at_work is not None and at_work.value < stated.value
        return Size(active, whole, gigabytes, context.default("token-model/cache-per-token"), mixed)
    if name.strip().casefold() in WORDS:
        return _unknown(context, gigabytes)
    known = _known(context, name, path)
    if known is None:
        return None
    if not known.is_open:
        default = context.book.get("token-model/unknown-parameters").value
        message = (
            f"nobody publishes how large `{known.id}` is: {default:g} billion parameters stand in, with a wide range"
        )
        context.problem(path, "LCA608", message, "ask the provider, or state `parameters` in billions with the source")
        return _unknown(context, gigabytes)
    return _published(context, known, gigabytes, path)


def known_parameters(context: Context, model: Model) -> float | None:
    """Return a model's parameters in billions where the descriptor or the catalogue has them."""
    if model.parameters is not None:
        return model.parameters.value
    match = context.book.models.find(model.name)
    factor = context.book.find(f"model/{match.identifier}/parameters") if match.kind == "exact" else None
    return factor.value if factor is not None else None


def _known(context: Context, name: str, path: str) -> KnownModel | None:
    """Return the catalogue's model of a name, noting a problem where there is none or several."""
    names = context.book.models
    match = names.find(name)
    if match.kind == "exact":
        return names.by_id[match.identifier]
    if match.kind == "ambiguous":
        meant = " or ".join(f"`{candidate}`" for candidate in match.candidates)
        meant += " or a later one" if len(match.candidates) == 1 else ""
        hint = "write the name with its date or version, or state `parameters` in billions"
        context.problem(path, "LCA510", f"`{name}` may be {meant}", hint)
        return None
    near = names.suggestion(name)
    hint = "state its `parameters` in billions, or `model: unknown` for the widest range"
    context.problem(path, "LCA521", f"the model `{name}` is unknown", f"{near} else {hint}" if near else hint)
    return None


def _published(context: Context, known: KnownModel, gigabytes: Quantity, path: str) -> Size | None:
    book, key = context.book, f"model/{known.id}"
    whole = book.find(f"{key}/parameters")
    if whole is None:
        message = f"the size of `{known.id}` is published, and no source lets it be shipped"
        hint = "state `parameters` in billions from its card, and `active_parameters` of a mixture of experts"
        context.problem(path, "LCA522", message, hint)
        return None
    parameters, at_work = context.sample(whole), book.find(f"{key}/active-parameters")
    mixed = "moe" in known.type
    active = parameters
    if at_work is not None:
        active = context.sample(at_work)
    elif mixed:
        active = active_parameters(parameters=parameters, share=context.default("token-model/unknown-active-share"))
    cache = book.find(f"{key}/cache-per-token") or book.get("token-model/cache-per-token")
    return Size(active, parameters, gigabytes, context.sample(cache), mixed)


def _unknown(context: Context, gigabytes: Quantity) -> Size:
    """Return the size of a model of which nothing is known."""
    parameters = context.default("token-model/unknown-parameters")
    share = context.default("token-model/unknown-active-share")
    active = active_parameters(parameters=parameters, share=share)
    return Size(active, parameters, gigabytes, context.default("token-model/cache-per-token"), mixed=True)


def _gigabytes(context: Context, model: Model | None) -> Quantity:
    if model is None or not model.precision:
        return context.default("token-model/bytes-per-parameter")
    path = f"{model.path}.precision"
    stated = Stated(path, GIGABYTES[model.precision], "GB", text=model.precision, location=context.at(path))
    return context.sample(stated)
