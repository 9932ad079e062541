"""What requests carry besides their energy, and the formulas of a service's use."""

from __future__ import annotations

import math

import numpy as np
from msgspec import Struct

from lca.quantities.formula import formula, total
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Array
from lca.subjects.footprint.flow import Context


class RequestTraffic(Struct, frozen=True):
    """Data that each request moves."""

    path: str
    kind: str
    volume: Stated | None = None


class RequestDevice(Struct, frozen=True):
    """The user's device and its time per request."""

    path: str
    kind: str
    time: Stated | None = None


@formula("1", source="definition")
def requests_of_year(rate: Array, years: Array) -> Array:
    """Requests of one year or the last part of a year.

    Args:
        rate [1/year]: requests per time in that year.
        years [year]: length of the part.
    """
    return rate * years


@formula("1/year", source="definition")
def grown_rate(rate: Array, growth: Array) -> Array:
    """Requests per time a year later.

    Args:
        rate [1/year]: requests per time.
        growth [1]: growth per year.
    """
    return rate * (1 + growth)


@formula("kWh", source="definition")
def requests_electricity(requests: Array, energy: Array) -> Array:
    """Electricity of all requests.

    Args:
        requests [1]: requests.
        energy [kWh]: electricity of one request.
    """
    return requests * energy


@formula("h", source="definition")
def busy_time(requests: Array, time: Array, batch: Array) -> Array:
    """Time that a machine works for the requests.

    Args:
        requests [1]: requests.
        time [h]: time of one batch.
        batch [1]: requests served together.
    """
    return requests * time / batch


@formula("kWh", source="definition")
def waiting_electricity(power: Array, busy_time: Array, utilisation: Array) -> Array:
    """Electricity of a shared machine that waits between requests, by the busy time of the service.

    Args:
        power [kW]: power of the machine while it waits.
        busy_time [h]: time that it works for the service.
        utilisation [1]: share of time in which it works for anybody.
    """
    return power * busy_time * (1 - utilisation) / utilisation


@formula("kWh", source="definition")
def idle_of_reserved(power: Array, kept: Array, busy: Array) -> Array:
    """Electricity of a reserved machine in the time that it waits.

    Args:
        power [kW]: power of the machine while it waits.
        kept [h]: time that the machine is kept.
        busy [h]: time that it works.
    """
    return power * np.maximum(kept - busy, 0)


@formula("1", source="luccioni-2024")
def requests_equal_to_training(training: Array, service: Array, requests: Array) -> Array:
    """Requests after which a service has used as much electricity as the training.

    Args:
        training [kWh]: electricity of training and experiments.
        service [kWh]: electricity of the service over its period.
        requests [1]: requests of the period.
    """
    return training / (service / requests)


@formula("GB", source="definition")
def request_volume(requests: Array, volume: Array) -> Array:
    """Data that all requests move.

    Args:
        requests [1]: requests.
        volume [GB]: data of one request.
    """
    return requests * volume


@formula("h", source="definition")
def device_time(requests: Array, time: Array) -> Array:
    """Time that users' devices are used for all requests.

    Args:
        requests [1]: requests.
        time [h]: time of the device per request.
    """
    return requests * time


def requests_over_years(
    context: Context, path: str, volume: Stated, duration: Stated, growth: Stated | None
) -> Quantity:
    """Return all requests of a time, year by year where they grow."""
    whole, rate = context.sample(duration), context.sample(volume)
    if growth is None:
        return requests_of_year(rate=rate, years=whole)
    years, grows, parts = whole.best_in("year"), context.sample(growth), []
    for index in range(math.ceil(years)):
        length = Stated(f"{path}.year-{index + 1}", min(1.0, years - index), "year")
        parts.append(requests_of_year(rate=rate, years=context.sample(length)).named(f"requests of year {index + 1}"))
        rate = grown_rate(rate=rate, growth=grows)
    return total("requests", "1", parts)
