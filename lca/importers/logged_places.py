"""Places as logs name them: countries and parts of them by code or name, as zones of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from lca.importers.draft_text import letters, plain, quoted, short
from lca.importers.drafted import Place
from lca.problems import Location, Problem, did_you_mean

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook

#: Said below a site of which the log says nothing.
_ASK = "# location: the log does not say where; state the country, as in `location: FR`, or the cloud's `provider` and `region`"


def country_named(name: str, book: FactorBook) -> str:
    """Return the code of three letters of a country by its name, empty where none is called so."""
    asked = letters(name)
    zones = {zone: country for country, zone in book.countries.items()}
    return next((zones[zone] for zone, known in book.zones.items() if asked == letters(known) and zone in zones), "")


def part_of(region: str, country: str, place: Location, book: FactorBook, notes: list[Problem]) -> str:
    """Return the zone of the state or province that a log names, the country where there is none of that name."""
    parts = _parts_of(country, book)
    if not region or not parts:
        return country
    name, code = letters(region), region.upper().removeprefix(f"{country}-")
    found = parts.get(name) or (f"{country}-{code}" if f"{country}-{code}" in parts.values() else "")
    if not found:
        message = f"the region `{short(region)}` is none of those of {book.zones[country]}; the country stands in"
        hint = did_you_mean(region, [book.zones[zone] for zone in parts.values()])
        notes.append(Problem(place, "LCA613", message, hint))
    return found or country


def _parts_of(country: str, book: FactorBook) -> Mapping[str, str]:
    """Return the zones of a country's parts by name; some names carry the country's in brackets."""
    return {
        letters(name.partition(" (")[0]): zone for zone, name in book.zones.items() if zone.startswith(f"{country}-")
    }


def place_named(country: str, region: str, place: Location, book: FactorBook, notes: list[Problem]) -> Place:
    """Return the site of a country, by its code or name, and of a part of it; of a place that nobody knows where there is none."""
    if not country:
        message = "the log does not say where it ran: an unknown place stands in, with the spread of all countries"
        notes.append(Problem(place, "LCA613", message, "state the `location` of the site"))
        return Place(("location: UNKNOWN",), (_ASK,), "somewhere")
    code = country.upper()
    zone = book.countries.get(code) or (code if code in book.zones else "")
    zone = zone or book.countries.get(country_named(country, book), "")
    if not zone:
        message = f"the place `{short(country)}` is none of the catalogue: an unknown place stands in for it"
        hint = did_you_mean(country, book.zones.values()) or "state the `location` of the site, as in `FR`"
        notes.append(Problem(place, "LCA613", message, hint))
        return Place(("location: UNKNOWN",), (f"# logged: {plain(f'{country} {region}'.strip())}", _ASK), "somewhere")
    found = part_of(region, zone, place, book, notes)
    logged = f"# logged: {plain(', '.join(filter(None, (country, region))))}"
    return Place((f"location: {found}",), (logged,), found)


def scalar(text: str) -> str:
    """Return a region as YAML reads it as a text."""
    return text if re.fullmatch(r"[a-z][a-z0-9-]*[a-z0-9]", text) else quoted(text)
