"""What a shell completes of the command line, as `lca completion SHELL` prints it: made from the parsers of the commands.

A word is completed by the command and by the word before it alone: the values of an option after it, options after a dash, else
what any positional argument of the command takes. What two words name, such as `dnsh letter`, is completed as its first word is.
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lca.cli.completing import SHELLS
from lca.cli.main import GROUPS
from lca.cli.running import RunCommand

PAGES = {f"lca/cli/completions/lca.{shell}": shell for shell in SHELLS}

#: What an argument takes besides words of a list.
FLAG, ANYTHING, FILE, FOLDER = "flag", "anything", "file", "folder"


class Argument(NamedTuple):
    """An argument of a command: its names, none where it is positional, the words that it takes, and what else."""

    names: tuple[str, ...]
    summary: str
    words: tuple[str, ...]
    kind: str


class Command(NamedTuple):
    """A command, of one word or of two, with its arguments."""

    name: str
    summary: str
    arguments: tuple[Argument, ...]

    @property
    def options(self) -> tuple[Argument, ...]:
        """Those that have names."""
        return tuple(one for one in self.arguments if one.names)

    @property
    def option_names(self) -> str:
        """The names of all options."""
        return " ".join(name for one in self.options for name in one.names)

    @property
    def words(self) -> str:
        """The words that stand in some place of the command."""
        return " ".join(word for one in self.arguments if not one.names for word in one.words)

    @property
    def kind(self) -> str:
        """Whether files or folders stand in some place of the command."""
        kinds = {one.kind for one in self.arguments if not one.names}
        return next((kind for kind in (FILE, FOLDER) if kind in kinds), ANYTHING)


def page(shell: str) -> str:
    """Return the script of a shell."""
    lines = {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](list(_commands()))
    about = f"# Completion of lca in {shell}; made by `python docs/generate.py`."
    head = ["#compdef lca", about] if shell == "zsh" else [about]
    return "\n".join([*head, *lines]) + "\n"


def _commands() -> Iterator[Command]:
    """Yield every command, those of two words that have a parser of their own after their first word."""
    parser = argparse.ArgumentParser(prog="lca")
    subparsers = parser.add_subparsers()
    made: dict[str, argparse.ArgumentParser] = {}
    summaries: dict[str, str] = {}
    seconds: dict[str, list[str]] = {}

    def command(name: str, run: RunCommand, summary: str) -> argparse.ArgumentParser:
        first, _, second = name.partition(" ")
        if second:
            seconds.setdefault(first, []).append(second)
        if first not in made:
            made[first] = subparsers.add_parser(first, conflict_handler="resolve")
            made[first].set_defaults(run=run)
            summaries[first] = summary
        return made[first]

    for group in GROUPS:
        importlib.import_module(f"lca.cli.{group}").register(command)
    for name, one in made.items():
        arguments = [_argument(action) for action in one._actions]
        arguments += [Argument((), "", tuple(seconds[name]), ANYTHING)] if name in seconds else []
        yield Command(name, summaries[name], tuple(arguments))
        for action in one._actions:
            if isinstance(action, argparse._SubParsersAction):
                for inner, its_parser in action.choices.items():
                    yield Command(f"{name} {inner}", "", tuple(map(_argument, its_parser._actions)))


def _argument(action: argparse.Action) -> Argument:
    names = tuple(action.option_strings)
    words = tuple(map(str, action.choices or ()))
    if action.nargs == 0:
        kind = FLAG
    elif action.metavar in ("DIR", "FOLDER"):
        kind = FOLDER
    else:
        kind = FILE if action.type is Path else ANYTHING
    return Argument(names, (action.help or "").replace("%%", "%"), words, kind)


def _nested(commands: list[Command]) -> list[str]:
    return sorted({one.name.split()[0] for one in commands if " " in one.name})


def _values(commands: list[Command]) -> Iterator[tuple[str, Argument]]:
    """Yield the pattern of a command and the name of an option that takes a value, and the option."""
    for one in commands:
        for option in one.options:
            if option.kind != FLAG:
                yield "|".join(f'"{one.name} {name}"' for name in option.names), option


def _bash(commands: list[Command]) -> Iterator[str]:
    top = " ".join(one.name for one in commands if " " not in one.name)
    yield "_lca() {"
    yield '  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]} words="" kind=""'
    yield f'  case $command in {"|".join(_nested(commands))}) ((COMP_CWORD < 3)) || command+=" ${{COMP_WORDS[2]}}" ;; esac'
    yield f'  if ((COMP_CWORD == 1)); then words="{top} --help --version"; else'
    yield '    case "$command $before" in'
    for pattern, option in _values(commands):
        yield f'      {pattern}) words="{" ".join(option.words)}" kind={option.kind} ;;'
    yield "      *)"
    yield "        case $command in"
    for one in commands:
        yield f'          "{one.name}") words="{one.words}" kind={one.kind}; [[ $word != -* ]] || words="{one.option_names}" ;;'
    yield from ("        esac ;;", "    esac", "  fi", "  local found=()")
    yield '  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")'
    yield "  case $kind in"
    yield f'    {FILE}) compopt -o filenames 2>/dev/null; mapfile -t found < <(compgen -f -- "$word") ;;'
    yield f'    {FOLDER}) compopt -o filenames 2>/dev/null; mapfile -t found < <(compgen -d -- "$word") ;;'
    yield from ("  esac", '  COMPREPLY+=("${found[@]}")', "}", "complete -F _lca lca")


def _zsh(commands: list[Command]) -> Iterator[str]:
    top = " ".join(f"'{one.name}:{_quoted(one.summary)}'" for one in commands if " " not in one.name)
    yield from ("_lca() {", f"  local -a all=({top})")
    yield "  local command=$words[2] before=$words[CURRENT-1]"
    yield "  if ((CURRENT == 2)); then _describe command all; return; fi"
    yield f'  case $command in {"|".join(_nested(commands))}) ((CURRENT < 4)) || command+=" $words[3]" ;; esac'
    yield '  case "$command $before" in'
    for pattern, option in _values(commands):
        yield f"    {pattern}) {_offered(' '.join(option.words), option.kind)} ;;"
    yield from ("    *)", "      case $command in")
    for one in commands:
        offered = _offered(one.words, one.kind)
        yield f'        "{one.name}") if [[ $PREFIX == -* ]]; then compadd -- {one.option_names}; else {offered}; fi ;;'
    yield from ("      esac ;;", "  esac", "}")
    yield 'if [[ $funcstack[1] == _lca ]]; then _lca "$@"; else compdef _lca lca; fi'


def _offered(words: str, kind: str) -> str:
    """Return what offers words, files or folders in zsh."""
    offers = [f"compadd -- {words}"] if words else []
    offers += {FILE: ["_files"], FOLDER: ["_files -/"]}.get(kind, [])
    return "; ".join(offers) or ":"


def _fish(commands: list[Command]) -> Iterator[str]:
    for one in commands:
        first, _, second = one.name.partition(" ")
        if not second:
            yield f"complete -c lca -n __fish_use_subcommand -f -a {first} -d '{_quoted(one.summary)}'"
        seen = f"__fish_seen_subcommand_from {first}" + (
            f"; and __fish_seen_subcommand_from {second}" if second else ""
        )
        start = f"complete -c lca -n '{seen}'"
        if one.words:
            yield f"{start} -a '{one.words}'"
        if one.kind == ANYTHING:
            yield f"{start} -f"
        for option in one.options:
            names = " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names)
            takes = {FLAG: "", FILE: " -r -F", FOLDER: " -x -a '(__fish_complete_directories)'"}.get(option.kind, " -x")
            words = f" -a '{' '.join(option.words)}'" if option.words else ""
            yield f"{start} {names}{takes}{words} -d '{_quoted(option.summary)}'"


def _quoted(text: str) -> str:
    """Return a text as it stands between single quotes in each of the shells."""
    return text.replace("'", "’").replace(":", " –").replace("\\", "")
