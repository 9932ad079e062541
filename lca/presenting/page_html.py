"""A document as one HTML page without references to anything outside it; whatever a user wrote is shown as text."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from lca.presenting.blocks import Block, Heading, Listing, Page, Paragraph, TableBlock

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def as_html(page: Page, style: str) -> str:
    """Return a document as HTML with a style sheet of the program's."""
    body = "\n".join(line for block in page.blocks for line in _lines(block))
    return f"""<!DOCTYPE html>
<html lang="{page.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(page.title)}</title>
<style>
{style}</style>
</head>
<body>
<main>
<h1>{escape(page.title)}</h1>
{body}
</main>
</body>
</html>
"""


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text):
            yield f"<h2>{escape(text)}</h2>"
        case Paragraph(text, kind):
            name = {"note": ' class="note"', "mark": ' class="banner"'}.get(kind, "")
            yield f"<p{name}>{escape(text)}</p>"
        case Listing(items):
            yield "<ul>"
            yield from (f"<li>{escape(item)}</li>" for item in items)
            yield "</ul>"
        case TableBlock(head, rows, widths, caption):
            yield "<table>" + (f"<caption>{escape(caption)}</caption>" if caption else "")
            shares = [round(100 * width / sum(widths)) for width in widths]
            cells = "".join(
                f'<th scope="col" style="width: {share}%">{escape(name)}</th>'
                for name, share in zip(head, shares, strict=True)
            )
            yield f"<thead><tr>{cells}</tr></thead><tbody>"
            for first, *others in rows:
                cells = "".join(f"<td>{escape(cell)}</td>" for cell in others)
                yield f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>'
            yield "</tbody></table>"
