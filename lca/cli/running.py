"""What the commands share: options, loading and assessing, problems and progress on standard error."""

from __future__ import annotations

import argparse
import datetime
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from lca.cli.language import stated_language, writer_of

if TYPE_CHECKING:
    from lca import Assessment, Study
    from lca.problems import Problem


DONE, INPUT_ERROR, WRONG_USE, OVER_BUDGET, TO_COMPLETE, NOT_ADMISSIBLE = 0, 1, 2, 3, 4, 5

#: The FILE that stands for the descriptor on standard input.
STANDARD_INPUT = Path("-")

RunCommand = Callable[[argparse.Namespace], int]


class AddCommand(Protocol):
    """Adds a command: its name, what runs it, and one line of summary; gives its parser back."""

    def __call__(self, name: str, run: RunCommand, summary: str) -> argparse.ArgumentParser:
        """Add one command."""


def as_typed() -> str:
    """Return how a person called the program: `./run`, which says so itself, or `lca`."""
    return os.environ.get("LCA_COMMAND") or "lca"


def in_typed_words(text: str) -> str:
    """Return a text in which each command stands as the person who reads it would type it."""
    return text.replace("`lca ", f"`{as_typed()} ")


def add_computing(parser: argparse.ArgumentParser) -> None:
    """Add the options of a command that draws."""
    parser.add_argument("--draws", type=_draws, metavar="N", help="Monte Carlo draws (default 10000; 0: none)")
    parser.add_argument("--seed", type=int, metavar="N", help="seed of the draws")
    parser.add_argument("--factors", metavar="SET", help="a declared set of sources that leads, such as ember or ademe")
    add_copy(parser)


def add_copy(parser: argparse.ArgumentParser) -> None:
    """Add who an output is for, where values of the descriptor are restricted."""
    parser.add_argument(
        "--copy",
        choices=("public", "agency"),
        default="",
        help="where values are restricted: without what would give them away (default), or whole for the agency",
    )


def add_dated(parser: argparse.ArgumentParser) -> None:
    """Add the date that expiry is judged by."""
    parser.add_argument("--as-of", type=_date, metavar="DATE", help="date that expiry is judged by (default: today)")


def add_checklist(parser: argparse.ArgumentParser) -> None:
    """Add the files of further acts, and the profile of the call."""
    parser.add_argument(
        "--checklist",
        type=Path,
        action="append",
        metavar="FILE",
        help="criteria of a further act or of a call's own profile (repeatable)",
    )
    parser.add_argument(
        "--call", metavar="CALL", help="the profile of the call: a file, or a shipped one (default: the descriptor's)"
    )


def _draws(text: str) -> int:
    if not (text.isdecimal() and len(text) <= 7 and int(text) <= 1_000_000):
        raise argparse.ArgumentTypeError(f"`{text[:40]}` is not a whole number between 0 and 1000000")
    return int(text)


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"`{text[:40]}` is not a date such as 2026-01-31") from None


def print_problems(problems: Iterable[Problem], options: argparse.Namespace) -> None:
    """Print problems on standard error, one a line, in the language that a command speaks; of very many the first."""
    from lca.problems import first_of

    told, more = first_of(problems)
    if not told:
        return
    words = writer_of(options).words
    messages, signs = words["messages"], words["problem_line"]
    for problem in told:
        line = messages.of(problem).on_one_line(signs["warning"], signs["hint"])
        print(in_typed_words(line), file=sys.stderr)
    if more:
        print(messages.told(f"and {more} more"), file=sys.stderr)


def print_problems_as_json(problems: Iterable[Problem], **besides: object) -> None:
    """Print problems on standard output as JSON, and what is told `besides`; `more` counts those that are not told."""
    from lca.presenting.values import as_json
    from lca.presenting.values import problems as plain
    from lca.problems import first_of

    told, more = first_of(problems)
    print(as_json({"problems": plain(told, as_typed=True), "more": more, **besides}))


def refuse(options: argparse.Namespace, message: str, hint: str, code: str = "LCA401") -> int:
    """Say what is wrong with the words of a command, as JSON where that is asked for; return the exit status."""
    if getattr(options, "json", False):
        from lca.problems import Location, Problem

        print_problems_as_json([Problem(Location("command line", 1, 1), code, message, hint)])
    else:
        words = writer_of(options).words
        told, sign = words["messages"].told, words["problem_line"]["hint"]
        shown = f"{code} " if options.command == "formula" and code != "LCA401" else ""
        line = f"lca {options.command}{words['colon']} {shown}{told(message)}{f'{sign}{told(hint)}' if hint else ''}"
        print(in_typed_words(line), file=sys.stderr)
    return INPUT_ERROR


def add_json(parser: argparse.ArgumentParser, what: str) -> None:
    """Add the option that prints JSON, and nothing else, on standard output."""
    parser.add_argument("--json", action="store_true", help=f"{what} as JSON")


def say(text: str) -> None:
    """Show progress on a terminal only."""
    if sys.stderr.isatty():
        print(text, file=sys.stderr)


def study_of(options: argparse.Namespace, file: Path | None = None) -> Study:
    """Read the descriptor that a command names, with the options that say how."""
    import lca

    file = file or options.file
    factors, checklist = getattr(options, "factors", None) or "", getattr(options, "checklist", None) or ()
    call = getattr(options, "call", None) or ""
    if file == STANDARD_INPUT:
        from lca.files.texts import NAME_OF_STANDARD_INPUT, read_standard_input

        text = read_standard_input()
        options.spoken = getattr(options, "spoken", "") or stated_language(text)
        return lca.read(
            text, name=NAME_OF_STANDARD_INPUT, folder=Path(), factors=factors, checklist=checklist, call=call
        )
    return lca.load(file, factors=factors, checklist=checklist, call=call)


def stem_of(file: Path) -> str:
    """Return the name that outputs made from a descriptor go by: `vineyard` of vineyard.yaml and of vineyard.lca.yaml."""
    return "stdin" if file == STANDARD_INPUT else file.stem.removesuffix(".lca")


def run(options: argparse.Namespace, draws: int | None = None, *, keeps_out: bool = False) -> Assessment:
    """Read and assess one descriptor; errors stop here, warnings travel with the assessment.

    `keeps_out` says that what is printed of it keeps restricted values out by itself.

    Raises:
        ProblemsFound: the descriptor has errors, or restricted values that the command would show.
    """
    given = getattr(options, "draws", None) if draws is None else draws
    study = study_of(options)
    if not keeps_out:
        for_whom(study, options)
    return study.assess(draws=given, seed=getattr(options, "seed", None), as_of=options.as_of)


def for_whom(study: Study, options: argparse.Namespace) -> Study:
    """Return a study whose figures a command shows whole.

    Raises:
        ProblemsFound: it has restricted values, and the command does not say that it is for the agency.
    """
    from lca.files.public_copies import if_publishable

    if study.loaded is not None:
        if_publishable(study.loaded, f"`lca {options.command}`", options.copy)
    return study


def inputs_of(assessment: Assessment) -> list[Path]:
    """Return the files that an assessment was made from: the descriptor and what it names."""
    from lca.files.named_files import OnDisk
    from lca.files.texts import on_disk
    from lca.subjects.benefit.declared import reference_file

    descriptor, folder = assessment.study, assessment.source.readable.folder
    own = folder.own if isinstance(folder, OnDisk) else Path(descriptor.document.file)
    reference, profile = reference_file(descriptor), descriptor.about.call_profile
    names = [name for name in (reference, profile if "." in profile else "") if name]
    return [own, *(own.parent / on_disk(name) for name in (*names, *descriptor.files))]
