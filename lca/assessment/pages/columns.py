"""A column of amounts as it is printed: one unit, a common last digit, and cells that add up to what stands below them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from lca.presenting.sums import printed_sum
from lca.presenting.writer import Writer
from lca.quantities.quantity import Quantity


class Column(Struct, frozen=True):
    """A title, its unit, a cell a row, what the rows beyond the last come to, and the total; empty where there is none."""

    title: str
    unit: str
    cells: tuple[str, ...]
    others: str
    total: str
    interval: str


def column(
    title: str,
    total: Quantity | None,
    parts: Sequence[Quantity | None],
    most: int,
    writer: Writer,
    at_least: bool = False,
    like: Quantity | None = None,
) -> Column:
    """Return a column of parts of a total.

    Args:
        title: what is counted.
        total: the sum of all parts; None where nothing is counted.
        parts: a part a row, None where a row has none.
        most: rows that are printed; the others are added up in one.
        writer: of the language.
        at_least: whether something is left out of the total.
        like: the quantity whose unit is taken, the total's own where None.
    """
    if total is None:
        return Column(title, "", ("–",) * min(len(parts), most), "", "", "")
    scale, unit = writer.readable(like or total)
    known = [part.value * scale if part is not None else None for part in parts]
    shown, rest = known[:most], [value for value in known[most:] if value is not None]
    terms = [value for value in shown if value is not None]
    printed = printed_sum([*terms, sum(rest)])
    written = iter(printed.terms)
    cells = tuple(
        "–" if value is None else cell(next(written), value, printed.decimals, printed.step, writer) for value in shown
    )
    others = cell(next(written), sum(rest), printed.decimals, printed.step, writer) if rest else ""
    whole = f"{'≥ ' if at_least else ''}{writer.fixed(printed.total, printed.decimals)}"
    return Column(title, unit, cells, others, whole, writer.interval(total))


def cell(rounded: float, value: float, decimals: int, step: float, writer: Writer) -> str:
    """Write a rounded term; what is there and rounds to nothing is said to be less than the last digit."""
    if not rounded and value:
        return f"< {writer.fixed(step, decimals)}"
    return writer.fixed(rounded, decimals).replace("-", "−")
