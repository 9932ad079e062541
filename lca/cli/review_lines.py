"""Experts' reviews as lines for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from lca.call.review.page import PrintedRow, PrintedSaid
from lca.presenting.typography import plain
from lca.presenting.writer import Writer

_WIDTH = 100


def review_lines(view: Mapping[str, Any], name: str, writer: Writer) -> Iterator[str]:
    """Yield what `lca.call.review.page.view` gives of one review or of several, below the name of the project."""
    words, colon = writer.words["expert_review"], writer.words["colon"]
    yield from (plain(line) for line in _head(view, name, words, writer))
    for row in view["rows"]:
        yield from (plain(line) for line in _row(row, words, colon))
    if len(view["experts"]) > 1:
        yield ""
        for kind in ("agreed", "objected", "apart", "alone"):
            yield plain(f"{words[kind]}{colon} {', '.join(view[kind]) or words['nothing']}")
    if view["marks"]:
        yield from ("", plain(words["marks"]))
        for criterion, given in view["marks"].items():
            yield f"  {plain(criterion)}"
            yield from (f"    {plain(f'{expert}{colon} {mark}')}" for expert, mark in given.items())
            if criterion in view["means"]:
                yield f"    {plain(words['mean'])}{plain(colon)} {view['means'][criterion]}"
    if view["questions"]:
        yield from ("", plain(words["questions"]))
        for expert, asked in view["questions"].items():
            for question in asked:
                yield from _wrapped(plain(f"{expert}{colon} {question}"), 2)
    yield from ("", plain(words["interests"]))
    for expert, text in view["interests"].items():
        yield from _wrapped(plain(f"{expert}{colon} {text}"), 2)


def _head(view: Mapping[str, Any], name: str, words: Mapping[str, Any], writer: Writer) -> Iterator[str]:
    semicolon = f"{writer.words['semicolon']} "
    yield f"{words['title']}{writer.words['colon']} {name}"
    yield from _wrapped(words["note"], 0)
    yield from ("", words["figures"])
    width = max((len(expert) for expert in (words["applicant"], *view["experts"])), default=0)
    for figure in view["figures"]:
        yield f"  {figure.name}"
        yield f"    {words['applicant']:{width}}  {figure.applicant}"
        for expert, (amount, difference) in figure.experts.items():
            yield f"    {expert:{width}}  {semicolon.join(filter(None, (amount, difference)))}"
    if view["rows"]:
        yield from ("", words["rows"])


def _row(row: PrintedRow, words: Mapping[str, Any], colon: str) -> Iterator[str]:
    standing = f" [{row.standing}]" if row.standing else ""
    yield f"  {row.path}{standing}"
    yield f"    {words['applicant']}{colon} {row.applicant}"
    for expert, said in row.experts.items():
        if said != PrintedSaid():
            own = words["own_value"].format(value=said.value) if said.value else ""
            told = ", ".join(filter(None, (said.verdict, own)))
            yield from _wrapped(f"{expert}{colon} {told}{f'. {said.reasons}' if said.reasons else ''}", 4)
            yield from (f"      {words['alone_changes']}{colon} {change}" for change in said.changes)


def _wrapped(text: str, indent: int) -> list[str]:
    """Return a text in lines, the further ones set in."""
    first, other = " " * indent, " " * (indent + (2 if indent else 0))
    return textwrap.wrap(text, _WIDTH, initial_indent=first, subsequent_indent=other, break_long_words=False)
