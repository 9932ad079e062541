"""Whether a service may be called frugal: three conditions with their evidence, and the practices that each party declares."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping

from lca.descriptor.descriptor import Descriptor
from lca.descriptor.named_file import EvidenceItem, FileReference
from lca.subjects.claims.declared import Condition, FrugalAI

#: The three conditions, by their key in the descriptor.
CONDITIONS = ("need", "practices", "limits")

#: Who must adopt good practices.
PARTIES = ("producer", "provider", "client")

#: Practices that AFNOR SPEC 2314 numbers; their text is not reproduced here.
PRACTICES = 31

SHORTEST_JUSTIFICATION = 40

#: What a condition is found to be, best first.
DOCUMENTED, NO_EVIDENCE, NOT_MET, OPEN = "documented", "no-evidence", "not-met", "open"


def judge_conditions(frugal: FrugalAI | None, as_of: datetime.date, own: Collection[str] = ()) -> dict[str, str]:
    """Return what each condition is found to be: `documented`, `no-evidence`, `not-met` or `open`.

    A yes counts with a justification of 40 characters and a document that is valid and stands in a file or at an address:
    one that is only named is the applicant's own word. That on practices also needs one adopted by each party.

    Args:
        frugal: the answers.
        as_of: the date that expiry is judged by.
        own: files that this program wrote, and descriptors: they are no evidence.
    """
    return {name: _status(frugal, name, as_of, own) for name in CONDITIONS}


def _status(frugal: FrugalAI | None, name: str, as_of: datetime.date, own: Collection[str]) -> str:
    condition: Condition | None = getattr(frugal, name) if frugal is not None else None
    if condition is None or condition.answer == "unknown":
        return OPEN
    if condition.answer != "yes":
        return NOT_MET
    shown = any(_supports(item, as_of, own) for item in condition.evidence)
    if not shown or len(condition.justification.strip()) < SHORTEST_JUSTIFICATION:
        return NO_EVIDENCE
    if name == "practices" and not all(declared_by(frugal).values()):
        return NO_EVIDENCE
    return DOCUMENTED


def _supports(item: EvidenceItem, as_of: datetime.date, own: Collection[str]) -> bool:
    if item.file in own or (item.valid_until and item.valid_until < as_of.isoformat()):
        return False
    return bool(item.file or item.url)


def is_documented(found: Mapping[str, str]) -> bool:
    """Say whether all three conditions are documented, without which nothing is called frugal."""
    return all(found[name] == DOCUMENTED for name in CONDITIONS)


def conditions_of(frugal: FrugalAI | None) -> Iterator[Condition]:
    """Yield the conditions that have an answer."""
    for name in CONDITIONS:
        condition: Condition | None = getattr(frugal, name) if frugal is not None else None
        if condition is not None:
            yield condition


def declared_by(frugal: FrugalAI | None) -> dict[str, int]:
    """Return how many practices each party declares as adopted."""
    adopted = [p for p in frugal.declared.values() if p.status == "adopted"] if frugal is not None else []
    return {party: sum(party in practice.by for practice in adopted) for party in PARTIES}


def counter(frugal: FrugalAI | None) -> dict[str, int]:
    """Return how many of the practices have each status; those not named are `open`."""
    found = [practice.status for practice in frugal.declared.values()] if frugal is not None else []
    counts = {status: found.count(status) for status in ("adopted", "planned", "not_adopted", "not_applicable")}
    return {**counts, "open": PRACTICES - len(found)}


def named_files(descriptor: Descriptor) -> Iterator[FileReference]:
    """Yield the files that are named as evidence of frugality."""
    for condition in conditions_of(descriptor.get(FrugalAI)):
        for item in condition.evidence:
            if item.file:
                yield FileReference(item.file, f"{item.path}.file")
