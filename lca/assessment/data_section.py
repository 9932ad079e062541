"""The closing section of an HTML report: all data as links that save it, which a PDF carries as attachments instead."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from html import escape, unescape

from lca.assessment.attachments import Attachment
from lca.presenting.html import ShippedTexts, Templates
from lca.presenting.writer import Writer

#: A kind of content that a browser may show; all else is only saved.
_SHOWN = {"json": "application/json", "csv": "text/csv", "yaml": "text/yaml"}

#: The ends of the section, and its line in the contents. What a user wrote is escaped and opens neither.
_OPENS, _CLOSES = '<section id="data">', "</section>\n"
_LINE = re.compile(r'<li><a href="#data">[^<]*</a></li>')
_END_OF_CONTENTS = re.compile(r'(<nav class="contents[^>]*>.*?)(</ol>)', re.DOTALL)
_LINK = re.compile(r'<a download="([^"<>]{1,400})" href="data:[a-z/-]{1,40};base64,([A-Za-z0-9+/=]*)">')


def with_data(page: str, carried: Mapping[str, Attachment], language: str, texts: ShippedTexts) -> str:
    """Return a page with the section at its end and a line for it in the contents."""
    writer = Writer(language, texts.locales[language])
    files = [_file(name, one, writer) for name, one in carried.items()]
    section = Templates(writer, texts, {"climate": None}).filled("assessment/data.html.j2", {"files": files})
    line = f'<li><a href="#data">{escape(writer.words["data"])}</a></li>'
    listed = _END_OF_CONTENTS.sub(lambda found: f"{found[1]}{line}{found[2]}", page, count=1)
    before, end, after = listed.rpartition("</main>" if "</main>" in listed else "</body>")
    return f"{before}{section}\n{end}{after}"


def without_data(page: str) -> str:
    """Return a page without the section and its line in the contents."""
    start, end = _bounds(page)
    return _LINE.sub("", page[:start] + page[end:], count=1)


def links(page: str) -> list[tuple[str, str]]:
    """Return the names of the files that the section of a page holds, each with its content in base 64."""
    start, end = _bounds(page)
    return [(unescape(name), content) for name, content in _LINK.findall(page[start:end])]


def _bounds(page: str) -> tuple[int, int]:
    """Return where the section begins and ends, an empty stretch where there is none: the last one, in one look at the page."""
    start = page.rfind(_OPENS)
    end = page.find(_CLOSES, max(start, 0))
    return (start, end + len(_CLOSES)) if start >= 0 and end >= 0 else (len(page), len(page))


def _file(name: str, one: Attachment, writer: Writer) -> dict[str, str]:
    content = one.content.encode() if isinstance(one.content, str) else one.content
    return {
        "name": name,
        "kind": _SHOWN.get(name.rpartition(".")[2], "application/octet-stream"),
        "content": base64.b64encode(content).decode(),
        "what": writer.words["data_files"][one.kind],
        "about": one.about if one.kind not in ("descriptor",) and one.about != name else "",
        "size": writer.in_unit(max(1, round(len(content) / 1000)), writer.words["kilobytes"]),
    }
