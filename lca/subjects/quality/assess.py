"""The trainings of a project that state a quality, with what each takes by the project's own figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lca.descriptor.descriptor import Descriptor
from lca.quantities.quantity import Quantity
from lca.subjects.footprint.assess import Footprint
from lca.subjects.footprint.computation import machines_of, time_of_work
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import Context
from lca.subjects.footprint.impacts import Breakdown
from lca.subjects.footprint.inventory import new_context
from lca.subjects.footprint.machine import wall_clock_time
from lca.subjects.footprint.stages.training import Training
from lca.subjects.money.result import MoneyResult
from lca.subjects.quality.checks import checks
from lca.subjects.quality.metrics import metric_of
from lca.subjects.quality.result import QualityResult
from lca.subjects.quality.trade_off import Candidate, TradeOff, set_against
from lca.subjects.subject import Inputs, Results


def assess(inputs: Inputs, earlier: Results) -> QualityResult:
    """Set the trainings of each task against each other; where qualities are wrong or not comparable, none are."""
    descriptor = inputs.descriptor
    if any(checks(descriptor)):
        return QualityResult()
    found = tuple(_trade_offs(inputs, earlier[Footprint], earlier.get(MoneyResult)))
    nodes = {path: figure for trade_off in found for path, figure in trade_off.nodes().items()}
    return QualityResult(trade_offs=found, figures=nodes, roots=tuple(nodes.values()))


def _trade_offs(inputs: Inputs, footprint: Footprint, money: MoneyResult | None) -> Iterator[TradeOff]:
    """Yield one comparison for each task."""
    descriptor, context = inputs.descriptor, new_context(inputs.descriptor, inputs.book, inputs.sample)
    energies, impacts = footprint.energy_by_activity, footprint.by_activity
    tasks: dict[str, list[Training]] = {}
    for training in descriptor[ProductSystem].training.values():
        if training.quality is not None:
            tasks.setdefault(training.quality.task, []).append(training)
    for task, trainings in tasks.items():
        quality = trainings[0].quality
        assert quality is not None
        metric = metric_of(quality)
        assert metric is not None
        candidates = [_candidate(descriptor, context, t, energies, impacts, money) for t in trainings]
        noun = quality.training_set.noun if quality.training_set is not None else ""
        yield set_against(task, quality.metric, metric, noun, candidates, context.sample)


def _candidate(
    descriptor: Descriptor,
    context: Context,
    training: Training,
    energies: Mapping[str, Quantity],
    impacts: Mapping[str, Mapping[str, Breakdown]],
    money: MoneyResult | None,
) -> Candidate:
    quality, climate = training.quality, impacts.get(training.path, {}).get("gwp100")
    assert quality is not None
    assert quality.value is not None
    taken = {
        "energy": energies.get(training.path),
        "gwp100": climate.total if climate is not None else None,
        "time": _wall_clock(descriptor, context, training),
        "money": money.of_activity(training.path) if money is not None else None,
        "training_set": context.sample(quality.training_set) if quality.training_set is not None else None,
    }
    reference = quality.surplus_over.removeprefix("training.")
    return Candidate(
        training=training.path,
        quality=context.sample(quality.value),
        costs={axis: quantity for axis, quantity in taken.items() if quantity is not None},
        surplus_over=f"training.{reference}" if reference else "",
    )


def _wall_clock(descriptor: Descriptor, context: Context, training: Training) -> Quantity | None:
    """Return how long a training took: stated, or its processor-hours over its processors; None where neither is known."""
    if training.duration is not None and not training.duration.is_processor_time:
        return context.sample(training.duration)
    machine = descriptor[ProductSystem].machines.get(training.on)
    time = time_of_work(context, machine, training) if machine is not None else None
    if machine is None or time is None:
        return None
    return wall_clock_time(machine_time=time, machines=machines_of(context, machine, training))
