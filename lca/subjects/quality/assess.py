"""The trainings of a project that state a quality, with what each takes by the project's own figures."""

from __future__ import annotations

from collections.abc import Mapping

from lca.descriptor.descriptor import Project
from lca.quantities.quantity import Quantity
from lca.subjects.footprint.computation import machines_of, time_of_work
from lca.subjects.footprint.flow import Context
from lca.subjects.footprint.impacts import Breakdown
from lca.subjects.footprint.machine import wall_clock_time
from lca.subjects.footprint.stages.training import Training
from lca.subjects.money.assess import MoneyResult
from lca.subjects.quality.metrics import metric_of
from lca.subjects.quality.trade_off import Candidate, TradeOff, set_against


def trade_offs(
    project: Project,
    context: Context,
    energies: Mapping[str, Quantity],
    impacts: Mapping[str, Mapping[str, Breakdown]],
    money: MoneyResult | None,
) -> tuple[TradeOff, ...]:
    """Return one comparison for each task, in the order of the descriptor.

    Args:
        project: what it trains; its qualities have no problems.
        context: where records are read.
        energies: electricity by activity.
        impacts: impacts by activity and indicator.
        money: what each activity costs, where a currency is declared.
    """
    tasks: dict[str, list[Training]] = {}
    for training in project.training.values():
        if training.quality is not None:
            tasks.setdefault(training.quality.task, []).append(training)
    found = []
    for task, trainings in tasks.items():
        quality = trainings[0].quality
        assert quality is not None
        metric = metric_of(quality)
        assert metric is not None
        candidates = [_candidate(project, context, t, energies, impacts, money) for t in trainings]
        noun = quality.training_set.noun if quality.training_set is not None else ""
        found.append(set_against(task, quality.metric, metric, noun, candidates, context.sample))
    return tuple(found)


def _candidate(
    project: Project,
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
        "time": _wall_clock(project, context, training),
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


def _wall_clock(project: Project, context: Context, training: Training) -> Quantity | None:
    """Return how long a training took: stated, or its processor-hours over its processors; None where neither is known."""
    if training.duration is not None:
        return context.sample(training.duration)
    machine = project.machines.get(training.on)
    time = time_of_work(context, machine, training) if machine is not None else None
    if machine is None or time is None:
        return None
    return wall_clock_time(machine_time=time, machines=machines_of(context, machine, training))
