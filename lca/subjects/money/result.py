"""What the subject gives: costs, their sums by currency, and what has no price."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from lca.quantities.provenance import Factor
from lca.quantities.quantity import Quantity
from lca.subjects.subject import Result


class MoneyCost(Struct, frozen=True, eq=False):
    """What an activity costs at a site for one kind of thing; the quantity's unit is the currency."""

    kind: str
    activity: str
    site: str
    quantity: Quantity

    @property
    def stage(self) -> str:
        """The stage of the activity."""
        return self.activity.partition(".")[0]


class Unpriced(Struct, frozen=True):
    """Something that is used and has no price here: the path of what is used and the reason, a word of the locales.

    `detail` completes the reason, such as a zone or a year.
    """

    path: str
    reason: str
    detail: str = ""


class GenerationCost(Struct, frozen=True, eq=False):
    """The project's electricity if each kilowatt-hour cost what one source costs to generate."""

    technology: str
    factor: Factor
    quantity: Quantity


ByCurrency = Mapping[str, Quantity]


class MoneyResult(Result, frozen=True, eq=False, kw_only=True):
    """All costs, their sums by currency (the declared one first), what has no price, and the prices of electricity."""

    currency: str
    costs: tuple[MoneyCost, ...]
    totals: ByCurrency
    by_stage: Mapping[str, ByCurrency]
    by_activity: Mapping[str, ByCurrency]
    by_site: Mapping[str, ByCurrency]
    by_kind: Mapping[str, ByCurrency]
    prices: Mapping[str, Quantity]
    unpriced: tuple[Unpriced, ...]
    energy: Quantity | None
    generation: tuple[GenerationCost, ...]

    @property
    def printed(self) -> Iterator[tuple[str, Quantity]]:
        """The figures, and the sums by kind of cost."""
        yield from self.figures.items()
        yield from ((kind, cost) for kind, by in self.by_kind.items() for cost in by.values())

    @property
    def partial(self) -> bool:
        """Whether something that the project pays has no price."""
        return any(entry.reason not in ("within-rent", "paid-by-others") for entry in self.unpriced)

    def of_activity(self, path: str) -> Quantity | None:
        """Return what an activity costs in the declared currency; None where nothing of it has a price in it."""
        return self.by_activity.get(path, {}).get(self.currency)
