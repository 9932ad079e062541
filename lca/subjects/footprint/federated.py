"""Federated learning: clients that train, a model that travels twice a round, and a server that joins the results."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from lca.quantities.formula import formula
from lca.quantities.provenance import Stated
from lca.quantities.uncertainty import Array
from lca.subjects.footprint.device import device_electricity, manufacture_of_use, parameter
from lca.subjects.footprint.flow import BOTH, CLIENTS, EMBODIED, NETWORK, OPERATIONAL, Flow, Gap
from lca.subjects.footprint.machine import active_power, electricity_at_plug
from lca.subjects.footprint.manufacture import manufacture_flows, use_share
from lca.subjects.footprint.network import network_electricity, network_intensity, network_manufacture
from lca.subjects.footprint.stage import Setting
from lca.subjects.footprint.supply import electricity_flows


class Federated(Struct, frozen=True):
    """A training on clients' devices."""

    path: str
    clients: Stated | None = None
    rounds: Stated | None = None
    local_time: Stated | None = None
    device: str = ""
    power: Stated | None = None
    model_size: Stated | None = None
    network: str = ""
    network_power: Stated | None = None
    network_time: Stated | None = None
    client_location: str = ""
    server: str = ""
    server_time: Stated | None = None


@formula("h", source="wu-2022")
def client_time(clients: Array, rounds: Array, time_per_round: Array) -> Array:
    """Time of all clients in all rounds.

    Args:
        clients [1]: clients that take part in one round.
        rounds [1]: rounds.
        time_per_round [h]: time of one client in one round.
    """
    return clients * rounds * time_per_round


@formula("GB", source="qiu-2023")
def model_traffic(clients: Array, rounds: Array, model_size: Array) -> Array:
    """Data that models move: down and up, for each client and round.

    Args:
        clients [1]: clients that take part in one round.
        rounds [1]: rounds.
        model_size [GB]: size of the model.
    """
    return 2 * clients * rounds * model_size


def federated_flows(setting: Setting, activity: str, federated: Federated) -> Iterator[Flow]:
    """Yield the electricity and manufacture of the clients, the network's electricity, and the server's work."""
    context = setting.context
    supply = setting.supplies.of_location(federated.client_location, f"{federated.path}.client_location")
    if supply is None or federated.clients is None or federated.rounds is None or federated.local_time is None:
        return
    clients, rounds = context.sample(federated.clients), context.sample(federated.rounds)
    time = client_time(clients=clients, rounds=rounds, time_per_round=context.sample(federated.local_time))
    device = setting.devices.get(federated.device)
    power = parameter(context, device, "power") if device is not None else None
    power = context.sample(federated.power) if federated.power is not None else power
    if power is None:
        context.problem(
            federated.path, "LCA402", "nothing gives the power of a client's device", "add `power` or `device`"
        )
        return
    drawn = device_electricity(power=power, time=time)
    yield from electricity_flows(supply, "training", activity, "clients' devices", drawn, drawn_by=CLIENTS)
    if device is not None:
        yield from manufacture_of_use(context, device, "training", activity, time)
    else:
        context.gaps.append(
            Gap("training", activity, "manufacture of the clients' devices", "no device is named", EMBODIED)
        )
    traffic = None
    if federated.model_size is not None:
        traffic = model_traffic(clients=clients, rounds=rounds, model_size=context.sample(federated.model_size))
    if federated.network_power is not None and federated.network_time is not None:
        on_air = client_time(clients=clients, rounds=rounds, time_per_round=context.sample(federated.network_time))
        drawn = device_electricity(power=context.sample(federated.network_power), time=on_air)
        yield from electricity_flows(supply, "training", activity, "network", drawn, drawn_by=NETWORK)
    elif traffic is not None:
        drawn = network_electricity(volume=traffic, intensity=network_intensity(context, federated.network or "fixed"))
        yield from electricity_flows(
            supply, "training", activity, "network", drawn, includes_pue=True, drawn_by=NETWORK
        )
    else:
        reason = "neither the size of the model nor the network's power and time are stated"
        context.gaps.append(Gap("training", activity, "network", reason, OPERATIONAL))
    yield from network_manufacture(context, "training", activity, federated.network or "fixed", traffic)
    yield from _server_flows(setting, activity, federated)


def _server_flows(setting: Setting, activity: str, federated: Federated) -> Iterator[Flow]:
    context, machine = setting.context, setting.machines.get(federated.server)
    if machine is None or federated.server_time is None:
        context.gaps.append(
            Gap("training", activity, "aggregation server", "the server or its time is not stated", BOTH)
        )
        return
    supply, time = setting.supplies.of_site(machine.site), context.sample(federated.server_time)
    power = active_power(context, machine, None, None)
    if supply is None or power is None:
        return
    drawn = electricity_at_plug(power=power, machine_time=time)
    yield from electricity_flows(supply, "training", activity, "aggregation server", drawn)
    yield from manufacture_flows(context, machine, "training", activity, use_share(context, machine, activity, time))
