"""A page of a PDF as a picture; the only user of the PDF rasteriser."""

from __future__ import annotations

import io

#: Pixels a point: about 200 to the inch.
SCALE = 2.8

PICTURE_HINT = "install the package `pypdfium2`, or this program with its extra: `pip install 'lca-ai[png]'`"


class RasteriserMissing(Exception):
    """The rasteriser is not installed."""


def first_page_as_png(pdf: bytes) -> bytes:
    """Return the first page of a PDF as PNG; the same page gives the same bytes.

    Raises:
        RasteriserMissing: the rasteriser is not installed.
    """
    try:
        import pypdfium2
    except ImportError:
        raise RasteriserMissing("pypdfium2") from None
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture = document[0].render(scale=SCALE).to_pil()
        written = io.BytesIO()
        picture.save(written, "PNG", optimize=True)
        return written.getvalue()
    finally:
        document.close()
