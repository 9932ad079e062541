"""What cloud providers print of the emissions of an account: exports of Google Cloud and AWS become stated results, and no figure.

Columns by their documentation: Google Cloud's table `carbon_footprint` (`carbon_footprint_total_kgCO2e.location_based` and
`.market_based`, in kilograms, by `usage_month`; a flat table may write `_` for the dots), AWS's table of carbon emissions
(`total_lbm_emissions_value` and `total_mbm_emissions_value` with their units, by `usage_period_start`).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from lca.importers.draft_text import number, plain, short
from lca.importers.drafted import Printed, Seen, Told, descriptor_start, draft_of, provenance
from lca.importers.gathering import without_copies
from lca.importers.importer import Draft, Importer, Log
from lca.importers.logged_cells import Cells
from lca.importers.logged_layout import Layout, table_of
from lca.importers.logged_table import Row
from lca.problems import Location, Problem, ProblemsFound

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook

_AWS = Layout(
    "AWS carbon emissions",
    ("usage_period_start", "total_lbm_emissions_value", "total_lbm_emissions_unit"),
    (
        *("usage_period_end", "total_mbm_emissions_value", "total_mbm_emissions_unit", "product_code", "region_code"),
        *("model_version", "usage_account_id"),
    ),
    "AWS exports `usage_period_start,total_lbm_emissions_value,total_lbm_emissions_unit`",
)
#: Powers of ten of a unit in kilograms.
_KILOGRAMS = {"mtco2e": 3, "tco2e": 3, "kgco2e": 0, "gco2e": -3}
_LOCATION, _MARKET = "total.gwp100", "total.gwp100.market-based"
_TOLD = Told(
    "cloud carbon",
    (
        "# What a provider prints of an account's emissions describes no activity: it stands here as stated results, which are",
        "# recomputed and never counted. Describe what ran (a bill does: `lca import focus`), for the same months and services,",
        "# or move the stated results into your study. The market-based one needs `market_based` at a site.",
    ),
    "machines and activities: the export names none; a study needs them",
)
_LINES_LISTED = 30


class Emissions(Struct, frozen=True):
    """One row: what something emitted in a month, in kilograms; `market` is None where it is not told.

    `what` names the service, its region, the account or project, and the version of the provider's model.
    """

    log: Log
    row: Row
    month: datetime.date
    what: tuple[str, ...]
    location: Decimal
    market: Decimal | None


def _google(mark: str) -> Layout:
    """Return the layout of Google Cloud's table with a mark between the names of a field and of its parts."""
    total = f"carbon_footprint_total_kgCO2e{mark}"
    optional = (f"{total}market_based", f"service{mark}description", f"location{mark}region", f"project{mark}id")
    writes = f"Google Cloud exports `usage_month,{total}location_based`"
    return Layout(
        "Google Cloud carbon", ("usage_month", f"{total}location_based"), (*optional, "carbon_model_version"), writes
    )


def _read(logs: Sequence[Log], _book: FactorBook) -> Draft:
    """Return the draft of exports.

    Raises:
        ProblemsFound: something in an export cannot be read, or it holds no emissions.
    """
    notes: list[Problem] = []
    problems: list[Problem] = []
    given = list(without_copies(logs, notes))
    rows = [emissions for log in given for emissions in _rows(log, notes, problems)]
    if problems:
        raise ProblemsFound(problems)
    kept = _of_last_models(rows, notes)
    if not any(one.location or one.market for one in kept):
        raise ProblemsFound([Problem(Location(given[0].file, 1, 1), "LCA105", "the export holds no emissions")])
    location = sum((one.location for one in kept), Decimal(0))
    markets = [one.market for one in kept if one.market is not None]
    source = "; ".join(_source(log, kept) for log in given)
    printed = [Printed(_LOCATION, f"{number(location)} kgCO2e", f"{source}, location-based")]
    if len(markets) == len(kept):
        market = sum(markets, Decimal(0))
        printed.append(Printed(_MARKET, f"{number(market)} kgCO2e", f"{source}, market-based"))
    start = descriptor_start([one.month for one in kept], kept[0].row.place("usage_month"), notes)
    told = replace(_TOLD, lines=(*_TOLD.lines, *_told(kept)))
    summary = f"{number(location)} kgCO2e of {len({one.month for one in kept})} months by the provider's own account"
    return draft_of(told, [], given, Seen(summary, start, printed=printed), notes)


def _rows(log: Log, notes: list[Problem], problems: list[Problem]) -> Iterator[Emissions]:
    head = log.content[:20_000].lstrip(b"\xef\xbb\xbf\r\n").partition(b"\n")[0]
    if b"lbm_emissions" in head:
        layout, read = _AWS, partial(_of_aws, log)
    else:
        mark = "_" if b"total_kgCO2e_" in head else "."
        layout, read = _google(mark), partial(_of_google, log, mark)
    for row in table_of(log, layout, notes, problems):
        emissions = read(row, problems)
        if emissions is not None:
            yield emissions


def _of_aws(log: Log, row: Row, problems: list[Problem]) -> Emissions | None:
    before, cells = len(problems), Cells(row, problems, "AWS")
    when, values = cells.time("usage_period_start"), []
    for method in ("lbm", "mbm"):
        read = cells.number if method == "lbm" else cells.unless_empty
        value, unit = read(f"total_{method}_emissions_value"), row.cell(f"total_{method}_emissions_unit")
        if value is not None and unit.casefold() not in _KILOGRAMS:
            place, hint = row.place(f"total_{method}_emissions_unit"), "AWS writes it as `MTCO2e`"
            problems.append(Problem(place, "LCA302", f"`{short(unit)}` is no unit of emissions", hint))
        else:
            values.append(value.scaleb(_KILOGRAMS[unit.casefold()]) if value is not None else None)
    if len(problems) > before or when is None or values[0] is None:
        return None
    names = ("product_code", "region_code", "usage_account_id", "model_version")
    return Emissions(log, row, when.date(), tuple(map(row.cell, names)), values[0], values[1])


def _of_google(log: Log, mark: str, row: Row, problems: list[Problem]) -> Emissions | None:
    total = f"carbon_footprint_total_kgCO2e{mark}"
    before, cells = len(problems), Cells(row, problems, "Google Cloud")
    when = cells.time("usage_month")
    location, market = cells.number(f"{total}location_based"), cells.unless_empty(f"{total}market_based")
    if len(problems) > before or when is None or location is None:
        return None
    names = (f"service{mark}description", f"location{mark}region", f"project{mark}id", "carbon_model_version")
    return Emissions(log, row, when.date(), tuple(map(row.cell, names)), location, market)


def _of_last_models(rows: Sequence[Emissions], notes: list[Problem]) -> list[Emissions]:
    """Return rows, of those that tell one thing by several versions of the provider's model the last version's."""
    kept: dict[tuple[object, ...], list[Emissions]] = {}
    for one in rows:
        key = (one.month, *one.what[:-1])
        earlier = kept.setdefault(key, [])
        if earlier and _version(earlier[0]) != _version(one):
            versions = f"`{short(earlier[0].what[-1])}` and by `{short(one.what[-1])}`"
            message = f"the month stands by the model {versions}; the later counts"
            notes.append(Problem(one.row.place("model_version"), "LCA613", message))
        if not earlier or _version(one) == _version(earlier[0]):
            earlier.append(one)
        elif _version(one) > _version(earlier[0]):
            kept[key] = [one]
    return [one for found in kept.values() for one in found]


def _version(one: Emissions) -> list[int]:
    return [int(part) for part in re.findall(r"\d{1,9}", one.what[-1])]


def _source(log: Log, kept: Sequence[Emissions]) -> str:
    lines = [one.row.number for one in kept if one.log is log]
    months = sorted({one.month for one in kept if one.log is log})
    if not lines:
        return provenance("cloud carbon", log, "no row")
    span = f"{months[0]:%Y-%m} to {months[-1]:%Y-%m}"
    return provenance("cloud carbon", log, f"lines {min(lines)} to {max(lines)}, {span}")


def _told(kept: Sequence[Emissions]) -> Iterator[str]:
    """Yield what each service emitted where, by the provider's account."""
    groups: dict[tuple[str, ...], list[Emissions]] = {}
    for one in kept:
        groups.setdefault(one.what[:2], []).append(one)
    yield "# By region and service, location-based:"
    ordered = sorted(groups.items(), key=lambda item: -sum(one.location for one in item[1]))
    for (service, region), found in ordered[:_LINES_LISTED]:
        amount = number(sum((one.location for one in found), Decimal(0)))
        yield f"#   {plain(region) or 'no region'}, {plain(service)}: {amount} kgCO2e"
    if len(ordered) > _LINES_LISTED:
        yield f"#   and {len(ordered) - _LINES_LISTED} more"


IMPORTER = Importer(100_000_000, _read)
