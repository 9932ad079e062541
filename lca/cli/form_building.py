"""The command `form`: pages that write a descriptor without a server, for somebody's own site."""

from __future__ import annotations

import argparse
from pathlib import Path

from lca.cli.language import add_language, language_of, writer_of
from lca.cli.running import DONE, AddCommand


def register(command: AddCommand) -> None:
    """Add the command."""
    form = command("form", _form, "write pages that make a descriptor in the browser, without a server")
    form.add_argument(
        "--static", action="store_true", required=True, help="pages as files; `lca serve` is the form with a server"
    )
    form.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="folder to write the pages to")
    add_language(form, "language of the pages", "that of the environment")


def _form(options: argparse.Namespace) -> int:
    """Write the pages."""
    from lca.files.writing_whole import write_whole
    from lca.web.static_pages import static_pages

    pages = static_pages(language_of(options))
    write_whole({options.output / name: content for name, content in pages.items()})
    print(writer_of(options).words["terminal"]["written"].format(path=options.output / "index.html"))
    return DONE
