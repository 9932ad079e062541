"""What the product system lacks or contradicts, and unknown names of a document that cannot be read as a descriptor."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from typing import Any

from lca.catalogue.book import FactorBook
from lca.descriptor.descriptor import Descriptor
from lca.descriptor.document import Document
from lca.problems import Problem, did_you_mean
from lca.quantities.quantity import Sampler
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import STAGES, Context
from lca.subjects.footprint.machine import Processor, identify
from lca.subjects.footprint.site import Site
from lca.subjects.footprint.stages.experiments import Experiments
from lca.subjects.footprint.supply import find_zone

_EXAMPLES = {
    "site": "`site: paris`",
    "volume": "`volume: 138 GB`",
    "device": "`device: camera`",
    "mass": "`mass: 5 kg`",
    "distance": "`distance: 800 km`",
}


def checks(descriptor: Descriptor) -> Iterator[Problem]:
    """Yield what the product system lacks or contradicts."""
    document, system = descriptor.document, descriptor[ProductSystem]
    for stage in STAGES:
        for activity in system.stage(stage).values():
            yield from _combination(descriptor, stage, activity)
        if system.stage(stage) and stage in descriptor.goal.excluded:
            message = f"the stage {stage} is both described and excluded"
            yield Problem(document.key_at(("goal", "excluded", stage)), "LCA402", message, "remove one of the two")
    for experiments in system.experiments.values():
        yield from _repeats(descriptor, experiments)
    if descriptor.year is None and any(site.year is None for site in system.sites.values()):
        hint = "for example `start: 2026-01`"
        yield Problem(document.at(("project",)), "LCA202", "`start` is missing in project", hint)
    if not any(system.stage(stage) for stage in STAGES):
        yield Problem(
            document.at(()), "LCA202", "no stage is described", "add at least one activity, as in `training:`"
        )
    if any(machine.dedicated for machine in system.machines.values()) and descriptor.about.duration is None:
        message = "a dedicated machine needs the duration of the project"
        yield Problem(document.at(("project",)), "LCA202", message, "add `duration: 3 year` to `project`")
    if not descriptor.is_variant:
        yield from _hypothetical(descriptor)


def names_used(descriptor: Descriptor) -> Mapping[str, Collection[str]]:
    """Return what counts without being referred to: dedicated machines."""
    machines = descriptor[ProductSystem].machines
    return {"machines": {name for name, machine in machines.items() if machine.dedicated}}


def _hypothetical(descriptor: Descriptor) -> Iterator[Problem]:
    """Yield a problem for what only a scenario may suppose."""
    for site in descriptor[ProductSystem].sites.values():
        if site.generation:
            place = descriptor.document.key_at((*site.path.split("."), "generation"))
            hint = "state `location`, and suppose `generation` in a scenario; a contract stands under `market_based`"
            yield Problem(place, "LCA904", "one source of electricity can only be supposed in a scenario", hint)


def _repeats(descriptor: Descriptor, experiments: Experiments) -> Iterator[Problem]:
    """Yield a problem where experiments repeat no training of the descriptor."""
    repeats, trainings = experiments.repeats, [f"training.{name}" for name in descriptor[ProductSystem].training]
    if repeats and repeats not in trainings:
        where = descriptor.document.at((*experiments.path.split("."), "repeats"))
        hint = did_you_mean(f"training.{repeats.removeprefix('training.')}", trainings)
        message = f"`{repeats}` is not a training of this descriptor"
        yield Problem(where, "LCA401", message, hint or "as in `training.final-model`")


def _combination(descriptor: Descriptor, stage: str, activity: Any) -> Iterator[Problem]:
    """Yield what an activity lacks or has twice."""
    path = tuple(activity.path.split("."))

    def problem(message: str, hint: str) -> Problem:
        return Problem(descriptor.document.key_at(path), "LCA402", f"{activity.path}: {message}", hint)

    if activity.stated is not None:
        return
    has = {f.name for f in fields(activity) if getattr(activity, f.name) not in (None, "", ())}
    if stage in ("training", "experiments") and not has & {"federated", "repeats"}:
        given = has & {"duration", "processor_hours", "energy"}
        if not given:
            yield problem("nothing says how much work it is", "add `duration`, `processor_hours` or `energy`")
        elif "duration" in given and "processor_hours" in given:
            yield problem("`duration` and `processor_hours` both say how much work it is", "keep one of the two")
        if "on" not in has and "energy" not in given:
            yield problem("nothing says where it runs", "add `on:` with the name of a machine")
        if "on" not in has and "site" not in has:
            yield problem("nothing says where its electricity comes from", "add `site`")
    if stage == "experiments" and "repeats" in has:
        for name in sorted(has & {"on", "site", "duration", "processor_hours", "energy", "federated"}):
            yield problem(f"`{name}` and `repeats` both say what is run", f"remove `{name}`: the training says it")
        original = descriptor[ProductSystem].training.get(activity.repeats.removeprefix("training."))
        if original is not None and original.stated is not None:
            message = f"{original.path} states its footprint as a whole, so that one run of it is not known"
            yield problem(message, "state the footprint of the experiments, or describe the work of the training")
    if "measured_by" in has and "energy" not in has:
        yield problem("`measured_by` says who measured, but not what", "add the measured `energy`")
    if stage == "experiments" and "repeats" in has and "runs" not in has:
        yield problem("`runs` is missing", "for example `runs: 20`")
    needed = {
        "transfer": ("mass", "distance") if has & {"mass", "distance"} else ("volume", "site"),
        "storage": ("volume", "duration", "site"),
        "equipment": ("device", "duration"),
        "inference": ("volume", "duration"),
    }
    for name in needed.get(stage, ()):
        if name not in has:
            example = _EXAMPLES.get(name, "`duration: 3 year`")
            yield problem(f"`{name}` is missing", f"for example {example}")
    if stage == "inference":
        ways = [w for w in ("energy_per_request", "on", "reserved", "tokens", "task") if w in has]
        if len(ways) != 1:
            said = " and ".join(f"`{w}`" for w in ways) if ways else "nothing"
            hint = (
                "give exactly one of `energy_per_request`, `on` with `time_per_request`, `reserved`, `tokens`, `task`"
            )
            yield problem(f"{said} gives the energy of a request", hint)
        if "on" in has and "time_per_request" not in has:
            yield problem("`time_per_request` is missing", "for example `time_per_request: 8 ms`")
        if not has & {"on", "reserved", "site"}:
            yield problem("nothing says where it runs", "add `site`, `on` or `reserved`")


def unknown_names(document: Document, book: FactorBook) -> list[Problem]:
    """Return the unknown places and processors of a document that does not fit the schema, so that all is said at once."""
    context = Context(book, Sampler(0, 0), 0, document.nodes, document.file)

    def records(*path: str) -> Iterator[tuple[str, dict[str, str]]]:
        group = document.data.get(path[0])
        for name, record in group.items() if isinstance(group, dict) else ():
            inner = record.get(path[1]) if len(path) > 1 and isinstance(record, dict) else record
            if isinstance(inner, dict):
                yield ".".join([path[0], name, *path[1:]]), {k: v for k, v in inner.items() if isinstance(v, str)}

    for path, given in records("sites"):
        if "location" in given or "region" in given:
            find_zone(
                context, Site(path, path, given.get("location", ""), given.get("provider", ""), given.get("region", ""))
            )
    for part in ("gpu", "cpu"):
        for path, given in records("machines", part):
            if "model" in given and "power" not in given:
                identify(context, Processor(path, given["model"]))
    return context.problems
