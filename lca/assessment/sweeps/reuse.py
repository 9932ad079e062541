"""Sweep of the three rules by which the training of a model of others may count: not at all, by a share, or in full."""

from __future__ import annotations

from lca.assessment.record import Record
from lca.assessment.sweeps.variation import Sweep, Variation, chosen, run
from lca.subjects.footprint.base_model import BaseModel
from lca.subjects.footprint.declared import ProductSystem

RULES = ("excluded", "share", "full")


def _bases(assessment: Record) -> dict[str, BaseModel]:
    """Return each model of others by the activity that builds on it."""
    system = assessment.study[ProductSystem]
    trained = {a.path: a.base_model for a in system.training.values() if a.base_model is not None}
    served = {a.path: a.base_model for a in system.inference.values() if a.base_model is not None}
    return trained | served


def reused(assessment: Record) -> dict[str, float]:
    """Return the climate impact of each model of others whose footprint is stated, by the activity that builds on it."""
    footprints = {path: base.footprint for path, base in _bases(assessment).items() if base.footprint is not None}
    stated = {path: footprint.leaves().get("gwp100") for path, footprint in footprints.items()}
    return {path: leaf.value for path, leaf in stated.items() if leaf is not None}


def reuse(assessment: Record, subject: str = "") -> Sweep:
    """Count the training of a reused model by each rule; by a share only where one is stated."""
    path = chosen(assessment, "reuse", subject, reused(assessment), "no `base_model` states a `footprint`")
    stage, _, name = path.partition(".")
    own = _bases(assessment)[path].rule
    patches = {rule: {stage: {name: {"base_model": {"rule": rule}}}} for rule in RULES if rule != own}
    variations = [Variation((("rule", rule),), patch) for rule, patch in patches.items()]
    return run(assessment, "reuse", path, (("rule", own),), variations)
