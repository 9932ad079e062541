"""Writes reports: HTML and PDF with its attachments, whole or not at all; the only user of the PDF renderer."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import io
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from lca import tables
from lca.assessment import Assessment
from lca.comparison import Table
from lca.document import read_document
from lca.load import data_folder, source_date, words
from lca.problems import Location, Problem, ProblemsFound
from lca.report import Texts, render, render_comparison
from lca.results.comparison import comparison, swept
from lca.results.contract import results
from lca.sweeps.kinds import sweeps_that_matter

PANGO_HINT = (
    "on Debian: apt-get install libpangoft2-1.0-0 libharfbuzz-subset0; on macOS: brew install pango; "
    "HTML and JSON work without"
)


class PangoMissing(Exception):
    """The PDF renderer's system libraries are not installed."""


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


def attached_evidence(evidence: Mapping[str, bytes]) -> dict[str, tuple[str | bytes, str]]:
    """Return evidence files as attachments, under names without folders that cannot stand for another attachment."""
    return {
        f"evidence-{number:02}-{name.rpartition('/')[2]}": (content, f"Evidence: {name}")
        for number, (name, content) in enumerate(evidence.items(), start=1)
    }


def attached(
    assessment: Assessment, descriptor: str, companions: Mapping[str, str], stem: str
) -> Mapping[str, tuple[str | bytes, str]]:
    """Return the PDF's attachments: text and description by file name."""
    return {
        f"{stem}.yaml": (descriptor, "The descriptor"),
        **{name: (text, "A file that the descriptor names") for name, text in companions.items()},
        "results.json": (json.dumps(results(assessment), ensure_ascii=False, indent=1), "All results"),
        **_attached_sweeps(assessment),
        "inventory.csv": (tables.csv(tables.inventory(assessment)), "Every flow and its impacts"),
        "inputs.csv": (tables.csv(tables.inputs(assessment)), "Every input, its range and its source"),
    }


def _attached_sweeps(assessment: Assessment) -> dict[str, tuple[str | bytes, str]]:
    """Return the sweeps that the report prints, with all their figures."""
    found = [swept(sweep) for sweep in sweeps_that_matter(assessment)]
    text = json.dumps(found, ensure_ascii=False, indent=1)
    return {"sweeps.json": (text, "Choices varied one at a time")} if found else {}


def date_of(assessment: Assessment) -> datetime.datetime:
    """Return the moment that the PDF is dated by: `SOURCE_DATE_EPOCH`, or midnight of the date of assessment."""
    return source_date() or datetime.datetime.combine(assessment.fingerprint.as_of, datetime.time(), datetime.UTC)


def render_pdf(
    page: str,
    attachments: Mapping[str, tuple[str | bytes, str]],
    date: datetime.datetime,
    assessment: Assessment,
    title: str = "",
) -> bytes:
    """Return the PDF of an HTML page; its title is the project's name where none is given.

    Raises:
        PangoMissing: a system library is missing.
    """
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # the renderer prints a banner where a library lacks
            import weasyprint
    except OSError as error:
        raise PangoMissing(str(error).splitlines()[0][:80]) from None
    style = (data_folder("templates") / "print.css").read_text("utf-8")
    digest = hashlib.sha256(page.encode() + b"".join(_bytes(content) for content, _ in attachments.values()))
    # Paged rules join the page only here: HTML validators refuse them. What a user wrote is escaped, so the first
    # `</head>` is the template's.
    printed = page.replace("</head>", f"<style>{style}</style></head>", 1)
    document = weasyprint.HTML(string=printed, url_fetcher=shipped_only()).render(pdf_variant="pdf/a-3a", pdf_tags=True)
    document.metadata.title = title or assessment.project.project.name
    document.metadata.created = document.metadata.modified = date.strftime("%Y-%m-%dT%H:%M:%SZ")
    document.metadata.generator = f"lca {assessment.fingerprint.code_version}"
    document.metadata.attachments = [
        weasyprint.Attachment(
            string=content,
            name=name,
            description=what,
            created=date,
            modified=date,
            relationship="Supplement" if isinstance(content, bytes) else "Data",
        )
        for name, (content, what) in attachments.items()
    ]
    pdf: bytes = document.write_pdf(pdf_identifier=digest.digest()[:16], pdf_variant="pdf/a-3a", pdf_tags=True)
    return pdf


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def shipped_only() -> Any:
    """Return a fetcher that gives the renderer our own fonts and the charts inside the page, and nothing else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    fonts = {f"shipped:{p.name}": p for p in (data_folder("templates") / "fonts").glob("*.otf")}

    class ShippedOnly(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url in fonts:
                return URLFetcherResponse(url, fonts[url].read_bytes(), {"Content-Type": "font/otf"})
            if url.startswith("data:image/svg+xml;base64,"):
                return super().fetch(url, headers)
            raise FatalURLFetchingError(f"nothing is fetched from {url[:60]}")

    return ShippedOnly(allowed_protocols=("data",))


def _blocked(path: Path, inputs: Sequence[Path]) -> Problem | None:
    """Return a problem where a file must not take a path: that of an input, or of a folder, a device or a pipe."""
    if path.exists() and not path.is_file():
        message, hint = "a folder, a device or a pipe stands at its place", "name a file; nothing was written"
    elif path.exists() and any(path.samefile(read) for read in inputs):
        message, hint = "the descriptor rests on this file", "choose another name; nothing was overwritten"
    else:
        return None
    return Problem(Location(str(path), 1, 1), "LCA701", message, hint)


def write_new(path: Path, content: bytes) -> None:
    """Write a file that does not exist yet.

    Raises:
        ProblemsFound: it exists, or cannot be written.
    """
    if path.exists():
        hint = "choose another name; nothing was overwritten"
        raise ProblemsFound([Problem(Location(str(path), 1, 1), "LCA701", "the file exists already", hint)])
    write_whole({path: content})


def inputs_of(assessment: Assessment) -> list[Path]:
    """Return the files that an assessment was made from: the descriptor and what it names."""
    project = assessment.project
    named = [project.reference_file] if project.reference_file else []
    descriptor = Path(project.document.file)
    return [descriptor, *(descriptor.parent / name for name in (*named, *project.files))]


def write_whole(files: Mapping[Path, bytes], inputs: Iterable[Path] = ()) -> None:
    """Write files whole or not at all: first beside their places, then moved there; never over one of the inputs.

    Raises:
        ProblemsFound: a folder or file cannot be written, or what stands at its place must not be replaced.
    """
    read = [path for path in inputs if path.exists()]
    blocked = [problem for path in files if (problem := _blocked(path, read)) is not None]
    if blocked:
        raise ProblemsFound(blocked)
    ready: list[tuple[str, Path]] = []
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".lca-")
            ready.append((name, path))
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).chmod(0o644)
        for name, path in ready:
            Path(name).replace(path)
    except OSError as error:
        for name, _ in ready:
            with contextlib.suppress(OSError):
                Path(name).unlink()
        place = Location(str(error.filename2 or error.filename or next(iter(files))), 1, 1)
        hint = "choose another folder with -o; nothing was written"
        raise ProblemsFound([Problem(place, "LCA701", f"the file cannot be written: {error.strerror}", hint)]) from None
