"""One indicator's balance: potential, realised, attributed, harms, enabling, cost, and both nets, in all and by period."""

from __future__ import annotations

import functools

from msgspec import Struct

from lca.quantities.quantity import Quantity
from lca.subjects.benefit.costs import CostByPeriod
from lca.subjects.benefit.periods import Period
from lca.subjects.benefit.savings import Contribution

#: The lines of a balance, in the order of the equations; a net never stands without the others.
LINES = (
    "potential",
    "realised",
    "attributed",
    "anyway",
    "harms",
    "enabling",
    "cost",
    "net_solution",
    "taken_off",
    "net_project",
)


class PeriodBalance(Struct, frozen=True, eq=False):
    """A balance's lines at the start (no period) or in one period, and the project's cumulative net at its end."""

    period: Period | None
    potential: Quantity
    realised: Quantity
    attributed: Quantity
    anyway: Quantity
    harms: Quantity
    enabling: Quantity
    cost: Quantity
    net_project: Quantity
    cumulative: Quantity


class Balance(Struct, frozen=True, eq=False, dict=True):
    """All parts of the comparison on one indicator, over the horizon, with what the break-evens need.

    `anyway` is what the reference that is taken would avoid against the one described. `own_anyway`, `own_harms` and
    `own_enabling` are the project's shares of it, of harms and of enabling cost, `taken_off` their sum; `own_potential` is
    its share of the potential, before rebound. `effects` and `others` (harms and enabling costs) are what the
    lines are made of. `benefits` says whether any effect bears on the indicator: without one,
    only cost stands here. Unless it `is_established`, the difference of the terms is no net, but what would remain.
    """

    indicator: str
    unit: str
    horizon: float
    reference: str
    benefits: bool
    potential: Quantity
    realised: Quantity
    attributed: Quantity
    anyway: Quantity
    harms: Quantity
    enabling: Quantity
    cost: Quantity
    net_solution: Quantity
    net_project: Quantity
    taken_off: Quantity
    own_potential: Quantity
    own_anyway: Quantity
    own_harms: Quantity
    own_enabling: Quantity
    own_enabling_once: Quantity
    own_enabling_growing: Quantity
    effects: tuple[Contribution, ...]
    others: tuple[Contribution, ...]
    is_established: bool
    costs: CostByPeriod
    periods: tuple[PeriodBalance, ...]
    payback: Quantity
    probability_reason: str

    @functools.cached_property
    def probability_net_positive(self) -> float | None:
        """The share of draws with a positive net, drawn when it is asked for; None where `probability_reason` says why."""
        return None if self.probability_reason else float((self.net_project.draws[1:] > 0).mean())
