"""Commands on the factor catalogue: search, show, and what changed between two versions."""

from __future__ import annotations

import argparse

from lca.cli.catalogue_versions import add_diff
from lca.cli.language import writer_of
from lca.cli.running import DONE, INPUT_ERROR, WRONG_USE, AddCommand, add_json, refuse


def register(command: AddCommand) -> None:
    """Add the commands."""
    factors = command("factors", lambda _: WRONG_USE, "look into the factor catalogue")
    looks = factors.add_subparsers(title="commands", required=True, metavar="COMMAND")
    search = looks.add_parser("search", help="find keys by text")
    search.add_argument("text", nargs="+", metavar="TEXT")
    show = looks.add_parser("show", help="print one key with all its sources")
    show.add_argument("key", metavar="KEY")
    for look, run in ((search, _search), (show, _show)):
        add_json(look, "the factors")
        look.set_defaults(run=run)
    add_diff(looks)


def _search(options: argparse.Namespace) -> int:
    import lca
    from lca.cli.plain_factors import found_rows, found_types, type_line

    book = lca.catalogue()
    words = [word.casefold() for word in options.text]
    if options.json:
        from lca.cli.plain_factors import plain_factor
        from lca.presenting.values import as_json

        found = [plain_factor(book.get(*row)) for row in found_rows(book, words)]
        types = [{"provider": kind.provider, "instance": kind.name} for kind in found_types(book, words)]
        print(as_json({"factors": found, "instances": types}))
        return DONE if found or types else INPUT_ERROR
    from lca.cli.terminal import factor_line

    lines = [factor_line(book, *row) for row in found_rows(book, words)]
    lines += map(type_line, found_types(book, words))
    print("\n".join(lines) if lines else writer_of(options).words["terminal"]["nothing_found"])
    return DONE if lines else INPUT_ERROR


def _show(options: argparse.Namespace) -> int:
    import lca
    from lca.problems import did_you_mean

    book = lca.catalogue()
    known = {key for key, _ in book.rows}
    if options.key not in known:
        hint = did_you_mean(options.key, sorted(known)) or "try `lca factors search`"
        return refuse(options, f"there is no key `{options.key}`", hint)
    if options.json:
        from lca.cli.plain_factors import plain_factor
        from lca.presenting.values import as_json

        factors = [factor for indicator in ("", *book.indicators) for factor in book.all(options.key, indicator)]
        print(as_json({"key": options.key, "factors": [plain_factor(factor) for factor in factors]}))
        return DONE
    from lca.cli.terminal import factor_page

    print(factor_page(book, options.key))
    return DONE
