"""The command `seal`: the forecast of a contract, fixed."""

from __future__ import annotations

import argparse
from pathlib import Path

from lca.cli.language import add_language, writer_of
from lca.cli.running import (
    DONE,
    STANDARD_INPUT,
    AddCommand,
    add_checklist,
    add_computing,
    add_dated,
    print_problems,
    run,
    stem_of,
)


def register(command: AddCommand) -> None:
    """Add the command."""
    seal = command(
        "seal", _seal, "fix the figures of a descriptor, with its text and the date, as the forecast of a contract"
    )
    seal.add_argument("file", type=Path, metavar="FILE")
    seal.add_argument(
        "-o", "--output", type=Path, metavar="OUT", help="file to write (default: FILE with .sealed.json, beside it)"
    )
    add_language(seal)
    add_computing(seal)
    add_dated(seal)
    add_checklist(seal)


def _seal(options: argparse.Namespace) -> int:
    from lca.files.writing_whole import write_new

    assessment = run(options)
    print_problems(assessment.problems, options)
    folder = Path() if options.file == STANDARD_INPUT else options.file.parent
    output: Path = options.output or folder / f"{stem_of(options.file)}.sealed.json"
    write_new(output, assessment.sealed(options.copy).encode())
    print(writer_of(options).words["terminal"]["sealed"].format(path=output))
    print(f"monitoring: {{forecast: {output.name}, measured: {{…}}}}")
    return DONE
