"""A document as plain text that survives being pasted into a form: one paragraph a line, tables as records."""

from __future__ import annotations

from collections.abc import Iterator

from lca.presenting.blocks import Block, Heading, Listing, Page, Paragraph, TableBlock


def as_text(page: Page) -> str:
    """Return a document as plain text."""
    blocks = ["\n".join((page.title, "=" * len(page.title)))]
    blocks += ["\n".join(_lines(block, page.colon)) for block in page.blocks]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _lines(block: Block, colon: str) -> Iterator[str]:
    match block:
        case Heading(text):
            yield from (text, "-" * len(text))
        case Paragraph(text, kind):
            yield f"! {text}" if kind == "mark" else text
        case Listing(items):
            yield from (f"- {item}" for item in items)
        case TableBlock(head, rows, _, caption):
            if caption:
                yield f"{caption}{colon}"
            for row in rows:
                yield f"- {row[0]}"
                for name, cell in zip(head[1:], row[1:], strict=True):
                    if cell:
                        yield f"  {name} {cell}" if name.endswith("?") else f"  {name}{colon} {cell}"
