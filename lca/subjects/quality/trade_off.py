"""Trainings of one task set against each other: the front, the steps along it, and where they stop being worth it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
from msgspec import Struct

from lca.quantities.formula import Formula
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity, Sampler
from lca.quantities.uncertainty import Array
from lca.subjects.quality.formulas import (
    cost_per_gain,
    error_removed,
    extra_cost,
    gain_per_cost,
    quality_gained,
    quality_per_cost,
    share_of_first_gain,
    share_spared,
    with_surplus,
)
from lca.subjects.quality.front import dominates, share_of_draws, undominated
from lca.subjects.quality.metrics import HIGHER, Metric

#: What quality is set against: the first of these that is known of every training of the task leads.
AXES = ("energy", "gwp100", "time", "money", "training_set")

#: The curve flattens where a step gains, per unit of cost, less than this share of what the first step gains.
FLAT_SHARE = 0.1


class Candidate(Struct, frozen=True, eq=False):
    """A training as the comparison takes it: its path, its quality, what it takes on each axis, and its reference."""

    training: str
    quality: Quantity
    costs: Mapping[str, Quantity]
    surplus_over: str = ""


class Point(Struct, frozen=True, eq=False):
    """A training on the plane of cost and quality; `per_cost` is missing where only a surplus of cost is known.

    `probability_on_front` is the share of draws in which no other training of the task dominates it.
    """

    training: str
    quality: Quantity
    costs: Mapping[str, Quantity]
    on_front: bool = False
    probability_on_front: float | None = None
    per_cost: Quantity | None = None


class FrontStep(Struct, frozen=True, eq=False):
    """From one training of the front to the next: what is gained, what it takes, and what one more point would take.

    `relative` is the gain per cost over that of the first step. A ratio keeps its interval only where its divisor is above
    zero in every draw.
    """

    before: str
    after: str
    gain: Quantity
    extra: Mapping[str, Quantity]
    rate: Quantity
    relative: Quantity
    cost_of_point: Mapping[str, Quantity]
    probability_of_gain: float | None


class Dominated(Struct, frozen=True, eq=False):
    """A training off the front, the cheapest one on it that is at least as good, and what that one spares."""

    training: str
    by: str
    spared: Mapping[str, Quantity]
    share: Quantity | None
    probability: float | None


class TradeOff(Struct, frozen=True, eq=False):
    """The trainings of one task by rising cost on the leading axis, and what follows from them.

    `axis` is empty where no cost is known of all trainings; `references` names, for each axis, the training whose own cost
    is left out because only surpluses over it are known. `flat_from` is the training at which the curve has flattened.
    """

    task: str
    metric_name: str
    metric: Metric
    noun: str
    axis: str
    references: Mapping[str, str]
    points: tuple[Point, ...]
    steps: tuple[FrontStep, ...] = ()
    dominated: tuple[Dominated, ...] = ()
    flat_from: str = ""

    def nodes(self) -> dict[str, Quantity]:
        """Return the figures that can be explained, by path."""
        found: dict[str, Quantity] = {}

        def add(training: str, kind: str, figures: Mapping[str, Quantity | None]) -> None:
            name = f"quality.{self.task}.{training.removeprefix('training.')}"
            found.update({f"{name}.{kind}{key}": q for key, q in figures.items() if q is not None})

        for point in self.points:
            add(point.training, "", {"value": point.quality, **point.costs, f"per-{self.axis}": point.per_cost})
        for step in self.steps:
            add(step.after, "", {"gain": step.gain, "rate": step.rate, "relative-rate": step.relative})
            add(step.after, "extra.", step.extra)
            add(step.after, "point.", step.cost_of_point)
        for pair in self.dominated:
            add(pair.training, "spared.", {**pair.spared, "share": pair.share})
        return found


def set_against(
    task: str, metric_name: str, metric: Metric, noun: str, candidates: Sequence[Candidate], sample: Sampler
) -> TradeOff:
    """Set the trainings of one task against each other on the first axis whose cost is known of all."""
    known = {axis: found for axis in AXES if (found := _on_axis(axis, candidates, sample)) is not None}
    references = {axis: reference for axis, (_, reference) in known.items()}
    costs = {c.training: {axis: by[c.training] for axis, (by, _) in known.items()} for c in candidates}
    axis = next(iter(known), "")
    if not axis:
        points = tuple(Point(c.training, c.quality, c.costs) for c in candidates)
        return TradeOff(task, metric_name, metric, noun, "", {}, points)
    ordered = sorted(candidates, key=lambda c: (costs[c.training][axis].value, c.quality.value))
    paid, good = _draws(ordered, [costs[c.training][axis] for c in ordered], metric)
    front = undominated(paid, good)
    points = tuple(
        Point(
            training=c.training,
            quality=c.quality,
            costs=costs[c.training],
            on_front=bool(front[index, 0]),
            probability_on_front=share_of_draws(front[index]),
            per_cost=None if references[axis] else _per_cost(c.quality, costs[c.training][axis], metric),
        )
        for index, c in enumerate(ordered)
    )
    steps = tuple(_steps(points, axis, metric))
    return TradeOff(
        task=task,
        metric_name=metric_name,
        metric=metric,
        noun=noun,
        axis=axis,
        references=references,
        points=points,
        steps=steps,
        dominated=tuple(_dominated(points, axis, paid, good, absolute=not references[axis])),
        flat_from=next((step.after for step in steps if step.relative.value < FLAT_SHARE), ""),
    )


def _on_axis(axis: str, candidates: Sequence[Candidate], sample: Sampler) -> tuple[dict[str, Quantity], str] | None:
    """Return the cost of each training on an axis and the training whose own cost is left out; None where one is unknown."""
    own = {c.training: c.costs[axis] for c in candidates if axis in c.costs}
    over = {c.training: c.surplus_over for c in candidates if c.surplus_over and axis != "training_set"}
    unknown = {c.training for c in candidates} - own.keys()
    if not unknown:
        joined = {training: with_surplus.bound(cost=q.unit) for training, q in own.items() if training in over}
        return {
            training: joined[training](reference=own[over[training]], surplus=cost) if training in over else cost
            for training, cost in own.items()
        }, ""
    # Surpluses over one training that is not known itself: its own cost is left out on both sides.
    if own and unknown == set(over.values()) and len(unknown) == 1 and own.keys() == over.keys():
        (reference,) = unknown
        unit = next(iter(own.values())).unit
        left_out = sample(Stated(f"{reference}.left-out.{axis}", 0.0, unit, text="0"), f"{reference}: left out")
        return {**own, reference: left_out}, reference
    return None


def _draws(ordered: Sequence[Candidate], costs: Sequence[Quantity], metric: Metric) -> tuple[Array, Array]:
    """Return costs and qualities as arrays of one shape, `(trainings, draws)`, more quality always the better."""
    sign = 1.0 if metric.better == HIGHER else -1.0
    paid = [cost.to(costs[0].unit) for cost in costs]
    # Rounded, so that `29 %` and `0.29`, which differ in the last bit, are equal.
    good = [sign * np.round(c.quality.to("1"), 12) for c in ordered]
    rows = np.stack(np.broadcast_arrays(*paid, *good))
    return rows[: len(costs)], rows[len(costs) :]


def _per_cost(quality: Quantity, cost: Quantity, metric: Metric) -> Quantity | None:
    """Return the quality per unit of cost; None for a metric of which less is better, where the ratio says nothing."""
    if metric.better != HIGHER or cost.value <= 0:
        return None
    return _ratio(quality_per_cost.bound(level=metric.level, cost=cost.unit), quality=quality, cost=cost)


def _ratio(formula: Formula, **inputs: Quantity) -> Quantity:
    """Return a quotient, its divisor given last; of the best estimates alone where some draw of the divisor is not above 0."""
    if not bool((list(inputs.values())[-1].draws > 0).all()):
        inputs = {name: quantity.at_best() for name, quantity in inputs.items()}
    return formula(**inputs)


def _steps(points: Sequence[Point], axis: str, metric: Metric) -> Iterator[FrontStep]:
    """Yield the steps along the front, each to a costlier and better training; equal trainings are one."""
    front = [point for point in points if point.on_front]
    gained = quality_gained if metric.better == HIGHER else error_removed
    first: Quantity | None = None
    for before, after in pairwise(front):
        gain = gained.bound(level=metric.level)(after=after.quality, before=before.quality)
        extra = {
            name: extra_cost.bound(cost=cost.unit)(after=cost, before=before.costs[name])
            for name, cost in after.costs.items()
        }
        if extra[axis].value <= 0 or gain.value <= 0:
            continue
        units = {"level": metric.level, "cost": extra[axis].unit}
        rate = _ratio(gain_per_cost.bound(**units), gain=gain, extra=extra[axis])
        first = first or rate
        yield FrontStep(
            before=before.training,
            after=after.training,
            gain=gain,
            extra=extra,
            rate=rate,
            relative=_ratio(share_of_first_gain.bound(**units), gain=rate, first=first),
            cost_of_point={
                name: _ratio(cost_per_gain.bound(level=metric.level, cost=more.unit), extra=more, gain=gain)
                for name, more in extra.items()
            },
            probability_of_gain=share_of_draws(gain.draws > 0),
        )


def _dominated(points: Sequence[Point], axis: str, paid: Array, good: Array, absolute: bool) -> Iterator[Dominated]:
    """Yield each training off the front with the cheapest one on it that dominates it, and what that one spares."""
    for index, point in enumerate(points):
        if point.on_front:
            continue
        at = next(
            i
            for i, other in enumerate(points)
            if other.on_front and bool(dominates(paid[i], good[i], paid[index], good[index])[0])
        )
        by = points[at]
        spared = {
            name: extra_cost.bound(cost=cost.unit)(after=cost, before=by.costs[name])
            for name, cost in point.costs.items()
        }
        whole = point.costs[axis]
        yield Dominated(
            training=point.training,
            by=by.training,
            spared=spared,
            share=_ratio(share_spared.bound(cost=whole.unit), spared=spared[axis], whole=whole)
            if absolute and whole.value > 0
            else None,
            probability=share_of_draws(dominates(paid[at], good[at], paid[index], good[index])),
        )
