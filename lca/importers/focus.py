"""Cloud bills by FOCUS or by AWS's Cost and Usage Report 2.0 become a draft: instances, data kept and moved, tokens, and money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lca.importers.bill import CUR, FOCUS, Charge, charge_of_cur, charge_of_focus
from lca.importers.bill_draft import Used, billed, in_number, works_of
from lca.importers.bill_uses import Use, use_of
from lca.importers.draft_text import plain
from lca.importers.drafted import Seen, Told, descriptor_start, draft_of
from lca.importers.gathering import without_copies
from lca.importers.importer import Draft, Importer, Log
from lca.importers.logged_layout import Layout, table_of
from lca.importers.logged_work import MOST_ACTIVITIES
from lca.importers.parquet_tables import as_text
from lca.problems import Location, Problem, ProblemsFound
from lca.quantities.units import CURRENCIES

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook

_TOLD = Told(
    "FOCUS",
    (
        "# Read each line, correct it, and answer for it under `applicant`. A bill counts hours, volumes and money, no energy:",
        "# that is modelled from the instance types. What it cannot know: what ran on an instance and how hard, what belongs to",
        "# this project, and what others do for it within a managed service.",
    ),
    "machines: the bill holds no hours of an instance that the catalogue knows",
)
_LINES_LISTED = 30


def _read(logs: Sequence[Log], book: FactorBook) -> Draft:
    """Return the draft of bills.

    Raises:
        ProblemsFound: something in a bill cannot be read, or it holds nothing that a descriptor has a place for.
    """
    notes: list[Problem] = []
    problems: list[Problem] = []
    given = list(without_copies(logs, notes))
    charges = [charge for log in given for charge in _charges(log, notes, problems)]
    if problems:
        raise ProblemsFound(problems)
    used, rest = _added_up(charges, book)
    others: list[str] = []
    works = list(works_of(used, book, notes, others))
    place = Location(given[0].file, 1, 1)
    if not works:
        message = "the bill holds no hours of a known instance, no storage, no transfer and no tokens"
        raise ProblemsFound([Problem(place, "LCA105", message, "; ".join(others)[:300])])
    if len(works) > MOST_ACTIVITIES:
        message = f"the log holds {len(works)} activities, a draft at most {MOST_ACTIVITIES}"
        raise ProblemsFound([Problem(place, "LCA102", message, "import the rows of one project at a time")])
    start = descriptor_start([charge.began.date() for charge in charges], place, notes)
    tools = dict.fromkeys(layout.tool for charge in charges for layout in (FOCUS, CUR) if _is_of(layout, charge))
    told = replace(_TOLD, tool=" and ".join(tools), lines=(*_TOLD.lines, *_told(others, rest)))
    seen = Seen(f"{in_number(charges)}, {billed(charges)}", start, currency=_currency(charges))
    return draft_of(told, works, given, seen, notes)


def _charges(log: Log, notes: list[Problem], problems: list[Problem]) -> Iterator[Charge]:
    """Yield the charges of a bill, in the layout that its head is of."""
    text = as_text(log, (*FOCUS.required, *FOCUS.optional, *CUR.required, *CUR.optional), problems)
    if text is None:
        return
    is_cur = "line_item_" in text.content[:20_000].partition(b"\n")[0].decode("utf-8", "replace")
    layout, read = (CUR, charge_of_cur) if is_cur else (FOCUS, charge_of_focus)
    for row in table_of(text, layout, notes, problems):
        charge = read(text, row, problems)
        if charge is not None:
            yield charge


def _is_of(layout: Layout, charge: Charge) -> bool:
    return layout.required[0] in charge.row.columns


def _added_up(charges: Sequence[Charge], book: FactorBook) -> tuple[list[Used], list[Charge]]:
    """Return charges by what they are of and where, and those that are of nothing with a place in a descriptor."""
    groups: dict[tuple[str, ...], list[tuple[Use, Charge]]] = {}
    rest = []
    for charge in charges:
        use = use_of(charge, lambda word: bool(book.instances.find(word)))
        if use is None:
            rest.append(charge)
        else:
            key = (use.kind, use.which, use.direction, charge.provider, charge.region)
            groups.setdefault(key, []).append((use, charge))
    used = [
        Used(replace(pairs[0][0], amount=sum(use.amount for use, _ in pairs)), tuple(charge for _, charge in pairs))
        for pairs in groups.values()
    ]
    return used, rest


def _told(others: Sequence[str], rest: Sequence[Charge]) -> Iterator[str]:
    """Yield what the bill holds beside: what has no place in a draft is told with its cost."""
    groups: dict[tuple[str, str], list[Charge]] = {}
    for charge in rest:
        groups.setdefault((charge.service, charge.unit), []).append(charge)
    listed = [
        *others,
        *(
            f"{plain(service)}{f', {plain(unit)}' if unit else ''}: {in_number(group)}, {billed(group)}"
            for (service, unit), group in groups.items()
        ),
    ]
    if listed:
        yield "# Of the bill, not in the draft:"
        yield from (f"#   {line}" for line in listed[:_LINES_LISTED])
    if len(listed) > _LINES_LISTED:
        yield f"#   and {len(listed) - _LINES_LISTED} more"


def _currency(charges: Sequence[Charge]) -> str:
    """Return the currency that most charges are in, empty where a descriptor cannot count in it."""
    count: dict[str, int] = {}
    for charge in charges:
        count[charge.currency] = count.get(charge.currency, 0) + 1
    most = max(count, key=lambda currency: count[currency])
    return most if most in CURRENCIES else ""


IMPORTER = Importer(500_000_000, _read)
