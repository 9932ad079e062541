"""The command line: the parser, exit codes and errors; everything heavy is imported by the command that needs it."""

from __future__ import annotations

import argparse
import errno
import gc
import io
import sys
from collections.abc import Collection

import lca
from lca.cli import (
    beginning,
    catalogue,
    checking,
    comparing,
    diffing,
    dnsh,
    documents,
    exporting,
    formulas,
    importing,
    keys,
    recomputing,
    reproducing,
    schemas,
    sealing,
    study,
)
from lca.cli.last_resort import ended_by_signals, told_full, told_internal, told_stopped
from lca.cli.running import DONE, INPUT_ERROR, RunCommand, as_typed, print_problems, print_problems_as_json


def main(arguments: list[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 done, 1 the input has errors, 2 wrong use, 70 the program itself is at fault, 130 interrupted, 143 asked to end.
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

    parser, names = _parser()
    options = parser.parse_args(_joined(sys.argv[1:] if arguments is None else arguments, names))
    try:
        run: RunCommand = options.run
        return run(options)
    except ProblemsFound as found:
        if getattr(options, "json", False):
            print_problems_as_json(found.problems)
        else:
            print_problems(found.problems, options)
        return INPUT_ERROR


def _joined(arguments: list[str], names: Collection[str]) -> list[str]:
    """Return arguments with the two words of a command such as `dnsh letter` as one."""
    first = " ".join(arguments[:2])
    return [first, *arguments[2:]] if first in names else arguments


def _parser() -> tuple[argparse.ArgumentParser, Collection[str]]:
    """Return the parser and the names of its commands."""
    parser = argparse.ArgumentParser(prog=as_typed(), description="Life-cycle assessment reports for AI projects.")
    parser.add_argument("--version", action="version", version=f"lca {lca.__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, run: RunCommand, summary: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=summary, description=summary)
        added.set_defaults(run=run, command=name)
        return added

    for group in (
        beginning,
        checking,
        study,
        comparing,
        diffing,
        dnsh,
        documents,
        sealing,
        reproducing,
        importing,
        exporting,
        catalogue,
        formulas,
        recomputing,
        keys,
        schemas,
    ):
        group.register(command)
    return parser, commands.choices
