"""The command `check`: every mistake and doubt at once, and what is missing written into the file as comments."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from lca.cli.language import add_language, writer_of
from lca.cli.running import (
    DONE,
    INPUT_ERROR,
    OVER_BUDGET,
    STANDARD_INPUT,
    AddCommand,
    add_checklist,
    add_dated,
    add_json,
    print_problems,
    print_problems_as_json,
    refuse,
    study_of,
)

if TYPE_CHECKING:
    from lca import Assessment
    from lca.assessment.impact_budget import Budget, Judged
    from lca.problems import Problem

#: Draws that rank the defaults; the few that are asked for do not change with more of them.
DRAWS = 1000


def register(command: AddCommand) -> None:
    """Add the command."""
    check = command("check", _check, "check descriptors; with --fill, write what they lack into them as comments")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE")
    add_json(check, "problems")
    check.add_argument(
        "--strict",
        action="store_true",
        help="unanswered rows, what is left of a template, and doubtful claims or answers fail too",
    )
    check.add_argument(
        "--fill",
        action="store_true",
        help="write into the file, as comments, the stages, checklist rows and weighty defaults that it does not state",
    )
    check.add_argument(
        "--budget",
        action="append",
        default=[],
        metavar="INDICATOR=QUANTITY",
        help="the most that a total may be, such as gwp100=3t (repeatable); status 3 where it is more, or not assessed",
    )
    check.add_argument(
        "--table",
        action="store_true",
        help="with --call, one line of CSV a dossier, below a head, in place of all else",
    )
    add_language(check, "language of what is said, and of what --fill writes")
    add_dated(check)
    add_checklist(check)


def _check(options: argparse.Namespace) -> int:
    if options.call or options.table:
        from lca.cli.admissibility import check_by_call

        return check_by_call(options)
    from lca.problems import STRICT, ProblemsFound
    from lca.subjects.checklist.assess import unanswered

    if options.fill and STANDARD_INPUT in options.files:
        return refuse(options, "what comes from standard input cannot be written back", "name the descriptor's file")
    budgets = _budgets(options)
    if budgets is None:
        return INPUT_ERROR
    found: list[Problem] = []
    judged: list[tuple[Path, Judged, Assessment]] = []
    for file in options.files:
        try:
            if options.fill:
                print(_fill(options, file), file=sys.stderr if options.json else sys.stdout)
            assessment = study_of(options, file).assess(draws=None if budgets else 0, as_of=options.as_of)
            found += assessment.problems
            judged += [(file, budget.judged_on(assessment), assessment) for budget in budgets]
            if options.strict:
                found += unanswered(assessment.study, assessment.checklist.findings)
        except ProblemsFound as problems:
            found += problems.problems
    if options.json:
        more = {"budgets": [{"file": str(file), **one.as_data()} for file, one, _ in judged]} if budgets else {}
        print_problems_as_json(found, **more)
    else:
        print_problems(found, options)
        _print_counts(options, found)
        _print_budgets(options, judged)
    errors = any(problem.severity == "error" for problem in found)
    if errors or (options.strict and any(problem.code in STRICT for problem in found)):
        return INPUT_ERROR
    return DONE if all(one.is_kept for _, one, _ in judged) else OVER_BUDGET


def _budgets(options: argparse.Namespace) -> list[Budget] | None:
    """Return the budgets that a check is asked to judge; None, with what is wrong told, where one cannot be read."""
    if not options.budget:
        return []
    import lca
    from lca.assessment.impact_budget import read_budget
    from lca.quantities.units import UnitError

    indicators = lca.catalogue().indicators
    try:
        return [read_budget(text, indicators) for text in options.budget]
    except UnitError as error:
        refuse(options, str(error), error.hint, error.code)
        return None


def _print_counts(options: argparse.Namespace, found: list[Problem]) -> None:
    errors = sum(problem.severity == "error" for problem in found)
    said = writer_of(options).words["terminal"]
    counts = ((said["errors"], errors), (said["warnings"], len(found) - errors))
    print(", ".join(forms[min(number, 2)].format(number=number) for forms, number in counts))


def _print_budgets(options: argparse.Namespace, judged: list[tuple[Path, Judged, Assessment]]) -> None:
    if judged:
        from lca.cli.budget_lines import budget_line

        writer = writer_of(options)
        print("\n".join(budget_line(file, one, assessment, writer) for file, one, assessment in judged))


def _fill(options: argparse.Namespace, file: Path) -> str:
    """Write into a descriptor what it lacks, as comments; return what was done.

    Raises:
        ProblemsFound: the file cannot be written, or cannot take comments.
    """
    from lca.assessment.to_fill import blocks_to_fill
    from lca.descriptor.commented_blocks import with_blocks
    from lca.files.shipped import words
    from lca.files.writing_whole import write_whole
    from lca.presenting.writer import Writer
    from lca.problems import Location, Problem, ProblemsFound

    said = writer_of(options).words["terminal"]
    try:
        assessment = study_of(options, file).assess(draws=DRAWS, as_of=options.as_of)
    except ProblemsFound:  # they are told by the check that follows
        return str(said["not_filled"].format(file=file))
    language = options.lang or assessment.study.about.language
    text = assessment.source.readable.text
    try:
        writer = Writer(language, words(language))
        filled = with_blocks(text, blocks_to_fill(assessment, writer), writer.words["fill"]["braces"])
    except ValueError as error:
        hint = "write it with one key a line; nothing was written"
        raise ProblemsFound([Problem(Location(str(file), 1, 1), "LCA701", str(error), hint)]) from None
    if filled == text:
        return str(said["nothing_to_fill"].format(file=file))
    if not os.access(file, os.W_OK):
        message, hint = "the file may not be written to", "change its mode, or copy it; nothing was written"
        raise ProblemsFound([Problem(Location(str(file), 1, 1), "LCA701", message, hint)])
    write_whole({file.resolve(): filled.encode()})
    added = len(filled.splitlines()) - len(text.splitlines())
    return str(said["filled"].format(file=file, number=added))
