"""The dashboard of a portfolio: one page that lists every dossier by number, sorted and filtered by its script, never ranked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from lca.portfolio.across import Finding, Total
from lca.portfolio.kinds import AT_LEAST, GAPS, SILENT, STAGE, UNANSWERED, UNASSESSED
from lca.portfolio.overview import Overview
from lca.portfolio.row import Row
from lca.portfolio.setting import Setting
from lca.portfolio.written import PrintedRow, Reports, RowWriter, kind_name, written
from lca.presenting.html import ShippedTexts, Templates
from lca.presenting.script import hash_source, script_data
from lca.presenting.writer import Writer
from lca.problems import CODES
from lca.subjects.footprint.flow import STAGES
from lca.subjects.subject import View

#: The columns that dossiers are sorted by: no figure, and no gain.
SORTABLE = ("number", "name", "completeness", "doubts")
#: So many calls and files that are no dossiers are named; the others are counted.
MOST_CALLS, MOST_OTHERS = 5, 20

#: The page's own style and script.
STYLE, SCRIPT = "portfolio/dashboard.css", "portfolio/dashboard.js"
#: Where the rows stand in the template of the page; what a user wrote is escaped there.
_ROWS = "<!-- rows -->"


class Made(Struct, frozen=True):
    """What a page of a portfolio is made from: the setting of the run, the versions, totals and numbers, and files left aside."""

    setting: Setting
    version: str
    catalogue: str
    totals: Mapping[str, Total]
    overview: Overview
    others: tuple[str, ...]


class PrintedKind(Struct, frozen=True):
    """Something that is missing or doubtful, or a verdict, and the number of dossiers."""

    kind: str
    name: str
    number: int


class PrintedTotal(Struct, frozen=True):
    """The total of a figure, its interval, and over how many dossiers; empty where there is no interval."""

    name: str
    amount: str
    interval: str
    over: str


def pieces(
    made: Made, rows: Iterable[tuple[Row, tuple[Finding, ...]]], reports: Reports, writer: Writer, texts: ShippedTexts
) -> Iterator[str]:
    """Yield the page piece by piece, a dossier at a time, so that it is never held whole."""
    templates, words = Templates(writer, texts, {"climate": None}), writer.words["portfolio"]
    page = {**view(made, writer), **_of_script(made.overview, templates, writer)}
    head, foot = templates.filled("portfolio/dashboard.html.j2", {**page, "title": words["title"]}).split(_ROWS)
    yield head
    row_writer = RowWriter(writer, made.overview.places, reports)
    for row, findings in rows:
        printed = row_writer.row(row, findings)
        summary = [*_counted_messages(printed, words), *printed.doubtful]
        yield templates.filled("portfolio/row.html.j2", {"d": printed, "w": words, "summary": summary})
    yield foot


def _counted_messages(printed: PrintedRow, words: Mapping[str, Any]) -> Iterator[str]:
    for name, messages in (("errors", printed.errors), ("lacking", printed.lacking)):
        if messages:
            yield str(words["times"].format(kind=words[name], number=len(messages)))


def view(made: Made, writer: Writer) -> View:
    """Return what stands at the head of a page or paper: what it is, its notice, the totals and the numbers of dossiers."""
    words, found, setting = writer.words["portfolio"], made.overview, made.setting
    calls, others = [*found.calls], made.others
    factors = words["made_with_factors"].format(name=setting.factor_set) if setting.factor_set else ""
    return {
        "w": words,
        "version": made.version,
        "call": calls[0] if len(calls) == 1 else "",
        "calls_name": words["calls" if len(calls) > 1 else "call"],
        "calls": calls[:MOST_CALLS],
        "more_calls": _more(len(calls) - MOST_CALLS, writer),
        "what": words["what"].format(
            dossiers=writer.counted(found.dossiers, words["dossiers"]), date=writer.date(setting.as_of)
        ),
        "made": words["made"].format(
            version=made.version,
            program=setting.program[:12],
            catalogue=made.catalogue,
            factors=factors,
            draws=writer.trimmed(setting.draws),
            seed=setting.seed,
        ),
        "outcomes": [
            writer.counted(number, forms)
            for outcome, forms in words["outcomes"].items()
            if (number := found.outcomes.get(outcome, found.references if outcome == "references" else 0))
        ],
        "totals": [_total(name, total, writer) for name, total in made.totals.items()],
        "not_in_totals": _not_in_totals(found, writer),
        "others": others[:MOST_OTHERS],
        "others_counted": writer.counted(len(others), words["others"]),
        "more_others": _more(len(others) - MOST_OTHERS, writer),
        "missing": list(_kinds(found.missing, _all_missing(), writer)),
        "doubtful": list(_kinds(found.doubtful, _all_doubtful(writer), writer)),
    }


def _of_script(found: Overview, templates: Templates, writer: Writer) -> View:
    """Return what the page needs beside its head: the filters, the words of the script, and what allows it."""
    words = writer.words["portfolio"]
    named = words["filters"]
    said = writer.words["admissibility"]["verdicts"]
    verdicts = [PrintedKind(f"verdict.{one}", said[one], found.verdicts[one]) for one in said if one in found.verdicts]
    told = ("shown", "ascending", "descending", "none")
    return {
        "filters": [
            ("missing", named["missing"], list(_kinds(found.missing, _all_missing(), writer))),
            ("verdict", named["verdict"], verdicts),
            ("doubt", named["doubt"], list(_kinds(found.doubtful, _all_doubtful(writer), writer))),
        ],
        "sortable": SORTABLE,
        "words": script_data({"locale": writer.words["locale"], **{name: named[name] for name in told}}),
        "source": hash_source(templates.filled(SCRIPT, {})),
    }


def _more(number: int, writer: Writer) -> str:
    return f" {writer.words['portfolio']['more'].format(number=writer.trimmed(number))}" if number > 0 else ""


def _all_missing() -> tuple[str, ...]:
    return (UNASSESSED, *(STAGE + stage for stage in STAGES), AT_LEAST, GAPS, UNANSWERED, SILENT)


def _all_doubtful(writer: Writer) -> tuple[str, ...]:
    """Return the kinds of doubts, those that show beside other dossiers first, then by code."""
    return tuple(sorted(writer.words["portfolio"]["kinds"], key=lambda kind: (kind in CODES, kind)))


def _kinds(numbers: Mapping[str, int], among: Iterable[str], writer: Writer) -> Iterator[PrintedKind]:
    """Yield the kinds that some dossier has, in the order in which they are always told: by kind, not by number."""
    for kind in among:
        if kind in numbers:
            yield PrintedKind(kind, kind_name(kind, writer), numbers[kind])


def _total(name: str, total: Total, writer: Writer) -> PrintedTotal:
    words = writer.words["portfolio"]
    amount, interval, unit = written(total.figure, writer)
    over = [writer.counted(total.of, words["dossiers"])]
    if total.at_least:
        over.append(writer.counted(total.at_least, words["of_at_least"]))
    if total.open:
        over.append(writer.counted(total.open, words["of_open"]))
    return PrintedTotal(
        name=str(words["figures"][name]),
        amount=str(words["at_least"].format(amount=amount)) if total.at_least else amount,
        interval=f"{interval}\u00a0{unit}" if interval else "",
        over=f"{writer.words['semicolon']} ".join(over),
    )


def _not_in_totals(found: Overview, writer: Writer) -> str:
    """Say how many dossiers are in no total, and why."""
    words = writer.words["portfolio"]
    numbers = {**found.outcomes, "references": found.references}
    named = [
        writer.counted(numbers[name], forms)
        for name, forms in words["outcomes"].items()
        if name != "assessed" and numbers.get(name)
    ]
    return str(words["not_in_totals"].format(names=", ".join(named))) if named else ""
