"""Charges of cloud bills, added up by what they are of, become a draft; what has no place in it is told with its cost."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from lca.importers.bill import Charge
from lca.importers.bill_uses import INSTANCE, STORAGE, TOKENS, TRANSFER, Use
from lca.importers.draft_text import number, plain, quoted, short
from lca.importers.drafted import Place, Work, period_line, provenance
from lca.importers.logged_places import place_named, scalar
from lca.importers.unknown_models import power_of_accelerator, power_of_cores
from lca.problems import Problem, did_you_mean
from lca.quantities.units import CURRENCIES
from lca.subjects.footprint.instances import find_type

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook
    from lca.catalogue.instances import InstanceType

#: A bill counts no requests: so many tokens stand for one, until somebody says how many there were.
_TOKENS_OF_A_REQUEST = 2000
_SITE_UNKNOWN = "# region: the bill names none that the catalogue knows; state it, or the `location` of the site"


class Used(Struct, frozen=True):
    """Charges of one thing at one place."""

    use: Use
    charges: tuple[Charge, ...]

    @property
    def first(self) -> Charge:
        """The first of them."""
        return self.charges[0]

    @property
    def source(self) -> str:
        """Where they stand."""
        lines = sorted({charge.row.number for charge in self.charges})
        rows = f"lines {lines[0]} to {lines[-1]}" if len(lines) > 1 else f"line {lines[0]}"
        return provenance("bill", self.first.log, f"{rows}, {in_number(self.charges)}")

    @property
    def period(self) -> tuple[datetime.datetime, datetime.datetime]:
        """When the first of them begins, and the last ends."""
        return min(charge.began for charge in self.charges), max(charge.ended for charge in self.charges)


def in_number(charges: Sequence[Charge]) -> str:
    """Return how many charges there are, in words."""
    return "1 charge" if len(charges) == 1 else f"{len(charges)} charges"


def billed(charges: Iterable[Charge]) -> str:
    """Return what charges cost, in each currency."""
    sums: dict[str, Decimal] = {}
    for charge in charges:
        sums[charge.currency] = sums.get(charge.currency, Decimal(0)) + charge.cost
    return " and ".join(f"{number(cost.normalize())} {plain(currency)}" for currency, cost in sums.items())


def works_of(used: Sequence[Used], book: FactorBook, notes: list[Problem], others: list[str]) -> Iterator[Work]:
    """Yield the activities of what was used, adding to `others` what cannot be one."""
    for one in used:
        if one.use.amount <= 0:
            others.append(f"{one.use.kind} {one.use.which}: corrections leave nothing of it, {billed(one.charges)}")
        elif one.use.kind == INSTANCE:
            found = _instance(one, book, notes)
            if isinstance(found, Work):
                yield found
            else:
                others.append(found)
        elif one.use.kind == STORAGE:
            yield _storage(one, book, notes)
        elif one.use.kind == TRANSFER:
            yield _transfer(one, book, notes)
    tokens: dict[tuple[str, str, str], list[Used]] = {}
    for one in used:
        if one.use.kind == TOKENS and one.use.amount > 0:
            tokens.setdefault((one.first.provider, one.first.region, one.use.which), []).append(one)
    for of_model in tokens.values():
        found = _tokens(of_model, book, notes)
        if isinstance(found, Work):
            yield found
        else:
            others.append(found)


def _instance(one: Used, book: FactorBook, notes: list[Problem]) -> Work | str:
    """Return the work of an instance type, or in words what is known of one that the catalogue does not have."""
    charge, hours, name = one.first, one.use.amount, one.use.which
    place = charge.row.place("")
    kind = find_type(book, name, book.regions.provider(charge.provider), place)
    if isinstance(kind, Problem):
        amount = f"{number(hours.normalize())} h"
        notes.append(Problem(place, "LCA613", f"{kind.message}: its {amount} are not in the draft", kind.hint))
        return f"instance {plain(name)}, {plain(charge.region)}: {amount}, {billed(one.charges)}, not in the catalogue"
    lines = (
        f"duration: {_stated(f'{number(hours.normalize())} node h', one.source)}",
        _period(one),
        f"# billed: {billed(one.charges)}; {plain(charge.service)}. The bill does not say what ran: training, trials or service",
    )
    machine = (f"instance: {quoted(kind.name)}", *_power(kind, book), *_rent(one))
    site = _site(charge, book, notes)
    return Work("training", kind.name, (INSTANCE, site.name, kind.name), lines, site, machine, kind.name)


def _power(kind: InstanceType, book: FactorBook) -> Iterator[str]:
    """Yield the power of processors of which the catalogue has none, as a range that holds what they may be."""
    model = book.named_processor(kind.accelerator or kind.processor).identifier
    known = bool(model and book.find(f"processor/{model}/tdp"))
    if kind.accelerator and not known:
        yield f"gpu: {{power: {power_of_accelerator((), book)}}}  # state that of one {plain(kind.accelerator)}"
    elif not kind.accelerator and not (known and book.find(f"processor/{model}/cores")):
        asked = "each vCPU is taken for a core, of most processors two are one: state count and power"
        yield f"cpu: {{count: 1, power: {power_of_cores(int(kind.vcpu), book)}}}  # {asked}"


def _rent(one: Used) -> Iterator[str]:
    """Yield the price of an hour: what was billed over the hours."""
    currencies = {charge.currency for charge in one.charges}
    cost = sum((charge.cost for charge in one.charges), Decimal(0))
    if len(currencies) > 1 or not currencies <= set(CURRENCIES):
        yield f"# rent: billed {billed(one.charges)}; a descriptor counts in {', '.join(CURRENCIES)}, each machine in one"
    elif cost > 0:
        yield f"rent: {_stated(f'{number(cost / one.use.amount)} {currencies.pop()}/h', one.source)}"
    else:
        effective = sum((charge.effective for charge in one.charges if charge.effective), Decimal(0))
        shared = f"; with what was paid in advance {number(effective.normalize())}" if effective else ""
        yield f"# rent: the bill asks {billed(one.charges)} for these hours{shared}: state what they cost"


def _storage(one: Used, book: FactorBook, notes: list[Problem]) -> Work:
    began, ended = one.period
    hours = Decimal(max(1, int((ended - began).total_seconds()) // 3600))
    charge, medium = one.first, one.use.which
    lines = (
        f"volume: {_stated(f'{number(one.use.amount / hours)} GB', one.source)}",
        f"duration: {hours} h",
        f"medium: {medium}" if medium else "# medium: the bill does not say; state hdd or ssd",
        _period(one),
        f"# billed: {billed(one.charges)}; {plain(charge.service)}. The mean volume over the time of the bill",
    )
    site = _site(charge, book, notes)
    return Work(STORAGE, f"storage {medium}", (STORAGE, site.name, medium), lines, site)


def _transfer(one: Used, book: FactorBook, notes: list[Problem]) -> Work:
    charge, network = one.first, one.use.which
    lines = (
        f"volume: {_stated(f'{number(one.use.amount.normalize())} GB', one.source)}",
        f"network: {network}  # by the name of the charge; choose: fixed, mobile, data-centre",
        _period(one),
        f"# billed: {billed(one.charges)}; {plain(charge.service)}",
    )
    site = _site(charge, book, notes)
    return Work(TRANSFER, f"transfer {network}", (TRANSFER, site.name, network), lines, site)


def _tokens(of_model: Sequence[Used], book: FactorBook, notes: list[Problem]) -> Work | str:
    """Return the service of a model, with a number of requests that is to be stated; in words where a direction is unknown."""
    first, name = of_model[0].first, of_model[0].use.which
    tokens = {one.use.direction: one.use.amount for one in of_model}
    charges = [charge for one in of_model for charge in one.charges]
    if not tokens.get("input"):
        amounts = ", ".join(f"{number(amount.normalize())} {direction}" for direction, amount in tokens.items())
        return f"tokens of {plain(name)}: {amounts}, {billed(charges)}, without tokens that were sent"
    requests = (sum(tokens.values(), Decimal(0)) / _TOKENS_OF_A_REQUEST).to_integral_value(ROUND_CEILING)
    stand = f"{requests} of {_TOKENS_OF_A_REQUEST} tokens stand for them"
    message = f"the bill counts tokens of `{short(name)}`, and no requests: {stand}"
    hint = "state how many requests were sent, and divide the tokens by them"
    notes.append(Problem(first.row.place(""), "LCA607", message, hint))
    match = book.models.find(name)
    region = book.regions.find(first.provider, first.region)
    source = Used(of_model[0].use, tuple(charges)).source
    lines = [
        "api:",
        f"  provider: {quoted(first.provider or 'unknown')}",
        f"  model: {quoted(name)}" if match.identifier else f'  model: "unknown"  # billed: {plain(name)}',
        f"  region: {scalar(region[1]) if region else 'unknown'}",
        f"  requests: {_asked(f'{requests} request', source)}  # the bill counts none",
        *(
            f"  {direction}: {_asked(f'{number(tokens[direction] / requests)} token', source)}"
            f"  # billed: {number(tokens[direction].normalize())}"
            for direction in ("input", "cached_input", "output")
            if direction in tokens
        ),
        *(["  output: 0 token"] if "output" not in tokens else []),
        _period(Used(of_model[0].use, tuple(charges))),
        f"# billed: {billed(charges)}; {plain(first.service)}",
    ]
    return Work("inference", name, (TOKENS, first.provider, first.region, name), tuple(lines))


def _site(charge: Charge, book: FactorBook, notes: list[Problem]) -> Place:
    """Return the site of a region; of an unknown place where the catalogue does not know it."""
    known = book.regions.find(charge.provider, charge.region) if charge.region else None
    if known:
        lines = (f"provider: {known[0]}", f"region: {scalar(known[1])}")
        return Place(lines, (f"# billed: {plain(charge.provider)}, {plain(charge.region)}",), "-".join(known))
    who = book.regions.provider(charge.provider)
    if not charge.region:
        return place_named("", "", charge.row.place("RegionId"), book, notes)
    message = f"the cloud region `{short(charge.region)}` of `{short(charge.provider)}` is unknown; an unknown place stands in"
    hint = did_you_mean(charge.region, book.regions.of(who)) or "state the `location` that the provider names"
    notes.append(Problem(charge.row.place("RegionId"), "LCA613", message, hint))
    provider = (f"provider: {who}",) if book.regions.of(who) else ()
    remarks = (f"# billed: {plain(charge.provider)}, {plain(charge.region)}", _SITE_UNKNOWN)
    return Place((*provider, "location: UNKNOWN"), remarks, charge.region)


def _period(one: Used) -> str:
    began, ended = one.period
    return period_line(began.date(), max(began, ended - datetime.timedelta(seconds=1)).date())


def _stated(value: str, source: str) -> str:
    """Return an amount with its source: a meter of the provider counted it, no sensor saw an energy."""
    return f"{{value: {value}, source: {quoted(source)}}}"


def _asked(value: str, source: str) -> str:
    """Return an amount that stands for one to be stated."""
    return _stated(f"<{value}>", source)
