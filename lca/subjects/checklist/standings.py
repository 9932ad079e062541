"""What a document is to a row: it supports a yes, or why it does not; what is not stated of it never helps."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from msgspec import Struct

from lca.descriptor.named_file import EvidenceItem, NamedFile
from lca.subjects.checklist.model import STRENGTHS, Criterion
from lca.subjects.checklist.reading import read_date

ACCEPTED, EXPIRED, TOO_WEAK, WRONG_TYPE, OWN = "accepted", "expired", "too_weak", "wrong_type", "own"
OWN_WORD, UNLOCATED, UNDATED, NO_INDICATOR = "own_word", "unlocated", "undated", "no_indicator"
BEFORE_PROJECT, NO_START = "before_project", "no_start"

#: Documents that say how something stands or is agreed, which changes: without an end of validity they count for three
#: years, the interval of the audits of Annex I, section 8.1. A declaration of conformity or an analysis says what was found.
CHANGING = frozenset(
    {
        "coc_participant_status",
        "coc_practice_table",
        "third_party_audit_report",
        "refrigerant_inventory",
        "water_plan_or_permit",
        "waste_management_plan",
        "recycling_contract",
        "supplier_letter",
    }
)
LONGEST_VALIDITY = datetime.timedelta(days=1096)


class Documents(Struct, frozen=True):
    """What is known of the documents: the files that were found, which of them are hosts' tables, and who the applicants are.

    `start` is the first day, month or year of the project, empty where it is not stated.
    """

    files: Mapping[str, NamedFile]
    applicants: frozenset[str]
    tables: frozenset[str] = frozenset()
    start: str = ""

    def standing(self, criterion: Criterion, item: EvidenceItem, as_of: datetime.date) -> str:
        """Say what a document is to a row, expiry judged by a date."""
        return (
            self._of_whom(item)
            or _of_kind(criterion, item)
            or _of_validity(criterion, item, as_of)
            or (self._of_project(item) if criterion.of_project else "")
            or ACCEPTED
        )

    def _of_whom(self, item: EvidenceItem) -> str:
        """Say whether a document is the project's own assessment or the applicant's own word."""
        found = self.files.get(item.file)
        if found is not None and found.own_word:
            return OWN_WORD
        if item.file in self.tables and item.type != "coc_practice_table":
            return OWN_WORD
        issuer = item.issuer.strip().casefold()
        own_report = item.type == "lca_report" and (not issuer or issuer in self.applicants)
        return OWN if own_report or (found is not None and found.own) else ""

    def _of_project(self, item: EvidenceItem) -> str:
        """Say whether a document is from before the project, or whether nobody can tell."""
        if not item.date:
            return UNDATED
        if not self.start:
            return NO_START
        return BEFORE_PROJECT if item.date[: len(self.start)] < self.start else ""


def _of_kind(criterion: Criterion, item: EvidenceItem) -> str:
    """Say whether a document is of a kind and strength that a row does not accept."""
    if item.type not in criterion.evidence_accepted:
        return WRONG_TYPE
    if item.type == "lca_report" and criterion.indicators and not set(criterion.indicators) & set(item.indicators):
        return NO_INDICATOR
    if STRENGTHS.index(item.strength) < STRENGTHS.index(criterion.min_strength):
        return TOO_WEAK
    return "" if item.file or item.url else UNLOCATED


def _of_validity(criterion: Criterion, item: EvidenceItem, as_of: datetime.date) -> str:
    """Say whether a document has expired, or whether nobody can tell."""
    until, issued = read_date(item.valid_until), read_date(item.date)
    if until is not None and until < as_of:
        return EXPIRED
    longest = [datetime.timedelta(days=criterion.max_age_days)] if criterion.max_age_days is not None else []
    if until is None and item.type in CHANGING:
        longest.append(LONGEST_VALIDITY)
    if not longest:
        return ""
    if issued is None:
        return UNDATED
    return EXPIRED if as_of - issued > min(longest) else ""
