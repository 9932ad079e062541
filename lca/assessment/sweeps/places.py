"""Sweeps of where the electricity comes from: location, hosting (PUE by region), and generation technology."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from lca.assessment.cases import Case
from lca.assessment.record import Record
from lca.assessment.sweeps.variation import Sweep, Variation, chosen, climate_of, electricity_at, given, run, without
from lca.quantities.formula import total
from lca.quantities.quantity import Computed, Quantity, Sampler
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.supply import site_electricity
from lca.subjects.money.formulas import electricity_cost

#: The places of the workshop on responsible AI (Nancy, 2021), and two means.
ZONES = ("CA-ON", "IE", "US", "SE", "FR", "EU27", "WORLD")
#: The places where a cloud is set against the project's own server.
CLOUD_ZONES = ("CA-ON", "IE", "US", "SE", "FR")
#: The hyperscaler whose stated PUE stands for a cloud.
CLOUD = "gcp"
TECHNOLOGIES = (
    *("coal_pc", "gas_combined_cycle", "solar_pv_utility", "hydro", "nuclear", "wind_offshore", "wind_onshore"),
)
#: The declared set of the catalogue whose factors leave out fuel supply and plants.
DIRECT = "direct"
NO_DIRECT_FACTOR = "no direct factor within three years"

#: What a site says of its electricity, which holds at its own place alone.
OF_ELECTRICITY = ("electricity", "electricity_coverage", "electricity_water", "generation")
_OF_HOST = ("provider", "pue", "wue", "kind")


def sites(assessment: Record) -> dict[str, float]:
    """Return the climate impact of the electricity of each site that draws any."""
    drawn = {name: electricity_at(assessment, name) for name in assessment.study[ProductSystem].sites}
    return {name: climate_of(assessment, flows) for name, flows in drawn.items() if flows}


def location(assessment: Record, subject: str = "") -> Sweep:
    """Move a site to other zones, its PUE unchanged: by the factors that lead, and apart from them by direct factors."""
    site = chosen(assessment, "location", subject, sites(assessment), "no site draws electricity")
    zone = _zone(assessment, site)
    variations = [
        *(Variation((("zone", place),), _moved(assessment, site, place)) for place in ZONES),
        *_by_direct_factors(assessment, site, zone),
    ]

    def as_labelled(case: Case) -> str:
        """Refuse a case that is to be counted by direct factors and is not."""
        return NO_DIRECT_FACTOR if case.name.endswith(DIRECT) and coverage_at(case, site) != {DIRECT} else ""

    return run(assessment, "location", f"sites.{site}", (("zone", zone),), variations, as_labelled)


def _by_direct_factors(assessment: Record, site: str, zone: str) -> Iterator[Variation]:
    """Yield the zones again, counted by direct factors, where the factors that lead cover more."""
    book, year = assessment.book, _year(assessment, site)
    for place in dict.fromkeys((zone, *ZONES)) if DIRECT in book.sets else ():
        leading = book.for_year(f"electricity/{place}", "gwp100", year)
        if leading is None or DIRECT not in leading.coverage:
            yield Variation((("zone", place), ("coverage", DIRECT)), _moved(assessment, site, place), DIRECT)


def coverage_at(case: Case, site: str) -> set[str]:
    """Return what the electricity factors of a site cover in a case's climate total."""
    return {word for word, place in case.bases["total.gwp100"].coverage if place in ("", site)}


def hosting(assessment: Record, subject: str = "") -> Sweep:
    """Set the site's own PUE against a survey's mean and a hyperscaler's, in several zones; nothing else is changed."""
    site = chosen(assessment, "hosting", subject, sites(assessment), "no site draws electricity")
    zone = _zone(assessment, site)
    variations = [
        Variation((("host", host), ("zone", place)), _hosted(assessment, site, host, place, zone))
        for place in (zone, *(z for z in CLOUD_ZONES if z != zone))
        for host in ("own", "survey", CLOUD)
    ]
    sweep = run(assessment, "hosting", f"sites.{site}", (("host", "own"), ("zone", zone)), variations)
    return replace(sweep, further=dict(_pues(assessment, site)))


def _pues(assessment: Record, site: str) -> Iterator[tuple[str, Quantity]]:
    """Yield the PUE of each host: the site's own, the survey's mean, the hyperscaler's."""
    book, sample = assessment.book, Sampler(assessment.fingerprint.seed, assessment.fingerprint.draws)
    for flow in electricity_at(assessment, site):
        origin = flow.quantity.origin
        if isinstance(origin, Computed) and origin.formula.name == site_electricity.name:
            yield "own", dict(origin.inputs)["pue"]
            break
    for host, factor in (
        ("survey", book.for_year("pue/world", "", _year(assessment, site))),
        (CLOUD, book.for_year(f"pue/{CLOUD}", "", _year(assessment, site))),
    ):
        if factor is not None:
            yield host, sample(factor)


def generation(assessment: Record, subject: str = "") -> Sweep:
    """Suppose that all electricity of a site comes from one technology, with its climate impact and levelised cost."""
    site = chosen(assessment, "generation", subject, sites(assessment), "no site draws electricity")
    zone, known = _zone(assessment, site), assessment.book.technologies()
    variations = [
        Variation((("technology", name),), _supplied(assessment, site, name)) for name in TECHNOLOGIES if name in known
    ]
    sweep = run(assessment, "generation", f"sites.{site}", (("zone", zone),), variations)
    sample = Sampler(assessment.fingerprint.seed, assessment.fingerprint.draws)
    drawn = total(f"electricity of {site}", "kWh", [flow.quantity for flow in electricity_at(assessment, site)])
    costs = {
        variation.name: electricity_cost.bound(money=factor.unit.partition("/")[0])(energy=drawn, price=sample(factor))
        for variation in variations
        if (factor := assessment.book.find(f"generation/{variation.name}/cost")) is not None
    }
    return replace(sweep, further=costs)


def _year(assessment: Record, site: str) -> int:
    """Return the year that a site's factors are to be of."""
    record = assessment.study[ProductSystem].sites[site]
    return record.factor_year.year if record.factor_year else record.year or assessment.study.year or 0


def _zone(assessment: Record, site: str) -> str:
    record = assessment.study[ProductSystem].sites[site]
    return assessment.book.zone_of(record.provider, record.region) or record.location


def _moved(assessment: Record, site: str, zone: str) -> dict[str, Any]:
    node = given(assessment, ("sites", site))
    return {"sites": {site: {**without(node, "region", *OF_ELECTRICITY), "location": zone}}}


def _supplied(assessment: Record, site: str, technology: str) -> dict[str, Any]:
    node = given(assessment, ("sites", site))
    return {"sites": {site: {**without(node, *OF_ELECTRICITY), "generation": technology}}}


def _hosted(assessment: Record, site: str, host: str, place: str, zone: str) -> dict[str, Any]:
    """Return the patch that gives a site another host at a place; at its own place, its electricity stays what it is."""
    node = given(assessment, ("sites", site))
    changes: dict[str, Any] = {} if place == zone else _moved(assessment, site, place)["sites"][site]
    if host != "own":
        changes |= {**without(node, "region", *_OF_HOST), "location": place}
        changes |= {"provider": host} if host != "survey" else {}
    return {"sites": {site: changes}}
