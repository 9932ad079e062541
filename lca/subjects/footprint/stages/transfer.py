"""Transfer: data over a network, once or for a period, and disks that are shipped."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from lca.quantities.formula import formula
from lca.quantities.provenance import Stated
from lca.quantities.uncertainty import Array
from lca.quantities.units import same_dimension
from lca.subjects.footprint.flow import NETWORK, OPERATIONAL, Flow, Gap
from lca.subjects.footprint.named_factor import named_factor, note_place, note_problem
from lca.subjects.footprint.network import network_electricity, network_intensity, network_manufacture
from lca.subjects.footprint.period import Period
from lca.subjects.footprint.stage import Activities, Need, Setting, Stage, given, missing
from lca.subjects.footprint.stated import StatedFootprint
from lca.subjects.footprint.supply import electricity_flows


class Transfer(Struct, frozen=True):
    """Data that move over a network or on disks."""

    path: str
    name: str
    volume: Stated | None = None
    duration: Stated | None = None
    network: str = ""
    mass: Stated | None = None
    distance: Stated | None = None
    mode: str = ""
    factor: str = ""
    site: str = ""
    period: Period | None = None
    stated: StatedFootprint | None = None
    note: str = ""
    label: str = ""


@formula("GB", source="definition")
def volume_of_period(rate: Array, duration: Array) -> Array:
    """Data moved in a period.

    Args:
        rate [GB/year]: data per time.
        duration [year]: length of the period.
    """
    return rate * duration


@formula("tkm", source="definition")
def freight(mass: Array, distance: Array) -> Array:
    """Transport work of a shipment.

    Args:
        mass [t]: mass shipped.
        distance [km]: distance of the shipment.
    """
    return mass * distance


def needs(transfer: Transfer, _: Activities) -> Iterator[Need]:
    """Yield what a shipment or the use of a network lacks."""
    has = given(transfer)
    if has & {"mass", "distance"}:
        yield from missing(has, {"mass": "5 kg", "distance": "800 km"})
    else:
        yield from missing(has, {"volume": "138 GB", "site": "paris"})


def flows(setting: Setting, transfer: Transfer) -> Iterator[Flow]:
    """Yield the network's electricity, or the shipment with the factor that it names."""
    context = setting.context
    if transfer.mass is not None and transfer.distance is not None:
        work = freight(mass=context.sample(transfer.mass), distance=context.sample(transfer.distance))
        if not transfer.factor:
            reason = "no factor is named, such as `freight/hgv-average` of the catalogue or an own one"
            context.gaps.append(
                Gap("transfer", transfer.path, f"shipment by {transfer.mode or 'carrier'}", reason, OPERATIONAL)
            )
            return
        found = named_factor(context, setting.factors, transfer.factor, work.unit)
        if found is None:
            places = (f"{transfer.path}.factor", f"{transfer.path}.mass")
            note_problem(context, setting.factors, transfer.factor, work.unit, places)
            return
        note_place(context, transfer.factor, found, f"{transfer.path}.factor")
        yield Flow("transfer", transfer.path, "shipment", found.scope, found.key, work, found.leaves, note=found.note)
    if transfer.volume is None:
        return
    supply = setting.supplies.of_site(transfer.site)
    if supply is None:
        return
    volume = context.sample(transfer.volume)
    if not same_dimension(volume.unit, "GB"):
        if transfer.duration is None or not same_dimension(volume.unit, "GB/year"):
            message = f"{transfer.path}.volume must be a volume, or a volume per time together with `duration`"
            context.problem(
                f"{transfer.path}.volume", "LCA303", message, "as in `138 GB`, or `2 GB/day` and `duration: 3 year`"
            )
            return
        volume = volume_of_period(rate=volume, duration=context.sample(transfer.duration))
    drawn = network_electricity(volume=volume, intensity=network_intensity(context, transfer.network or "fixed"))
    # The average allocation covers the whole network, its buildings included: no PUE on top.
    yield from electricity_flows(
        supply, "transfer", transfer.path, "network", drawn, includes_pue=True, drawn_by=NETWORK
    )
    yield from network_manufacture(context, "transfer", transfer.path, transfer.network or "fixed", volume)


STAGE = Stage("transfer", Transfer, flows, needs)
