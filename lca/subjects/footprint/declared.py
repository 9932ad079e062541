"""What a descriptor declares of the footprint: the product system, which is sites, machines, devices and activities by stage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from lca.quantities.provenance import Stated
from lca.subjects.footprint.device import Device
from lca.subjects.footprint.flow import STAGES
from lca.subjects.footprint.language_model import Model
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


class Reduction(Struct, frozen=True):
    """A planned measure against the project's own footprint."""

    path: str
    action: str
    owner: str = ""
    date: str = ""
    expected: Stated | None = None


class ProductSystem(Struct, frozen=True):
    """Sites, machines, devices, models, the activities of each stage, own factors, and planned reductions.

    Each stage has a field of its name, so that its records keep their type.
    """

    sites: Mapping[str, Site] = field(default_factory=dict)
    machines: Mapping[str, Machine] = field(default_factory=dict)
    devices: Mapping[str, Device] = field(default_factory=dict)
    models: Mapping[str, Model] = field(default_factory=dict)
    collection: Mapping[str, Collection] = field(default_factory=dict)
    transfer: Mapping[str, Transfer] = field(default_factory=dict)
    storage: Mapping[str, Storage] = field(default_factory=dict)
    training: Mapping[str, Training] = field(default_factory=dict)
    experiments: Mapping[str, Experiments] = field(default_factory=dict)
    inference: Mapping[str, Inference] = field(default_factory=dict)
    equipment: Mapping[str, Equipment] = field(default_factory=dict)
    factors: Mapping[str, OwnFactor] = field(default_factory=dict)
    reductions: Mapping[str, Reduction] = field(default_factory=dict)

    def stage(self, name: str) -> Mapping[str, Any]:
        """Return the activities of one stage by name."""
        activities: Mapping[str, Any] = getattr(self, name)
        return activities

    @property
    def activities(self) -> Mapping[str, Mapping[str, Any]]:
        """The activities of all stages by stage and name."""
        return {name: self.stage(name) for name in STAGES}
