"""HTML to PDF; the only user of the PDF renderer."""

from __future__ import annotations

import contextlib
import datetime
import functools
import hashlib
import importlib.metadata
import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lca.files.folders import data_folder

PANGO_HINT = (
    "on Debian: apt-get install libpangoft2-1.0-0 libharfbuzz-subset0; on macOS: brew install pango; "
    "HTML and JSON work without"
)


class PangoMissing(Exception):
    """The PDF renderer's system libraries are not installed."""


def render_pdf(
    page: str,
    attachments: Mapping[str, tuple[str | bytes, str]],
    date: datetime.datetime,
    title: str,
    generator: str,
    sheet: str,
    languages: Sequence[str] = (),
) -> bytes:
    """Return the PDF of an HTML page; `generator` is what made it, with its version, `sheet` the style of printed pages.

    `languages` are those of the printed pages where these are in several.

    Raises:
        PangoMissing: a system library is missing.
    """
    weasyprint = _weasyprint()
    digest = hashlib.sha256(page.encode() + b"".join(as_bytes(content) for content, _ in attachments.values()))
    # Paged rules join the page only here: HTML validators refuse them. What a user wrote is escaped, so the first
    # `</head>` is the template's.
    printed = page.replace("</head>", f"<style>{sheet}</style></head>", 1)
    document = weasyprint.HTML(string=printed, url_fetcher=shipped_only()).render(pdf_variant="pdf/a-3a", pdf_tags=True)
    document.metadata.title = title
    document.metadata.created = document.metadata.modified = date.strftime("%Y-%m-%dT%H:%M:%SZ")
    document.metadata.generator = generator
    document.metadata.attachments = [
        weasyprint.Attachment(
            string=content,
            name=name,
            description=what,
            created=date,
            modified=date,
            relationship=_relationship(name, content, first=number == 0),
        )
        for number, (name, (content, what)) in enumerate(attachments.items())
    ]
    _declare_accessible(document.metadata)
    identifier = digest.digest()[:16]
    pdf: bytes = document.write_pdf(
        finisher=functools.partial(_finished, languages),
        pdf_identifier=identifier,
        pdf_variant="pdf/a-3a",
        pdf_tags=True,
    )
    return pdf


#: What says in the metadata of a PDF that it is accessible (ISO 14289-1), with the description of that name that PDF/A asks for.
_ACCESSIBLE = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1" />\
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" \
rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


def _declare_accessible(metadata: Any) -> None:
    """Declare PDF/UA-1 beside PDF/A-3a: the renderer declares one of them."""
    written = metadata.generate_rdf_metadata

    def both(*arguments: Any) -> bytes:
        xml: bytes = written(*arguments)
        return xml.replace(b"</rdf:RDF>", _ACCESSIBLE + b"</rdf:RDF>", 1)

    metadata.generate_rdf_metadata = both


def _finished(languages: Sequence[str], _: Any, pdf: Any) -> None:
    """Name each attachment once among the associated files, where the renderer names it twice, and the language of each page."""
    files = pdf.catalog.get("AF", [])
    files[:] = list(dict.fromkeys(files))
    parts = [
        one for one in pdf.objects if isinstance(one, dict) and one.get("S") == "/Part"
    ]  # what `main` is of a page
    for part, language in zip(parts, languages, strict=False):
        part["Lang"] = f"({language})"


def _relationship(name: str, content: str | bytes, first: bool) -> str:
    """Return what an attachment is to the PDF: what it was made from, its data, or more to read."""
    if first and name.endswith((".yaml", ".yml")):
        return "Source"
    return "Supplement" if isinstance(content, bytes) or name.endswith(".html") else "Data"


@functools.cache
def drawer() -> str:
    """Return what draws the charts of a page, with its version."""
    return f"Matplotlib {importlib.metadata.version('matplotlib')}"


def renderer() -> str:
    """Return what draws and lays out a PDF, each library with its version; others may break lines elsewhere.

    Raises:
        PangoMissing: a system library is missing.
    """
    weasyprint = _weasyprint()
    from weasyprint.text.ffi import pango

    number = pango.pango_version()
    text = f"Pango {number // 10_000}.{number // 100 % 100}.{number % 100}"
    return f"{drawer()}, WeasyPrint {weasyprint.__version__}, {text}"


def _weasyprint() -> Any:
    try:
        # The renderer prints a banner where a library lacks.
        with contextlib.redirect_stdout(io.StringIO()), _libraries_by_name():
            import weasyprint
    except OSError as error:
        raise PangoMissing(str(error).splitlines()[0][:80]) from None
    return weasyprint


@contextlib.contextmanager
def _libraries_by_name() -> Iterator[None]:
    """Let the renderer load its libraries by the names of their files, which the loader of Linux finds by itself.

    To search for one by another name, Python starts a linker and a compiler, whichever the PATH holds.
    """
    import ctypes.util

    search = ctypes.util.find_library
    try:
        if sys.platform == "linux":
            ctypes.util.find_library = lambda _: None  # type: ignore[assignment]  # another name for its argument
        yield
    finally:
        ctypes.util.find_library = search


def as_bytes(content: str | bytes) -> bytes:
    """Return what travels with a report as it is written."""
    return content.encode() if isinstance(content, str) else content


def shipped_only() -> Any:
    """Return a fetcher that gives the renderer our own fonts and the charts inside the page, and nothing else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    fonts = {f"shipped:{p.name}": p for p in (data_folder("templates") / "fonts").glob("*.otf")}

    class ShippedOnly(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url in fonts:
                return URLFetcherResponse(url, fonts[url].read_bytes(), {"Content-Type": "font/otf"})
            if url.startswith("data:image/svg+xml;base64,"):
                return super().fetch(url, headers)
            raise FatalURLFetchingError(f"nothing is fetched from {url[:60]}")

    return ShippedOnly(allowed_protocols=("data",))
