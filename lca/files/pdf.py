"""HTML to PDF; the only user of the PDF renderer."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import importlib.metadata
import io
from collections.abc import Mapping
from typing import Any

from lca.files.shipped import data_folder

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
) -> bytes:
    """Return the PDF of an HTML page; `generator` is what made it, with its version.

    Raises:
        PangoMissing: a system library is missing.
    """
    weasyprint = _weasyprint()
    style = (data_folder("templates") / "print.css").read_text("utf-8")
    digest = hashlib.sha256(page.encode() + b"".join(_bytes(content) for content, _ in attachments.values()))
    # Paged rules join the page only here: HTML validators refuse them. What a user wrote is escaped, so the first
    # `</head>` is the template's.
    printed = page.replace("</head>", f"<style>{style}</style></head>", 1)
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
            relationship="Supplement" if isinstance(content, bytes) else "Data",
        )
        for name, (content, what) in attachments.items()
    ]
    pdf: bytes = document.write_pdf(pdf_identifier=digest.digest()[:16], pdf_variant="pdf/a-3a", pdf_tags=True)
    return pdf


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
        with contextlib.redirect_stdout(io.StringIO()):  # the renderer prints a banner where a library lacks
            import weasyprint
    except OSError as error:
        raise PangoMissing(str(error).splitlines()[0][:80]) from None
    return weasyprint


def _bytes(content: str | bytes) -> bytes:
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
