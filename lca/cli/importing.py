"""The command that turns the log of a measuring tool into a draft descriptor."""

from __future__ import annotations

import argparse
from pathlib import Path

from lca.cli.running import DONE, WRONG_USE, AddCommand


def register(command: AddCommand) -> None:
    """Add the command."""
    imports = command("import", lambda _: WRONG_USE, "draft a descriptor from the log of a measuring tool")
    tools = imports.add_subparsers(title="tools", required=True, metavar="TOOL")
    codecarbon = tools.add_parser("codecarbon", help="emissions.csv of CodeCarbon")
    codecarbon.add_argument("file", type=Path, metavar="FILE")
    codecarbon.add_argument("-o", "--output", type=Path, metavar="DRAFT", help="draft to write (default: print it)")
    codecarbon.set_defaults(run=_codecarbon)


def _codecarbon(options: argparse.Namespace) -> int:
    import lca
    from lca.files.texts import read_text
    from lca.files.writing_whole import write_new
    from lca.importers.codecarbon import MAXIMUM_BYTES, read_runs
    from lca.importers.draft import draft

    text = read_text(options.file, MAXIMUM_BYTES, "a log")
    book = lca.catalogue()
    runs = read_runs(text, str(options.file))
    made = draft(runs, book, options.file.name)
    if options.output is None:
        print(made, end="")
        return DONE
    write_new(options.output, made.encode())
    energy = sum(run.energy for run in runs)
    print(
        f"wrote {options.output}: {len(runs)} runs, {energy:.4g} kWh; read and complete it, then: lca check {options.output}"
    )
    return DONE
