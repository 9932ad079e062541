"""Comparisons as the templates print them: one table per figure, its cases in the groups that are alike."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from lca.assessment.cases import WHOLE, Case, remarks
from lca.assessment.comparison import CaseGroup, CaseRow, FigureTable
from lca.presenting.writer import Writer, supported_digits
from lca.quantities.quantity import Quantity

#: Bounds that differ by less are those of an exact difference between uncertain figures.
EXACT = 1e-9


class PrintedLine(Struct, frozen=True):
    """One case of a table, as text."""

    name: str
    rank: str
    amount: str
    interval: str
    difference: str
    difference_interval: str
    relative: str
    chance: str


class PrintedGroup(Struct, frozen=True):
    """The cases of one figure that are alike: what sets them apart, a line for each, and those that equal the first."""

    apart: str
    lines: tuple[PrintedLine, ...]
    same: tuple[str, ...]


class PrintedTable(Struct, frozen=True):
    """One figure's table: its name and unit, its parts, and the cases that lack it."""

    title: str
    unit: str
    parts: tuple[PrintedGroup, ...]
    lacking: tuple[str, ...]


def title_of(table: FigureTable, names: Mapping[str, str], writer: Writer) -> str:
    """Return what a table's figure is called; `names` are those of the indicators."""
    kind, _, indicator = table.figure.partition(".")
    if kind == "benefit":
        return str(writer.words[indicator])
    name = names.get(indicator, str(writer.words["energy"]))
    return f"{name}, {writer.words['per_unit']}" if kind == "per-unit" else name


def largest(table: FigureTable) -> Quantity:
    """Return the amount that gives a table its unit."""
    return max((row.amount for group in table.groups for row in group.rows), key=lambda quantity: abs(quantity.value))


def block(table: FigureTable, title: str, names: Mapping[str, str], writer: Writer) -> PrintedTable:
    """Return one figure's table; `names` are those of the cases."""
    scale, unit = writer.readable(largest(table))
    parts = tuple(
        PrintedGroup(
            apart=apart(table, group, writer),
            lines=tuple(_line(row, names[row.case.name], scale, writer) for row in group.rows if not row.same),
            same=tuple(names[row.case.name] for row in group.rows if row.same),
        )
        for group in table.groups
    )
    return PrintedTable(title, unit, parts, tuple(names[name] for name in table.lacking))


def _line(row: CaseRow, name: str, scale: float, writer: Writer) -> PrintedLine:
    more, relative = row.difference, row.relative
    return PrintedLine(
        name=name,
        rank=str(row.rank),
        amount=amount(row.amount, scale, writer),
        interval=interval(row.amount, scale, writer),
        difference="–" if more is None else signed(amount(more, scale, writer), more.value),
        difference_interval="" if more is None else interval(more, scale, writer),
        relative="" if relative is None else f"{signed(amount(relative, 100, writer), relative.value)}\u202f%",
        chance=chance(row, writer),
    )


def signed(text: str, value: float) -> str:
    """Return a difference as it is written, with its sign."""
    return f"+{text}" if value > 0 else text


def amount(quantity: Quantity, scale: float, writer: Writer) -> str:
    """Return a figure in its table's unit, with the digits that its interval supports."""
    low, _, high = quantity.interval()
    return writer.number(quantity.value * scale, supported_digits(quantity.value, low, high))


def interval(quantity: Quantity, scale: float, writer: Writer) -> str:
    """Return the bounds of a figure in its table's unit."""
    if quantity.is_open:
        return str(writer.words["no_range"])
    low, _, high = quantity.interval()
    if math.isclose(low, high, rel_tol=EXACT):
        return "–"
    digits = supported_digits(quantity.value, low, high)
    text: str = writer.words["interval_of"]
    return text.format(low=writer.number(low * scale, digits), high=writer.number(high * scale, digits))


def chance(row: CaseRow, writer: Writer) -> str:
    """Return the share of draws in which a case is lower than the first of its group, never as certainty."""
    if row.lower is None or row.same:
        return "–"
    return writer.probability(row.lower, brief=True)


def apart(table: FigureTable, group: CaseGroup, writer: Writer) -> str:
    """Return what sets a group apart from the others of its table; an empty text where there is one group."""
    words, parts = writer.words, []
    if table.differs("coverage"):
        covered = (_covered(word, place, writer) for word, place in sorted(group.basis.coverage))
        parts.append(words["apart_coverage"].format(what=", ".join(covered) or words["no_electricity"]))
    if table.differs("left_out"):
        own = (writer.phrase(part) for part in table.left_out_only_in(group))
        parts.append(words["apart_left_out"].format(what=", ".join(own) or words["nothing_more"]))
    if table.differs("unit"):
        parts.append(words["apart_unit"].format(what=_unit(group.basis.unit, writer)))
    return f"{words['semicolon']} ".join(parts)


def _unit(unit: str, writer: Writer) -> str:
    return str(writer.words["whole_project"]) if unit == WHOLE else unit


def _covered(word: str, place: str, writer: Writer) -> str:
    covered: str = writer.words["coverages"][word]
    return writer.words["coverage_at"].format(coverage=covered, site=place) if place else covered


def remark_lines(cases: Sequence[Case], names: Mapping[str, str], writer: Writer) -> list[str]:
    """Return what a reader must know before comparing each case with the first."""
    lines, separator = [], f"{writer.words['semicolon']} "
    for case in cases:
        said = [_remark(kind, details, writer) for kind, details in remarks(case, cases[0])]
        if said:
            lines.append(f"{names[case.name]}{writer.words['colon']} {separator.join(said)}")
    return lines


def _remark(kind: str, details: Iterable[str], writer: Writer) -> str:
    text: str = writer.words["remarks"][kind]
    if kind in ("more", "less"):
        return text.format(*(writer.words[stage] for stage in details))
    if kind == "delivered":
        return text.format(*(writer.number(float(detail), 4) for detail in details))
    return text.format(*(_unit(detail, writer) if kind == "unit" else detail for detail in details))
