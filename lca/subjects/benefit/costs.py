"""The project's own life cycle by period: what is spent before use begins, and what running takes as time goes on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from lca.descriptor.descriptor import Descriptor
from lca.quantities.formula import total
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity, Sampler
from lca.subjects.benefit.declared import Benefit
from lca.subjects.benefit.formulas import cost_of_period, share_of_requests, share_of_span
from lca.subjects.benefit.periods import NEAR, Period, of_year, years_of
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import EMBODIED
from lca.subjects.footprint.impacts import Impact
from lca.subjects.footprint.requests import grown_rate, requests_of_year
from lca.subjects.footprint.stages.inference import Inference

#: Stages that go on while the solution is used; all others come before.
RUNNING = ("storage", "inference")

#: Kinds of cost, in the order of the report: before use (manufacture, then work), then each year (work, then manufacture
#: that is worn out, its replacement included).
INVESTMENT, DEVELOPMENT, RUNNING_WORK, WEAR = "investment", "development", "running", "wear"
KINDS = (INVESTMENT, DEVELOPMENT, RUNNING_WORK, WEAR)


class CostByPeriod(Struct, frozen=True, eq=False):
    """The project's impacts on one indicator by kind and period; index 0 is the start, before the first period.

    `parts` holds each impact as far as it is counted, by the activity that it comes from.
    """

    by_kind: dict[str, tuple[Quantity | None, ...]]
    parts: tuple[tuple[str, Quantity], ...]

    def of(self, index: int) -> list[Quantity]:
        """Return what is spent at the start (0) or in a period."""
        spent = (amounts[index] for amounts in self.by_kind.values())
        return [amount for amount in spent if amount is not None]


def running_time(descriptor: Descriptor) -> dict[str, float]:
    """Return for each running activity how long it runs, in years."""
    activities = (a for stage in RUNNING for a in descriptor[ProductSystem].stage(stage).values())
    return {a.path: years_of(a.duration) for a in activities if a.duration is not None}


def uses_by_period(
    descriptor: Descriptor, periods: Sequence[Period], sample: Sampler
) -> dict[str, list[Quantity | None]]:
    """Return the requests of each service in each period, growth included; None once it runs no longer."""
    return {
        service.name: _uses(service, periods, sample)
        for service in descriptor[ProductSystem].inference.values()
        if service.volume is not None and service.duration is not None
    }


def _uses(service: Inference, periods: Sequence[Period], sample: Sampler) -> list[Quantity | None]:
    assert service.volume is not None
    assert service.duration is not None
    ends, rate, year = years_of(service.duration), sample(service.volume), 1
    found: list[Quantity | None] = []
    for period in periods:
        while service.growth is not None and year < period.year:
            rate, year = grown_rate(rate=rate, growth=sample(service.growth)), year + 1
        runs = period.start < ends - NEAR
        found.append(
            requests_of_year(rate=rate, years=period.length).named(f"requests, {period.label}") if runs else None
        )
    return found


def cost_by_period(
    descriptor: Descriptor,
    impacts: Iterable[Impact],
    unit: str,
    periods: Sequence[Period],
    uses: Mapping[str, Sequence[Quantity | None]],
    sample: Sampler,
) -> CostByPeriod:
    """Spread the impacts on one indicator over the start and the periods.

    A running activity is spread evenly over its duration, a service by its requests; what would run past the horizon is
    counted within it, so that the cost is never shortened.
    """
    rows: dict[str, list[list[Quantity]]] = {kind: [[] for _ in range(len(periods) + 1)] for kind in KINDS}
    counted: list[tuple[str, Quantity]] = []
    spans, benefit = running_time(descriptor), descriptor.get(Benefit)
    for impact in impacts:
        flow = impact.flow
        embodied = flow.scope == EMBODIED
        if flow.activity not in spans:
            rows[INVESTMENT if embodied else DEVELOPMENT][0].append(impact.quantity)
            counted.append((flow.activity, impact.quantity))
            continue
        kind = WEAR if embodied else RUNNING_WORK
        shares = _shares(descriptor, flow.activity, spans[flow.activity], periods, uses, sample)
        # The path is one of carbon intensity: nothing is known of how water, metals or primary energy follow it.
        electric = impact.indicator == "gwp100" and flow.is_electricity
        bound = cost_of_period.bound(impact=unit)
        for index, (period, share) in enumerate(zip(periods, shares, strict=True), start=1):
            if share is not None:
                path = of_year(benefit.electricity_path, period.year) if benefit is not None and electric else None
                factor = sample(path or Stated("benefit.no-path", 1.0, "1", text="1"), "" if path else "no path")
                part = bound(cost=impact.quantity, share=share, path=factor)
                rows[kind][index].append(part.named(f"{impact.quantity.label}, {period.label}"))
                counted.append((flow.activity, part))

    def add(kind: str, index: int, parts: list[Quantity]) -> Quantity | None:
        label = f"{kind} at the start" if index == 0 else f"{kind}, {periods[index - 1].label}"
        return total(label, unit, parts) if parts else None

    return CostByPeriod(
        {kind: tuple(add(kind, i, parts) for i, parts in enumerate(by)) for kind, by in rows.items()}, tuple(counted)
    )


def _shares(
    descriptor: Descriptor,
    activity: str,
    span: float,
    periods: Sequence[Period],
    uses: Mapping[str, Sequence[Quantity | None]],
    sample: Sampler,
) -> list[Quantity | None]:
    """Return the share of each period in a running activity."""
    name = activity.removeprefix("inference.")
    if (
        activity.startswith("inference.")
        and descriptor[ProductSystem].inference[name].growth is not None
        and name in uses
    ):
        counted = uses[name]
        whole = total(f"requests of {name} within the horizon", "1", [c for c in counted if c is not None])
        return [None if c is None else share_of_requests(part=c, whole=whole) for c in counted]
    end = min(span, periods[-1].end)
    whole = sample(Stated(f"{activity}.within-horizon", end, "year"), "time of running within the horizon")
    return [share_of_span(part=p.length, whole=whole) if p.start < end - NEAR else None for p in periods]
