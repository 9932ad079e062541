"""Experiments: repeats of a named training, and runs of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lca.quantities.formula import formula
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Array
from lca.subjects.footprint.computation import Work
from lca.subjects.footprint.flow import Context, Flow, Use
from lca.subjects.footprint.machine import (
    count_of,
)


@dataclass(frozen=True, slots=True)
class Experiments(Work):
    """Repeated, exploratory and failed runs."""

    repeats: str = ""
    runs: Stated | None = None
    relative_duration: Stated | None = None
    reason: str = ""


@formula("amount", source="definition")
def repeated(amount: Array, runs: Array, relative_duration: Array) -> Array:
    """What repeats of a training use.

    Args:
        amount [amount]: what the training uses.
        runs [1]: number of repeats.
        relative_duration [1]: duration of one repeat over that of the training.
    """
    return amount * runs * relative_duration


def repeat_flows(context: Context, experiments: Experiments, originals: list[Flow]) -> Iterator[Flow]:
    """Yield the flows of a named training again, times runs and relative duration."""
    runs = count_of(context, experiments.runs, f"{experiments.path}.runs")
    relative = count_of(context, experiments.relative_duration, f"{experiments.path}.relative_duration")

    def again(amount: Quantity) -> Quantity:
        return repeated.bound(amount=amount.unit)(amount=amount, runs=runs, relative_duration=relative)

    for use in [use for use in context.uses if use.activity == experiments.repeats]:
        context.uses.append(Use(use.machine, experiments.path, again(use.share), again(use.time)))
    for flow in originals:
        if flow.activity != experiments.repeats or flow.is_stated:
            continue
        at_plug = again(flow.at_plug) if flow.at_plug is not None else None
        yield replace(
            flow, stage="experiments", activity=experiments.path, quantity=again(flow.quantity), at_plug=at_plug
        )
