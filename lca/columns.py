"""Comparisons and sweeps as columns for a terminal."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lca.audit import number
from lca.benefit import PROBABILITY_CAP
from lca.comparison import Case, Group, Row, Table, remarks
from lca.quantity import Quantity
from lca.sweeps.variation import Label, Sweep

NAME, AMOUNT, DIFFERENCE = 34, 32, 44
ELECTRICITY = "Electricity of all sites"
#: What else a kind of sweep gives.
FURTHER = {
    "hosting": "PUE of each host",
    "generation": "Levelised cost of generating the site's electricity (a generation cost is not a bill) [USD]",
    "volume": "Multiple of the volume at which use draws as much electricity as training and experiments",
}
REMARKS = {
    "unit": "another functional unit: {}",
    "delivered": "delivers {} functional units, the first {}",
    "more": "counts the stage {} too",
    "less": "has nothing in the stage {}",
    "proxy": "{} stands in for {}",
}
#: How the kinds of a variation's words are written.
SIGNS = {"times": "× {}", "years": "{} years", "share": "{} of the time"}


def comparison_lines(tables: Iterable[Table], names: Mapping[str, str], indicators: Mapping[str, str]) -> Iterator[str]:
    """Yield each figure's table; figures that are not alike stand in groups of their own.

    Args:
        tables: figures of all cases.
        names: what each case is called.
        indicators: what each indicator is called.
    """
    unchanged = []
    for table in tables:
        if table.groups and table.unchanged:
            unchanged.append(title(table, indicators))
        elif table.groups:
            yield from ("", title(table, indicators), *_table(table, names))
    if unchanged:
        yield from ("", f"The same in every case: {'; '.join(unchanged)}")


def remark_lines(cases: Sequence[Case], names: Mapping[str, str]) -> Iterator[str]:
    """Yield what a reader must know before comparing each case with the first."""
    lines = []
    for case in cases:
        said = [REMARKS[kind].format(*details) for kind, details in remarks(case, cases[0])]
        if said:
            lines.append(f"  {names[case.name]}: {'; '.join(said)}")
    if lines:
        yield from ("", "To know before comparing:", *lines)


def title(table: Table, indicators: Mapping[str, str]) -> str:
    """Return what a table's figure is called, with its unit."""
    kind, _, indicator = table.figure.partition(".")
    name = indicators.get(indicator, ELECTRICITY)
    unit = table.groups[0].rows[0].amount.unit
    return f"{name}{', per functional unit' if kind == 'per-unit' else ''} [{unit}]"


def _table(table: Table, names: Mapping[str, str]) -> Iterator[str]:
    for group in table.groups:
        if len(table.groups) > 1:
            yield f"  {apart(table, group)}"
        yield f"  {'rank':>4}  {'':{NAME}} {'':>{AMOUNT}} {'difference to the first':>{DIFFERENCE}}  {'P(lower)':>8}"
        for row in group.rows:
            name = _shortened(names[row.case.name], NAME)
            amount, more = _amount(row.amount), _difference(row)
            yield f"  {row.rank:>4}  {name:{NAME}} {amount:>{AMOUNT}} {more:>{DIFFERENCE}}  {chance(row):>8}"
    if table.lacking:
        yield f"  not assessed: {', '.join(names[name] for name in table.lacking)}"


def apart(table: Table, group: Group) -> str:
    """Return what sets a group apart from the others of its table."""
    parts = []
    if table.differs("coverage"):
        covered = (f"{word}{f' at {place}' if place else ''}" for word, place in sorted(group.basis.coverage))
        parts.append(f"electricity factors: {', '.join(covered) or 'none'}")
    if table.differs("left_out"):
        parts.append(f"not assessed: {', '.join(table.left_out_only_in(group)) or 'nothing more'}")
    if table.differs("unit"):
        parts.append(f"functional unit: {group.basis.unit}")
    return f"ranked apart; {'; '.join(parts)}"


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _amount(quantity: Quantity) -> str:
    low, _, high = quantity.interval()
    return number(quantity.value) + (
        "" if math.isclose(low, high, rel_tol=1e-9) else f" [{number(low)}, {number(high)}]"
    )


def _difference(row: Row) -> str:
    if row.difference is None:
        return "–"
    if row.same:
        return "none in any draw"
    share = f" ({100 * row.relative.value:+.3g} %)" if row.relative is not None else ""
    return f"{_amount(row.difference)}{share}"


def chance(row: Row) -> str:
    """Return the share of draws in which a row is lower, never as certainty."""
    if row.lower is None or row.same:
        return "–"
    if row.lower > PROBABILITY_CAP:
        return f"> {PROBABILITY_CAP:.0%}"
    return f"< {1 - PROBABILITY_CAP:.0%}" if row.lower < 1 - PROBABILITY_CAP else f"{row.lower:.0%}"


def sweep_lines(sweep: Sweep, indicators: Mapping[str, str]) -> Iterator[str]:
    """Yield a sweep's tables, costs, parity, and what could not be computed."""
    names = {name: text_of(label) or "as described" for name, label in sweep.labels.items()}
    if "" in names and sweep.labels[""]:
        names[""] = f"as described ({names['']})"
    yield f"{sweep.kind}: {sweep.subject}"
    yield from comparison_lines(sweep.tables, names, indicators)
    heading = FURTHER.get(sweep.kind, "")
    if sweep.further:
        yield from ("", heading)
        for name, quantity in sweep.further.items():
            yield f"  {'':4}  {names.get(name, name):{NAME}} {_amount(quantity):>{AMOUNT}}"
    if sweep.skipped:
        yield ""
        yield from (f"not computed: {text_of(label)}: {reason}" for label, reason in sweep.skipped)


def text_of(label: Label) -> str:
    """Return a variation's label as a person reads it."""
    return ", ".join(SIGNS.get(kind, "{}").format(word) for kind, word in label)
