"""The commands `review new`, `review show` and `review merge`: what experts say of a dossier, which itself is not touched."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lca.cli.language import add_language, writer_of
from lca.cli.running import (
    DONE,
    AddCommand,
    add_checklist,
    add_computing,
    add_dated,
    add_json,
    inputs_of,
    print_problems,
    run,
)

if TYPE_CHECKING:
    from lca import Assessment
    from lca.call.profile import Profile
    from lca.call.review.side_by_side import SideBySide
    from lca.problems import Problem

#: The longest name or code of an expert.
_LONGEST = 60


def register(command: AddCommand) -> None:
    """Add the commands."""
    new = command("review new", _new, "write the review of a dossier that an expert fills in")
    show = command("review show", _show, "print one review, with what each value of the expert would change")
    merge = command("review merge", _merge, "set reviews side by side: applicant, experts, difference")
    for one in (new, show, merge):
        one.add_argument("file", type=Path, metavar="DOSSIER", help="the descriptor that is reviewed")
    new.add_argument("--expert", type=_expert, default="E1", metavar="CODE", help="name or code (default: E1)")
    new.add_argument("-o", "--output", type=Path, metavar="FILE", help="file to write (default: standard output)")
    show.add_argument("reviews", nargs=1, type=Path, metavar="REVIEW")
    merge.add_argument("reviews", nargs="+", type=Path, metavar="REVIEW")
    merge.add_argument("-o", "--output", type=Path, metavar="FILE", help="HTML page to write (default: lines to read)")
    for one in (show, merge):
        add_json(one, "what the reviews say and change")
    for one in (new, show, merge):
        add_language(one)
        add_computing(one)
        add_dated(one)
        add_checklist(one)


def _expert(text: str) -> str:
    if not 0 < len(text) <= _LONGEST:
        raise argparse.ArgumentTypeError(f"a name or code has 1 to {_LONGEST} signs")
    return text


def _new(options: argparse.Namespace) -> int:
    from lca.call.review.template import template
    from lca.files.writing_whole import write_new

    writer = writer_of(options)
    assessment = run(options)
    text, number = template(assessment, options.file.name, options.expert, writer, _call_of(assessment))
    if options.output is None:
        print(text, end="")
        return DONE
    write_new(options.output, text.encode())
    print(writer.words["expert_review"]["written"].format(path=options.output, number=number))
    return DONE


def _show(options: argparse.Namespace) -> int:
    assessment = run(options)
    found, problems = _read(options.reviews, assessment)
    return _print(options, assessment, found, problems)


def _merge(options: argparse.Namespace) -> int:
    assessment = run(options)
    found, problems = _read(options.reviews, assessment)
    if options.output is None or options.json:
        return _print(options, assessment, found, problems)
    from lca.call.review.page import render
    from lca.files.shipped import read_texts
    from lca.files.writing_whole import write_whole

    writer = writer_of(options)
    print_problems(problems, options)
    page = render(found, assessment, writer.language, read_texts())
    write_whole({options.output: page.encode()}, [*inputs_of(assessment), *options.reviews])
    print(writer.words["terminal"]["written"].format(path=options.output))
    return DONE


def _read(paths: Sequence[Path], assessment: Assessment) -> tuple[SideBySide, list[Problem]]:
    """Return the reviews side by side, and what is doubtful in them."""
    from lca.call.profile import marks_of
    from lca.call.review.side_by_side import side_by_side
    from lca.files.reviews import read_reviews

    call = _call_of(assessment)
    reviews, problems = read_reviews(paths, assessment, call)
    return side_by_side(reviews, assessment, assessment.source.readable.reference, marks_of(call)), problems


def _call_of(assessment: Assessment) -> Profile | None:
    """Return the profile of the call that a study answers."""
    call = assessment.source.readable.call
    return call.profile if call is not None else None


def _print(options: argparse.Namespace, assessment: Assessment, found: SideBySide, problems: list[Problem]) -> int:
    if options.json:
        from msgspec import to_builtins

        from lca.call.review.side_by_side import contract
        from lca.presenting.values import as_json
        from lca.presenting.values import problems as plain

        print(as_json({**to_builtins(contract(found)), "problems": plain(problems)}))
        return DONE
    from lca.call.review.page import view
    from lca.cli.review_lines import review_lines

    writer = writer_of(options)
    print_problems(problems, options)
    print("\n".join(review_lines(view(found, assessment, writer), assessment.study.about.name, writer)))
    return DONE
