"""The columns of a portfolio's tables: what each is called, its type and unit, what it means, and where its value is taken from."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Generic, TypeVar

from msgspec import Struct

from lca.catalogue.indicator import Indicator
from lca.exporters.escaping import one_line
from lca.portfolio.across import KINDS, REFERENCE, Finding
from lca.portfolio.kinds import CONTRADICTED, doubts
from lca.portfolio.row import ASSESSED, REFUSED, Figure, Gain, Row
from lca.portfolio.written import kind_name
from lca.presenting.writer import Writer
from lca.problems import CODES, Problem
from lca.quantities.provenance import Evidence
from lca.quantities.units import conversion
from lca.subjects.checklist.model import VERDICTS
from lca.subjects.footprint.flow import STAGES

TEXT, INTEGER, NUMBER, BOOLEAN = "text", "integer", "number", "boolean"
#: What stands in a cell; None where it is not known, or where nothing is.
Cell = str | int | float | bool | None

Line = TypeVar("Line")
Value = Callable[[Line], Cell]
Meaning = Callable[[Writer], str]

#: In a cell, several texts are set apart by this.
SEPARATOR = "; "
#: How the work on a dossier ends in which doubts are found; of one that took too long none are known.
_LOOKED_INTO = (ASSESSED, REFUSED)


#: Most texts stand in many lines.
_one_line = functools.lru_cache(2_000)(one_line)


class Column(Struct, Generic[Line], frozen=True):
    """One column: its type, its unit (`1` for a share, empty where it has none), what it means in a language, and its value."""

    name: str
    type: str
    unit: str
    meaning: Meaning
    value: Value[Line]

    def cell(self, line: Line) -> Cell:
        """Return the value in a line: a text without breaks, a number with twelve significant digits."""
        value = self.value(line)
        if isinstance(value, str):
            return _one_line(value) or None
        return float(f"{value:.12g}") if isinstance(value, float) else value


Columns = tuple[Column[Line], ...]


class Dossier(Struct, frozen=True):
    """A line of the table of dossiers: how many doubts of each kind there are, None where nobody could look for any."""

    row: Row
    is_reference: bool
    doubts: Mapping[str, int] | None


#: A line of the table of findings, and of that of messages.
Found = tuple[Row, Finding]
Told = tuple[Row, Problem]


def dossier(row: Row, findings: tuple[Finding, ...]) -> Dossier:
    """Return a dossier with what shows beside the others as a line of its table."""
    is_reference = any(found.kind == REFERENCE for found in findings)
    return Dossier(row, is_reference, doubts(row, findings) if row.outcome in _LOOKED_INTO else None)


def _says(key: str, **held: Meaning) -> Meaning:
    """Return what a column means, from the words with a key; `held` gives what stands in their holes."""

    def meaning(writer: Writer) -> str:
        words = writer.words["portfolio_tables"]["columns"]
        return str(words[key].format(**{name: what(writer) for name, what in held.items()}))

    return meaning


def _column(name: str, of_type: str, value: Value[Line], unit: str = "") -> Column[Line]:
    return Column(name, of_type, unit, _says(name), value)


def _of_row(value: Callable[[Row], Cell]) -> Value[Dossier]:
    return lambda dossier: value(dossier.row)


def _where_assessed(value: Callable[[Row], Cell]) -> Value[Dossier]:
    """Return a value that is not known of a dossier without figures."""
    return lambda dossier: value(dossier.row) if dossier.row.outcome == ASSESSED else None


def dossier_columns(indicators: Iterable[Indicator]) -> Columns[Dossier]:
    """Return the columns of the table with a line a dossier; none is a mark, a rank or a net per cost."""
    return (
        *_about(),
        *_completeness(),
        *(column for indicator in indicators for column in _of_indicator(indicator)),
        *_estimate("energy", "electricity", "kWh", lambda writer: str(writer.words["energy"])),
        *(_of_evidence(evidence.word) for evidence in reversed(Evidence)),
        *map(_of_verdict, VERDICTS),
        _column("criteria_contradicted", INTEGER, _where_assessed(lambda row: row.contradicted)),
        *_gain(),
        *_doubts(),
    )


def _about() -> Iterator[Column[Dossier]]:
    texts: Mapping[str, Callable[[Row], str]] = {
        "number": lambda row: row.number,
        "file": lambda row: row.file,
        "outcome": lambda row: row.outcome,
        "name": lambda row: row.name,
        "applicant": lambda row: row.applicant,
        "partners": lambda row: SEPARATOR.join(row.partners),
        "language": lambda row: row.language,
        "call": lambda row: row.call,
        "call_verdict": lambda row: row.verdict,
    }
    yield from (_column(name, TEXT, _of_row(value)) for name, value in texts.items())
    yield _column("call_lacking", INTEGER, _of_row(lambda row: len(row.lacking) if row.verdict else None))
    yield _column("errors", INTEGER, _of_row(lambda row: len(row.errors)))
    yield _column("is_reference", BOOLEAN, lambda dossier: dossier.is_reference)


def _completeness() -> Iterator[Column[Dossier]]:
    yield from map(_of_stage, STAGES)
    yield _column("gaps", INTEGER, _where_assessed(lambda row: row.gaps))
    yield _column("unanswered", INTEGER, _where_assessed(lambda row: row.unanswered))


def _of_stage(stage: str) -> Column[Dossier]:
    meaning = _says("stage", stage=lambda writer: str(writer.words[stage]))
    return Column(f"stage_{stage}", TEXT, "", meaning, _of_row(lambda row: row.stages.get(stage)))


def _of_indicator(indicator: Indicator) -> Iterator[Column[Dossier]]:
    called = "footprint" if indicator.id == "gwp100" else indicator.id
    return _estimate(f"total.{indicator.id}", called, indicator.unit, lambda writer: indicator.name[writer.language])


def _estimate(figure: str, called: str, unit: str, name: Meaning) -> Iterator[Column[Dossier]]:
    """Yield a figure, its interval, and whether it is a part of the whole."""

    def part_of_it(row: Row) -> Cell:
        return figure in row.partial if figure in row.figures else None

    yield from _figure(lambda row: row.figures.get(figure), called, unit, _says("figure", figure=name), name)
    yield Column(f"{called}_at_least", BOOLEAN, "", _says("at_least", figure=name), _of_row(part_of_it))


def _figure(
    figure: Callable[[Row], Figure | None], called: str, unit: str, meaning: Meaning, name: Meaning
) -> Iterator[Column[Dossier]]:
    def part(which: str) -> Value[Dossier]:
        return _of_row(lambda row: _in_unit(figure(row), which, unit))

    stem = f"{called}_{unit.lower()}"
    yield Column(stem, NUMBER, unit, meaning, part("value"))
    yield Column(f"{stem}_low95", NUMBER, unit, _says("low95", figure=name), part("low"))
    yield Column(f"{stem}_high95", NUMBER, unit, _says("high95", figure=name), part("high"))


def _in_unit(figure: Figure | None, which: str, unit: str) -> float | None:
    value: float | None = getattr(figure, which) if figure is not None else None
    return value * conversion(figure.unit, unit) if figure is not None and value is not None else None


def _of_evidence(word: str) -> Column[Dossier]:
    meaning = _says("evidence", evidence=lambda writer: str(writer.words[f"class_{word}"]))
    share = _of_row(lambda row: row.evidence.get(word, 0.0) if row.evidence else None)
    return Column(f"evidence_{word}", NUMBER, "1", meaning, share)


def _of_verdict(verdict: str) -> Column[Dossier]:
    meaning = _says("criteria", verdict=lambda _: verdict)
    return Column(
        f"criteria_{verdict}", INTEGER, "", meaning, _where_assessed(lambda row: row.verdicts.get(verdict, 0))
    )


def _gain() -> Iterator[Column[Dossier]]:
    def of_gain(value: Callable[[Gain], Cell]) -> Value[Dossier]:
        return _of_row(lambda row: value(row.gain) if row.gain is not None else None)

    def announced(row: Row) -> Figure | None:
        return row.gain.announced if row.gain is not None else None

    yield _column("gain_kind", TEXT, of_gain(lambda gain: gain.kind))
    meaning, name = _says("gain_announced"), _says("gain_announced_short")
    yield from _figure(announced, "gain_announced", "kgCO2e", meaning, name)
    yield _column("gain_years", NUMBER, of_gain(lambda gain: gain.years), "year")
    yield _column("gain_open", TEXT, of_gain(lambda gain: SEPARATOR.join(gain.open)))


def _doubts() -> Iterator[Column[Dossier]]:
    """Yield how many doubts there are of each kind, as the page counts them."""
    yield _column(
        "doubts", INTEGER, lambda dossier: sum(dossier.doubts.values()) if dossier.doubts is not None else None
    )
    codes = sorted(code for code, (severity, _) in CODES.items() if severity == "warning")
    yield from map(_of_kind, (*(kind for kind in KINDS if kind != REFERENCE), CONTRADICTED, *codes))


def _of_kind(kind: str) -> Column[Dossier]:
    def count(dossier: Dossier) -> Cell:
        return dossier.doubts.get(kind, 0) if dossier.doubts is not None else None

    return Column(f"doubts_{kind.lower()}", INTEGER, "", _says("doubts_of", kind=lambda w: kind_name(kind, w)), count)


#: The columns of the table with a line a finding.
FINDING_COLUMNS: Columns[Found] = (
    _column("number", TEXT, lambda found: found[0].number),
    _column("file", TEXT, lambda found: found[0].file),
    _column("line", INTEGER, lambda found: found[1].line or None),
    _column("path", TEXT, lambda found: found[1].path),
    _column("kind", TEXT, lambda found: found[1].kind),
    _column("text", TEXT, lambda found: found[1].text),
    _column("others", TEXT, lambda found: SEPARATOR.join(found[1].others)),
    _column("more", INTEGER, lambda found: found[1].more),
    _column("ratio", NUMBER, lambda found: found[1].ratio or None, "1"),
    _column("of", INTEGER, lambda found: found[1].of or None),
)

#: The columns of the table with a line a message.
MESSAGE_COLUMNS: Columns[Told] = (
    _column("number", TEXT, lambda told: told[0].number),
    Column("file", TEXT, "", _says("message_file"), lambda told: told[1].location.file),
    _column("line", INTEGER, lambda told: told[1].location.line),
    _column("column", INTEGER, lambda told: told[1].location.column),
    _column("severity", TEXT, lambda told: told[1].severity),
    _column("code", TEXT, lambda told: told[1].code),
    _column("message", TEXT, lambda told: told[1].message),
    _column("hint", TEXT, lambda told: told[1].hint),
)


def columns_of(indicators: Iterable[Indicator]) -> dict[str, Columns[Any]]:
    """Return the columns of each table by its name."""
    return {"portfolio": dossier_columns(indicators), "findings": FINDING_COLUMNS, "messages": MESSAGE_COLUMNS}
