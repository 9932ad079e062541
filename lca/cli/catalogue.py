"""Commands on the factor catalogue: search and show."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from lca.cli.running import DONE, INPUT_ERROR, WRONG_USE, AddCommand


def register(command: AddCommand) -> None:
    """Add the commands."""
    factors = command("factors", lambda _: WRONG_USE, "look into the factor catalogue")
    looks = factors.add_subparsers(title="commands", required=True, metavar="COMMAND")
    search = looks.add_parser("search", help="find keys by text")
    search.add_argument("text", nargs="+", metavar="TEXT")
    search.set_defaults(run=_search)
    show = looks.add_parser("show", help="print one key with all its sources")
    show.add_argument("key", metavar="KEY")
    show.set_defaults(run=_show)


def _search(options: argparse.Namespace) -> int:
    import lca
    from lca.cli.terminal import factor_lines

    book = lca.catalogue()
    words = [word.casefold() for word in options.text]
    lines = list(factor_lines(book, words))
    print("\n".join(lines) if lines else "nothing found; try a shorter word, or a zone code such as FR")
    return DONE if lines else INPUT_ERROR


def _show(options: argparse.Namespace) -> int:
    import lca
    from lca.cli.terminal import factor_page
    from lca.problems import did_you_mean

    book = lca.catalogue()
    page: Any = factor_page(book, options.key)
    if not page:
        hint = did_you_mean(options.key, {key for key, _ in book.rows}) or "try `lca factors search`"
        print(f"lca factors: there is no key `{options.key}`; {hint}", file=sys.stderr)
        return INPUT_ERROR
    print(page)
    return DONE
