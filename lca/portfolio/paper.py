"""The short paper of a portfolio for a jury: what the dashboard says at its head, and of each dossier what to ask first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec import Struct

from lca.portfolio.across import CLAIMED, COPIED, FAR, KINDS, OVERCLAIMED, Finding
from lca.portfolio.dashboard import Made, view
from lca.portfolio.kinds import doubts, stages_missing
from lca.portfolio.row import Row
from lca.portfolio.written import RowWriter, kind_name
from lca.presenting.html import ShippedTexts, Templates
from lca.presenting.writer import Writer
from lca.problems import Problem

#: A table of more dossiers takes minutes to lay out, and nobody reads it on paper.
MOST_LISTED = 400
#: Warnings that are asked about before all others: implausible inputs, ranges narrower than their evidence, results that
#: contradict their inputs; and after all others, those that the catalogue has to answer for.
_FIRST, _LAST = ("LCA607", "LCA834", "LCA609"), ("LCA601", "LCA602", "LCA604", "LCA608")


class PrintedLine(Struct, frozen=True):
    """One dossier on paper."""

    number: str
    name: str
    verdict: str
    completeness: str
    doubts: int
    ask: str


def render(made: Made, rows: Iterable[tuple[Row, tuple[Finding, ...]]], writer: Writer, texts: ShippedTexts) -> str:
    """Return the paper as one HTML text; of very many dossiers it says only where they are listed."""
    words, found = writer.words["portfolio"], made.overview
    is_listed = found.dossiers <= MOST_LISTED
    row_writer = RowWriter(writer, found.places, lambda _: ())
    page = {
        **view(made, writer),
        "title": words["paper_title"],
        "lines": [_line(row, findings, row_writer) for row, findings in rows] if is_listed else [],
        "too_many": ""
        if is_listed
        else words["too_many"].format(of=writer.trimmed(found.dossiers), most=writer.trimmed(MOST_LISTED)),
    }
    return Templates(writer, texts, {"climate": None}).filled("portfolio/paper.html.j2", page)


def _line(row: Row, findings: tuple[Finding, ...], writer: RowWriter) -> PrintedLine:
    asked = next(_to_ask(row, findings, writer), str(writer.words["ask"]["nothing"]))
    return PrintedLine(
        number=row.number,
        name=row.name or row.file,
        verdict=writer.verdict(row),
        completeness=", ".join(writer.completeness(row)),
        doubts=doubts(row, findings).total(),
        ask=asked,
    )


def _to_ask(row: Row, findings: tuple[Finding, ...], writer: RowWriter) -> Iterator[str]:
    """Yield what to ask of a dossier: first what stops it, what its call asks, what shows beside others, and its net."""
    by_kind = {kind: [one for one in findings if one.kind == kind] for kind in KINDS}
    questions: Any = writer.writer.words["dossier"]["questions"]

    def told(problem: Problem, text: str = "") -> str:
        message = writer.message(problem, row)
        return f"{message.where}{writer.writer.words['colon']} {text or message.text}"

    def named(is_asked: Callable[[str], bool]) -> Iterator[str]:
        warnings = (problem for problem in row.warnings if is_asked(problem.code))
        return (told(problem, kind_name(problem.code, writer.writer)) for problem in warnings)

    yield from (told(problem) for problem in (*row.errors, *row.lacking))
    for kind in (OVERCLAIMED, CLAIMED, COPIED):
        yield from (writer.finding(finding).text for finding in by_kind[kind])
    yield from named(lambda code: code in _FIRST)
    if row.gain is not None:
        yield from (str(questions["benefit"][code]) for code in row.gain.open if code in questions["benefit"])
    if silent := stages_missing(row):
        names = ", ".join(writer.writer.inside(writer.writer.words[stage]) for stage in silent)
        yield str(questions["stages"].format(stages=names))
    yield from (writer.finding(finding).text for finding in by_kind[FAR])
    yield from named(lambda code: code not in _LAST)
    if row.unanswered:
        yield writer.writer.counted(row.unanswered, writer.words["unanswered"])
    yield from named(lambda code: code in _LAST)
