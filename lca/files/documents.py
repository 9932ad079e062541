"""The PDF of a report and of a comparison: what travels inside, its date, and the program that made it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

from lca.assessment.attachments import attached, attached_evidence
from lca.assessment.record import Record
from lca.files.pdf import render_pdf
from lca.files.reading import Loaded, evidence_files
from lca.files.shipped import source_date
from lca.subjects.subject import Fingerprint


def report_pdf(page: str, record: Record, loaded: Loaded, stem: str, with_evidence: bool) -> bytes:
    """Return the PDF of a report with the descriptor, all results and tables inside, and with the evidence files if asked.

    Raises:
        PangoMissing: a system library is missing.
        ProblemsFound: an evidence file has changed since it was read.
    """
    attachments: dict[str, tuple[str | bytes, str]] = {**attached(record, loaded.text, loaded.companions, stem)}
    if with_evidence:
        attachments |= attached_evidence(evidence_files(loaded))
    title, made_by = record.study.about.name, generator(record.fingerprint)
    return render_pdf(page, attachments, date_of(record.fingerprint), title, made_by)


def comparison_pdf(page: str, figures: str, studies: Mapping[str, Record], texts: Mapping[str, str]) -> bytes:
    """Return the PDF of a comparison with the descriptors (`texts`, by name) and all `figures` (JSON) inside.

    Raises:
        PangoMissing: a system library is missing.
    """
    attachments: dict[str, tuple[str | bytes, str]] = {
        f"{Path(name).stem}-{number}.yaml": (text, name) for number, (name, text) in enumerate(texts.items(), 1)
    }
    attachments["comparison.json"] = (figures, "All figures compared")
    title = " / ".join(dict.fromkeys(study.study.about.name for study in studies.values()))
    first = next(iter(studies.values())).fingerprint
    return render_pdf(page, attachments, date_of(first), title, generator(first))


def date_of(fingerprint: Fingerprint) -> datetime.datetime:
    """Return the moment that a document is dated by: `SOURCE_DATE_EPOCH`, or midnight of the date of assessment."""
    return source_date() or datetime.datetime.combine(fingerprint.as_of, datetime.time(), datetime.UTC)


def generator(fingerprint: Fingerprint) -> str:
    """Return what a document names as the program that made it."""
    return f"lca {fingerprint.code_version}"
