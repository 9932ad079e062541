"""What a shell completes of the command line, as `lca completion SHELL` prints it: made from the parsers by shtab."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

import shtab

from lca.cli.completing import SHELLS
from lca.cli.main import GROUPS
from lca.cli.running import RunCommand

PAGES = {f"lca/completions/lca.{shell}": shell for shell in SHELLS}


def page(shell: str) -> str:
    """Return the script of a shell."""
    made: str = shtab.complete(_parser(), shell=shell)
    return "\n".join(line.rstrip() for line in made.splitlines()) + "\n"


def _parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; what two words name, such as `dnsh letter`, is completed as its first word is."""
    parser = argparse.ArgumentParser(prog="lca", description="Life-cycle assessment reports for AI projects.")
    parser.add_argument("--version", action="version", version="lca")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    made: dict[str, argparse.ArgumentParser] = {}

    def command(name: str, run: RunCommand, summary: str) -> argparse.ArgumentParser:
        first = name.split()[0]
        if first not in made:
            made[first] = commands.add_parser(first, help=summary, description=summary, conflict_handler="resolve")
            made[first].set_defaults(run=run)
        return made[first]

    for group in GROUPS:
        importlib.import_module(f"lca.cli.{group}").register(command)
    for one in made.values():
        _complete_files(one)
    return parser


def _complete_files(parser: argparse.ArgumentParser) -> None:
    """Let names of files be completed where an argument is one, and of folders where it is a folder."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                _complete_files(inner)
        elif action.type is Path:
            is_folder = action.metavar in ("DIR", "FOLDER")
            action.complete = shtab.DIRECTORY if is_folder else shtab.FILE  # type: ignore[attr-defined]
