"""The checklist: findings by activity of the taxonomy, and its words."""

from __future__ import annotations

from typing import Any

from lca.assessment import Assessment
from lca.checklist import Finding, Text
from lca.writing import Writer


def view(assessment: Assessment, writer: Writer) -> dict[str, Any]:
    """Return what the section of the checklist needs."""
    return {
        "acts": _by_act(assessment),
        "checklist_words": {
            group: {name: text.in_(writer.language) for name, text in labels.items()}
            for group, labels in assessment.checklist.words.items()
        },
    }


def _by_act(assessment: Assessment) -> list[tuple[Text, list[Finding]]]:
    """Return the findings by activity of the taxonomy, with the activity's name."""
    groups: dict[str, list[Finding]] = {}
    for finding in assessment.findings:
        groups.setdefault(finding.criterion.activity, []).append(finding)
    return [(assessment.checklist.names[activity], rows) for activity, rows in groups.items()]
