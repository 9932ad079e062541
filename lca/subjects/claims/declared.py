"""What a descriptor declares under `frugal_ai`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lca.descriptor.named_file import EvidenceItem


@dataclass(frozen=True, slots=True)
class Condition:
    """The answer to one of the three conditions."""

    path: str
    answer: str
    justification: str = ""
    evidence: tuple[EvidenceItem, ...] = ()


@dataclass(frozen=True, slots=True)
class FrugalPractice:
    """One numbered practice: how far it is done, and by whom."""

    path: str
    name: str
    status: str
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FrugalAI:
    """What an applicant answers on frugality; `edition` is that of the specification."""

    path: str
    edition: str = ""
    need: Condition | None = None
    practices: Condition | None = None
    limits: Condition | None = None
    declared: Mapping[str, FrugalPractice] = field(default_factory=dict)
