"""What supplies a site: its electricity factors, its PUE and the water that it takes in."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from lca.catalogue.mixes import BY_MIX, UPSTREAM_ADDED, upstream_of
from lca.problems import did_you_mean
from lca.quantities.formula import formula, total
from lca.quantities.provenance import Factor
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Array
from lca.quantities.units import conversion
from lca.subjects.footprint.flow import OPERATIONAL, PROJECT, Context, Flow, Leaf, proxy_too_far
from lca.subjects.footprint.site import Site
from lca.subjects.footprint.water import WATER_KEY, it_electricity_within, water_leaf, water_on_site, wue_of


@formula("kWh", source="iso-iec-30134-2")
def site_electricity(it_electricity: Array, pue: Array) -> Array:
    """Electricity that the site draws to run the IT load.

    Args:
        it_electricity [kWh]: electricity that the IT equipment draws at the plug.
        pue [1]: total site energy over IT energy, at least 1.
    """
    return it_electricity * pue


class Supply(Struct, frozen=True, eq=False):
    """What one site adds to electricity at the plug: PUE, water, and the factors of the electricity."""

    site: Site
    zone: str
    pue: Quantity | None
    wue: Quantity | None
    factors: Mapping[str, Leaf]

    @property
    def key(self) -> str:
        """The key under which this site's electricity is counted."""
        factor = self.factors.get("gwp100")
        if not isinstance(factor, Factor):
            return f"electricity/{self.zone or 'own'}"
        return factor.key if factor.key.startswith("electricity/") else f"electricity/{factor.key}"


class Supplies(Struct):
    """Resolves the sites of a project once each, and any place that an activity names directly.

    `year` is that of an activity whose period is stated; without it, sites have their own year or the project's.
    """

    context: Context
    sites: Mapping[str, Site]
    year: int | None = None
    _made: dict[str, Supply | None] = field(default_factory=dict)
    _years: dict[int, Supplies] = field(default_factory=dict)

    def in_year(self, year: int | None) -> Supplies:
        """Return what supplies the sites in the year of an activity; the same where its year is not stated."""
        if year is None or year == self.year:
            return self
        return self._years.setdefault(year, Supplies(self.context, self.sites, year))

    def of_site(self, name: str) -> Supply | None:
        """Return the supply of a named site, or None where it has problems of its own."""
        if name not in self._made:
            self._made[name] = resolve(self.context, self._dated(self.sites[name])) if name in self.sites else None
        return self._made[name]

    def known(self) -> dict[str, Supply]:
        """Return the supplies of the named sites that have no problems."""
        return {name: supply for name in self.sites if (supply := self.of_site(name)) is not None}

    def places(self) -> tuple[Supply, ...]:
        """Return the supplies of all places that have been asked for, named sites or not, without problems."""
        return tuple(supply for supply in self._made.values() if supply is not None)

    def of_location(self, location: str, path: str) -> Supply | None:
        """Return the supply of homes and networks in a country: no PUE and no water on site."""
        return self.of_place(Site(path=path, name=location, location=location, kind="office"))

    def of_place(self, site: Site) -> Supply | None:
        """Return the supply of a place that no site of the project describes, by its path."""
        if site.path not in self._made:
            self._made[site.path] = resolve(self.context, self._dated(site))
        return self._made[site.path]

    def _dated(self, site: Site) -> Site:
        return site if self.year is None else replace(site, year=self.year)


def resolve(context: Context, site: Site) -> Supply | None:
    """Find a site's PUE, WUE and electricity factors, noting what is missing or stands in."""
    zone = find_zone(context, site)
    year = site.factor_year.year if site.factor_year else site.year or context.year
    factors: dict[str, Leaf] = {}
    if site.generation:
        _add_generation(context, site, factors)
    elif site.electricity is not None:
        factors["gwp100"] = site.electricity
    elif zone is not None:
        _add_electricity(context, site, zone, year, factors)
    if zone is not None and not site.generation:
        factors |= _of_mix(context, zone, year)
    if site.electricity_water is not None:
        factors["water_consumption"] = site.electricity_water
    if zone is None and site.electricity is None:
        return None
    return Supply(site, zone or "", _pue(context, site, year), wue_of(context, site), factors)


def find_zone(context: Context, site: Site) -> str | None:
    """Return the electricity zone of a site, noting a problem where its place is unknown."""
    book = context.book
    if site.provider and site.region:
        zone = book.zone_of(site.provider, site.region)
        if zone is None and not site.location:
            regions = book.regions.of(site.provider)
            hint = did_you_mean(site.region, regions)
            if not hint:
                providers = sorted({provider for provider, _ in book.regions.zones})
                hint = f"its regions: {', '.join(regions)}" if regions else f"known providers: {', '.join(providers)}"
            context.problem(
                f"{site.path}.region", "LCA501", f"the region `{site.region}` of `{site.provider}` is unknown", hint
            )
            return None
        if zone is not None:
            return zone
    if not site.location:
        if site.electricity is None:
            context.problem(
                site.path, "LCA202", f"{site.path} has no place", "add `location: FR`, or `provider` and `region`"
            )
        return None
    if site.location in book.zones:
        return site.location
    path = site.path if site.path.endswith("location") else f"{site.path}.location"
    context.problem(
        path,
        "LCA501",
        f"the location `{site.location}` is unknown",
        book.places.hint(site.location)
        or "use the country's code (ISO 3166) such as `FR` or `CA-ON`, or `EU27` or `WORLD`",
    )
    return None


def _add_electricity(context: Context, site: Site, zone: str, year: int, factors: dict[str, Leaf]) -> None:
    for indicator in context.book.indicators:
        if indicator in BY_MIX:
            continue
        factor = context.book.for_year(f"electricity/{zone}", indicator, year)
        if factor is None:
            continue
        if indicator == "gwp100":
            if year and proxy_too_far(factor, year) and site.factor_year is None:
                hint = f"add `factor_year: {{year: {factor.year}, reason: ...}}` to the site, or state `electricity`"
                message = f"the nearest electricity factor of {zone} is of {factor.year}, not of {year}"
                context.problem(site.path, "LCA504", message, hint)
            elif factor.proxy_for:
                message = f"the electricity factor of {zone} is of {factor.year} and stands in for {year}"
                context.problem(site.path, "LCA601", message)
            if not context.book.leads(factor):
                message = f"the declared set has no electricity factor of {zone}; {factor.source.id} stands in"
                context.problem(site.path, "LCA608", message)
            _note_upstream(context, site, zone, factor)
        if site.factor_year is not None:
            factor = replace(factor, proxy_for=f"electricity/{zone}/{site.year or context.year}")
        factors[indicator] = factor
    if "gwp100" not in factors:
        hint = "state `electricity` for this site with its source"
        context.problem(site.path, "LCA503", f"no electricity factor for `{zone}`", hint)


def _add_generation(context: Context, site: Site, factors: dict[str, Leaf]) -> None:
    """Add the factors of the one technology that a scenario supposes."""
    if site.electricity is not None:
        message = f"{site.path}: `electricity` and `generation` both say where the electricity comes from"
        context.problem(f"{site.path}.generation", "LCA402", message, "remove `electricity` in this scenario: `null`")
    factors |= context.factors_of(f"generation/{site.generation}")
    if "gwp100" not in factors:
        known = context.book.technologies()
        hint = did_you_mean(site.generation, known) or f"known: {', '.join(known)}"
        message = f"the catalogue has no generation technology `{site.generation}`"
        context.problem(f"{site.path}.generation", "LCA503", message, hint)


def _note_upstream(context: Context, site: Site, zone: str, factor: Factor) -> None:
    """Note that a factor's source leaves out the upstream, and whether the zone's mix adds it."""
    if "direct" in factor.coverage:
        message = f"the electricity factor of {zone} is direct: fuel supply and plant construction are not included"
        hint = "its range is widened upwards; state `electricity` if you know better"
        context.problem(site.path, "LCA602", message, hint)
    elif UPSTREAM_ADDED in factor.coverage:
        added = upstream_of(factor) * conversion(factor.unit, "gCO2e/kWh")
        whole = factor.value * conversion(factor.unit, "gCO2e/kWh")
        message = (
            f"the electricity factor of {zone} is direct in its source: {added:.3g} of its {whole:.3g} gCO2e/kWh are fuel "
            "supply and plants, added by the generation mix"
        )
        context.problem(site.path, "LCA602", message, "state `electricity` if you know better")


def _of_mix(context: Context, zone: str, year: int) -> dict[str, Leaf]:
    """Return primary energy and water of a zone's electricity; water of its country as a proxy where no mix is known."""
    found: dict[str, Leaf] = {}
    country = zone.partition("-")[0]
    for indicator in BY_MIX:
        for place in (zone, country):
            factor = context.book.for_year(f"electricity/{place}", indicator, year)
            if factor is None:
                continue
            if place != zone:
                factor = replace(
                    factor, proxy_for=f"electricity/{zone}/{year}" if factor.terms else f"electricity/{zone}"
                )
            elif not factor.terms:  # one year is known of country means of water, so the year is no proxy
                factor = replace(factor, proxy_for="")
            found[indicator] = factor
            break
    return found


def _pue(context: Context, site: Site, year: int) -> Quantity | None:
    if site.pue is not None:
        return context.sample(site.pue)
    if site.kind == "office":
        return None
    factor = context.book.of_host("pue", site.provider, site.region, year) or context.book.for_year(
        "pue/world", "", year
    )
    return context.sample(factor) if factor is not None else None


def electricity_flows(
    supply: Supply,
    stage: str,
    activity: str,
    part: str,
    it_electricity: Quantity,
    includes_pue: bool = False,
    drawn_by: str = PROJECT,
) -> list[Flow]:
    """Return the flow of electricity at the site, and that of water on site where a WUE is known."""
    site = supply.site
    if includes_pue or supply.pue is None:
        drawn = it_electricity
    else:
        drawn = site_electricity(it_electricity=it_electricity, pue=supply.pue)
    at_plug = None if includes_pue else it_electricity
    flows = [
        Flow(
            stage, activity, part, OPERATIONAL, supply.key, drawn, supply.factors, site.name, at_plug, drawn_by=drawn_by
        )
    ]
    if supply.wue is not None and drawn_by == PROJECT:
        if includes_pue and supply.pue is not None:
            it_electricity = it_electricity_within(site_electricity=it_electricity, pue=supply.pue)
        water = water_on_site(it_electricity=it_electricity, wue=supply.wue)
        name = f"{part}: water on site"
        flows.append(Flow(stage, activity, name, OPERATIONAL, WATER_KEY, water, water_leaf(supply.wue), site.name))
    return flows


def energy_total(label: str, flows: list[Flow], at_plug: bool = False) -> Quantity | None:
    """Return the electricity of flows, at the site or at the plug; None where there is none."""
    electric = [flow for flow in flows if flow.is_electricity]
    parts = [flow.at_plug or flow.quantity for flow in electric] if at_plug else [flow.quantity for flow in electric]
    return total(label, "kWh", parts) if parts else None
