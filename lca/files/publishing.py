"""Writes reports and comparisons: HTML and PDF with its attachments, whole or not at all."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from lca.assessment.attachments import attached, attached_evidence
from lca.assessment.comparison import Table
from lca.assessment.comparison_contract import comparison
from lca.assessment.dossier import Texts, render, render_comparison
from lca.assessment.record import Assessment
from lca.descriptor.document import read_document
from lca.files.pdf import PANGO_HINT, PangoMissing, render_pdf
from lca.files.shipped import data_folder, source_date, words
from lca.files.writing_whole import write_whole
from lca.problems import Location, Problem


def publish(
    assessment: Assessment,
    descriptor: str,
    companions: Mapping[str, str],
    stem: str,
    folder: Path,
    language: str,
    html: bool,
    pdf: bool,
    evidence: Mapping[str, bytes] | None = None,
) -> tuple[list[Path], list[Problem]]:
    """Render and write a report; `companions` are the texts of the files that the descriptor names.

    `evidence` are files by name that travel inside the PDF.

    Returns:
        The files written, and what could not be made for lack of a system library.

    Raises:
        ProblemsFound: the folder cannot be written; nothing is then.
    """

    def attachments() -> Mapping[str, tuple[str | bytes, str]]:
        return {**attached(assessment, descriptor, companions, stem), **attached_evidence(evidence or {})}

    page = render(assessment, language, read_texts())
    return _write(page, attachments, assessment, "", folder / stem, html, pdf, inputs_of(assessment))


def publish_comparison(
    studies: Mapping[str, Assessment],
    descriptors: Mapping[str, str],
    found: Sequence[Table],
    path: Path,
    language: str,
    html: bool,
    pdf: bool,
) -> tuple[list[Path], list[Problem]]:
    """Render and write a comparison of studies; `path` is without its ending.

    Returns:
        The files written, and what could not be made for lack of a system library.

    Raises:
        ProblemsFound: the folder cannot be written; nothing is then.
    """

    def attachments() -> Mapping[str, tuple[str | bytes, str]]:
        files = {f"{Path(name).stem}-{i}.yaml": (text, name) for i, (name, text) in enumerate(descriptors.items(), 1)}
        text = json.dumps(comparison(studies, found), ensure_ascii=False, indent=1)
        return {**files, "comparison.json": (text, "All figures compared")}

    page = render_comparison(studies, found, language, read_texts())
    title = " / ".join(dict.fromkeys(study.project.project.name for study in studies.values()))
    inputs = [path for study in studies.values() for path in inputs_of(study)]
    return _write(page, attachments, next(iter(studies.values())), title, path, html, pdf, inputs)


def _write(
    page: str,
    attachments: Callable[[], Mapping[str, tuple[str | bytes, str]]],
    assessment: Assessment,
    title: str,
    path: Path,
    html: bool,
    pdf: bool,
    inputs: Iterable[Path],
) -> tuple[list[Path], list[Problem]]:
    """Write a page in the formats that are asked for."""
    files: dict[Path, bytes] = {}
    lacking: list[Problem] = []
    if html:
        files[path.with_name(f"{path.name}.html")] = page.encode()
    if pdf:
        target = path.with_name(f"{path.name}.pdf")
        try:
            files[target] = render_pdf(page, attachments(), date_of(assessment), assessment, title)
        except PangoMissing as error:
            place = Location(str(target), 1, 1)
            lacking.append(
                Problem(place, "LCA702", f"the PDF needs a system library that is missing ({error})", PANGO_HINT)
            )
    write_whole(files, inputs)
    return list(files), lacking


def read_texts() -> Texts:
    """Return the shipped templates, words and references."""
    folder = data_folder("templates")
    templates = {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in sorted(folder.rglob("*.j2"))}
    templates["report.css"] = (folder / "report.css").read_text("utf-8")
    locales = {language: words(language) for language in ("en", "fr")}
    references = read_document((data_folder("factors") / "references.yaml").read_text("utf-8"), "references").data
    return Texts(templates, locales, references)


def date_of(assessment: Assessment) -> datetime.datetime:
    """Return the moment that the PDF is dated by: `SOURCE_DATE_EPOCH`, or midnight of the date of assessment."""
    return source_date() or datetime.datetime.combine(assessment.fingerprint.as_of, datetime.time(), datetime.UTC)


def inputs_of(assessment: Assessment) -> list[Path]:
    """Return the files that an assessment was made from: the descriptor and what it names."""
    project = assessment.project
    named = [project.reference_file] if project.reference_file else []
    descriptor = Path(project.document.file)
    return [descriptor, *(descriptor.parent / name for name in (*named, *project.files))]
