"""The command that turns the logs of a measuring tool into a draft descriptor."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from lca.cli.language import writer_of
from lca.cli.running import DONE, STANDARD_INPUT, WRONG_USE, AddCommand, print_problems

if TYPE_CHECKING:
    from lca.importers.importer import Log


def register(command: AddCommand) -> None:
    """Add the command, with one word for each tool."""
    from lca.importers import LOGS

    imports = command("import", lambda _: WRONG_USE, "draft a descriptor from the logs of a measuring tool")
    tools = imports.add_subparsers(title="tools", required=True, metavar="TOOL")
    for name, log in LOGS.items():
        tool = tools.add_parser(name, help=log)
        tool.add_argument(
            "files", type=Path, nargs="+", metavar="FILE", help="log; several become one draft; `-`: standard input"
        )
        tool.add_argument("-o", "--output", type=Path, metavar="DRAFT", help="draft to write (default: print it)")
        tool.set_defaults(run=_import, tool=name)


def _import(options: argparse.Namespace) -> int:
    import lca
    from lca.files.writing_whole import write_new
    from lca.importers import importer_of

    importer = importer_of(options.tool)
    draft = importer.read(_logs(options.files, importer.largest), lca.catalogue())
    if options.output is not None:
        write_new(options.output, draft.text.encode())
    print_problems(draft.warnings, options)
    if options.output is None:
        print(draft.text, end="")
        return DONE
    said = writer_of(options).words["terminal"]
    print(said["drafted"].format(path=options.output, summary=draft.summary))
    return DONE


def _logs(files: list[Path], largest: int) -> list[Log]:
    """Return the logs of files, all that cannot be read told at once."""
    from lca.files.texts import NAME_OF_STANDARD_INPUT, read_bytes, standard_input_bytes
    from lca.importers.importer import Log
    from lca.problems import Problem, ProblemsFound

    problems: list[Problem] = []
    logs: list[Log] = []
    for file in files:
        try:
            if file == STANDARD_INPUT:
                logs.append(Log(standard_input_bytes(largest, "a log"), NAME_OF_STANDARD_INPUT, NAME_OF_STANDARD_INPUT))
            else:
                logs.append(Log(read_bytes(file, largest, "a log"), str(file), file.name))
        except ProblemsFound as found:
            problems += found.problems
    if problems:
        raise ProblemsFound(problems)
    return logs
