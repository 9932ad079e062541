"""Assessments become files in the formats of others: cards, annexes, archives and other tools."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lca.exporters.exporter import Exporter

#: What each format is for, by its name, which is that of its module.
FORMATS = {
    "huggingface": "front matter and section of a model card on Hugging Face",
    "paragraph": "methods paragraph for a paper, with BibTeX of all sources",
    "ai-act": "training time, FLOP and energy in MWh for the AI Act (Annex XI)",
    "sci": "Software Carbon Intensity (ISO/IEC 21031), and for AI of provider and consumer",
    "datapackage": "all tables as a data package (Frictionless), zipped",
    "boamps": "energy of each activity (BoAmps 1.1.0)",
    "cyclonedx": "ML-BOM with environmental considerations (CycloneDX 1.7, or 1.6)",
    "ro-crate": "descriptor, results and tables as a research object (RO-Crate 1.3), zipped",
    "impact-framework": "manifest that the Impact Framework runs",
    "brightway": "database with uncertainty that Brightway imports as CSV",
    "xlsx": "workbook with live sums, units and sources (extra `xlsx`)",
}


def exporter_of(name: str) -> Exporter:
    """Return what writes a format of `FORMATS`; its module is imported when it is asked for."""
    found: Exporter = importlib.import_module(f"{__name__}.{name.replace('-', '_')}").EXPORTER
    return found
