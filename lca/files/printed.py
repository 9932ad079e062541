"""Where the printed text of two reports differs: page by page in a PDF, byte by byte in HTML, told by the words around it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from lca.assessment.data_section import links
from lca.assessment.reproduction import Difference
from lca.files.carried import drawings, words_of_page

#: How many words are told on each side of the first that differs, and how many pages are looked at for words.
_AROUND, _MOST_PAGES = 3, 3

#: What a place holds that has the same words and looks otherwise.
DRAWN = "drawn otherwise"

_LINKED = re.compile(r'(?:<ul>)?<li><a download="([^"<>]{1,400})"')
_TAG, _PICTURE = re.compile(r"<[^>]*>"), re.compile(r"data:[a-z/+;-]{1,60}[a-z0-9]*,[A-Za-z0-9+/=]*")


def of_pdf(old: bytes, new: bytes, file: str) -> list[Difference]:
    """Return the pages that differ between a PDF and the same made again.

    Raises:
        ProblemsFound: a page cannot be read.
    """
    drawn = drawings(old, file), drawings(new, file)
    if len(drawn[0]) != len(drawn[1]):
        return [Difference("number of pages", len(drawn[0]), len(drawn[1]))]
    differ = [number for number, pair in enumerate(zip(*drawn, strict=True)) if pair[0] != pair[1]]
    found = []
    for number in differ[:_MOST_PAGES]:
        before, after = (words_of_page(content, number, file) for content in (old, new))
        found.append(_first(before, after) if before != after else (DRAWN, DRAWN))
    return [Difference(f"page {number + 1}", *pair) for number, pair in zip(differ, found, strict=False)] + [
        Difference(f"page {number + 1}", DRAWN, DRAWN) for number in differ[_MOST_PAGES:]
    ]


def of_html(old: bytes, new: str) -> list[Difference]:
    """Return the first line that differs between a page and the same made again; none where all bytes are the same.

    The files that a page carries are compared apart: a line that links one whose content differs is passed over.
    """
    if old == new.encode():
        return []
    text = old.decode("utf-8", "replace")
    carried = dict(links(text)), dict(links(new))
    others = {name for name in carried[0].keys() & carried[1].keys() if carried[0][name] != carried[1][name]}
    pairs = itertools.zip_longest(text.split("\n"), new.split("\n"), fillvalue="")
    for number, pair in enumerate(pairs, start=1):
        linked = {found[1] if (found := _LINKED.match(line)) else "" for line in pair}
        if pair[0] != pair[1] and not (len(linked) == 1 and linked <= others):
            before, after = (_TAG.sub(" ", _PICTURE.sub("", line)).split() for line in pair)
            told = _first(before, after) if before != after else (DRAWN, DRAWN)
            return [Difference(f"line {number}", *told)]
    return []


def only_drawn(found: Sequence[Difference]) -> bool:
    """Say whether all places have the same words and look otherwise."""
    return all(one.attached == DRAWN for one in found)


def _first(before: Sequence[str], after: Sequence[str]) -> tuple[str, str]:
    """Return the words around the first that differs, in both."""
    pairs = itertools.zip_longest(before, after)
    place = next(number for number, (one, other) in enumerate(pairs) if one != other)
    return _around(before, place), _around(after, place)


def _around(words: Sequence[str], place: int) -> str:
    return " ".join(_shortened(words[max(0, place - _AROUND) : place + _AROUND + 1]))


def _shortened(words: Sequence[str]) -> Iterator[str]:
    return (word if len(word) <= 40 else f"{word[:40]}…" for word in words)
