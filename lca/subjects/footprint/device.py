"""User and field devices: their power, and the share of their manufacture by time of use or time in the project."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from msgspec import Struct

from lca.quantities.formula import formula
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Array
from lca.subjects.footprint.flow import EMBODIED, Context, Flow, Gap
from lca.subjects.footprint.processor import count_of
from lca.subjects.footprint.stated import StatedFootprint


class Device(Struct, frozen=True):
    """A kind of device that people or the project use."""

    path: str
    name: str
    kind: str = ""
    power: Stated | None = None
    lifetime: Stated | None = None
    daily_use: Stated | None = None
    manufacture: StatedFootprint | None = None
    label: str = ""


@formula("kWh", source="definition")
def device_electricity(power: Array, time: Array) -> Array:
    """Electricity that a device draws.

    Args:
        power [kW]: power while it is used.
        time [h]: time of use.
    """
    return power * time


@formula("piece", source="ademe-acv-numerique")
def share_by_use(time: Array, lifetime: Array, daily_use: Array) -> Array:
    """Devices that a use wears out: its time over the hours that one device is used in its life.

    Args:
        time [h]: time of use.
        lifetime [d]: time from purchase to disposal.
        daily_use [h/d]: hours of active use a day.
    """
    return time / (lifetime * daily_use)


@formula("piece", source="definition")
def share_by_presence(count: Array, duration: Array, lifetime: Array) -> Array:
    """Devices that a project wears out by keeping them, used or not, at most the whole of them.

    Args:
        count [1]: devices.
        duration [year]: time in the project.
        lifetime [year]: time from purchase to disposal.
    """
    return count * np.minimum(duration / lifetime, 1)


def parameter(context: Context, device: Device, name: str) -> Quantity | None:
    """Return a device's lifetime, power or daily use, stated or from the catalogue; None where neither knows it."""
    stated: Stated | None = getattr(device, name)
    if stated is not None:
        return context.sample(stated)
    factor = context.book.find(f"parameter/{device.kind}/{'active_power' if name == 'power' else name}")
    return context.sample(factor) if factor is not None else None


def count_of_devices(context: Context, device: Device, activity: str, stated: Stated | None) -> Quantity:
    """Return how many devices an activity has; one where that is not stated, which is then asked."""
    if stated is None:
        message = f"{activity}: nothing says how many of `{device.name}` there are; one is counted"
        context.problem(f"{activity}.device", "LCA622", message, "add `count`, for example `count: 10`")
    return count_of(context, stated, f"{activity}.count")


def manufacture_of_use(context: Context, device: Device, stage: str, activity: str, time: Quantity) -> Iterator[Flow]:
    """Yield the share of a device's manufacture that a time of use carries."""
    lifetime, daily_use = parameter(context, device, "lifetime"), parameter(context, device, "daily_use")
    if lifetime is None or daily_use is None:
        _gap(context, device, stage, activity, "its lifetime or daily use is not known")
        return
    share = share_by_use(time=time, lifetime=lifetime, daily_use=daily_use)
    yield from _manufacture(context, device, stage, activity, share)


def manufacture_of_presence(
    context: Context, device: Device, stage: str, activity: str, count: Quantity, duration: Quantity
) -> Iterator[Flow]:
    """Yield the share of the manufacture of devices that a project keeps for some time."""
    lifetime = parameter(context, device, "lifetime")
    if lifetime is None:
        _gap(context, device, stage, activity, "its lifetime is not known")
        return
    share = share_by_presence(count=count, duration=duration, lifetime=lifetime)
    yield from _manufacture(context, device, stage, activity, share)


def _manufacture(context: Context, device: Device, stage: str, activity: str, share: Quantity) -> Iterator[Flow]:
    key = device.manufacture.path if device.manufacture else f"manufacture/{device.kind}"
    factors = device.manufacture.leaves("piece") if device.manufacture else context.factors_of(key)
    if not factors:
        _gap(context, device, stage, activity, "the catalogue holds no figure for its manufacture")
        return
    yield Flow(stage, activity, f"manufacture of {device.name}", EMBODIED, key, share, factors)


def _gap(context: Context, device: Device, stage: str, activity: str, reason: str) -> None:
    context.gaps.append(Gap(stage, activity, f"manufacture of {device.name}", reason, EMBODIED))
