"""How much may be drawn for one study, so that a machine is never brought to its knees without a word."""

from __future__ import annotations

from collections.abc import Iterable

from lca.assessment.record import Record
from lca.problems import Problem, ProblemsFound
from lca.quantities.one_pass import in_order

#: Draws × figures. Ten thousand activities at ten thousand draws are about 4,000,000,000 and take some minutes.
BUDGET = 10_000_000_000


def within_budget(records: Iterable[Record], draws: int) -> None:
    """See to it that a study and its scenarios, with all that is drawn for them, stay within the budget.

    Raises:
        ProblemsFound: they do not; the message says how many draws would.
    """
    studies = list(records)
    roots = (figure for record in studies for figure in record.figures.values() if figure.is_drawn)
    figures = sum(1 for _ in in_order(roots, all_nodes=False))
    if draws * figures > BUDGET:
        document = studies[0].study.document
        message = (
            f"{draws:,} draws of {figures:,} figures are more than the {BUDGET:,} numbers that are drawn for a study"
        )
        hint = f"draw fewer times, as in `--draws {BUDGET // figures}`, or split the descriptor"
        raise ProblemsFound([Problem(document.at(()), "LCA703", message, hint)])
