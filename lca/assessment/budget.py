"""How much may be drawn for one study, so that a machine is never brought to its knees without a word."""

from __future__ import annotations

from collections.abc import Iterable

from lca.assessment.record import Record
from lca.problems import Problem, ProblemsFound
from lca.quantities.quantity import Computed, Quantity

#: Draws × figures. Ten thousand activities at ten thousand draws are about 4,000,000,000 and take some minutes.
BUDGET = 10_000_000_000


def within_budget(records: Iterable[Record], draws: int) -> None:
    """See to it that a study and its scenarios, with all that is drawn for them, stay within the budget.

    Raises:
        ProblemsFound: they do not; the message says how many draws would.
    """
    studies = list(records)
    figures = _drawn_for(figure for record in studies for figure in record.figures.values() if figure.is_drawn)
    if draws * figures > BUDGET:
        document = studies[0].study.document
        message = (
            f"{draws:,} draws of {figures:,} figures are more than the {BUDGET:,} numbers that are drawn for a study"
        )
        hint = f"draw fewer times, as in `--draws {BUDGET // figures}`, or split the descriptor"
        raise ProblemsFound([Problem(document.at(()), "LCA703", message, hint)])


def _drawn_for(figures: Iterable[Quantity]) -> int:
    """Return how many numbers some figures and the trees under them have at each draw."""
    seen: set[int] = set()
    waiting = [*figures]
    while waiting:
        node = waiting.pop()
        if id(node) not in seen:
            seen.add(id(node))
            if node.drawn and isinstance(node.origin, Computed):
                waiting.extend([part for _, part in node.origin.inputs if id(part) not in seen])
    return len(seen)
