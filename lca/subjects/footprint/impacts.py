"""Flows to impacts: the one characterisation formula, and sums that say what they do not cover."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from lca.catalogue.indicator import Indicator
from lca.quantities.formula import formula, total
from lca.quantities.quantity import Quantity, Sampler
from lca.quantities.uncertainty import Array
from lca.subjects.footprint.flow import EMBODIED, OPERATIONAL, Flow, Leaf


class Impact(Struct, frozen=True, eq=False):
    """What one flow does on one indicator, and the leaf that characterised it."""

    flow: Flow
    indicator: str
    leaf: Leaf
    quantity: Quantity


class Breakdown(Struct, frozen=True, eq=False):
    """Impacts added by scope; None where nothing was assessed."""

    operational: Quantity | None
    embodied: Quantity | None
    total: Quantity | None

    @property
    def value(self) -> float | None:
        """Best estimate of the total, in the unit of its indicator."""
        return None if self.total is None else self.total.value


@formula("impact", source="iso-14040")
def characterised(flow: Array, factor: Array) -> Array:
    """Impact of a flow.

    Args:
        flow [flow]: amount of what is used.
        factor [impact/flow]: impact of one unit of it.
    """
    return flow * factor


@formula("1", source="definition")
def relative_to(amount: Array, reference: Array) -> Array:
    """One amount over another of the same kind: a part over its whole, a total over one of its parts.

    Args:
        amount [amount]: what is compared.
        reference [amount]: what it is compared with.
    """
    return amount / reference


@formula("impact/flow", source="definition")
def implied_factor(impact: Array, flow: Array) -> Array:
    """The factor that turns a flow into an impact, from both.

    Args:
        impact [impact]: impact of the flow.
        flow [flow]: amount of what is used.
    """
    return impact / flow


@formula("flow", source="definition")
def equivalent_amount(impact: Array, factor: Array) -> Array:
    """How much of something has the same impact.

    Args:
        impact [impact]: impact to express.
        factor [impact/flow]: impact of one unit of the thing.
    """
    return impact / factor


def characterise(flows: Iterable[Flow], indicators: Mapping[str, Indicator], sample: Sampler) -> tuple[Impact, ...]:
    """Return the impacts of all flows on all indicators that they have a factor for."""
    impacts = []
    for flow in flows:
        for indicator, leaf in flow.factors.items():
            unit = indicators[indicator].unit
            bound = characterised.bound(flow=_denominator(leaf.unit), impact=unit)
            quantity = bound(flow=flow.quantity, factor=sample(leaf))
            impacts.append(Impact(flow, indicator, leaf, quantity.named(f"{flow.activity}: {flow.part}")))
    return tuple(impacts)


def _denominator(unit: str) -> str:
    return unit.partition("/")[2] or "1"


def breakdown(label: str, impacts: Iterable[Impact], unit: str) -> Breakdown:
    """Add impacts of one indicator by scope and in all."""
    rows = list(impacts)

    def add(scope: str) -> Quantity | None:
        parts = [impact.quantity for impact in rows if impact.flow.scope == scope]
        return total(f"{label}, {scope}", unit, parts) if parts else None

    operational, embodied = add(OPERATIONAL), add(EMBODIED)
    scopes = [part for part in (operational, embodied) if part is not None]
    return Breakdown(operational, embodied, total(label, unit, scopes) if scopes else None)


def group(
    impacts: Iterable[Impact], key: Callable[[Impact], str], indicators: Mapping[str, Indicator]
) -> dict[str, dict[str, Breakdown]]:
    """Return breakdowns by group and indicator, groups in order of first appearance."""
    rows: dict[str, dict[str, list[Impact]]] = {}
    for impact in impacts:
        rows.setdefault(key(impact), {}).setdefault(impact.indicator, []).append(impact)
    return {
        name: {
            indicator: breakdown(f"{name}.{indicator}", by_indicator[indicator], indicators[indicator].unit)
            for indicator in indicators
            if indicator in by_indicator
        }
        for name, by_indicator in rows.items()
    }
