"""What the subject gives: the trainings of each task set against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lca.subjects.subject import Result

if TYPE_CHECKING:
    from lca.subjects.quality.trade_off import TradeOff


class QualityResult(Result, frozen=True, eq=False, kw_only=True):
    """The trainings of each task set against each other, in the order of the descriptor."""

    trade_offs: tuple[TradeOff, ...] = ()
