"""Sites that may be moved to other zones, or be given another PUE, by the leaves of their own electricity alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from lca.assessment.cases import COVERAGES
from lca.assessment.record import Record
from lca.assessment.sweeps.places import OF_ELECTRICITY
from lca.assessment.sweeps.variation import given, without
from lca.assessment.what_if.control import PLACE, PUE, Chosen, Control, Patch
from lca.quantities.exported_trees import Edge
from lca.quantities.provenance import Factor
from lca.quantities.quantity import Computed, Quantity, Sampler
from lca.quantities.units import conversion
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import Leaf, proxy_too_far
from lca.subjects.footprint.impacts import Impact
from lca.subjects.footprint.inventory import new_context
from lca.subjects.footprint.site import Site
from lca.subjects.footprint.supply import site_electricity

#: The zones that a reader chooses from, beside the project's own.
ZONES = ("FR", "DE", "PL", "SE", "IE", "US", "WORLD")
#: The bounds of a PUE.
PUES = (1.0, 10.0)


def place_controls(record: Record) -> Iterator[Control]:
    """Yield the place and the PUE of each site whose electricity is told from that of all other places."""
    system = record.study[ProductSystem]
    climate = [i for i in record.footprint.impacts if i.indicator == "gwp100" and i.flow.is_electricity]
    others = {f"inference.{name}" for name, service in system.inference.items() if service.api is not None}
    unclear = {impact.flow.site for impact in climate if impact.flow.activity in others}  # places of providers
    for name, site in system.sites.items():
        own = [impact for impact in climate if impact.flow.site == name]
        if own and name not in unclear:
            pues = dict(_pues(own))
            yield from _place(record, site, own, list(pues.values()))
            control = f"{site.path}.pue"
            patch: Patch = ((("sites", name, "pue"), Chosen()),)
            edges = dict.fromkeys(pues, control)
            yield Control(name=control, kind=PUE, path=site.path, edges=edges, low=PUES[0], high=PUES[1], patch=patch)


def _pues(own: Sequence[Impact]) -> Iterator[tuple[Edge, Quantity]]:
    """Yield where the electricity of a site takes its PUE in."""
    for impact in own:
        origin = impact.flow.quantity.origin
        if isinstance(origin, Computed) and origin.formula.name == site_electricity.name:
            for index, (argument, part) in enumerate(origin.inputs):
                if argument == "pue":
                    yield (id(origin), index), part


def _place(record: Record, site: Site, own: Sequence[Impact], pues: Sequence[Quantity]) -> Iterator[Control]:
    """Yield the place of a site, in the year of each of its activities; none where its electricity is of one technology."""
    control = f"{site.path}.location"
    years = {id(impact): _year(record, site, impact) for impact in own}
    pinned = _pinned(record, site, pues, set(years.values()))
    if pinned is None or site.generation:
        return
    edges: dict[Edge, str] = {}
    leaves: dict[str, tuple[int, Leaf]] = {}
    for impact in own:
        origin = impact.quantity.origin
        assert isinstance(origin, Computed)
        mover = f"{control} {years[id(impact)]}"
        edges[id(origin), [argument for argument, _ in origin.inputs].index("factor")] = mover
        leaves[mover] = years[id(impact)], impact.leaf
    zone = record.book.zone_of(site.provider, site.region) or site.location
    choices = {
        place: values
        for place in ZONES
        if place != zone and len(values := dict(_values(record, site, place, leaves))) == len(leaves)
    }
    removed = without(given(record, ("sites", site.name)), "region", *OF_ELECTRICITY)
    patch: Patch = tuple(((("sites", site.name, key), None)) for key in removed)
    patch = (*patch, (("sites", site.name, "location"), Chosen()), *pinned)
    if choices:
        yield Control(name=control, kind=PLACE, path=site.path, edges=edges, choices=choices, patch=patch)


def _pinned(record: Record, site: Site, pues: Sequence[Quantity], years: Set[int]) -> Patch | None:
    """Return what keeps the PUE of a site that leaves its region, whose own it was; None where nothing would."""
    if site.pue is not None or not pues:
        return ()
    of_host = record.book.of_host
    if all(
        of_host("pue", site.provider, site.region, year) == of_host("pue", site.provider, "", year) for year in years
    ):
        return ()
    values = {pue.value for pue in pues}
    return ((("sites", site.name, "pue"), values.pop()),) if len(values) == 1 else None


def _year(record: Record, site: Site, impact: Impact) -> int:
    """Return the year that a flow's factors are of: the one that is declared, that of its activity, or the site's."""
    stage, _, name = impact.flow.activity.partition(".")
    activity = record.study[ProductSystem].stage(stage).get(name)
    period = getattr(activity, "period", None)
    if site.factor_year is not None:
        return site.factor_year.year
    dated = period.year if period is not None else None
    return dated or site.year or new_context(record.study, record.book, Sampler(0, 0)).year


def _values(
    record: Record, site: Site, place: str, leaves: Mapping[str, tuple[int, Leaf]]
) -> Iterator[tuple[str, float]]:
    """Yield the value at a place of each leaf that has one there, which covers the same and may serve its year."""
    for mover, (year, leaf) in leaves.items():
        factor = record.book.for_year(f"electricity/{place}", "gwp100", year)
        if factor is None or (year and site.factor_year is None and proxy_too_far(factor, year)):
            continue
        covered = _covered(leaf, site)
        if covered and covered == _covered(factor, site):
            yield mover, factor.value * conversion(factor.unit, leaf.unit)


def _covered(leaf: Leaf, site: Site) -> str:
    """Return what a factor covers, empty where nothing says so."""
    words = leaf.coverage if isinstance(leaf, Factor) else {site.electricity_coverage}
    return next((word for word in COVERAGES if word in words), "")
