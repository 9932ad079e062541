"""A meter on a running service: the energy that it counted over a time, the requests served meanwhile, and the idle part."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import asdict

from lca.quantities.bounds import within
from lca.quantities.formula import formula
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Above, Array, Exact, Lognormal, Uncertainty, Within
from lca.quantities.units import conversion
from lca.subjects.footprint.flow import EMBODIED, Context, Flow, Gap
from lca.subjects.footprint.machine import Machine
from lca.subjects.footprint.manufacture import manufacture_flows, use_share
from lca.subjects.footprint.period import Period
from lca.subjects.footprint.supply import Supply, electricity_flows


class Meter(Struct, frozen=True):
    """What a meter counted: energy over a time, which is that of the service where it is not stated."""

    path: str
    energy: Stated
    duration: Stated | None = None
    period: Period | None = None
    requests: Stated | None = None
    idle_share: Stated | None = None

    @property
    def time(self) -> Stated | None:
        """How long it counted, None where it counted as long as the service runs."""
        return self.duration or (self.period.length if self.period else None)


@formula("kWh", source="definition")
def energy_of_period(energy: Array, service: Array, metered: Array) -> Array:
    """Electricity of a service that goes on as it was metered.

    Args:
        energy [kWh]: electricity that the meter counted.
        service [h]: time that the service runs.
        metered [h]: time that the meter counted.
    """
    return energy * service / metered


@formula("kWh", source="definition")
def idle_part(energy: Array, idle_share: Array) -> Array:
    """Electricity of the time in which the machines wait, within what a meter counted.

    Args:
        energy [kWh]: electricity of the service.
        idle_share [1]: part of it in which no request is served.
    """
    return energy * idle_share


@formula("kWh", source="definition")
def working_part(energy: Array, idle_share: Array) -> Array:
    """Electricity of the time in which requests are served, within what a meter counted.

    Args:
        energy [kWh]: electricity of the service.
        idle_share [1]: part of it in which no request is served.
    """
    return energy * (1 - idle_share)


@formula("1/h", source="definition")
def mean_rate(requests: Array, time: Array) -> Array:
    """Requests per hour, over the whole time.

    Args:
        requests [1]: requests served.
        time [h]: time in which they were served.
    """
    return requests / time


@formula("Wh", source="definition")
def mean_energy_of_request(energy: Array, requests: Array) -> Array:
    """Electricity of one request, with the waiting between requests.

    Args:
        energy [Wh]: electricity of the service.
        requests [1]: requests served.
    """
    return energy / requests


def rate_of(meter: Meter, duration: Stated | None) -> Stated | None:
    """Return the requests per day that a meter's count comes to, None where requests or time are not stated."""
    time = meter.time or duration
    if meter.requests is None or time is None:
        return None
    days = time.value * conversion(time.unit, "d")
    counted = meter.requests
    return Stated(
        path=counted.path,
        value=counted.value / days,
        unit="1/d",
        uncertainty=_scaled(counted.uncertainty, 1 / days),
        evidence=counted.evidence,
        location=counted.location,
        source=counted.source,
        noun=counted.noun,
        text=f"{counted.text} / {days:g} d",
    )


def _scaled(uncertainty: Uncertainty, factor: float) -> Uncertainty:
    """Return the uncertainty of a value times a factor; bounds are in the value's unit, variances are not."""
    match uncertainty:
        case Exact() | Lognormal():
            return uncertainty
        case Above(floor, variance):
            return Above(floor * factor, variance)
        case Within(inner, low, high):
            return within(_scaled(inner, factor), low * factor, high * factor)
    return type(uncertainty)(**{name: value * factor for name, value in asdict(uncertainty).items()})


def needs_of_meter(meter: Meter, volume: Stated | None) -> Iterator[tuple[str, str]]:
    """Yield what a meter says twice: its time, or the requests that were served."""
    if meter.duration is not None and meter.period is not None:
        yield "`duration` and `period` both say how long the meter counted", "keep one of the two"
    if meter.requests is not None and volume is not None and volume.path != meter.requests.path:
        yield "`volume` and `metered.requests` both say how many requests there are", "keep one of the two"


def metered_flows(
    context: Context, supply: Supply, meter: Meter, activity: str, duration: Stated, includes_pue: bool
) -> Iterator[Flow]:
    """Yield the electricity of a metered service, whole: at work and idle where the part of each is stated."""
    energy = context.sample(meter.energy)
    if meter.time is not None:
        energy = energy_of_period(
            energy=energy, service=context.sample(duration), metered=context.sample(meter.time, "metered time")
        )
    else:
        message = f"{meter.path} does not say how long it counted; its energy is taken for all the time of the service"
        context.problem(
            meter.path, "LCA622", message, "add `duration` or `period`, the service's own if it counted all of it"
        )
    if meter.idle_share is None:
        message = f"{meter.path} does not say how much the machines draw while they wait; all of it is counted"
        context.problem(meter.path, "LCA622", message, "add `idle_share`, for example `idle_share: 0.4`")
        yield from electricity_flows(supply, "inference", activity, "measured energy", energy, includes_pue)
        return
    share = context.sample(meter.idle_share)
    worked, waited = working_part(energy=energy, idle_share=share), idle_part(energy=energy, idle_share=share)
    yield from electricity_flows(supply, "inference", activity, "measured energy", worked, includes_pue)
    yield from electricity_flows(supply, "inference", activity, "idle", waited, includes_pue)


def metered_manufacture(
    context: Context, machine: Machine | None, activity: str, time: Quantity | None, reserved: bool
) -> Iterator[Flow]:
    """Yield the manufacture of the machine time that a metered service takes; a gap where that is not known."""
    if machine is None or time is None:
        reason = "no machine is named" if machine is None else "the time of the shared machine is not stated"
        context.gaps.append(Gap("inference", activity, "manufacture of the servers", reason, EMBODIED))
        return
    yield from manufacture_flows(
        context, machine, "inference", activity, use_share(context, machine, activity, time, reserved=reserved)
    )


def figures_of_meter(context: Context, meter: Meter, duration: Stated | None) -> dict[str, Quantity]:
    """Return what a meter's count comes to, by name: the mean rate, and the energy of one request with its share of waiting."""
    time = meter.time or duration
    if meter.requests is None or time is None:
        return {}
    requests = context.sample(meter.requests)
    return {
        "mean_rate": mean_rate(requests=requests, time=context.sample(time)),
        "energy_per_request": mean_energy_of_request(energy=context.sample(meter.energy), requests=requests),
    }
