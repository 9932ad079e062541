"""What travels inside the PDF: the descriptor, all results, the inventory and the inputs."""

from __future__ import annotations

from collections.abc import Mapping

from lca.assessment import tables
from lca.assessment.comparison_contract import swept
from lca.assessment.contract import results
from lca.assessment.record import Record
from lca.presenting.values import as_json


def attached_evidence(evidence: Mapping[str, bytes]) -> dict[str, tuple[str | bytes, str]]:
    """Return evidence files as attachments, under names without folders that cannot stand for another attachment."""
    return {
        f"evidence-{number:02}-{name.rpartition('/')[2]}": (content, f"Evidence: {name}")
        for number, (name, content) in enumerate(evidence.items(), start=1)
    }


def attached(
    assessment: Record, descriptor: str, companions: Mapping[str, str], stem: str
) -> Mapping[str, tuple[str | bytes, str]]:
    """Return the PDF's attachments: text and description by file name."""
    return {
        f"{stem}.yaml": (descriptor, "The descriptor"),
        **{name: (text, "A file that the descriptor names") for name, text in companions.items()},
        "results.json": (as_json(results(assessment)), "All results"),
        **_attached_sweeps(assessment),
        "inventory.csv": (tables.csv(tables.inventory(assessment)), "Every flow and its impacts"),
        "inputs.csv": (tables.csv(tables.inputs(assessment)), "Every input, its range and its source"),
    }


def _attached_sweeps(assessment: Record) -> dict[str, tuple[str | bytes, str]]:
    """Return the sweeps that the report prints, with all their figures."""
    found = [swept(sweep) for sweep in assessment.sweeps]
    text = as_json(found)
    return {"sweeps.json": (text, "Choices varied one at a time")} if found else {}
