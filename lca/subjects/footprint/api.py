"""Inference by an interface of others: which model, whose, where, and what each request sends and receives."""

from __future__ import annotations

from collections.abc import Iterator, Set

from lca.catalogue.unknown_region import UNKNOWN, WORDS
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.subjects.footprint.flow import Context, Flow
from lca.subjects.footprint.language_model import Model, size_of
from lca.subjects.footprint.served import flows_of_tokens, has_token_model, note_water
from lca.subjects.footprint.site import Site
from lca.subjects.footprint.stage import Need, given, missing
from lca.subjects.footprint.supply import Supplies, Supply
from lca.subjects.footprint.tokens import RequestUnits, Tokens

#: What a request is made of; the first five are counted in tokens.
TOKENS = ("input", "cached_input", "output", "reasoning")
UNITS = (*TOKENS, "images", "speech")


class Api(RequestUnits, frozen=True):
    """An interface that answers requests; `requests` are those of the whole period, where no volume per time is stated."""

    provider: str = ""
    model: str = ""
    region: str = ""
    requests: Stated | None = None


def needs_of_units(has: Set[str], where: str) -> Iterator[Need]:
    """Yield what a request of tokens, images or speech lacks or says by halves."""
    if not has & set(UNITS):
        yield f"`{where}` says nothing of what a request is", "for example `input: 1500 token` and `output: 400 token`"
    if "active_parameters" in has and "parameters" not in has:
        hint = "add `parameters`, the same number for a dense model"
        yield "`active_parameters` without `parameters` says how many work, not how many there are", hint


def needs_of_api(has: Set[str], service: Set[str]) -> Iterator[Need]:
    """Yield what a use of an interface lacks or has twice; `service` are the keys beside it."""
    yield from needs_of_units(has, "api")
    if not has & {"model", "parameters"} and "model" not in service and has & set(TOKENS):
        yield "nothing says which model answers", "add `model` as the interface prints it, or `model: unknown`"
    if "site" in service:
        yield "`site` and `api` both say where it runs", "remove `site`, and state `region` within `api`"
    if "requests" in has and "volume" in service:
        yield "`volume` and `api.requests` both say how many requests", "keep one of the two"


def needs_of_tokens(tokens: Tokens, service: Set[str]) -> Iterator[Need]:
    """Yield what tokens lack: for EcoLogits' model with `gpus`, for this project's without."""
    has = given(tokens)
    if tokens.gpus is not None:
        yield from missing(has, {"output": "400 token", "active_parameters": "70", "batch": "16"})
        if beside := sorted(has & {"input", "cached_input", "reasoning", "images", "speech", "parameters"}):
            named = ", ".join(f"`{name}`" for name in beside)
            yield f"{named} beside `gpus`: EcoLogits' model counts the output alone", "remove `gpus` to count all of it"
        return
    yield from needs_of_units(has, "tokens")
    if has & set(TOKENS):
        yield from missing(has, {"batch": "16"})
        if "parameters" not in has and "model" not in service:
            yield "nothing says how large the model is", "add `parameters` in billions, or `model` of `models`"


def supply_of_api(context: Context, supplies: Supplies, path: str, api: Api) -> Supply | None:
    """Return what supplies an interface: the region that is stated, of its provider or by its place, else the world."""
    provider, region = context.book.regions.provider(api.provider), api.region.strip()
    place = f"{path}.api.region" if region else f"{path}.api"
    if not region or region.casefold() in WORDS:
        message = f"nobody says where {path} runs: the world's mean stands in, with the spread of all countries"
        hint = "ask the provider for the `region`, in which the requests are answered"
        context.problem(place, "LCA608", message, hint)
        return supplies.of_place(Site(place, api.provider or path, location=UNKNOWN, provider=provider))
    if region in context.book.zones or not context.book.regions.of(provider):
        return supplies.of_place(Site(place, api.provider or region, location=region, provider=provider))
    return supplies.of_place(Site(place, api.provider, provider=provider, region=region))


def flows_of_api(
    context: Context, supply: Supply, path: str, api: Api, model: Model | None, requests: Quantity
) -> Iterator[Flow]:
    """Yield what the requests to an interface use."""
    where = f"{path}.api"
    if not has_token_model(context, where):
        return
    size = None
    if any(getattr(api, name) is not None for name in TOKENS):
        name = api.model or (model.name if model else "")
        size = size_of(context, api, model, name, f"{where}.model" if api.model else where)
        if size is None:
            return
    note_water(context, supply, path)
    yield from flows_of_tokens(context, supply, path, api, size, requests)
