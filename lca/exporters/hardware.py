"""What some activities are: on which processors they ran, for how long and where, and whether they begin with a model."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lca.exporters.exporter import Asked
from lca.presenting.input_names import zone_name
from lca.presenting.item_names import item_name
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.resolved import Resolved
from lca.subjects.footprint.stages.training import Training


def resolved_in(asked: Asked, stages: Collection[str]) -> list[Resolved]:
    """Return what the activities of some stages were read as."""
    return [one for one in asked.record.footprint.resolved if one.activity.partition(".")[0] in stages]


def at_once(one: Resolved) -> float | None:
    """Return how many processors an activity keeps busy together, None where that is not known."""
    if one.processor_time is None or one.duration is None or not one.duration.value:
        return None
    return one.processor_time.value / one.duration.value


def is_fine_tuning(training: Training) -> bool:
    """Say whether a training begins with a model that is there already."""
    return training.kind == "fine-tuning" or training.base_model is not None


def hardware_lines(asked: Asked, stages: Collection[str]) -> Iterator[str]:
    """Yield the processors of each activity whose machine is known, with their number and their time."""
    writer, words = asked.writer, asked.words["hardware"]
    for one in resolved_in(asked, stages):
        if not one.processor:
            continue
        count = at_once(one)
        name = f"{writer.trimmed(count)} × {one.processor}" if count is not None else one.processor
        if one.processor_time is None:
            yield name
        else:
            yield words["with_time"].format(name=name, time=writer.amount(one.processor_time, 4))


def places(asked: Asked, stages: Collection[str]) -> list[str]:
    """Return the sites of some stages with their zones, each once."""
    record, found = asked.record, dict[str, None]()
    sites = record.study[ProductSystem].sites
    for one in resolved_in(asked, stages):
        zone = zone_name(one.region, asked.writer, record.book) if one.region else ""
        name = item_name(record.study, f"sites.{one.site}") if one.site in sites else ""
        text = f"{name} ({zone})" if name and zone else name or zone
        if text:
            found[text] = None
    return list(found)


def used_lines(asked: Asked, stages: Collection[str]) -> Iterator[str]:
    """Yield on what some activities ran, and where, each with its name before it; nothing of what is not known."""
    for what, found in (("processors", list(hardware_lines(asked, stages))), ("places", places(asked, stages))):
        if found:
            yield f"{asked.words['hardware'][what]}{asked.writer.words['colon']} {asked.words['semicolon'].join(found)}"
