"""All sheets for the jury as one accessible PDF: a page a dossier in the order of the numbers, each with its bookmark."""

from __future__ import annotations

import datetime
import hashlib
import itertools
from collections.abc import Iterator
from pathlib import Path

from msgspec import msgpack

from lca.files.pdf import render_pdf
from lca.files.shipped import code_version, read_texts, source_date
from lca.files.writing_whole import write_whole
from lca.portfolio.own_reports import NumberedSheet, OwnReports, digest, laid_out_by, texts_hash
from lca.presenting.html import Templates
from lca.presenting.writer import Writer

#: What the file is called, without the ending.
NAME = "jury"
#: So many sheets are laid out together, at about 2.5 MB of memory each; of more there are several files.
TOGETHER = 400


def write_sheets(reports: OwnReports, writer: Writer) -> Iterator[Path]:
    """Write the sheets of a run, if not there already, and yield each file: `jury.pdf`, or `jury-1.pdf` and so on.

    Raises:
        lca.files.pdf.PangoMissing: a system library is missing.
        ProblemsFound: a file cannot be written.
    """
    kept = reports.run.kept
    of_all = sum(1 for _ in reports.sheets())
    sheets = reports.sheets()
    for volume in itertools.count(1):
        some = list(itertools.islice(sheets, TOGETHER))
        if not some:
            return
        path = reports.folder / (f"{NAME}.pdf" if of_all <= TOGETHER else f"{NAME}-{volume}.pdf")
        named = [(one.number, one.name, one.key) for one in some]
        key = digest(msgpack.encode((NAME, volume, writer.language, named, texts_hash(), laid_out_by())))
        if not _is_there(path, kept.document(key)):
            pdf = _pdf(some, reports, writer)
            write_whole({path: pdf}, reports.run.listing.inputs)
            kept.keep_document(key, hashlib.sha256(pdf).digest())
        reports.volumes[path.name] = key
        yield path


def _is_there(path: Path, kept: bytes | None) -> bool:
    try:
        return kept is not None and hashlib.sha256(path.read_bytes()).digest() == kept
    except OSError:
        return False


def _pdf(sheets: list[NumberedSheet], reports: OwnReports, writer: Writer) -> bytes:
    texts, title = read_texts(), str(writer.words["portfolio"]["sheets_title"])
    html = Templates(writer, texts, {"climate": None}).filled(
        "portfolio/jury.html.j2", {"sheets": sheets, "title": title}
    )
    date = source_date() or datetime.datetime.combine(reports.run.setting.as_of, datetime.time(), datetime.UTC)
    languages = [one.sheet.language for one in sheets]
    return render_pdf(html, {}, date, title, f"lca {code_version()}", texts.templates["print.css"], languages)
