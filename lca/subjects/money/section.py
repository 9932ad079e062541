"""What the project costs in money."""

from __future__ import annotations

from lca.presenting.svg import Drawing
from lca.presenting.writer import Writer
from lca.subjects.money import charts
from lca.subjects.money.result import MoneyResult
from lca.subjects.subject import Assessed, Section, View


def view(assessed: Assessed, writer: Writer) -> View:
    """Return what the section on money needs."""
    money = assessed.results.get(MoneyResult)
    if money is None:
        return {"money": None}
    return {"money": money, "unpriced": _unpriced(money, writer), "charts": _charts(money, writer)}


SECTIONS = (Section("money", "money/section.html.j2", view),)


def _unpriced(money: MoneyResult, writer: Writer) -> list[tuple[str, list[str]]]:
    """Return why something has no price, with the names of all that have none for that reason."""
    words = writer.words["money_words"]
    groups: dict[str, list[str]] = {}
    for entry in money.unpriced:
        reason = words["reasons"][entry.reason].format(detail=entry.detail or words["place"])
        groups.setdefault(reason, []).append(words["parts"].get(entry.path, entry.path))
    return list(groups.items())


def _charts(money: MoneyResult, writer: Writer) -> dict[str, Drawing]:
    """Return the picture of the costs in the declared currency, where there is more than one of them."""
    words = writer.words["money_words"]
    amounts: dict[str, dict[str, float]] = {}
    for cost in money.costs:
        if cost.quantity.unit == money.currency:
            parts = amounts.setdefault(cost.stage, {})
            parts[cost.kind] = parts.get(cost.kind, 0.0) + cost.quantity.value
    if sum(len(parts) for parts in amounts.values()) < 2:
        return {}
    rows = [
        (writer.words[stage], parts, writer.amount(money.by_stage[stage][money.currency]))
        for stage, parts in amounts.items()
    ]
    return {"money": charts.costs_by_stage(rows, words["kinds"], money.currency, writer.words)}
