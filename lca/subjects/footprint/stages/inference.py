"""Inference: a service whose requests run on a shared or reserved machine, or use a known energy each."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import force_setattr

from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.subjects.footprint.api import TOKENS, Api, flows_of_api, needs_of_api, needs_of_tokens, supply_of_api
from lca.subjects.footprint.base_model import BaseModel, flows_of_base
from lca.subjects.footprint.device import device_electricity, manufacture_of_use, parameter
from lca.subjects.footprint.flow import EMBODIED, NETWORK, OPERATIONAL, USERS, Context, Flow, Gap
from lca.subjects.footprint.language_model import known_parameters, size_of
from lca.subjects.footprint.machine import (
    Machine,
    active_power,
    electricity_at_plug,
    host_power,
    idle_power,
    machine_time,
)
from lca.subjects.footprint.manufacture import manufacture_flows, use_share, working_share_of
from lca.subjects.footprint.measured_class import Asked, flows_of_task
from lca.subjects.footprint.metered import Meter, metered_flows, metered_manufacture, needs_of_meter, rate_of
from lca.subjects.footprint.network import network_electricity, network_intensity, network_manufacture
from lca.subjects.footprint.period import Period
from lca.subjects.footprint.processor import count_of
from lca.subjects.footprint.requests import (
    RequestDevice,
    RequestTraffic,
    busy_time,
    device_time,
    idle_of_reserved,
    request_volume,
    requests_electricity,
    requests_over_years,
    waiting_electricity,
)
from lca.subjects.footprint.served import flows_of_tokens, has_token_model
from lca.subjects.footprint.stage import Activities, Need, Setting, Stage, given, missing
from lca.subjects.footprint.stated import StatedFootprint
from lca.subjects.footprint.supply import Supply, electricity_flows
from lca.subjects.footprint.tokens import Tokens, energy_of_answer

#: What is not assessed where a machine waits between requests and nothing gives its power meanwhile, why, and its scope.
IDLE_GAP = ("idle", "the power of the waiting machine is not stated", OPERATIONAL)

#: What can give the energy of a request.
_WAYS = ("energy_per_request", "on", "reserved", "tokens", "task", "api", "metered")


class Inference(Struct, frozen=True):
    """A service that answers requests over a period."""

    path: str
    name: str
    volume: Stated | None = None
    duration: Stated | None = None
    growth: Stated | None = None
    energy_per_request: Stated | None = None
    energy_includes_pue: bool = False
    on: str = ""
    time_per_request: Stated | None = None
    batch: Stated | None = None
    gpu_load: Stated | None = None
    cpu_load: Stated | None = None
    reserved: str = ""
    tokens: Tokens | None = None
    task: str = ""
    api: Api | None = None
    model: str = ""
    hardware: str = ""
    base_model: BaseModel | None = None
    metered: Meter | None = None
    network: RequestTraffic | None = None
    device: RequestDevice | None = None
    user_location: str = ""
    site: str = ""
    period: Period | None = None
    stated: StatedFootprint | None = None
    note: str = ""
    label: str = ""

    def __post_init__(self) -> None:
        """A period says how long the service runs, and what a meter counted says how much it is used."""
        if self.duration is None and self.period is not None and self.period.length is not None:
            force_setattr(self, "duration", self.period.length)
        if self.volume is None and self.metered is not None:
            force_setattr(self, "volume", rate_of(self.metered, self.duration))


def counted_of(inference: Inference) -> Stated | None:
    """Return what says how many requests there are: the whole number that an interface counts, or a volume per time."""
    if inference.api is not None and inference.api.requests is not None:
        return inference.api.requests
    return inference.volume


def requests_of(context: Context, inference: Inference) -> Quantity | None:
    """Return all requests of the period, year by year with growth."""
    if inference.api is not None and inference.api.requests is not None:
        return context.sample(inference.api.requests)
    if inference.volume is None or inference.duration is None:
        return None
    return requests_over_years(context, inference.path, inference.volume, inference.duration, inference.growth)


def needs(inference: Inference, _: Activities) -> Iterator[Need]:
    """Yield what a service lacks, or gives twice of the energy of its requests."""
    has = given(inference)
    if inference.api is None or inference.api.requests is None:
        yield from missing(has, {"volume": "10000 request/day", "duration": "3 year"})
    places = {"on", "reserved"} if inference.metered is not None else set()
    ways = [way for way in _WAYS if way in has - places]
    if len(ways) != 1:
        said = " and ".join(f"`{way}`" for way in ways) if ways else "nothing"
        hint = f"give exactly one of {', '.join(f'`{way}`' for way in _WAYS)}".replace(
            "`on`", "`on` with `time_per_request`"
        )
        yield f"{said} gives the energy of a request", hint
    if inference.metered is not None:
        yield from needs_of_meter(inference.metered, inference.volume)
    if "on" in has - places:
        yield from missing(has, {"time_per_request": "8 ms"})
    if not has & {"on", "reserved", "site", "api"}:
        yield "nothing says where it runs", "add `site`, `on` or `reserved`"
    if "hardware" in has and "task" not in has:
        yield "`hardware` without `task` chooses nothing", "remove it, or name the machine with `on`"
    if inference.api is not None:
        yield from needs_of_api(given(inference.api), has)
    if inference.tokens is not None:
        yield from needs_of_tokens(inference.tokens, has)


def flows(setting: Setting, inference: Inference) -> Iterator[Flow]:
    """Yield the flows of a service: its machines or energy per request, the network and the users' devices."""
    context, supplies = setting.context, setting.supplies
    requests = requests_of(context, inference)
    machine = setting.machines.get(inference.on or inference.reserved)
    if inference.api is not None:
        supply = supply_of_api(context, supplies, inference.path, inference.api)
    else:
        supply = supplies.of_site(inference.site or (machine.site if machine else ""))
    yield from flows_of_base(context, "inference", inference.path, inference.base_model)
    if requests is None or supply is None:
        return
    if inference.metered is not None:
        yield from _metered(context, supply, machine, inference, inference.metered, requests)
    elif machine is not None and inference.reserved:
        yield from _reserved(context, supply, machine, inference, requests)
    elif machine is not None and inference.time_per_request is not None:
        yield from _shared(context, supply, machine, inference, requests)
    else:
        yield from _per_request(context, supply, inference, requests)
    users = supply
    if inference.user_location:
        users = supplies.of_location(inference.user_location, f"{inference.path}.user_location") or supply
    yield from _users(setting, users, inference, requests)


def _metered(
    context: Context, supply: Supply, machine: Machine | None, inference: Inference, meter: Meter, requests: Quantity
) -> Iterator[Flow]:
    assert inference.duration is not None
    path, time = inference.path, None
    yield from metered_flows(context, supply, meter, path, inference.duration, inference.energy_includes_pue)
    if machine is not None and inference.reserved:
        count = count_of(context, machine.count, f"{machine.path}.count")
        time = machine_time(machines=count, duration=context.sample(inference.duration))
    elif inference.time_per_request is not None:
        batch = count_of(context, inference.batch, f"{path}.batch")
        time = busy_time(requests=requests, time=context.sample(inference.time_per_request), batch=batch)
    yield from metered_manufacture(context, machine, path, time, bool(inference.reserved))


def _reserved(
    context: Context, supply: Supply, machine: Machine, inference: Inference, requests: Quantity
) -> Iterator[Flow]:
    assert inference.duration is not None
    path = inference.path
    count = count_of(context, machine.count, f"{machine.path}.count")
    kept = machine_time(machines=count, duration=context.sample(inference.duration))
    power, waiting = (
        active_power(context, machine, inference.gpu_load, inference.cpu_load),
        idle_power(context, machine),
    )
    host = host_power(context, machine)
    if power is None:
        return
    if inference.time_per_request is None:
        drawn = electricity_at_plug(power=power, machine_time=kept)
        yield from electricity_flows(supply, "inference", path, "processors and memory", drawn)
    else:
        batch = count_of(context, inference.batch, f"{path}.batch")
        busy = busy_time(requests=requests, time=context.sample(inference.time_per_request), batch=batch)
        drawn = electricity_at_plug(power=power, machine_time=busy)
        yield from electricity_flows(supply, "inference", path, "processors and memory", drawn)
        if waiting is not None:
            drawn = idle_of_reserved(power=waiting, kept=kept, busy=busy)
            yield from electricity_flows(supply, "inference", path, "idle", drawn)
            host = None
        else:
            context.gaps.append(Gap("inference", path, *IDLE_GAP))
        if busy.value > kept.value:
            context.problem(path, "LCA403", "the requests need more machine time than the reserved machines have")
    if host is not None:
        yield from electricity_flows(
            supply, "inference", path, "host", electricity_at_plug(power=host, machine_time=kept)
        )
    yield from manufacture_flows(
        context, machine, "inference", path, use_share(context, machine, path, kept, reserved=True)
    )


def _shared(
    context: Context, supply: Supply, machine: Machine, inference: Inference, requests: Quantity
) -> Iterator[Flow]:
    assert inference.time_per_request is not None
    path = inference.path
    batch = count_of(context, inference.batch, f"{path}.batch")
    busy = busy_time(requests=requests, time=context.sample(inference.time_per_request), batch=batch)
    power = active_power(context, machine, inference.gpu_load, inference.cpu_load)
    if power is None:
        return
    drawn = electricity_at_plug(power=power, machine_time=busy)
    yield from electricity_flows(supply, "inference", path, "processors and memory", drawn)
    host, waiting = host_power(context, machine), idle_power(context, machine)
    if host is not None:
        yield from electricity_flows(
            supply, "inference", path, "host", electricity_at_plug(power=host, machine_time=busy)
        )
    if waiting is not None:
        utilisation = working_share_of(context, machine)
        drawn = waiting_electricity(power=waiting, busy_time=busy, utilisation=utilisation)
        yield from electricity_flows(supply, "inference", path, "idle", drawn)
    else:
        context.gaps.append(Gap("inference", path, *IDLE_GAP))
    yield from manufacture_flows(context, machine, "inference", path, use_share(context, machine, path, busy))


def _per_request(context: Context, supply: Supply, inference: Inference, requests: Quantity) -> Iterator[Flow]:
    path = inference.path
    model, tokens = context.models.get(inference.model), inference.tokens
    if inference.api is not None:
        yield from flows_of_api(context, supply, path, inference.api, model, requests)
        return
    if inference.task:
        parameters = known_parameters(context, model) if model is not None else None
        wanted = Asked(inference.task, parameters, inference.hardware, inference.batch)
        yield from flows_of_task(context, supply, path, wanted, requests)
        return
    if tokens is not None and tokens.gpus is None:
        if has_token_model(context, f"{path}.tokens"):
            asked = any(getattr(tokens, name) is not None for name in TOKENS)
            size = size_of(context, tokens, model, model.name if model else "", f"{path}.model") if asked else None
            if size is not None or not asked:
                yield from flows_of_tokens(context, supply, path, tokens, size, requests)
        return
    energy = energy_of_answer(context, tokens) if tokens is not None else None
    if inference.energy_per_request is not None:
        energy = context.sample(inference.energy_per_request)
    if energy is None:
        return
    drawn = requests_electricity(requests=requests, energy=energy)
    yield from electricity_flows(supply, "inference", path, "requests", drawn, inference.energy_includes_pue)
    context.gaps.append(Gap("inference", path, "manufacture of the servers", "no machine is named", EMBODIED))


def _users(setting: Setting, supply: Supply, inference: Inference, requests: Quantity) -> Iterator[Flow]:
    context, path = setting.context, inference.path
    if inference.network is not None and inference.network.volume is not None:
        volume = request_volume(requests=requests, volume=context.sample(inference.network.volume))
        drawn = network_electricity(volume=volume, intensity=network_intensity(context, inference.network.kind))
        yield from electricity_flows(supply, "inference", path, "network", drawn, includes_pue=True, drawn_by=NETWORK)
        yield from network_manufacture(context, "inference", path, inference.network.kind, volume)
    if inference.device is None or inference.device.time is None:
        return
    device = setting.devices.get(inference.device.kind)
    if device is None:
        return
    time = device_time(requests=requests, time=context.sample(inference.device.time))
    power = parameter(context, device, "power")
    if power is None:
        context.gaps.append(
            Gap("inference", path, f"electricity of {device.name}", "its power is not known", OPERATIONAL)
        )
    else:
        # A device at home or at work has no data centre around it: what it draws is what the site draws.
        drawn = device_electricity(power=power, time=time)
        yield from electricity_flows(
            supply, "inference", path, "users' devices", drawn, includes_pue=True, drawn_by=USERS
        )
    yield from manufacture_of_use(context, device, "inference", path, time)


STAGE = Stage("inference", Inference, flows, needs)
