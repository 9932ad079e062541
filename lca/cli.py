"""The command line: the parser, exit codes and errors; everything heavy is imported by the command that needs it."""

from __future__ import annotations

import argparse
import io
import sys

import lca
from lca.commands import catalogue, comparing, dnsh, formulas, importing, study
from lca.commands.running import DONE, INPUT_ERROR, Run, print_problems


def main(arguments: list[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 done, 1 the input has errors, 2 wrong use.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a sign shows another instead of failing
            stream.reconfigure(errors="replace")
    options = _parser().parse_args(arguments)
    from lca.problems import ProblemsFound

    try:
        run: Run = options.run
        return run(options)
    except ProblemsFound as found:
        print_problems(found.problems, getattr(options, "json", False))
        return INPUT_ERROR
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except KeyboardInterrupt:
        print("stopped; nothing was written", file=sys.stderr)
        return INPUT_ERROR


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lca", description="Life-cycle assessment reports for AI projects.")
    parser.add_argument("--version", action="version", version=f"lca {lca.__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, run: Run, summary: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=summary, description=summary)
        added.set_defaults(run=run)
        return added

    for group in (study, comparing, dnsh, importing, catalogue, formulas):
        group.register(command)
    return parser
