"""Comparisons and sweeps as columns for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from lca.assessment.cases import Case
from lca.assessment.comparison import FigureTable
from lca.assessment.comparison_section import PrintedGroup, PrintedLine, PrintedTable, block, remark_lines, title_of
from lca.assessment.record import Record
from lca.assessment.scenario_section import indicator_names
from lca.assessment.sweep_section import label_of, names_of
from lca.assessment.sweeps.variation import Sweep
from lca.presenting.typography import plain
from lca.presenting.writer import Writer

NAME, NUMBER, RANGE = 36, 10, 22


def comparison_lines(
    tables: Iterable[FigureTable], names: Mapping[str, str], indicators: Mapping[str, str], writer: Writer
) -> Iterator[str]:
    """Yield each figure's table; figures that are not alike stand in tables of their own.

    Args:
        tables: figures of all cases.
        names: what each case is called.
        indicators: what each indicator is called.
        writer: writes numbers and words.
    """
    unchanged = []
    for table in tables:
        title = title_of(table, indicators, writer)
        if table.unchanged:
            unchanged.append(title)
        else:
            yield from map(plain, _block(block(table, title, names, writer), writer))
    if unchanged:
        between = f"{writer.words['semicolon']} "
        yield from ("", plain(f"{writer.words['unchanged_figures']}{writer.words['colon']} {between.join(unchanged)}"))


def _block(found: PrintedTable, writer: Writer) -> Iterator[str]:
    words = writer.words
    for part in found.parts:
        apart = f"{words['semicolon']} {part.apart}" if part.apart else ""
        yield from ("", f"{found.title} ({found.unit}){apart}")
        yield from _part(part, words)
    if found.lacking:
        yield f"  {words['not_assessed_for']}{words['colon']} {', '.join(found.lacking)}"


def _part(part: PrintedGroup, words: Mapping[str, str]) -> Iterator[str]:
    yield _columns(
        PrintedLine(
            name="",
            rank=words["rank"],
            amount=words["amount"],
            interval=words["range"],
            difference=words["difference_short"],
            difference_interval=words["range"],
            relative=words["relative"],
            chance=words["chance_lower"],
        )
    )
    yield from map(_columns, part.lines)
    if part.same:
        yield f"{'':7}{words['no_difference']}{words['colon']} {', '.join(part.same)}"


def _columns(line: PrintedLine) -> str:
    name = line.name if len(line.name) <= NAME else f"{line.name[: NAME - 1]}…"
    more = f"{line.difference:>{NUMBER}} {line.difference_interval:>{RANGE}} {line.relative:>{NUMBER}}"
    return f"{line.rank:>5}  {name:{NAME}}{line.amount:>{NUMBER}} {line.interval:>{RANGE}} {more} {line.chance:>9}".rstrip()


def lines_of_remarks(cases: Sequence[Case], names: Mapping[str, str], writer: Writer) -> Iterator[str]:
    """Yield what a reader must know before comparing each case with the first."""
    lines = remark_lines(cases, names, writer)
    if lines:
        title = f"{writer.words['remarks_title']}{writer.words['colon']}"
        yield from ("", plain(title), *(plain(f"  {line}") for line in lines))


def sweep_lines(sweep: Sweep, assessment: Record, writer: Writer) -> Iterator[str]:
    """Yield a sweep's tables, what else its kind gives, and what could not be computed."""
    words, names = writer.words, names_of(sweep, assessment, writer)
    yield plain(f"{words['sweep_titles'][sweep.kind]}{words['colon']} {sweep.subject}")
    yield from comparison_lines(sweep.tables, names, indicator_names(assessment, writer), writer)
    if sweep.further:
        yield from ("", plain(words["further_titles"][sweep.kind]))
        for name, quantity in sweep.further.items():
            label = names.get(name) or words["sweep_words"]["host"][name]
            yield plain(
                f"{'':7}{label:{NAME}}{writer.amount(quantity, 3):>{NUMBER}} {writer.interval(quantity):>{RANGE}}"
            )
    if sweep.skipped:
        yield ""
        for label, reason in sweep.skipped:
            name, colon = label_of(label, assessment, writer), words["colon"]
            yield plain(f"{words['not_computed']}{colon} {name}{colon} {words['messages'].told(reason)}")
