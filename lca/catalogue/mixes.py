"""Electricity factors that are made of a zone's generation mix: primary energy, water, and the upstream of a direct one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from lca.quantities.composed import Term, sum_of_terms
from lca.quantities.provenance import Factor
from lca.quantities.uncertainty import Exact
from lca.quantities.units import conversion

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook

#: The technologies that a mix tells apart.
TECHNOLOGIES = (
    *("coal", "gas", "oil", "nuclear", "hydro", "wind", "solar", "bioenergy", "geothermal", "other-renewable", "other"),
)
#: Indicators whose factor of electricity is a sum over the mix, with what each is called.
BY_MIX = {
    "electricity_primary_energy": "primary energy of electricity",
    "water_consumption": "water consumed by electricity",
}
#: The word of a direct factor to which fuel supply and plants are added by the mix.
UPSTREAM_ADDED = "upstream-by-mix"
#: The uncertainty of a direct factor whose upstream is counted apart.
DIRECT_PART = "electricity-direct-part"
#: Up to this share of a mix may be of technologies without a factor; they are then left out of the sum.
UNKNOWN_SHARE = 0.02
#: What electricity of the earth's heat holds where the heat is not counted, in MJ/kWh.
WITHOUT_HEAT = 3.6


def served(book: FactorBook, prefix: str, indicator: str, year: int, found: Factor | None) -> Factor | None:
    """Return the factor that serves a zone: of its mix where the indicator is counted so, else `found`, made whole."""
    kind, _, zone = prefix.partition("/")
    if kind != "electricity":
        return found
    if indicator in BY_MIX:
        return made_of_mix(book, zone, indicator, year) or found
    return with_upstream(book, found) if found is not None and indicator == "gwp100" else found


def generation_mix(book: FactorBook, zone: str, year: int) -> tuple[Factor, ...]:
    """Return the shares of a zone's generation in the nearest known year, proxies where it is another; empty if unknown."""
    known = {y for t in TECHNOLOGIES for y in book.years.get((f"mix/{zone}/{t}", ""), ())}
    if not known:
        return ()
    best = min(known, key=lambda y: (abs(y - year), y))
    is_it = best == year or (year > best == max(known))
    shares = (book.find(f"mix/{zone}/{technology}/{best}") for technology in TECHNOLOGIES)
    return tuple(replace(s, proxy_for="" if is_it else f"mix/{zone}/{year}") for s in shares if s is not None)


def made_of_mix(book: FactorBook, zone: str, indicator: str, year: int) -> Factor | None:
    """Return Σ share × factor of the technology over the mix of a zone, or of its country as a proxy.

    None where no mix is known, or more than `UNKNOWN_SHARE` of it is of technologies without a factor.
    """
    country = zone.partition("-")[0]
    own = generation_mix(book, zone, year)
    shares = own or tuple(replace(s, proxy_for=f"mix/{zone}/{year}") for s in generation_mix(book, country, year))
    terms = _terms(book, shares, f"technology/{{}} {indicator}")
    if not terms or sum(share.value for share, _ in terms) < 1 - UNKNOWN_SHARE:
        return None
    place, unit = shares[0].geography, terms[0][1].unit
    label = f"{BY_MIX[indicator]}, {book.zones.get(place, place)}, generation mix of {shares[0].year}"
    factor = Factor(
        key=f"electricity/{place}/{shares[0].year}",
        indicator=indicator,
        value=sum_of_terms(terms, unit),
        unit=unit,
        uncertainty=Exact(),
        source=shares[0].source,
        label=label,
        uncertainty_rule="exact",
        geography=place,
        year=shares[0].year,
        method=terms[0][1].method,
        coverage=frozenset({"production"}),
        locator=f"sum over mix/{place}/TECHNOLOGY/{shares[0].year} of share × technology/TECHNOLOGY",
        status=_status(terms),
        proxy_for=f"electricity/{zone}/{year}" if shares[0].proxy_for else "",
        terms=terms,
    )
    return _with_and_without_heat(factor)


def with_upstream(book: FactorBook, factor: Factor) -> Factor:
    """Return a direct factor with the fuel supply and the plants of its zone's mix added, if that mix is known.

    A factor of a declared set that leads is left as its source states it.
    """
    if "direct" not in factor.coverage or factor.source.id in book.lead or factor.year is None:
        return factor
    shares = generation_mix(book, factor.geography, factor.year)
    upstream = _terms(book, shares, "upstream/{} gwp100")
    if not upstream or sum(share.value for share, _ in upstream) < 1 - UNKNOWN_SHARE:
        return factor
    spread = book.classes[DIRECT_PART].around(factor.value, factor.unit)
    terms = ((replace(factor, uncertainty=spread, uncertainty_rule=DIRECT_PART),), *upstream)
    return replace(
        factor,
        value=sum_of_terms(terms, factor.unit),
        uncertainty=Exact(),
        uncertainty_rule="exact",
        label=f"{factor.label}, with the upstream of its generation mix of {shares[0].year}",
        coverage=factor.coverage - {"direct"} | {"life-cycle", UPSTREAM_ADDED},
        status=_status(terms),
        terms=terms,
    )


def upstream_of(factor: Factor) -> float:
    """Return what the mix adds to a direct factor, in the unit of the factor."""
    return sum_of_terms(factor.terms[1:], factor.unit)


def _terms(book: FactorBook, shares: tuple[Factor, ...], asked: str) -> tuple[Term, ...]:
    """Return each share with the factor of its technology; `asked` is the key with a place for it, and the indicator."""
    key, _, indicator = asked.partition(" ")
    found = ((share, book.find(key.format(share.key.split("/")[2]), indicator)) for share in shares)
    return tuple((share, factor) for share, factor in found if factor is not None)


def _status(terms: tuple[Term, ...]) -> str:
    """Return the weakest status of what a factor is made of."""
    found = {factor.status for term in terms for factor in term}
    return next((status for status in ("unverified", "assumption") if status in found), "published")


def _with_and_without_heat(factor: Factor) -> Factor:
    """Name the other value of primary energy beside that which counts the earth's heat, where the mix has any."""
    heat = sum(term[0].value * (term[1].value - WITHOUT_HEAT) for term in factor.terms if _is_heat(term))
    if factor.indicator != "electricity_primary_energy" or not heat:
        return factor
    without = factor.value - heat * conversion("MJ/kWh", factor.unit)
    return replace(factor, label=f"{factor.label} ({without:.3g} {factor.unit} if geothermal heat is not counted)")


def _is_heat(term: Term) -> bool:
    return term[0].key.split("/")[2] == "geothermal"
