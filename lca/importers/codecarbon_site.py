"""The site of a run: where the log places it, with the PUE and WUE that somebody stated, and what the catalogue does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from lca.importers.codecarbon_log import LoggedRun
from lca.importers.draft_text import number, plain, quoted, short
from lca.importers.logged_places import country_named, part_of, scalar
from lca.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook

#: Codes of countries that people write, and no standard has.
_OTHER_CODES = {"UK": "GBR", "EL": "GRC"}


class LoggedSite(Struct, frozen=True):
    """The lines of a site, what is said below them, its wished name, and its electricity zone."""

    lines: tuple[str, ...]
    remarks: tuple[str, ...]
    name: str
    zone: str


def site_of(run: LoggedRun, kind: str, first_year: int, book: FactorBook, notes: list[Problem]) -> LoggedSite | Problem:
    """Return the site of a run on a computer of some kind, or the problem that its place is unknown."""
    place = _place(run, book, notes)
    if isinstance(place, Problem):
        return place
    lines, zone = place
    name = "-".join(line.partition(": ")[2] for line in lines)
    where = [
        f"{column} {run.text(column)}" for column in ("country_iso_code", "country_name", "region") if run.text(column)
    ]
    where += [
        f"{column} {run.text(column)}" for column in ("on_cloud", "cloud_provider", "cloud_region") if run.text(column)
    ]
    remarks = [f"# logged: {plain(', '.join(where))}"]
    if run.ended.year != first_year:
        lines = [*lines, f"year: {run.ended.year}"]
    if run.pue is None:
        remarks.append("# pue: the log has none; the provider's or the default one stands until you state it")
    elif run.pue == 1:
        remarks.append(
            f"# logged: pue {run.text('pue')}, which CodeCarbon takes unless told; the provider's or the default stands"
        )
        if kind == "server":
            message = (
                "pue is 1, the tool's default, and no data centre has it: the provider's or the default one stands"
            )
            notes.append(Problem(run.place("pue"), "LCA607", message, "state the `pue` of the site, with its source"))
    else:
        lines = [
            *lines,
            f"pue: {{value: {number(run.pue)}, source: {quoted('logged by CodeCarbon, where somebody stated it')}}}",
        ]
    if kind != "server":
        remarks.append(f"# kind: office  # asked: does this {kind} stand in an office or at home? Its PUE is then 1")
    if run.wue:
        lines = [*lines, f"wue: {{value: {number(run.wue)} L/kWh, source: {quoted('logged by CodeCarbon')}}}"]
    elif run.wue is not None:
        remarks.append(
            f"# logged: wue {run.text('wue')}, which CodeCarbon takes unless told: state it where it is known"
        )
    return LoggedSite(tuple(lines), tuple(remarks), name, zone)


def _place(run: LoggedRun, book: FactorBook, notes: list[Problem]) -> tuple[list[str], str] | Problem:
    """Return the lines that say where a site is, and its zone: the cloud's region, a subdivision, or the country."""
    provider, region = run.text("cloud_provider"), run.text("cloud_region")
    known = book.regions.find(provider, region) if provider and region else None
    if known:
        return [f"provider: {known[0]}", f"region: {scalar(known[1])}"], book.regions.zones[known]
    zone = _country(run, book)
    if isinstance(zone, Problem):
        return zone
    part = part_of(run.text("region"), zone, run.place("region"), book, notes)
    who = book.regions.provider(provider)
    if provider or region:
        what = f"the cloud region `{short(region)}` of `{short(provider)}` is unknown"
        if not region:
            what = f"the log names the cloud provider `{short(provider)}` without a region"
        message = f"{what}; {part} of the log stands in"
        hint = did_you_mean(region, book.regions.of(provider)) or "state the `location` that the provider names"
        notes.append(Problem(run.place("cloud_region"), "LCA613", message, hint))
    lines = [f"provider: {who}"] if provider and book.regions.of(provider) else []
    return [*lines, f"location: {part}"], part


def _country(run: LoggedRun, book: FactorBook) -> str | Problem:
    """Return the zone of the country of a run, or the problem that it is unknown."""
    logged = run.text("country_iso_code")
    code = logged.upper()
    if code in book.countries:
        return book.countries[code]
    of_two = {zone: country for country, zone in book.countries.items()}
    meant = (
        _OTHER_CODES.get(code)
        or of_two.get(code)
        or country_named(logged, book)
        or country_named(run.text("country_name"), book)
    )
    if meant:
        hint = f"write the code of three letters, `{meant}`"
    else:
        hint = did_you_mean(code, book.countries) or "a code of three letters (ISO 3166), as in `FRA`"
    message = f"country_iso_code: `{short(logged)}` is no country of the catalogue"
    return Problem(run.place("country_iso_code"), "LCA501", message, hint)
