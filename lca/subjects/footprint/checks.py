"""What the product system lacks or contradicts, and unknown names of a document that cannot be read as a descriptor."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from lca.catalogue.book import FactorBook
from lca.descriptor.descriptor import Descriptor
from lca.descriptor.document import Document
from lca.problems import Problem, did_you_mean
from lca.quantities.quantity import Sampler
from lca.quantities.units import conversion
from lca.subjects.footprint import period
from lca.subjects.footprint.declared import ProductSystem
from lca.subjects.footprint.flow import Context
from lca.subjects.footprint.instances import find_type
from lca.subjects.footprint.machine import Machine
from lca.subjects.footprint.processor import Processor, identify
from lca.subjects.footprint.site import Site
from lca.subjects.footprint.stage import Stage
from lca.subjects.footprint.stages import LIFE_CYCLE
from lca.subjects.footprint.stages.experiments import Experiments
from lca.subjects.footprint.supply import find_zone


def checks(descriptor: Descriptor) -> Iterator[Problem]:
    """Yield what the product system lacks or contradicts."""
    document, system = descriptor.document, descriptor[ProductSystem]
    for stage in LIFE_CYCLE:
        yield from _needs(descriptor, stage)
        if system.stage(stage.name) and stage.name in descriptor.goal.excluded:
            message = f"the stage {stage.name} is both described and excluded"
            yield Problem(document.key_at(("goal", "excluded", stage.name)), "LCA402", message, "remove one of the two")
    yield from _excluded_shares(descriptor)
    for experiments in system.experiments.values():
        yield from _repeats(descriptor, experiments)
    for machine in system.machines.values():
        yield from _parts_of(descriptor, machine)
    for site in system.sites.values():
        partners = descriptor.about.partners
        if site.owner and site.owner not in partners and (hint := did_you_mean(site.owner, partners)):
            place = descriptor.document.at((*site.path.split("."), "owner"))
            yield Problem(place, "LCA401", f"{site.path}.owner: `{site.owner}` is none of the partners", hint)
    if descriptor.year is None and any(site.year is None for site in system.sites.values()):
        hint = "for example `start: 2026-01`"
        yield Problem(document.at(("project",)), "LCA202", "`start` is missing in project", hint)
    if not any(system.activities.values()):
        yield Problem(
            document.at(()), "LCA202", "no stage is described", "add at least one activity, as in `training:`"
        )
    if any(machine.dedicated for machine in system.machines.values()) and descriptor.about.duration is None:
        message = "a dedicated machine needs the duration of the project"
        yield Problem(document.at(("project",)), "LCA202", message, "add `duration: 3 year` to `project`")
    if not descriptor.is_variant:
        yield from _hypothetical(descriptor)


def _excluded_shares(descriptor: Descriptor) -> Iterator[Problem]:
    """Yield an error where the stages left out are said to be more than the whole."""
    shares = {
        name: one.estimated_share.value * conversion(one.estimated_share.unit, "1")
        for name, one in descriptor.goal.excluded.items()
        if one.estimated_share is not None
    }
    if sum(shares.values()) > 1:
        parts = " + ".join(f"{share:g}" for share in shares.values())
        message = f"the stages left out are said to be {100 * sum(shares.values()):g} % of the whole ({parts})"
        path = ("goal", "excluded", list(shares)[-1], "estimated_share")
        hint = "`estimated_share` is a share of all stages together, 0 to 1 in sum"
        yield Problem(descriptor.document.at(path), "LCA304", message, hint)


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


def _parts_of(descriptor: Descriptor, machine: Machine) -> Iterator[Problem]:
    """Yield what a machine's accelerators and its share of a node contradict."""
    kinds, place = machine.kinds, descriptor.document.key_at(tuple(machine.path.split(".")))
    if machine.gpu is not None and machine.gpu.of_instance is None and machine.accelerators:
        message = f"{machine.path}: `gpu` and `accelerators` both say which accelerators it has"
        yield Problem(place, "LCA402", message, "write all kinds under `accelerators`")
    parts = [kind for kind in kinds if kind.of is not None]
    if parts and machine.host_share is not None:
        message = f"{machine.path}: `of` and `host_share` both say which part of a node it is"
        yield Problem(place, "LCA402", message, "keep one of the two")
    if parts and len(parts) < len(kinds):
        message = f"{machine.path}: `of` is stated for some of its kinds of accelerators only"
        yield Problem(place, "LCA402", message, "say of each kind how many the whole node has")
    for kind in parts:
        count = kind.count.value if kind.count is not None else 1.0
        if kind.of is not None and count > kind.of.value:
            message = f"{kind.path}: {count:g} of {kind.of.value:g} accelerators is more than the node has"
            hint = "`count` is what the project uses, `of` what the whole node has"
            yield Problem(descriptor.document.at((*kind.path.split("."), "of")), "LCA402", message, hint)


def _repeats(descriptor: Descriptor, experiments: Experiments) -> Iterator[Problem]:
    """Yield a problem where experiments repeat no training of the descriptor."""
    repeats, trainings = experiments.repeats, [f"training.{name}" for name in descriptor[ProductSystem].training]
    if repeats and repeats not in trainings:
        where = descriptor.document.at((*experiments.path.split("."), "repeats"))
        hint = did_you_mean(f"training.{repeats.removeprefix('training.')}", trainings)
        message = f"`{repeats}` is not a training of this descriptor"
        yield Problem(where, "LCA401", message, hint or "as in `training.final-model`")


def _needs(descriptor: Descriptor, stage: Stage[Any]) -> Iterator[Problem]:
    """Yield what the activities of a stage lack or have twice; of one whose footprint is stated nothing more is asked."""
    activities = descriptor[ProductSystem].activities
    for activity in activities[stage.name].values():
        yield from period.checks(descriptor, stage.name, activity)
        if activity.stated is None:
            place = descriptor.document.key_at(tuple(activity.path.split(".")))
            for message, hint in stage.needs(activity, activities):
                yield Problem(place, "LCA402", f"{activity.path}: {message}", hint)


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
    for path, given in records("machines"):
        if "instance" in given:
            found = find_type(book, given["instance"], "", context.at(f"{path}.instance"))
            context.problems.extend([found] if isinstance(found, Problem) else [])
    for part in ("gpu", "cpu"):
        for path, given in records("machines", part):
            if "model" in given and "power" not in given:
                identify(context, Processor(path, given["model"]))
    return context.problems
