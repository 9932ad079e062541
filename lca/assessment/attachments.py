"""What travels inside the PDF: the descriptor, all results, the inventory and the inputs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from lca.assessment import tables
from lca.assessment.comparison_contract import swept
from lca.assessment.contract import results
from lca.assessment.record import Record
from lca.presenting.values import as_json


def attached_evidence(evidence: Mapping[str, bytes]) -> dict[str, tuple[str | bytes, str]]:
    """Return evidence files as attachments, under names without folders that cannot stand for another attachment."""
    return {
        f"evidence-{number:02}-{safe_name(name.rpartition('/')[2])}": (content, f"Evidence: {name}")
        for number, (name, content) in enumerate(evidence.items(), start=1)
    }


def attached(
    assessment: Record, descriptor: str, companions: Mapping[str, str], stem: str
) -> Mapping[str, tuple[str | bytes, str]]:
    """Return the PDF's attachments: text and description by file name.

    A file that the descriptor names keeps its name where no other attachment has it, and the description says it as it is named.
    """
    own = {f"{safe_name(stem)}.yaml": (descriptor, "The descriptor"), **_made(assessment)}
    named: dict[str, tuple[str | bytes, str]] = {}
    taken = {name.casefold() for name in (*own, "sweeps.json")}
    for number, (name, text) in enumerate(companions.items(), start=1):
        safe = safe_name(name)
        free = safe if safe.casefold() not in taken else f"named-{number:02}-{safe}"
        taken.add(free.casefold())
        named[free] = (text, f"A file that the descriptor names: {name}")
    first, *others = own.items()
    return dict([first, *named.items(), *others])


def safe_name(name: str) -> str:
    """Return a name of letters, digits, dots, hyphens and underlines that every system can write and no shell reads as more."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "-", plain).lstrip(".-") or "file"


def _made(assessment: Record) -> dict[str, tuple[str | bytes, str]]:
    """Return what this program made, under fixed names."""
    return {
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
