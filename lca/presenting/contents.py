"""The table of contents, read from what was filled in; sections that fold, and a page without them."""

from __future__ import annotations

import re

_PAGE = re.compile(r'<section class="sheet[^"]*" id="([\w-]+)">.*?<h([12])>(.*?)</h\2>', re.DOTALL)
_SECTION = re.compile(r'<section id="([\w-]+)">\s*(?:<div class="keep">\s*)?<h2>(.*?)</h2>', re.DOTALL)


def contents(body: str) -> list[tuple[str, str]]:
    """Return the anchor and the heading (as HTML) of every section; what a person typed is escaped and opens none."""
    return [(name, heading.strip()) for name, heading in _SECTION.findall(body)]


def pages(body: str) -> list[tuple[str, str]]:
    """Return the anchor and the heading of every page of the dossier, likewise."""
    return [(name, heading.strip()) for name, _, heading in _PAGE.findall(body)]


def folded(section: str) -> str:
    """Return a section under its heading, which unfolds it; a text without one, such as an empty section, as it is."""
    found = _SECTION.search(section)
    if found is None:
        return section
    heading = f"<h2>{found.group(2)}</h2>"
    return f'<details class="section"><summary>{heading}</summary>\n{section.replace(heading, "", 1)}\n</details>'


_DETAILS = re.compile(r'<section id="details">.*</section>\n(?=</main>)', re.DOTALL)
_TO_DETAILS = re.compile(r'<a class="to-details" href="[^"]*">(.*?)</a>', re.DOTALL)
_WHAT_IF = re.compile(r'<section id="what-if" hidden>.*?</script>\n</section>\n', re.DOTALL)
_SCRIPT_SOURCE = re.compile(r" script-src '[^']*';")
_ASIDE = re.compile(r'<nav class="contents aside".*?</nav>\n', re.DOTALL)


def without_details(page: str) -> str:
    """Return a dossier as it is printed.

    That is without what a reader may change and its script, without the folded sections, links into them, and the contents that
    stay beside a page. What a person typed is escaped and opens none of them.
    """
    still = _SCRIPT_SOURCE.sub("", _WHAT_IF.sub("", page, count=1), count=1)
    pages = _ASIDE.sub("", _DETAILS.sub("", still, count=1), count=1)
    return _TO_DETAILS.sub(r"\1", pages)
