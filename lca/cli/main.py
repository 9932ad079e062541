"""The command line: the parser, exit codes and errors; everything heavy is imported by the command that needs it."""

from __future__ import annotations

import argparse
import errno
import gc
import importlib
import io
import sys
from collections.abc import Mapping

import lca
from lca.cli.last_resort import ended_by_signals, told_full, told_internal, told_stopped
from lca.cli.running import DONE, INPUT_ERROR, RunCommand, as_typed, print_problems, print_problems_as_json

#: The modules of this room that hold commands, in the order of the help, and which.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "beginning": ("new",),
    "serving": ("serve",),
    "form_building": ("form",),
    "checking": ("check",),
    "study": ("assess", "report", "methods", "explain"),
    "comparing": ("compare", "sweep"),
    "diffing": ("diff",),
    "dnsh": ("dnsh",),
    "documents": ("dnsh letter", "dnsh export"),
    "reviewing": ("review new", "review show", "review merge"),
    "conditions": ("conditions",),
    "sealing": ("seal",),
    "portfolio": ("portfolio",),
    "reproducing": ("reproduce",),
    "importing": ("import",),
    "exporting": ("export",),
    "catalogue": ("factors",),
    "formulas": ("formula",),
    "recomputing": ("recompute",),
    "keys": ("keys",),
    "schemas": ("schema",),
    "doctor": ("doctor",),
    "completing": ("completion",),
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 done, 1 the input has errors, 2 wrong use, 3 a budget is not kept, 70 the program itself is at fault, 130 interrupted,
        143 asked to end.
    """
    gc.set_threshold(100_000, 20, 100)  # large trees hold no cycles, and looking for them takes a fifth of the time
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a sign shows another instead of failing
            stream.reconfigure(errors="replace")
    try:
        with ended_by_signals():
            status = _run(arguments)
            sys.stdout.flush()  # here, where a full disk can still be told
            return status
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except KeyboardInterrupt as stop:
        return told_stopped(stop)
    except OSError as error:
        return told_full(error) if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO) else told_internal(error)
    except Exception as error:
        return told_internal(error)


def _run(arguments: list[str] | None) -> int:
    from lca.problems import ProblemsFound

    given = _joined(sys.argv[1:] if arguments is None else arguments)
    options = _parser(given[0] if given else "").parse_args(given)
    try:
        run: RunCommand = options.run
        return run(options)
    except ProblemsFound as found:
        if getattr(options, "json", False):
            print_problems_as_json(found.problems)
        else:
            print_problems(found.problems, options)
        return INPUT_ERROR


def _joined(arguments: list[str]) -> list[str]:
    """Return arguments with the two words of a command such as `dnsh letter` as one."""
    first = " ".join(arguments[:2])
    return [first, *arguments[2:]] if any(first in names for names in GROUPS.values()) else arguments


def _parser(asked: str) -> argparse.ArgumentParser:
    """Return the parser: of the group of the command that is asked for alone, so that a check imports no other's, else of all."""
    parser = argparse.ArgumentParser(prog=as_typed(), description="Life-cycle assessment reports for AI projects.")
    parser.add_argument("--version", action="version", version=f"lca {lca.__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, run: RunCommand, summary: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=summary, description=summary)
        added.set_defaults(run=run, command=name)
        return added

    for group in [group for group, names in GROUPS.items() if asked in names] or GROUPS:
        importlib.import_module(f"lca.cli.{group}").register(command)
    return parser
