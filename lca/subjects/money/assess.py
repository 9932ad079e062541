"""What a project costs in money, in the currencies that it states, and what electricity would cost by generation technology."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec.structs import replace

from lca.catalogue.book import FactorBook
from lca.descriptor.descriptor import Descriptor
from lca.quantities.formula import total
from lca.quantities.quantity import Quantity, Sampler
from lca.subjects.footprint.assess import Footprint
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import CLIENTS, NETWORK, PROJECT, USERS, Flow, Use, proxy_too_far
from lca.subjects.footprint.inventory import new_context
from lca.subjects.footprint.machine_work import machines_named
from lca.subjects.footprint.site import Site
from lca.subjects.footprint.supply import Supply, energy_total
from lca.subjects.money.declared import Money
from lca.subjects.money.formulas import electricity_cost, purchase_cost, rental_cost
from lca.subjects.money.result import ByCurrency, GenerationCost, MoneyCost, MoneyResult, Unpriced
from lca.subjects.subject import Inputs, Results

#: Who pays for electricity that the project does not: network operators, and the owners of users' and clients' devices.
PAID_BY_OTHERS = (NETWORK, USERS, CLIENTS)

ELECTRICITY, PURCHASE, RENT = "electricity", "purchase", "rent"


def assess(inputs: Inputs, earlier: Results) -> MoneyResult:
    """Return what a project costs whose descriptor declares a currency."""
    descriptor, book, sample, inventory = inputs.descriptor, inputs.book, inputs.sample, earlier[Footprint].inventory
    # The year of the electricity where a site does not state its own.
    year = new_context(descriptor, book, sample).year
    electric = [flow for flow in inventory.flows if flow.is_electricity]
    sites = descriptor[ProductSystem].sites
    own = [flow for flow in electric if flow.drawn_by == PROJECT and flow.site in sites]
    # An interface draws its electricity at no site of the project, which pays by the request.
    asked = dict.fromkeys(flow.activity for flow in electric if flow.drawn_by == PROJECT and flow.site not in sites)
    prices = {
        name: _price(sites[name], inventory.supplies.get(name), book, sample, year)
        for name in dict.fromkeys(flow.site for flow in own)
    }
    others = dict.fromkeys(flow.part for who in PAID_BY_OTHERS for flow in electric if flow.drawn_by == who)
    found = [
        *_electricity(descriptor, own, prices, {use.activity for use in inventory.uses}),
        *_machines(descriptor, inventory.uses, sample),
        *(Unpriced(part, "paid-by-others") for part in others),
        *(Unpriced(activity, "by-request") for activity in asked),
        *(Unpriced(flow.activity, "footprint-only") for flow in inventory.flows if flow.is_stated),
    ]
    costs = [entry for entry in found if isinstance(entry, MoneyCost)]
    energy = energy_total("electricity that the project pays", own)
    first = descriptor[Money].currency

    def sums(group: Callable[[MoneyCost], str]) -> dict[str, ByCurrency]:
        names = dict.fromkeys(group(cost) for cost in costs)
        return {name: _sums(name, first, [cost for cost in costs if group(cost) == name]) for name in names}

    totals, by_stage, by_activity = (
        _sums("total", first, costs),
        sums(lambda cost: cost.stage),
        sums(lambda cost: cost.activity),
    )
    by_site = sums(lambda cost: cost.site)
    generation = tuple(_generation(energy, book, sample)) if energy is not None else ()
    groups = {"total": totals, **by_stage, **by_activity, **{f"sites.{name}": found for name, found in by_site.items()}}
    figures = {f"{name}.money.{currency}": q for name, by in groups.items() for currency, q in by.items()}
    return MoneyResult(
        currency=first,
        costs=tuple(costs),
        totals=totals,
        by_stage=by_stage,
        by_activity=by_activity,
        by_site=by_site,
        by_kind=sums(lambda cost: cost.kind),
        prices={name: price for name, price in prices.items() if isinstance(price, Quantity)},
        unpriced=tuple(dict.fromkeys(entry for entry in found if isinstance(entry, Unpriced))),
        energy=energy,
        generation=generation,
        figures=figures | {f"generation.{g.technology}.money.{g.quantity.unit}": g.quantity for g in generation},
        roots=tuple(totals.values()),
    )


def _sums(label: str, first: str, costs: Iterable[MoneyCost]) -> dict[str, Quantity]:
    """Return the sum of costs for each currency, the declared one first."""
    parts: dict[str, list[Quantity]] = {}
    for cost in costs:
        parts.setdefault(cost.quantity.unit, []).append(cost.quantity)
    ordered = sorted(parts, key=lambda currency: (currency != first, currency))
    return {currency: total(f"{label}: cost", currency, parts[currency]) for currency in ordered}


def _price(site: Site, supply: Supply | None, book: FactorBook, sample: Sampler, year: int) -> Quantity | Unpriced:
    """Return a site's price of electricity, stated or its zone's of the year, or why there is none."""
    if site.price is not None:
        return sample(site.price)
    zone = supply.zone if supply is not None else ""
    factor = book.for_year(f"price/{zone}", "", site.year or year) if zone else None
    if factor is None:
        return Unpriced(site.path, "no-price-of-zone", zone)
    if proxy_too_far(factor, site.year or year):
        return Unpriced(site.path, "price-too-old", str(factor.year))
    return sample(factor)


def _electricity(
    descriptor: Descriptor, flows: list[Flow], prices: Mapping[str, Quantity | Unpriced], timed: set[str]
) -> Iterator[MoneyCost | Unpriced]:
    """Yield the cost of each activity's electricity at each site, unless the rent of its machine holds it."""
    for activity, site in dict.fromkeys((flow.activity, flow.site) for flow in flows):
        price = prices[site]
        if any(
            descriptor[ProductSystem].machines[name].rent is not None for name in machines_named(descriptor, activity)
        ):
            yield Unpriced(activity, "within-rent" if activity in timed else "no-machine-time")
        elif isinstance(price, Unpriced):
            yield price
        else:
            name = f"{activity}: electricity"
            energy = energy_total(name, [flow for flow in flows if (flow.activity, flow.site) == (activity, site)])
            assert energy is not None
            bound = electricity_cost.bound(money=price.unit.partition("/")[0])
            yield MoneyCost(ELECTRICITY, activity, site, bound(energy=energy, price=price).named(name))


def _machines(descriptor: Descriptor, uses: Iterable[Use], sample: Sampler) -> Iterator[MoneyCost | Unpriced]:
    """Yield the part of each machine's price that a use carries, or the rent of its hours."""
    for use in uses:
        machine = descriptor[ProductSystem].machines[use.machine]
        name = f"{use.activity}: {machine.name}"
        if machine.rent is not None:
            rent = rental_cost.bound(money=machine.rent.unit.partition("/")[0])
            yield MoneyCost(
                RENT,
                use.activity,
                machine.site,
                rent(time=use.time, rent=sample(machine.rent)).named(f"{name}, rented"),
            )
        elif machine.price is not None:
            each = sample(replace(machine.price, unit=f"{machine.price.unit}/piece"))
            share = purchase_cost.bound(money=machine.price.unit)
            yield MoneyCost(
                PURCHASE, use.activity, machine.site, share(share=use.share, price=each).named(f"{name}, bought")
            )
        else:
            yield Unpriced(machine.path, "no-machine-price")


def _generation(energy: Quantity, book: FactorBook, sample: Sampler) -> Iterator[GenerationCost]:
    """Yield the cost of the project's electricity by each source whose generation cost the catalogue holds."""
    factors = ((name, book.find(f"generation/{name}/cost")) for name in book.names("generation"))
    known = [(name, factor) for name, factor in factors if factor is not None]
    for name, factor in sorted(known, key=lambda pair: pair[1].value):
        bound = electricity_cost.bound(money=factor.unit.partition("/")[0])
        yield GenerationCost(name, factor, bound(energy=energy, price=sample(factor)).named(f"generation: {name}"))
