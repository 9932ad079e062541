"""The factor catalogue: exact look-up, the order between sources, and which year's factor may serve an activity."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from lca.catalogue.indicator import Indicator
from lca.catalogue.instances import InstanceTypes
from lca.catalogue.mixes import served
from lca.catalogue.model_names import ModelNames
from lca.catalogue.names import NameMatch, PrintedName
from lca.catalogue.places import Places
from lca.catalogue.processors import Processors
from lca.catalogue.regions import KnownSites, Regions
from lca.catalogue.table import TableRow
from lca.catalogue.uncertainty_class import UncertaintyClass, bounds_of
from lca.catalogue.unknown_region import UNKNOWN, of_unknown_region
from lca.quantities.bounds import within
from lca.quantities.provenance import Factor, Source
from lca.quantities.uncertainty import Uncertainty, from_range95

#: A factor may stand in for an activity that lies up to this many years before it or after it, as a printed proxy.
PROXY_YEARS = 3

#: The folder that holds the data of the Green Algorithms calculator, all versions.
CALCULATOR = "green-algorithms-calculator"


class FactorBook(Struct, dict=True):
    """All factors of one catalogue version; knows every source of a key and which of them leads.

    `zones` holds the name of each electricity zone, `zone_names` all names of zones by language, `countries` the zone of each
    country by its code of three letters. `given` holds parameters from outside the catalogue, which lead those of their keys.
    """

    version: str
    indicators: Mapping[str, Indicator]
    sources: Mapping[str, Source]
    classes: Mapping[str, UncertaintyClass]
    zones: Mapping[str, str]
    zone_names: Mapping[str, Mapping[str, str]]
    countries: Mapping[str, str]
    regions: Regions
    places: Places
    printed_names: tuple[PrintedName, ...]
    sites: KnownSites
    models: ModelNames
    instances: InstanceTypes
    archetypes: Mapping[str, Any]
    preference: Mapping[str, tuple[str, ...]]
    rows: Mapping[tuple[str, str], tuple[TableRow, ...]]
    years: Mapping[tuple[str, str], list[int]]
    sets: Mapping[str, tuple[str, ...]]
    lead: tuple[str, ...] = ()
    given: Mapping[str, Factor] = field(default_factory=dict)
    _made: dict[TableRow, Factor] = field(default_factory=dict)
    _all: dict[tuple[str, str], tuple[Factor, ...]] = field(default_factory=dict)
    _names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _keys: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    _served: dict[tuple[str, str, int], Factor | None] = field(default_factory=dict)

    def all(self, key: str, indicator: str = "") -> tuple[Factor, ...]:
        """Return every source's factor for a key, the preferred source first."""
        found = self._all.get((key, indicator))
        if found is None:
            rows = sorted(
                self.rows.get((key, indicator), ()), key=lambda row: (self._preferred(key, row.source), row.source)
            )
            leading = (self.given[key],) if not indicator and key in self.given else ()
            found = self._all[key, indicator] = (*leading, *(self._factor(row) for row in rows))
        return found

    def find(self, key: str, indicator: str = "") -> Factor | None:
        """Return the preferred source's factor, or None where the catalogue has none."""
        found = self.all(key, indicator)
        return found[0] if found else None

    def get(self, key: str, indicator: str = "") -> Factor:
        """Return the preferred source's factor.

        Raises:
            KeyError: the catalogue has none; for keys that the program itself relies on.
        """
        found = self.find(key, indicator)
        if found is None:
            raise KeyError(f"the catalogue has no {key} {indicator}")
        return found

    def names(self, first: str) -> tuple[str, ...]:
        """Return the second segments below a first one, such as all items of `manufacture/`."""
        if first not in self._names:
            below = f"{first}/"
            self._names[first] = tuple(sorted({key.split("/", 2)[1] for key, _ in self.rows if key.startswith(below)}))
        return self._names[first]

    def keys_of(self, first: str, indicator: str) -> tuple[str, ...]:
        """Return the keys below a first segment that have factors of an indicator, in the order of the catalogue."""
        found = self._keys.get((first, indicator))
        if found is None:
            below = f"{first}/"
            found = tuple(key for key, own in self.rows if own == indicator and key.startswith(below))
            self._keys[first, indicator] = found
        return found

    def technologies(self) -> tuple[str, ...]:
        """Return the generation technologies whose climate impact is known."""
        parts = (key.split("/") for key, indicator in self.rows if indicator == "gwp100")
        return tuple(sorted({part[1] for part in parts if part[0] == "generation" and len(part) == 2}))

    def for_year(self, prefix: str, indicator: str, year: int) -> Factor | None:
        """Return the factor of `prefix/YEAR` that serves an activity of `year`.

        Life-cycle coverage goes before direct and unstated coverage, then the nearest year, then the preferred source. A
        past activity with a factor of another year gets a proxy; a future one gets the latest factor, which is none. Electricity's
        primary energy and water are made of the zone's generation mix, and so is the upstream that a direct factor lacks.
        """
        asked = (prefix, indicator, year)
        if asked not in self._served and prefix == f"electricity/{UNKNOWN}":
            self._served[asked] = of_unknown_region(self, indicator, year)
        if asked not in self._served:
            self._served[asked] = self._of_calculator(prefix, indicator) or served(
                self, prefix, indicator, year, self._of_year(prefix, indicator, year)
            )
        return self._served[asked]

    def _of_year(self, prefix: str, indicator: str, year: int) -> Factor | None:
        """Return the factor of the catalogue's own years that serves."""
        candidates = [
            f for known in self.years.get((prefix, indicator), ()) for f in self.all(f"{prefix}/{known}", indicator)
        ]
        if not candidates:
            return None
        best = min(
            candidates,
            key=lambda f: (
                f.source.id not in self.lead or abs((f.year or 0) - year) > PROXY_YEARS,
                _coverage_rank(f),
                abs((f.year or 0) - year),
                self._preferred(prefix, f.source.id),
            ),
        )
        latest = max(f.year or 0 for f in candidates)
        if best.year == year or (year > latest and best.year == latest):
            return best
        return replace(best, proxy_for=f"{prefix}/{year}")

    def _of_calculator(self, prefix: str, indicator: str) -> Factor | None:
        """Return a zone's factor of the calculator version that leads, if one does; it states neither year nor coverage."""
        kind, _, zone = prefix.partition("/")
        versions = [lead for lead in self.lead if lead.startswith("calculator/")]
        if kind != "electricity" or not versions:
            return None
        factor = self.find(f"{versions[0]}/carbon-intensity/{zone}", indicator)
        if factor is None:
            return None
        rule = self.classes["electricity-unstated"]
        spread = rule.around(factor.value, factor.unit)
        return replace(factor, key=prefix, uncertainty=spread, uncertainty_rule=rule.id)

    def leads(self, factor: Factor) -> bool:
        """Say whether a factor is of the declared set that leads; all are where none does."""
        calculator = factor.source.id == CALCULATOR and any(lead.startswith("calculator/") for lead in self.lead)
        return not self.lead or factor.source.id in self.lead or calculator

    @functools.cached_property
    def processors(self) -> Processors:
        """The processors that have a power, and what finds them by a name."""
        return Processors(self.rows, self.printed_names)

    @functools.cached_property
    def _named(self) -> dict[str, NameMatch]:
        """What names of processors were found to be: a study names few, and asks for each in every variant."""
        return {}

    def named_processor(self, name: str) -> NameMatch:
        """Return which model a processor's name is, as a machine prints it or a person writes it."""
        if name not in self._named:
            self._named[name] = self.processors.named(name)
        return self._named[name]

    def zone_of(self, provider: str, region: str) -> str | None:
        """Return the electricity zone of a cloud region."""
        found = self.regions.find(provider, region)
        return self.regions.zones[found] if found else None

    def of_host(self, what: str, provider: str, region: str, year: int) -> Factor | None:
        """Return the `pue` or `wue` that a host states itself, of a region before all of it, in the nearest year."""
        who, found = self.regions.provider(provider), self.regions.find(provider, region)
        regions = dict.fromkeys(name.casefold() for name in (region, found[1] if found else "") if name)
        keys = [*(f"{what}/{who}/{name}" for name in regions), f"{what}/{who}"] if who else []
        stated = (self.for_year(key, "", year) or self.find(key) for key in keys)
        return next((factor for factor in stated if factor is not None), None)

    def led_by(self, name: str) -> FactorBook:
        """Return the same book with a declared set of sources in the lead.

        Raises:
            KeyError: no set has that name.
        """
        return replace(self, version=f"{self.version}, set {name}", lead=self.sets[name], _made={}, _all={}, _served={})

    def with_given(self, parameters: Iterable[Factor]) -> FactorBook:
        """Return the same book with parameters from outside it, which lead those of their keys."""
        given = {**self.given, **{factor.key: factor for factor in parameters}}
        sources = {**self.sources, **{factor.source.id: factor.source for factor in given.values()}}
        return replace(self, given=given, sources=sources, _all={})

    def _preferred(self, key: str, source: str) -> int:
        if source in self.lead:
            return self.lead.index(source) - len(self.lead)
        order = self.preference.get(key.split("/")[0], ())
        return order.index(source) if source in order else len(order)

    def _factor(self, row: TableRow) -> Factor:
        if row not in self._made:
            self._made[row] = self._make(row)
        return self._made[row]

    def _make(self, row: TableRow) -> Factor:
        cells = row.cells
        value = float(cells["value"])
        uncertainty: Uncertainty
        if cells["uncertainty_class"]:
            kind = self.classes[cells["uncertainty_class"]]
            uncertainty, rule = kind.around(value, cells["unit"]), kind.id
        else:
            uncertainty, rule = from_range95(value, float(cells["low"]), float(cells["high"])), "published range"
        return Factor(
            key=cells["key"],
            indicator=cells["indicator"],
            value=value,
            unit=cells["unit"],
            uncertainty=within(uncertainty, *bounds_of(cells["key"], cells["unit"])),
            uncertainty_rule=rule,
            source=self.sources[row.source],
            label=cells["label"],
            geography=cells["geography"],
            year=int(cells["year"]) if cells["year"] else None,
            method=cells["method"],
            coverage=frozenset(cells["coverage"].split()),
            locator=cells["locator"] or self.sources[row.source].locator,
            status=cells["status"],
            note=cells["note"],
        )


def _coverage_rank(factor: Factor) -> int:
    if "life-cycle" in factor.coverage or (
        "direct" not in factor.coverage and "unstated-coverage" not in factor.coverage
    ):
        return 0
    return 1 if "direct" in factor.coverage else 2
