"""Electricity as contracts account for it: a further line beside the location-based figures, in no total and no ranking."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from lca.descriptor.descriptor import Descriptor
from lca.quantities.formula import total
from lca.quantities.quantity import Quantity, Sampler
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import PROJECT
from lca.subjects.footprint.impacts import Impact, characterised
from lca.subjects.footprint.site import MarketBased, Site


class MarketLine(Struct, frozen=True, eq=False):
    """The electricity of one site with a contract, and its climate impact by the grid and by the contract."""

    site: Site
    contract: MarketBased
    electricity: Quantity
    location_based: Quantity
    market_based: Quantity


class MarketResult(Struct, frozen=True, eq=False):
    """What the climate total would be with the stated contracts, and the sites that have them."""

    total: Quantity
    lines: tuple[MarketLine, ...]


def by_contract(descriptor: Descriptor, impacts: Iterable[Impact], sample: Sampler) -> MarketResult | None:
    """Return the market-based line of a project; None where no contract covers any electricity."""
    climate = [impact for impact in impacts if impact.indicator == "gwp100"]
    lines: list[MarketLine] = []
    covered: set[int] = set()
    for site in descriptor[ProductSystem].sites.values():
        contract = site.market_based
        own = [i for i in climate if i.flow.site == site.name and _is_covered(i)]
        if contract is None or contract.factor is None or not own:
            continue
        covered |= {id(impact) for impact in own}
        electricity = total(f"electricity of {site.name}", "kWh", [i.flow.quantity for i in own])
        bound = characterised.bound(flow="kWh", impact="kgCO2e")
        market = bound(flow=electricity, factor=sample(contract.factor)).named(f"{site.name}, market-based")
        location = total(f"{site.name}, location-based", "kgCO2e", [i.quantity for i in own])
        lines.append(MarketLine(site, contract, electricity, location, market))
    if not lines:
        return None
    rest = [impact.quantity for impact in climate if id(impact) not in covered]
    whole = total("total, market-based", "kgCO2e", [*rest, *(line.market_based for line in lines)])
    return MarketResult(whole, tuple(lines))


def _is_covered(impact: Impact) -> bool:
    """Say whether a contract of the site can cover a line: what others draw may be counted with the site's factor."""
    return impact.flow.is_electricity and impact.flow.drawn_by == PROJECT
