"""What a descriptor declares under `frugal_ai`."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from lca.descriptor.named_file import EvidenceItem


class Condition(Struct, frozen=True):
    """The answer to one of the three conditions."""

    path: str
    answer: str
    justification: str = ""
    evidence: tuple[EvidenceItem, ...] = ()


class FrugalPractice(Struct, frozen=True):
    """One numbered practice: how far it is done, and by whom."""

    path: str
    name: str
    status: str
    by: tuple[str, ...] = ()


class FrugalAI(Struct, frozen=True):
    """What an applicant answers on frugality; `edition` is that of the specification."""

    path: str
    edition: str = ""
    need: Condition | None = None
    practices: Condition | None = None
    limits: Condition | None = None
    declared: Mapping[str, FrugalPractice] = field(default_factory=dict)
