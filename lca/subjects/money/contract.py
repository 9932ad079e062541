"""What the project costs in money, in the contract."""

from __future__ import annotations

from collections.abc import Mapping

from lca.presenting.values import Plain, value
from lca.quantities.provenance import Factor
from lca.quantities.quantity import Quantity
from lca.subjects.money.result import ByCurrency, MoneyResult
from lca.subjects.subject import Assessed


def contract(assessed: Assessed) -> Plain:
    """Return the costs as plain data."""
    return {"money": _money(assessed)}


def _money(assessed: Assessed) -> Plain | None:
    """Return the costs by currency, the prices, and what has none; None where no currency is declared."""
    found = assessed.results.get(MoneyResult)
    if found is None:
        return None
    return {
        "currency": found.currency,
        "partial": found.partial,
        "total": _amounts(found.totals),
        "by_kind": _groups(found.by_kind),
        "by_stage": _groups(found.by_stage),
        "by_activity": _groups(found.by_activity),
        "by_site": _groups(found.by_site),
        "prices": {site: _price(price) for site, price in found.prices.items()},
        "unpriced": [{"path": u.path, "reason": u.reason, "detail": u.detail} for u in found.unpriced],
        "energy": value(found.energy),
        "generation": {
            g.technology: {"cost": value(g.quantity), "factor": g.factor.key, "source": g.factor.source.id}
            for g in found.generation
        },
    }


def _amounts(sums: ByCurrency) -> Plain:
    return {currency: value(quantity) for currency, quantity in sums.items()}


def _groups(groups: Mapping[str, ByCurrency]) -> Plain:
    return {name: _amounts(sums) for name, sums in groups.items()}


def _price(price: Quantity) -> Plain:
    leaf = price.origin
    where = (
        {"factor": leaf.key, "source": leaf.source.id, "proxy_for": leaf.proxy_for} if isinstance(leaf, Factor) else {}
    )
    return {**(value(price) or {}), **where}
