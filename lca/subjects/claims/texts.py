"""Every text of a descriptor that says something, and where words of it stand in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lca.descriptor.document import Document, Path
from lca.problems import Location

#: Keys that hold names of others: of documents, organisations, calls, places and products. A name is no claim.
NAMES = frozenset(
    {
        "applicant", "auditor", "author", "by", "call", "catalogue", "edition", "file", "fluid", "issuer", "location", "medium",
        "model", "owner", "partners", "plan", "provider", "region", "rohs_declaration", "source", "sources", "title", "url",
    }
)  # fmt: skip


def texts_of(document: Document) -> Iterator[tuple[Path, str]]:
    """Yield each text of a descriptor with its path, without the names of others."""
    yield from _walk(document.data, ())


def _walk(node: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in NAMES or isinstance(value, dict):
                yield from _walk(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _walk(value, (*path, str(index)))
    elif isinstance(node, str):
        yield path, node


def place_of(document: Document, path: Path, start: int, words: str) -> Location:
    """Return the place of words of a text in its file, in a folded or quoted block too; else that of the text.

    Args:
        document: the descriptor.
        path: of the text.
        start: where in the text the words begin, as it was read.
        words: as they stand in the text, whatever its line breaks.
    """
    begin = document.at(path)
    source = document.text_of(begin.file)
    lines = source.splitlines(keepends=True)
    offset = sum(len(line) for line in lines[: begin.line - 1]) + begin.column - 1
    wanted = _as_written(words)
    text = _value(document, path)
    earlier = sum(1 for found in wanted.finditer(text) if found.start() < start)
    for index, found in enumerate(wanted.finditer(source, offset)):
        if index == earlier:
            before = source[: found.start()]
            return Location(begin.file, before.count("\n") + 1, found.start() - (before.rfind("\n") + 1) + 1)
    return begin


def _as_written(words: str) -> re.Pattern[str]:
    """Return a pattern for words as YAML may hold them: over several lines, with quotation marks doubled or escaped."""
    parts = (re.escape(part).replace("'", "''?").replace('"', r'\\?"') for part in words.split())
    return re.compile(r"\s+".join(parts))


def _value(document: Document, path: Path) -> str:
    node = document.data
    for key in path:
        node = node[int(key)] if isinstance(node, list) else node[key]
    return str(node)
