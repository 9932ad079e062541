"""The files of a report and of a comparison: the page, what travels inside, its date, and the program that made it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from lca.assessment import data_section, dossier
from lca.assessment.attachments import Attachment, Manner, Sources, attached
from lca.assessment.pages.jury import section_of, set_smaller
from lca.assessment.record import Record
from lca.files.answering import arrangement_of
from lca.files.carried import number_of_pages
from lca.files.deposits import Deposit, packed, receipt_of
from lca.files.pdf import as_bytes, drawer, render_pdf, renderer
from lca.files.reading import Loaded, evidence_files, files_of
from lca.files.reviews import opinions_of
from lca.files.shipped import read_texts, source_date
from lca.presenting.contents import without_details
from lca.presenting.html import ShippedTexts
from lca.presenting.writer import Writer
from lca.subjects.subject import Fingerprint


def report_html(record: Record, loaded: Loaded, manner: Manner, texts: ShippedTexts) -> str:
    """Return a report as one page without references to anything outside it, with all that travels as links that save it.

    `texts` are those of the theme that `manner` names, else the shipped ones.
    """
    opinions = opinions_of(loaded, record, Writer(manner.language, texts.locales[manner.language]))
    arranged = arrangement_of(loaded, manner.language)
    page = dossier.render(record, manner.language, texts, manner.layout, arranged, opinions)
    carried = attached(record, sources_of(loaded), replace(manner, rendered_by=drawer()))
    return data_section.with_data(page, carried, manner.language, texts)


def report_pdf(
    page: str, record: Record, loaded: Loaded, manner: Manner, texts: ShippedTexts, with_evidence: bool
) -> bytes:
    """Return the PDF of a report with the descriptor, all results and tables inside, and with the evidence files if asked.

    What folds in the page stands in an attachment of its own instead. `texts` are those that the page was made of.

    Raises:
        PangoMissing: a system library is missing.
        ProblemsFound: an evidence file has changed since it was read.
    """
    printed, carried = _printed(page, record, loaded, manner, with_evidence)
    attachments = {name: (one.content, one.description) for name, one in carried.items()}
    return as_pdf(printed, attachments, record, texts)


def report_deposit(
    page: str, record: Record, loaded: Loaded, manner: Manner, texts: ShippedTexts, with_evidence: bool, name: str
) -> Deposit:
    """Return the PDF of a report without attachments, and the archive that holds it and them; `name` is that of the PDF.

    Raises:
        PangoMissing: a system library is missing.
        ProblemsFound: an evidence file has changed since it was read.
    """
    printed, carried = _printed(page, record, loaded, manner, with_evidence)
    pdf = as_pdf(printed, {}, record, texts)
    files = {one: as_bytes(held.content) for one, held in carried.items()}
    print_ = record.fingerprint
    receipt = receipt_of(pdf, name, files, generator(print_), print_.catalogue_version, print_.as_of)
    return Deposit(pdf, packed(pdf, name, files, receipt, date_of(print_)))


def _printed(
    page: str, record: Record, loaded: Loaded, manner: Manner, with_evidence: bool
) -> tuple[str, dict[str, Attachment]]:
    """Return what is printed of a page, and what travels with it."""
    whole = data_section.without_data(page)
    printed = without_details(whole)
    details = whole if printed != whole else ""
    evidence = evidence_files(loaded) if with_evidence else None
    made = replace(manner, rendered_by=renderer())
    return printed, attached(record, sources_of(loaded), made, evidence, details)


def as_pdf(
    printed: str, attachments: Mapping[str, tuple[str | bytes, str]], record: Record, texts: ShippedTexts
) -> bytes:
    """Return the PDF of what is printed; a sheet for a jury is set as small as one page asks for.

    Raises:
        PangoMissing: a system library is missing.
    """
    return _fitted(printed, attachments, record, texts)[1]


def sheet_section(page: str, record: Record, texts: ShippedTexts) -> str:
    """Return the sheet for a jury out of its page, set as small as one page asks for, to print it beside others.

    Raises:
        PangoMissing: a system library is missing.
    """
    printed = without_details(data_section.without_data(page))
    return section_of(_fitted(printed, {}, record, texts)[0])


def _fitted(
    printed: str, attachments: Mapping[str, tuple[str | bytes, str]], record: Record, texts: ShippedTexts
) -> tuple[str, bytes]:
    """Return what is printed as small as it must be set, and its PDF."""
    made_by, sheet = generator(record.fingerprint), texts.templates["print.css"]

    def drawn(page: str) -> bytes:
        return render_pdf(page, attachments, date_of(record.fingerprint), record.study.about.name, made_by, sheet)

    pdf, smaller = drawn(printed), set_smaller(printed)
    while (page := next(smaller, "")) and number_of_pages(pdf, "sheet") > 1:
        printed, pdf = page, drawn(page)
    return printed, pdf


def sources_of(loaded: Loaded) -> Sources:
    """Return what a report is made from, its scenarios' files among them."""
    named = files_of(loaded)
    return Sources(
        file=loaded.descriptor.document.at(()).name,
        text=loaded.text,
        companions={**loaded.companions, **{name: file.text for name, file in named.items() if file.text}},
        named=named,
        checklists=loaded.checklists,
        factor_set=loaded.factor_set,
        call=(loaded.call.file, loaded.call.text) if loaded.call is not None else None,
        reviews=tuple((Path(document.file).name, document.source) for _, document in loaded.reviews),
    )


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
    return render_pdf(page, attachments, date_of(first), title, generator(first), read_texts().templates["print.css"])


def date_of(fingerprint: Fingerprint) -> datetime.datetime:
    """Return the moment that a document is dated by: `SOURCE_DATE_EPOCH`, or midnight of the date of assessment."""
    return source_date() or datetime.datetime.combine(fingerprint.as_of, datetime.time(), datetime.UTC)


def generator(fingerprint: Fingerprint) -> str:
    """Return what a document names as the program that made it."""
    return f"lca {fingerprint.code_version}"
