"""The command `completion`: what makes a shell complete commands, options and names of files."""

from __future__ import annotations

import argparse

from lca.cli.running import DONE, AddCommand
from lca.files.folders import PACKAGE

SHELLS = ("bash", "zsh", "fish")


def register(command: AddCommand) -> None:
    """Add the command."""
    completion = command("completion", _completion, "print what makes a shell complete this command line")
    completion.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))


def _completion(options: argparse.Namespace) -> int:
    print((PACKAGE / "cli" / "completions" / f"lca.{options.shell}").read_text("utf-8"), end="")
    return DONE
