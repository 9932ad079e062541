"""The command `new`: the first file of a person who has none, in their language and for their way of working."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from lca.cli.language import add_language
from lca.cli.running import DONE, AddCommand, as_typed
from lca.files.folders import TEMPLATES, languages_of_beginnings
from lca.quantities.by_language import ORIGINAL


def register(command: AddCommand) -> None:
    """Add the command."""
    new = command(
        "new", _new, "write a descriptor to begin with: the shortest, or a commented one for a way of working"
    )
    new.add_argument("file", type=Path, nargs="?", metavar="FILE", help="file to write (default: my-project.lca.yaml)")
    new.add_argument(
        "--template", choices=TEMPLATES, default=TEMPLATES[0], metavar="NAME", help=f"one of {', '.join(TEMPLATES)}"
    )
    add_language(new, "language of the file and of its report", "English", languages_of_beginnings)
    new.set_defaults(lang=ORIGINAL)


def _new(options: argparse.Namespace) -> int:
    from lca.files.shipped import template, words
    from lca.files.writing_whole import write_new

    texts = words(options.lang)
    path = options.file or Path(texts["first_file"])
    write_new(path, template(options.template, options.lang))
    file = shlex.quote(str(path))
    print(texts["wrote"].format(file=path))
    print(texts["next_steps"].format(check=f"{as_typed()} check {file}", report=f"{as_typed()} report {file}"))
    return DONE
