"""A whole descriptor as records, and what must hold between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from lca.descriptor.document import Document
from lca.descriptor.named_file import EvidenceItem, NamedFile
from lca.descriptor.reading import validate
from lca.descriptor.records import _hints, build
from lca.problems import Problem, did_you_mean
from lca.quantities.provenance import Stated
from lca.subjects.benefit.declared import Benefit
from lca.subjects.checklist.declared import Declarations
from lca.subjects.claims.declared import FrugalAI
from lca.subjects.claims.frugal_ai import conditions_of
from lca.subjects.footprint.device import Device
from lca.subjects.footprint.flow import STAGES
from lca.subjects.footprint.machine import Machine
from lca.subjects.footprint.site import Site
from lca.subjects.footprint.stages.collection import Collection
from lca.subjects.footprint.stages.equipment import Equipment
from lca.subjects.footprint.stages.experiments import Experiments
from lca.subjects.footprint.stages.inference import Inference
from lca.subjects.footprint.stages.storage import Storage
from lca.subjects.footprint.stages.training import Training
from lca.subjects.footprint.stages.transfer import Transfer
from lca.subjects.footprint.stated import OwnFactor
from lca.subjects.money.declared import Money


@dataclass(frozen=True, slots=True)
class About:
    """What the project is and who answers for it."""

    path: str
    name: str
    applicant: str = ""
    partners: tuple[str, ...] = ()
    call: str = ""
    language: str = "en"
    start: str | int = ""
    duration: Stated | None = None
    summary: str = ""
    readiness_level: int | None = None
    funding: Stated | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Something left out, with its reason and estimated share of the total."""

    path: str
    reason: str
    estimated_share: Stated | None = None


@dataclass(frozen=True, slots=True)
class CriticalReview:
    """Who reviewed the study."""

    path: str
    by: str
    date: str
    statement: str = ""


@dataclass(frozen=True, slots=True)
class FunctionalUnit:
    """What results are also given for."""

    path: str
    description: str
    quantity: Stated | None = None
    delivered: Stated | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """Goal and scope of the study."""

    path: str = "goal"
    purpose: str = ""
    level: str = "screening"
    critical_review: CriticalReview | None = None
    units: tuple[str, ...] = ()
    functional_unit: FunctionalUnit | None = None
    excluded: Mapping[str, Exclusion] = field(default_factory=dict)
    cut_offs: Mapping[str, Exclusion] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reduction:
    """A planned measure against the project's own footprint."""

    path: str
    action: str
    owner: str = ""
    date: str = ""
    expected: Stated | None = None


@dataclass(frozen=True, slots=True)
class StatedResult:
    """A figure that somebody prints, and the path of the figure here that it should equal."""

    path: str
    name: str
    figure: str
    source: str
    value: Stated | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """A whole descriptor as records, with what is known of the files that it names.

    `schema` is what the document was read by, so that a variant of it is read the same way; `scenarios` are such variants.
    """

    document: Document
    schema: Mapping[str, Any]
    project: About
    goal: Goal
    catalogue: str = ""
    money: Money | None = None
    sites: Mapping[str, Site] = field(default_factory=dict)
    machines: Mapping[str, Machine] = field(default_factory=dict)
    devices: Mapping[str, Device] = field(default_factory=dict)
    collection: Mapping[str, Collection] = field(default_factory=dict)
    transfer: Mapping[str, Transfer] = field(default_factory=dict)
    storage: Mapping[str, Storage] = field(default_factory=dict)
    training: Mapping[str, Training] = field(default_factory=dict)
    experiments: Mapping[str, Experiments] = field(default_factory=dict)
    inference: Mapping[str, Inference] = field(default_factory=dict)
    equipment: Mapping[str, Equipment] = field(default_factory=dict)
    factors: Mapping[str, OwnFactor] = field(default_factory=dict)
    reductions: Mapping[str, Reduction] = field(default_factory=dict)
    stated_results: Mapping[str, StatedResult] = field(default_factory=dict)
    benefit: Benefit | None = None
    checklist: Declarations = field(default_factory=Declarations)
    frugal_ai: FrugalAI | None = None
    scenarios: Mapping[str, Project] = field(default_factory=dict)
    files: Mapping[str, NamedFile] = field(default_factory=dict)

    @property
    def year(self) -> int | None:
        """The year in which the project starts, None where it is not stated."""
        text = str(self.project.start)
        return int(text[:4]) if text else None

    @property
    def reference_file(self) -> str:
        """The file of the descriptor that is the reference scenario, empty where none is named."""
        reference = self.benefit.reference if self.benefit is not None else None
        return reference.descriptor if reference is not None else ""

    def stage(self, name: str) -> Mapping[str, Any]:
        """Return the activities of one stage by name."""
        activities: Mapping[str, Any] = getattr(self, name)
        return activities


def evidence_of(project: Project) -> list[EvidenceItem]:
    """Return each document that the descriptor gives as evidence: of the checklist's answers, and of frugality."""
    items = [item for answer in project.checklist.answers.values() for item in answer.evidence]
    return items + [item for condition in conditions_of(project.frugal_ai) for item in condition.evidence]


def read_project(
    document: Document, schema: Mapping[str, Any], catalogue_version: str, prefix: str = ""
) -> tuple[Project | None, list[Problem]]:
    """Turn a document into a project; its scenarios are left to `lca.variants`, `prefix` goes before its stated paths.

    Returns:
        The project, or None where the document does not fit the schema, and all problems found so far.
    """
    tree, problems = validate(document, schema, prefix)
    if problems:
        return None, problems
    values = {
        name: build(hint, tree[name], (name,))
        for name, hint in _hints(Project).items()
        if name not in ("document", "schema", "goal", "checklist", "scenarios", "files") and tree.get(name) is not None
    }
    goal = build(Goal, tree.get("goal") or {}, ("goal",))
    checklist = build(Declarations, tree.get("checklist") or {}, ("checklist",))
    project = Project(document=document, schema=schema, goal=goal, checklist=checklist, **values)
    return project, list(_relations(project, catalogue_version))


def _relations(project: Project, catalogue_version: str) -> Iterator[Problem]:
    document = project.document
    if project.catalogue and project.catalogue != catalogue_version:
        message = f"the descriptor is pinned to catalogue {project.catalogue}, installed is {catalogue_version}"
        yield Problem(
            document.at(("catalogue",)),
            "LCA506",
            message,
            "install that version, or change the pin and read the changes",
        )
    for record in (*project.sites.values(), *project.machines.values()):
        yield from _references(project, record)
    for stage in STAGES:
        for activity in project.stage(stage).values():
            yield from _references(project, activity)
            yield from _combination(project, stage, activity)
        if project.stage(stage) and stage in project.goal.excluded:
            message = f"the stage {stage} is both described and excluded"
            yield Problem(document.key_at(("goal", "excluded", stage)), "LCA402", message, "remove one of the two")
    if project.year is None and any(site.year is None for site in project.sites.values()):
        yield Problem(
            document.at(("project",)), "LCA202", "`start` is missing in project", "for example `start: 2026-01`"
        )
    if not any(project.stage(stage) for stage in STAGES):
        yield Problem(
            document.at(()), "LCA202", "no stage is described", "add at least one activity, as in `training:`"
        )
    if any(machine.dedicated for machine in project.machines.values()) and project.project.duration is None:
        message = "a dedicated machine needs the duration of the project"
        yield Problem(document.at(("project",)), "LCA202", message, "add `duration: 3 year` to `project`")


_REFERENCES = {
    "site": "sites",
    "on": "machines",
    "reserved": "machines",
    "server": "machines",
    "device": "devices",
    "factor": "factors",
}


def _references(project: Project, record: Any) -> Iterator[Problem]:
    for f in fields(record):
        value = getattr(record, f.name)
        if is_dataclass(value) and not isinstance(value, Stated | type):
            yield from _references(project, value)
        target = _REFERENCES.get(f.name)
        if f.name == "kind" and type(record).__name__ == "RequestDevice":
            target = "devices"
        if target and isinstance(value, str) and value and value not in getattr(project, target):
            known = getattr(project, target)
            hint = did_you_mean(value, known) or (
                f"known: {', '.join(known)}" if known else f"describe it under `{target}`"
            )
            where = project.document.at((*record.path.split("."), f.name))
            yield Problem(where, "LCA401", f"`{value}` is not one of the {target}", hint)
    repeats = getattr(record, "repeats", "")
    if repeats and repeats not in (trainings := [f"training.{name}" for name in project.training]):
        where = project.document.at((*record.path.split("."), "repeats"))
        hint = did_you_mean(f"training.{repeats.removeprefix('training.')}", trainings)
        yield Problem(
            where, "LCA401", f"`{repeats}` is not a training of this descriptor", hint or "as in `training.final-model`"
        )


_EXAMPLES = {
    "site": "`site: paris`",
    "volume": "`volume: 138 GB`",
    "device": "`device: camera`",
    "mass": "`mass: 5 kg`",
    "distance": "`distance: 800 km`",
}


def _combination(project: Project, stage: str, activity: Any) -> Iterator[Problem]:
    """Yield what an activity lacks or has twice."""
    path = tuple(activity.path.split("."))

    def problem(message: str, hint: str) -> Problem:
        return Problem(project.document.key_at(path), "LCA402", f"{activity.path}: {message}", hint)

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
        original = project.training.get(activity.repeats.removeprefix("training."))
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
