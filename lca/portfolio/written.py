"""How what is known of a dossier is written for people: its figures, what is missing, what is doubtful, and its messages."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from lca.portfolio.across import Finding
from lca.portfolio.kinds import CONTRADICTED, STAGE, completeness, doubts, missing, stages_missing
from lca.portfolio.row import ASSESSED, Figure, Row
from lca.presenting.writer import Writer, supported_digits
from lca.problems import Problem

#: The addresses of the reports on a dossier, by its number, from the page on: those that exist.
Reports = Callable[[str], tuple[str, ...]]

#: So many messages of one code are printed, so many of a dossier, and so many findings; the others are counted.
MOST_OF_A_CODE, MOST_MESSAGES = 3, 12


class PrintedFinding(Struct, frozen=True):
    """A finding as a sentence: where, what stands before the other dossiers, these with their places, and what stands behind."""

    where: str
    before: str
    others: tuple[tuple[str, int], ...]
    more: str
    after: str

    @property
    def text(self) -> str:
        """The sentence as one text."""
        return f"{self.before}{', '.join(number for number, _ in self.others)}{self.more}{self.after}"


class PrintedMessage(Struct, frozen=True):
    """What is wrong or doubtful at a place, and what would be right."""

    where: str
    text: str
    hint: str
    code: str


class PrintedRow(Struct, frozen=True, kw_only=True):
    """One dossier as it is printed; `sort` and `kinds` are what a script sorts and filters it by."""

    place: int
    number: str
    file: str
    name: str
    applicant: str
    reports: tuple[str, ...]
    verdict: str
    completeness: tuple[str, ...]
    footprint: str
    gain: tuple[str, ...]
    checklist: tuple[str, ...]
    doubts: int
    doubtful: tuple[str, ...]
    lacking: tuple[PrintedMessage, ...]
    findings: tuple[PrintedFinding, ...]
    more_findings: str
    errors: tuple[PrintedMessage, ...]
    warnings: tuple[PrintedMessage, ...]
    more: str
    sort: int
    kinds: str


def written(figure: Figure, writer: Writer) -> tuple[str, str, str]:
    """Return a figure's amount in a readable unit, its interval, empty where it has none, and the unit of both."""
    scale, unit = writer.readable_in(figure.unit, figure.value)
    value = figure.value * scale
    if figure.low is None or figure.high is None:
        return writer.in_unit(float(f"{value:.3g}"), unit), "", unit
    if figure.low == figure.high:
        return writer.in_unit(float(f"{value:.4g}"), unit), "", unit
    digits = supported_digits(figure.value, figure.low, figure.high)
    low, high = (writer.number(bound * scale, digits) for bound in (figure.low, figure.high))
    interval = str(writer.words["interval_of"].format(low=low, high=high))
    return f"{writer.number(value, digits)}\u00a0{unit}", interval, unit


def with_interval(figure: Figure, writer: Writer) -> str:
    """Return a figure's amount, with its interval in brackets where it has one."""
    amount, interval, _ = written(figure, writer)
    return str(writer.words["portfolio"]["between"].format(amount=amount, interval=interval)) if interval else amount


def kind_name(kind: str, writer: Writer) -> str:
    """Return what a kind of what is missing or doubtful is called."""
    names = writer.words["portfolio"]["kinds"]
    if kind.startswith(STAGE):
        return str(names["stage"].format(stage=writer.inside(writer.words[kind.removeprefix(STAGE)])))
    return str(names[kind])


class RowWriter:
    """Writes the rows of a portfolio; `places` gives the place of each dossier, to which others lead."""

    def __init__(self, writer: Writer, places: Mapping[str, int], reports: Reports) -> None:
        self.writer, self.places, self.reports = writer, places, reports
        self.words: Mapping[str, Any] = writer.words["portfolio"]
        self._told = functools.lru_cache(2_000)(writer.words["messages"].told)

    def row(self, row: Row, findings: tuple[Finding, ...]) -> PrintedRow:
        """Return a dossier as it is printed."""
        found, warnings = doubts(row, findings), list(_some(row.warnings))
        errors, lacking = row.errors[:MOST_MESSAGES], row.lacking[:MOST_MESSAGES]
        warnings = warnings[: max(MOST_MESSAGES - len(errors) - len(lacking), 0)]
        more = len(row.problems) + len(row.lacking) - len(errors) - len(lacking) - len(warnings)
        return PrintedRow(
            place=self.places[row.number],
            number=row.number,
            file=row.file,
            name=row.name,
            applicant=row.applicant,
            reports=self.reports(row.number),
            verdict=self.verdict(row),
            completeness=tuple(self.completeness(row)),
            footprint=self.footprint(row),
            gain=tuple(self._gain(row)),
            checklist=tuple(self._checklist(row)),
            doubts=found.total(),
            doubtful=tuple(self.counted_kinds(found)),
            lacking=tuple(self.message(problem, row) for problem in lacking),
            findings=tuple(map(self.finding, findings[:MOST_MESSAGES])),
            more_findings=self._more(len(findings) - MOST_MESSAGES, "more_findings"),
            errors=tuple(self.message(problem, row) for problem in errors),
            warnings=tuple(self.message(problem, row) for problem in warnings),
            more=self._more(more, "more_messages"),
            sort=completeness(row),
            kinds=" ".join([*missing(row), *found, *([f"verdict.{row.verdict}"] if row.verdict else [])]),
        )

    def _more(self, number: int, forms: str) -> str:
        return self.writer.counted(number, self.words[forms]) if number > 0 else ""

    def verdict(self, row: Row) -> str:
        """Return the verdict of the call's rules, empty where the call has none."""
        return str(self.writer.words["admissibility"]["verdicts"][row.verdict]) if row.verdict else ""

    def completeness(self, row: Row) -> Iterator[str]:
        """Yield what a dossier holds of what is asked, and what it lacks."""
        words, counted = self.words, self.writer.counted
        if row.outcome != ASSESSED:
            yield str(words["unassessed"][row.outcome])
            return
        statuses, silent = list(row.stages.values()), stages_missing(row)
        yield counted(statuses.count("counted"), words["stages"], of=str(len(statuses)))
        if excluded := statuses.count("excluded"):
            yield counted(excluded, words["excluded"])
        if silent:
            names = ", ".join(self.writer.inside(self.writer.words[stage]) for stage in silent)
            yield counted(len(silent), words["stages_missing"], names=names)
        for number, forms in ((row.gaps, "gaps"), (row.unanswered, "unanswered")):
            if number:
                yield counted(number, words[forms])

    def footprint(self, row: Row) -> str:
        """Return the emissions of a dossier, with their interval."""
        figure = row.figures.get("total.gwp100")
        if figure is None:
            return str(self.words["no_figure"]) if row.outcome == ASSESSED else "–"
        text = with_interval(figure, self.writer)
        return str(self.words["at_least"].format(amount=text)) if row.at_least else text

    def _gain(self, row: Row) -> Iterator[str]:
        """Yield what is announced, and whether it is established; nothing that two dossiers could be compared by."""
        gain, words = row.gain, self.words["gain"]
        if gain is None:
            yield "–"
            return
        if gain.announced is None:
            yield str(words[gain.kind])
        else:
            years = self.writer.counted(gain.years or 0, self.writer.words["years"])
            yield str(words["announced"].format(amount=with_interval(gain.announced, self.writer), years=years))
        if gain.open:
            asked = self.writer.words["open_questions"]
            why = f"{self.writer.words['semicolon']} ".join(asked[code] for code in gain.open)
            yield str(words["not_established"].format(why=why))
        elif gain.announced is not None:
            yield str(words["established"])

    def _checklist(self, row: Row) -> Iterator[str]:
        """Yield how many rows of the checklist have each verdict."""
        for verdict, forms in self.words["verdicts"].items():
            if row.verdicts.get(verdict):
                yield self.writer.counted(row.verdicts[verdict], forms)
        if row.contradicted:
            yield self.writer.counted(row.contradicted, self.words[CONTRADICTED])
        if not row.verdicts:
            yield str(self.words["no_checklist"]) if row.outcome == ASSESSED else "–"

    def counted_kinds(self, found: Mapping[str, int]) -> Iterator[str]:
        """Yield what is doubtful, each kind with the number of its places."""
        for kind, number in found.items():
            name = kind_name(kind, self.writer)
            yield str(self.words["times"].format(kind=name, number=number)) if number > 1 else name

    def finding(self, finding: Finding) -> PrintedFinding:
        """Return a finding as a sentence."""
        sentence = str(self.words["findings"][finding.kind])
        before, _, after = sentence.partition("{others}")
        said = {
            "path": finding.path,
            "text": finding.text,
            "ratio": self.writer.number(finding.ratio, 2),
            "percent": self.writer.percent(finding.ratio),
            "of": self.writer.trimmed(finding.of),
        }
        more = f" {self.words['more'].format(number=self.writer.trimmed(finding.more))}" if finding.more else ""
        others = tuple((number, self.places[number]) for number in finding.others)
        where = str(self.words["line"].format(line=finding.line)) if finding.line else ""
        return PrintedFinding(where, before.format(**said), others, more, after.format(**said))

    def message(self, problem: Problem, row: Row) -> PrintedMessage:
        """Return a message in the language of the page, with its line in the dossier, or the file that it is of."""
        place = problem.location
        own = place.file == row.file
        where = str(self.words["line"].format(line=place.line)) if own else f"{place.name}:{place.line}"
        return PrintedMessage(where, self._told(problem.message), self._told(problem.hint), problem.code)


def _some(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the first problems of each code."""
    seen: dict[str, int] = {}
    for problem in problems:
        seen[problem.code] = seen.get(problem.code, 0) + 1
        if seen[problem.code] <= MOST_OF_A_CODE:
            yield problem
