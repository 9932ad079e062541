"""Water on site: what a data centre takes in or consumes, by its WUE or that of its provider; and where neither is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lca.quantities.formula import formula
from lca.quantities.provenance import Factor, Stated
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Array
from lca.subjects.footprint.flow import OPERATIONAL, PROJECT, Context, Flow, Gap, Leaf
from lca.subjects.footprint.site import Site

if TYPE_CHECKING:
    from lca.subjects.footprint.supply import Supply

#: The key of water on site, and why it may not be known.
WATER_KEY = "water/on-site"
NO_WUE = "no WUE is stated, and the catalogue has none of its provider"
_WATER = Stated(path="definition.water", value=1.0, unit="L/L", text="1 L/L")


@formula("L", source="iso-iec-30134-9")
def water_on_site(it_electricity: Array, wue: Array) -> Array:
    """Water that the site takes in for cooling and humidification.

    Args:
        it_electricity [kWh]: electricity that the IT equipment draws at the plug.
        wue [L/kWh]: water taken in (or consumed, where that is what is stated) per unit of IT energy.
    """
    return it_electricity * wue


@formula("kWh", source="iso-iec-30134-2")
def it_electricity_within(site_electricity: Array, pue: Array) -> Array:
    """Electricity of the IT load within an energy that holds the PUE already.

    Args:
        site_electricity [kWh]: electricity that the site draws to run the IT load.
        pue [1]: total site energy over IT energy, at least 1.
    """
    return site_electricity / pue


def wue_of(context: Context, site: Site) -> Quantity | None:
    """Return the WUE that a site states, or that of its provider as a default that is marked; None where neither is known."""
    if site.wue is not None:
        return context.sample(site.wue)
    year = site.year or context.year
    factor = context.book.of_host("wue", site.provider, site.region, year) if site.kind != "office" else None
    if factor is None:
        return None
    message = f"{site.path} states no `wue`; that of its provider stands in ({factor.names[0]}: {factor.value:g} L/kWh)"
    context.problem(site.path, "LCA608", message, "state `wue` of the site, for example `wue: 0.4 L/kWh`")
    return context.sample(factor)


def water_leaf(wue: Quantity) -> dict[str, Leaf]:
    """Return what a litre on site counts for: taken in, or consumed where that is what a provider states."""
    origin = wue.origin
    leaf = replace(_WATER, location=origin.location) if isinstance(origin, Stated) else _WATER
    consumed = isinstance(origin, Factor) and "consumed" in origin.coverage
    return {"water_consumption" if consumed else "water_withdrawal": leaf}


def water_gaps(supplies: Mapping[str, Supply], flows: Iterable[Flow]) -> Iterator[Gap]:
    """Yield a gap for each data centre whose water on site is not known, at its first use."""
    first: dict[str, Flow] = {}
    for flow in flows:
        if flow.is_electricity and flow.drawn_by == PROJECT:
            first.setdefault(flow.site, flow)
    for name, flow in first.items():
        supply = supplies.get(name)
        if supply is not None and supply.wue is None and supply.site.kind == "data-centre":
            yield Gap(flow.stage, supply.site.path, "water on site", NO_WUE, OPERATIONAL, "water_withdrawal")
