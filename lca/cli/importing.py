"""The command that turns the logs of a measuring tool into a draft descriptor."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from lca.cli.importing_into import add_to_project
from lca.cli.language import writer_of
from lca.cli.plugins import plugin_named
from lca.cli.running import DONE, STANDARD_INPUT, AddCommand, print_problems, refuse

if TYPE_CHECKING:
    from lca.catalogue.book import FactorBook
    from lca.files.plugins import Plugin
    from lca.importers.importer import Draft, Importer, Log


def register(command: AddCommand) -> None:
    """Add the command; its first word may name the tool."""
    from lca.importers import LOGS

    imports = command("import", _import, "draft a descriptor from the logs of a measuring tool")
    imports.usage = "%(prog)s [-h] [--keep-sound] [-o DRAFT | --into PROJECT] [TOOL] FILE [FILE ...]"
    imports.formatter_class = argparse.RawDescriptionHelpFormatter
    width = max(map(len, LOGS)) + 2
    lines = "\n".join(f"  {name:<{width}}{log}" for name, log in LOGS.items())
    imports.epilog = f"tools, of which a file is recognised where none is named; or the name of a plug-in:\n{lines}"
    imports.add_argument(
        "files", nargs="+", metavar="[TOOL] FILE", help="logs; several become one draft; `-`: standard input"
    )
    imports.add_argument(
        "--keep-sound",
        action="store_true",
        help="keep what is sound of damaged logs; the draft says which rows were left out",
    )
    written = imports.add_mutually_exclusive_group()
    written.add_argument("-o", "--output", type=Path, metavar="DRAFT", help="draft to write (default: print it)")
    written.add_argument(
        "--into",
        type=Path,
        metavar="PROJECT",
        help="descriptor to add the entries to; its comments and order stay, what it holds already is not added again",
    )


def _import(options: argparse.Namespace) -> int:
    import lca
    from lca.files.plugins import IMPORTERS
    from lca.files.writing_whole import write_new
    from lca.importers import LOGS, importer_of
    from lca.importers.importer import Importer
    from lca.importers.sound_rows import draft_of_sound
    from lca.problems import did_you_mean, listed

    first, *others = options.files
    is_built_in = first in LOGS and bool(others or not Path(first).exists())
    may_be_plugin = is_built_in or (first != str(STANDARD_INPUT) and not Path(first).exists())
    used = plugin_named(IMPORTERS, first, Importer, LOGS, options) if may_be_plugin else None
    named = first if is_built_in or used is not None else ""
    files = [Path(file) for file in (others if named else options.files)]
    if not files:
        return refuse(options, f"no file is named after the tool `{named}`", "name the log that it wrote")
    if not named and others and first.isidentifier() and not Path(first).exists():
        hint = did_you_mean(first, LOGS) or f"tools: {listed(LOGS)}"
        return refuse(options, f"`{first}` is no tool whose logs are imported, and no file", hint)
    of_plugin: Importer | None = used.content if used is not None else None
    known = of_plugin or (importer_of(named) if named else None)
    largest = known.largest if known is not None else max(importer_of(tool).largest for tool in LOGS)
    logs = _logs(files, largest)
    importer = known or importer_of(_tool_of(logs))
    read = partial(draft_of_sound, importer) if options.keep_sound else importer.read
    draft = read(logs, lca.catalogue()) if used is None else _draft_by(used, read, logs)
    if options.into is not None:
        return add_to_project(options, draft)
    if options.output is not None:
        write_new(options.output, draft.text.encode())
    print_problems(draft.warnings, options)
    if options.output is None:
        print(draft.text, end="")
        return DONE
    said = writer_of(options).words["terminal"]
    print(said["drafted"].format(path=options.output, summary=draft.summary))
    return DONE


def _draft_by(used: Plugin, read: Callable[[Sequence[Log], FactorBook], Draft], logs: Sequence[Log]) -> Draft:
    """Return the draft that a plug-in makes, which names it.

    Raises:
        ProblemsFound: the logs cannot be read, or the plug-in fails.
    """
    from msgspec.structs import replace

    import lca
    from lca.files.plugins import answered_for
    from lca.importers.importer import Draft
    from lca.problems import Location

    with answered_for(used, Location(logs[0].file, 1, 1)):
        draft = read(logs, lca.catalogue())
        if not isinstance(draft, Draft):
            raise TypeError(f"it made no Draft but a {type(draft).__name__}")
    return replace(draft, text=f"# by the plug-in {used.name} ({used.package})\n{draft.text}")


def _tool_of(logs: Sequence[Log]) -> str:
    """Return the tool that all logs are of.

    Raises:
        ProblemsFound: a log is of no tool that is imported, or logs are of several tools.
    """
    from lca.importers import importer_of
    from lca.importers.other_logs import recognised
    from lca.problems import Location, Problem, ProblemsFound

    found: dict[str, Log] = {}
    problems: list[Problem] = []
    for log in logs:
        place = Location(log.file, 1, 1)
        tool = recognised(log.content, place)
        if isinstance(tool, Problem):
            problems.append(tool)
        elif len(log.content) > (largest := importer_of(tool).largest):
            message = f"the file has {len(log.content) / 1e6:.1f} MB, a log at most {largest / 1e6:.0f} MB"
            problems.append(Problem(place, "LCA102", message, "is it the right file?"))
        elif found and tool not in found:
            message = (
                f"the file is a log of `{tool}`, and {next(iter(found.values())).name} one of `{next(iter(found))}`"
            )
            problems.append(Problem(place, "LCA402", message, "import the logs of one tool at a time"))
        else:
            found.setdefault(tool, log)
    if problems:
        raise ProblemsFound(problems)
    return next(iter(found))


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
