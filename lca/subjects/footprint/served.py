"""Requests that servers of others answer: energy from tokens, images or a measured class, and the hosts' manufacture by time."""

from __future__ import annotations

from collections.abc import Iterator

from lca.quantities.formula import formula, total
from lca.quantities.provenance import Factor, Stated
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Array
from lca.subjects.footprint.flow import BOTH, EMBODIED, OPERATIONAL, Context, Flow, Gap
from lca.subjects.footprint.machine import Machine
from lca.subjects.footprint.manufacture import active_share, lifetime_of, manufacture_flows, utilisation_of
from lca.subjects.footprint.processor import Accelerator
from lca.subjects.footprint.processor_hours import machine_time_of_processors
from lca.subjects.footprint.requests import requests_electricity
from lca.subjects.footprint.supply import Supply, electricity_flows
from lca.subjects.footprint.token_model import Size, accelerator_energy
from lca.subjects.footprint.tokens import RequestUnits
from lca.subjects.footprint.water import NO_WUE

#: What a measured class covers that holds the electricity of the accelerators alone.
ACCELERATORS_ONLY = "accelerators-only"
#: The accelerator that stands in for those of a service, and how many one host holds.
ACCELERATOR, PER_HOST = "NVIDIA H100 SXM5 80GB", 8
#: A key of the token model: a catalogue that lacks it is older than the model.
_FIRST_KEY = "token-model/input-per-parameter"
NO_SPEECH = "the catalogue holds no measured energy of speech"


@formula("kWh", source="lca-token-model")
def served_energy(accelerators: Array, host: Array, idle: Array) -> Array:
    """Electricity of the IT equipment for one request, from that of the accelerators alone.

    Args:
        accelerators [kWh]: electricity of the accelerators.
        host [1]: electricity of the node over that of its accelerators.
        idle [1]: with the machines that wait or stand by, over without.
    """
    return accelerators * host * idle


@formula("kWh", source="definition")
def images_energy(per_image: Array, images: Array) -> Array:
    """Electricity of the accelerators for the images of one request.

    Args:
        per_image [kWh]: electricity of one image.
        images [1]: images that one request makes.
    """
    return per_image * images


@formula("h", source="lca-token-model")
def accelerator_time(requests: Array, energy: Array, power: Array) -> Array:
    """Time that accelerators work for the requests, as their electricity implies it.

    Args:
        requests [1]: requests.
        energy [kWh]: electricity of the accelerators for one request.
        power [kW]: power of one accelerator while it works.
    """
    return requests * energy / power


def has_token_model(context: Context, path: str) -> bool:
    """Say whether the catalogue holds the token model, noting a problem where an older one is pinned."""
    if context.book.find(_FIRST_KEY) is not None:
        return True
    message = f"the catalogue {context.book.version} has no token model"
    context.problem(path, "LCA503", message, "pin a newer `catalogue`, or state `energy_per_request`")
    return False


def flows_of_tokens(
    context: Context, supply: Supply, path: str, tokens: RequestUnits, size: Size | None, requests: Quantity
) -> Iterator[Flow]:
    """Yield what requests use by their tokens and images; speech is told as a gap. `size` serves where there are tokens."""
    _ask_for_tokens(context, path, tokens)
    parts = []
    if size is not None:
        parts.append(accelerator_energy(context, tokens, size))
    if tokens.images is not None:
        per_image = context.default("request/image-generation")
        parts.append(images_energy(per_image=per_image, images=context.sample(tokens.images)))
    if tokens.speech is not None:
        context.gaps.append(Gap("inference", path, "speech", NO_SPEECH, BOTH))
    if parts:
        energy = total("electricity of the accelerators for one request", "Wh", parts)
        yield from flows_of_accelerators(context, supply, path, energy, requests)


def _ask_for_tokens(context: Context, path: str, tokens: RequestUnits) -> None:
    """Ask for the tokens read and for those written where requests are of tokens and say nothing of them."""
    is_of_tokens = any(
        each is not None for each in (tokens.input, tokens.cached_input, tokens.output, tokens.reasoning)
    )
    if not is_of_tokens or tokens.images is not None or tokens.speech is not None:
        return
    if tokens.output is None:
        message = f"{path}: nothing says how many tokens a request writes, and one written takes more than one read"
        hint = "add `output`; write `output: 0 token` where nothing is written, as by an embedding"
        context.problem(tokens.path, "LCA622", message, hint)
    if tokens.input is None:
        message = f"{path}: nothing says how many tokens a request reads"
        context.problem(tokens.path, "LCA622", message, "add `input`; the words of a system prompt count each time")


def flows_of_class(context: Context, supply: Supply, path: str, factor: Factor, requests: Quantity) -> Iterator[Flow]:
    """Yield what requests use by a measured or assumed class of the catalogue."""
    energy = context.sample(factor)
    if ACCELERATORS_ONLY in factor.coverage:
        yield from flows_of_accelerators(context, supply, path, energy, requests)
        return
    drawn = requests_electricity(requests=requests, energy=energy)
    yield from electricity_flows(supply, "inference", path, "requests", drawn, "includes-pue" in factor.coverage)
    context.gaps.append(Gap("inference", path, "manufacture of the servers", "no machine is named", EMBODIED))


def flows_of_accelerators(
    context: Context, supply: Supply, path: str, energy: Quantity, requests: Quantity
) -> Iterator[Flow]:
    """Yield electricity, water and the hosts' manufacture from the electricity of the accelerators for one request."""
    host, idle = context.default("token-model/host-factor"), context.default("token-model/idle-factor")
    drawn = requests_electricity(requests=requests, energy=served_energy(accelerators=energy, host=host, idle=idle))
    yield from electricity_flows(supply, "inference", path, "requests", drawn)
    count = Stated("definition.accelerators-of-a-host", float(PER_HOST), "1", text=str(PER_HOST))
    processor = Accelerator(path, ACCELERATOR, count)
    machine = Machine(path, "hosts", supply.site.name, gpu=processor)
    time = accelerator_time(requests=requests, energy=energy, power=context.default("token-model/accelerator-power"))
    hosts = machine_time_of_processors(processor_time=time, processors=context.sample(count, "accelerators of a host"))
    share = active_share(
        machine_time=hosts, lifetime=lifetime_of(context, machine), utilisation=utilisation_of(context, machine)
    )
    yield from manufacture_flows(context, machine, "inference", path, share)
    message = (
        f"nothing is known of the servers of {path}: hosts of {PER_HOST} {ACCELERATOR} stand in for their manufacture"
    )
    context.problem(path, "LCA608", message, "name the machine with `on`, if you run it yourself")


def note_water(context: Context, supply: Supply, path: str) -> None:
    """Note that the water on site of a place that no site describes is not known."""
    if supply.wue is None:
        context.gaps.append(Gap("inference", path, "water on site", NO_WUE, OPERATIONAL, "water_withdrawal"))
