"""Experiments: repeats of a named training, and runs of their own."""

from __future__ import annotations

from collections.abc import Iterator, Set

from msgspec.structs import replace

from lca.quantities.formula import formula
from lca.quantities.provenance import Stated
from lca.quantities.quantity import Quantity
from lca.quantities.uncertainty import Array
from lca.subjects.footprint.computation import Work, measurement_needs, work_flows, work_needs
from lca.subjects.footprint.flow import Flow, Use
from lca.subjects.footprint.processor import count_of
from lca.subjects.footprint.stage import Activities, Need, Setting, Stage, given, missing

#: What a training that is repeated says already.
_OF_THE_TRAINING = ("duration", "energy", "on", "processor_hours", "site")


class Experiments(Work, frozen=True):
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


def needs(experiments: Experiments, activities: Activities) -> Iterator[Need]:
    """Yield what runs of their own lack, and what repeats lack or say beside their training."""
    has = given(experiments)
    if experiments.repeats:
        yield from _needs_of_repeats(experiments, has, activities)
    else:
        yield from work_needs(has)
    yield from measurement_needs(has)
    if experiments.repeats:
        yield from missing(has, {"runs": "20"})


def _needs_of_repeats(experiments: Experiments, has: Set[str], activities: Activities) -> Iterator[Need]:
    for name in _OF_THE_TRAINING:
        if name in has:
            yield f"`{name}` and `repeats` both say what is run", f"remove `{name}`: the training says it"
    original = activities["training"].get(experiments.repeats.removeprefix("training."))
    if original is not None and original.stated is not None:
        message = f"{original.path} states its footprint as a whole, so that one run of it is not known"
        yield message, "state the footprint of the experiments, or describe the work of the training"


def flows(setting: Setting, experiments: Experiments) -> Iterator[Flow]:
    """Yield the flows of a named training again, or those of runs of their own."""
    if experiments.repeats:
        yield from _repeats(setting, experiments)
    else:
        yield from work_flows(setting, "experiments", experiments)


def _repeats(setting: Setting, experiments: Experiments) -> Iterator[Flow]:
    """Yield the flows of a named training again, times runs and relative duration."""
    context = setting.context
    runs = count_of(context, experiments.runs, f"{experiments.path}.runs")
    relative = count_of(context, experiments.relative_duration, f"{experiments.path}.relative_duration")

    def again(amount: Quantity) -> Quantity:
        return repeated.bound(amount=amount.unit)(amount=amount, runs=runs, relative_duration=relative)

    for use in [use for use in context.uses if use.activity == experiments.repeats]:
        context.uses.append(Use(use.machine, experiments.path, again(use.share), again(use.time)))
    for flow in setting.flows:
        if flow.activity != experiments.repeats or flow.is_stated:
            continue
        at_plug = again(flow.at_plug) if flow.at_plug is not None else None
        yield replace(
            flow, stage="experiments", activity=experiments.path, quantity=again(flow.quantity), at_plug=at_plug
        )


STAGE = Stage("experiments", Experiments, flows, needs)
