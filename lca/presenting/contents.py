"""The table of contents, read from the sections that were filled in."""

from __future__ import annotations

import re

_SECTION = re.compile(r'<section id="([\w-]+)">\s*(?:<div class="keep">\s*)?<h2>(.*?)</h2>', re.DOTALL)


def contents(body: str) -> list[tuple[str, str]]:
    """Return the anchor and the heading (as HTML) of every section; what a person typed is escaped and opens none."""
    return [(name, heading.strip()) for name, heading in _SECTION.findall(body)]
