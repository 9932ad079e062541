"""What would differ by another text of the law or on another day: acts whose text is another, rows, and verdicts."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from lca.quantities.by_language import Text
from lca.subjects.checklist.examination import Examination
from lca.subjects.checklist.model import Act
from lca.subjects.checklist.rules import Finding


class Difference(Struct, frozen=True):
    """One row whose verdict differs; empty on the side where the row does not exist."""

    row: str
    before: str
    after: str
    reason: Text | None = None


class Differences(Struct, frozen=True):
    """The acts whose text differs, and the rows whose verdict does."""

    acts: tuple[tuple[Act, Act], ...]
    rows: tuple[Difference, ...]


def differences(one: Examination, other: Examination) -> Differences:
    """Return what differs from one examination of a project to another."""
    texts = {shown.act.id: shown.act for shown in other.shown}
    pairs = [(shown.act, texts[shown.act.id]) for shown in one.shown if shown.act.id in texts]
    changed = tuple((act, text) for act, text in pairs if act != text)
    return Differences(changed, tuple(_rows(_by_id(one.findings), _by_id(other.findings))))


def _by_id(findings: Iterable[Finding]) -> dict[str, Finding]:
    return {finding.criterion.id: finding for finding in findings}


def _rows(one: dict[str, Finding], other: dict[str, Finding]) -> Iterable[Difference]:
    for name in (*one, *(name for name in other if name not in one)):
        before, after = one.get(name), other.get(name)
        verdicts = (before.verdict if before else "", after.verdict if after else "")
        if verdicts[0] != verdicts[1]:
            yield Difference(name, *verdicts, after.reason if after else None)
