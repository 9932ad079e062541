"""What the subject gives: measured inputs beside their forecast, and figures as they were sealed, are forecast and come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from lca.quantities.quantity import Quantity
from lca.subjects.monitoring.declared import MonitoredInput
from lca.subjects.monitoring.sealed import SealedForecast
from lca.subjects.subject import Result

if TYPE_CHECKING:
    from lca.subjects.monitoring.agreed import AgreedConditions
    from lca.subjects.monitoring.standing import Followed


class MeasuredInput(Struct, frozen=True, eq=False):
    """One measured input beside its forecast.

    `forecast` is the sealed one where there is a sealed forecast that states the input, else this descriptor's; None where
    neither states it. `within` says whether the latest value lies in the forecast's 95 % interval, None where that has none.
    `deviation` is the share of the forecast by which the latest value lies off it, None of a forecast of zero, and of one in
    another kind of unit.
    """

    declared: MonitoredInput
    measured: Quantity
    forecast: Quantity | None
    low: float | None
    high: float | None
    within: bool | None
    deviation: Quantity | None


class Reviewed(Struct, frozen=True, eq=False):
    """One figure: as it was sealed (best estimate and interval), as this descriptor forecasts it, and with what was measured."""

    path: str
    sealed: Quantity | None
    low: float | None
    high: float | None
    forecast: Quantity
    measured: Quantity | None
    change: Quantity | None


class MonitoringResult(Result, frozen=True, eq=False, kw_only=True):
    """The review after the fact.

    `sealed` is the contract's forecast, None where none is named or readable; `moved` names the inputs that this descriptor states
    otherwise than the sealed one; `unconfirmed` the effects whose forecast stands for want of a measurement or of its
    counterfactual. `established` says whether the recomputed net is one, None where no benefit is claimed.

    `agreed` are the conditions of the contract, None where none are named or readable; `conditions` says how each stands,
    `further` what is to be shown beside them. `is_held` says whether they are those of the sealed forecast, by its seal or by
    their hash in it; None where nothing shows it.
    """

    sealed: SealedForecast | None = None
    inputs: tuple[MeasuredInput, ...] = ()
    reviewed: tuple[Reviewed, ...] = ()
    moved: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    established: bool | None = None
    agreed: AgreedConditions | None = None
    conditions: tuple[Followed, ...] = ()
    further: tuple[str, ...] = ()
    is_held: bool | None = None
