"""Studies side by side: what each causes more than a first one, by paired draws, and only like with like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from lca.assessment.cases import BENEFIT, Basis, Case
from lca.quantities.difference import difference, relative_difference
from lca.quantities.evaluation import evaluate
from lca.quantities.one_pass import converted
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Array

#: Figures of which more is better.
MORE_IS_BETTER = ("benefit.attributed", "benefit.net_project")


class CaseRow(Struct, frozen=True, eq=False):
    """One case's figure; its difference to the first of its group, and the share of draws in which it is lower.

    The first row of a group has no difference; `lower` is None without draws. `rank` counts from the lowest best estimate, of
    a benefit from the highest; `same` says whether the figure equals that of the first in every draw.
    """

    case: Case
    amount: Quantity
    rank: int
    difference: Quantity | None = None
    relative: Quantity | None = None
    lower: float | None = None
    same: bool = False


class CaseGroup(Struct, frozen=True, eq=False):
    """Cases whose figures are alike; all are compared with the first, none with a case of another group."""

    basis: Basis
    rows: tuple[CaseRow, ...]


class FigureTable(Struct, frozen=True, eq=False):
    """One figure of all cases that have it, and the names of those that do not."""

    figure: str
    groups: tuple[CaseGroup, ...]
    lacking: tuple[str, ...]

    @property
    def unchanged(self) -> bool:
        """Whether all cases are alike and have the same figure in every draw."""
        return not self.lacking and len(self.groups) == 1 and all(row.same for row in self.groups[0].rows[1:])

    def row(self, name: str) -> CaseRow | None:
        """Return the row of a case."""
        return next((row for group in self.groups for row in group.rows if row.case.name == name), None)

    def differs(self, part: str) -> bool:
        """Say whether groups differ in a part of their bases: `coverage`, `left_out` or `unit`."""
        return len({getattr(group.basis, part) for group in self.groups}) > 1

    def left_out_only_in(self, group: CaseGroup) -> list[str]:
        """Return what is not assessed in a group and is in another."""
        return sorted(group.basis.left_out - frozenset.intersection(*(g.basis.left_out for g in self.groups)))


def tables(cases: Iterable[Case], with_draws: bool) -> tuple[FigureTable, ...]:
    """Return each figure that a case has, compared; per functional unit only where that says more than the total."""
    growing = Comparing(with_draws)
    for case in cases:
        growing.add(case)
    return growing.tables()


class _GrowingGroup(Struct, eq=False):
    """Cases whose figures are alike, and the draws of the first while others are compared with it."""

    basis: Basis
    first: Quantity
    draws: Array
    rows: list[CaseRow]


class Comparing:
    """A comparison to which cases are added one by one; of each only figures and intervals are needed afterwards."""

    def __init__(self, with_draws: bool) -> None:
        self.with_draws = with_draws
        self.cases: list[Case] = []
        self.groups: dict[str, dict[Basis, _GrowingGroup]] = {}

    def add(self, case: Case, bare: bool = False) -> None:
        """Compare a case with the first one that is like it, figure by figure.

        `bare`: its figures are kept without their trees.
        """
        draws: dict[int, Array] = {}

        def take(quantity: Quantity, made: Array) -> None:
            quantity.settle(made)
            draws[id(quantity)] = made

        evaluate(case.figures.values(), take)
        kept = replace(case, figures={name: q.bare() for name, q in case.figures.items()}) if bare else case
        self.cases.append(kept)
        for figure, quantity in case.figures.items():
            alike = self.groups.setdefault(figure, {})
            group = alike.get(case.bases[figure])
            if group is None:
                row = CaseRow(kept, kept.figures[figure], 0)
                alike[case.bases[figure]] = _GrowingGroup(case.bases[figure], quantity, draws[id(quantity)], [row])
            else:
                group.rows.append(self._row(figure, kept, quantity, draws[id(quantity)], group))

    def _row(self, figure: str, case: Case, amount: Quantity, draws: Array, group: _GrowingGroup) -> CaseRow:
        first, by = group.first, group.rows[0].case
        label = f"{case.name or 'base'} less {by.name or 'base'}"
        bound = difference.bound(amount=first.unit)
        more = bound(amount=amount, reference=first).named(label)
        apart = converted(draws, amount.unit, first.unit) - group.draws
        more.settle(apart)
        relative = None
        if bool((group.draws > 0).all()):  # over a net that may be a loss, a share says nothing
            of_first = relative_difference.bound(amount=first.unit)
            relative = of_first(difference=more, reference=first).named(f"{label}, relative")
            relative.settle(apart / group.draws)
        told = self.with_draws and not (figure.startswith("benefit.") and (case.on_a_word or by.on_a_word))
        bare = case.figures[figure] is not amount
        return CaseRow(
            case=case,
            amount=case.figures[figure],
            rank=0,
            difference=more.bare() if bare else more,
            relative=relative.bare() if bare and relative is not None else relative,
            lower=float(np.mean((apart[1:] if more.is_drawn else apart) < 0)) if told and not more.is_open else None,
            same=not apart.any(),
        )

    def tables(self) -> tuple[FigureTable, ...]:
        """Return one table for each figure that a case has."""
        first = self.cases[0]
        wholes = [figure for figure in first.bases if not figure.startswith(("per-unit.", "benefit."))]
        units = {(case.unit, case.delivered) for case in self.cases}
        per_unit = len(units) > 1 or any(case.delivered != 1 for case in self.cases)
        rates = [figure.replace("total.", "per-unit.") for figure in wholes if figure.startswith("total.") and per_unit]
        ordered = dict.fromkeys([*wholes, *rates, *(f"benefit.{line}" for line in BENEFIT)])
        return tuple(self._table(figure) for figure in ordered if figure in self.groups)

    def _table(self, figure: str) -> FigureTable:
        lacking = tuple(case.name for case in self.cases if figure not in case.figures)
        groups = self.groups[figure].values()
        return FigureTable(figure, tuple(CaseGroup(g.basis, _ranked(figure, g.rows)) for g in groups), lacking)


def _ranked(figure: str, rows: Sequence[CaseRow]) -> tuple[CaseRow, ...]:
    """Return rows with their ranks by the best estimate."""
    order = sorted((row.amount.value for row in rows), reverse=figure in MORE_IS_BETTER)
    ranks = {value: rank for rank, value in reversed(list(enumerate(order, 1)))}
    return tuple(replace(row, rank=ranks[row.amount.value]) for row in rows)
