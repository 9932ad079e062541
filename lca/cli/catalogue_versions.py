"""The command `factors diff`: what changed between two versions of the catalogue, and by how much on given studies."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from lca.cli.language import add_language, writer_of
from lca.cli.running import DONE, INPUT_ERROR, add_dated, add_json, print_problems, refuse, study_of
from lca.presenting.typography import plain

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook
    from lca.catalogue.difference import Change
    from lca.presenting.writer import Writer
    from lca.problems import Problem
    from lca.quantities.quantity import Quantity


class Totals(NamedTuple):
    """A study on both versions: each indicator's name, and its totals, None where it is not assessed."""

    file: str
    totals: dict[str, tuple[Quantity | None, Quantity | None]]


def add_diff(looks: Any) -> None:
    """Add the command."""
    diff = looks.add_parser("diff", help="list what changed between two versions, and by how much on studies")
    diff.add_argument("old", metavar="OLD", help="a version, such as 2026.1")
    diff.add_argument("new", metavar="NEW", help="a version, such as 2026.2")
    diff.add_argument("files", nargs="*", type=Path, metavar="FILE", help="descriptors to assess on both")
    diff.add_argument(
        "--rows", nargs="?", const="", metavar="TEXT", help="every row, or those whose key or source holds a text"
    )
    add_language(diff, default="the first descriptor's, else that of the environment")
    add_json(diff, "the changes")
    add_dated(diff)
    diff.set_defaults(run=_diff)


def _diff(options: argparse.Namespace) -> int:
    from lca.catalogue.difference import changes
    from lca.files.shipped import earlier_versions, load_catalogue

    latest = load_catalogue()[0].version
    known = (*earlier_versions(), latest)
    for version in (options.old, options.new):
        if version not in known:
            return refuse(options, f"there is no version `{version}` of the catalogue", f"known: {', '.join(known)}")
    versions = tuple("" if version == latest else version for version in (options.old, options.new))
    books = tuple(load_catalogue(version)[0] for version in versions)
    found = changes(*books)
    studies, problems = _studies(options, versions)
    if options.json:
        from lca.presenting.values import as_json

        print(as_json(_plain(options, found, studies, problems)))
        return INPUT_ERROR if problems else DONE
    print_problems(problems, options)
    print("\n".join(_lines(options, found, books[1], studies, writer_of(options))))
    return INPUT_ERROR if problems else DONE


def _studies(options: argparse.Namespace, versions: Sequence[str]) -> tuple[list[Totals], list[Problem]]:
    """Return the totals of each file on both versions, and the errors of those that cannot be assessed on one of them."""
    from msgspec.structs import replace

    from lca import ProblemsFound
    from lca.files.shipped import load_catalogue

    found: list[Totals] = []
    problems: list[Problem] = []
    for file in dict.fromkeys(options.files):
        try:
            study = study_of(options, file)
            loaded = study.readable
            on_both = []
            for version in versions:
                book, digest = load_catalogue(version)
                on_it = replace(study, loaded=replace(loaded, book=book, catalogue_hash=digest))
                on_both.append(on_it.assess(draws=0, as_of=options.as_of).footprint.totals)
        except ProblemsFound as wrong:
            problems += (problem for problem in wrong.problems if problem.severity == "error")
            continue
        was, now = on_both
        names = dict.fromkeys([*now, *was])
        found.append(
            Totals(
                str(file), {i: (was[i].total if i in was else None, now[i].total if i in now else None) for i in names}
            )
        )
    return found, problems


def _ratio(was: Quantity | None, now: Quantity | None) -> float | None:
    return now.value / was.value if was is not None and now is not None and was.value else None


def _plain(
    options: argparse.Namespace, found: tuple[Change, ...], studies: list[Totals], problems: list[Problem]
) -> dict[str, Any]:
    from lca.catalogue.difference import by_source
    from lca.presenting.values import number
    from lca.presenting.values import problems as plain_problems

    def figure(value: float | None) -> Any:
        return None if value is None else number(value)

    return {
        "old": options.old,
        "new": options.new,
        "by_source": by_source(found),
        "changes": [
            {
                "change": c.kind,
                "key": c.key,
                "indicator": c.indicator,
                "source": c.source,
                "old_source": c.old_source,
                "old": figure(c.old),
                "old_unit": c.old_unit,
                "new": figure(c.new),
                "new_unit": c.new_unit,
                "ratio": figure(c.ratio),
                "columns": list(c.columns),
            }
            for c in found
            if _wanted(c, options.rows or "")
        ],
        "files": [
            {
                "file": study.file,
                "totals": {
                    name: {
                        "old": figure(was.value if was is not None else None),
                        "new": figure(now.value if now is not None else None),
                        "unit": next((total.unit for total in (now, was) if total is not None), ""),
                        "ratio": figure(_ratio(was, now)),
                    }
                    for name, (was, now) in study.totals.items()
                },
            }
            for study in studies
        ],
        "problems": plain_problems(problems, as_typed=True),
    }


def _wanted(change: Change, text: str) -> bool:
    return text.casefold() in f"{change.key} {change.indicator} {change.source} {change.old_source}".casefold()


def _lines(
    options: argparse.Namespace,
    found: tuple[Change, ...],
    new: FactorBook,
    studies: list[Totals],
    writer: Writer,
) -> Iterator[str]:
    """Yield the counts by source, the rows where they are asked for, and each study's totals."""
    from lca.catalogue.difference import KINDS, by_source

    words = writer.words["catalogue_changes"]
    yield words["title"].format(old=options.old, new=options.new)
    yield f"{words['source']:32}" + "".join(f"{words[kind]:>12}" for kind in KINDS)
    counts = by_source(found)
    for source, of in counts.items():
        yield f"{source:32}" + "".join(f"{of[kind] or '':>12}" for kind in KINDS)
    yield f"{words['all']:32}" + "".join(f"{sum(of[kind] for of in counts.values()):>12}" for kind in KINDS)
    if options.rows is None:
        yield words["see_rows"]
    else:
        yield ""
        yield from (_row(change, writer) for change in found if _wanted(change, options.rows))
    for study in studies:
        yield ""
        yield f"{study.file}{writer.words['colon']}"
        for name, (was, now) in study.totals.items():
            label = new.indicators[name].name[writer.language]
            ratio = _ratio(was, now)
            times = f"   × {writer.number(ratio, 4)}" if ratio is not None else ""
            yield f"  {label:38} {_amount(was, writer):>18} → {_amount(now, writer)}{times}"


def _amount(total: Quantity | None, writer: Writer) -> str:
    return plain(writer.amount(total))


def _row(change: Change, writer: Writer) -> str:
    words = writer.words["catalogue_changes"]
    was, now = (
        "–" if value is None else plain(writer.in_unit(float(f"{value:.6g}"), unit))
        for value, unit in ((change.old, change.old_unit), (change.new, change.new_unit))
    )
    ratio = f" × {writer.number(change.ratio, 4)}" if change.ratio is not None else ""
    others = [column for column in change.columns if column != "value"]
    more = f" ({', '.join(words['columns'][column] for column in others)})" if others else ""
    source = f"{change.old_source} → {change.source}" if change.old_source != change.source else change.source
    indicator = f" {change.indicator}" if change.indicator else ""
    return f"{words['one'][change.kind]:12} {change.key}{indicator}  {was} → {now}{ratio}{more}  <{source}>"
