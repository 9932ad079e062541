"""The command `keys`: what may stand at a place of a descriptor."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lca.cli.running import DONE, AddCommand, add_json, refuse

if TYPE_CHECKING:
    from lca.descriptor.keys import Key, Place

WIDTH, INDENT = 100, 24


def register(command: AddCommand) -> None:
    """Add the command."""
    keys = command("keys", _keys, "list the keys at a place of a descriptor: unit, meaning and an example")
    keys.add_argument("path", nargs="?", default="", metavar="PATH", help="such as inference or machines.gpu")
    add_json(keys, "the keys")


def _keys(options: argparse.Namespace) -> int:
    from lca.descriptor.keys import names_near, place_at
    from lca.files.shipped import project_schema
    from lca.problems import did_you_mean

    schema = project_schema()
    place = place_at(schema, options.path)
    if place is None:
        lost, known = names_near(schema, options.path)
        hint = did_you_mean(lost, known) or (f"known there: {', '.join(known)}" if known else "it has no keys")
        return refuse(options, f"there is no key `{lost}` in `{options.path}`", hint)
    if options.json:
        from msgspec import to_builtins

        from lca.presenting.values import as_json

        print(as_json(to_builtins(place)))
    else:
        print("\n".join(_lines(place)))
    return DONE


def _lines(place: Place) -> Iterator[str]:
    yield from textwrap.wrap(f"{place.path or 'descriptor'}: {place.description}", WIDTH)
    if not place.keys:
        yield "It has no keys: a value stands there."
    for key in place.keys:
        yield from _key_lines(key)


def _key_lines(key: Key) -> Iterator[str]:
    """Yield one key: its name and form, then what it means, then an example."""
    needed = ", needed" if key.is_required else ""
    space = " " * INDENT
    head = f"  {key.name}".ljust(INDENT - 1) + f" {key.form}{needed}"
    yield from textwrap.wrap(head, WIDTH, subsequent_indent=space, break_on_hyphens=False)
    if key.description:
        yield from textwrap.wrap(key.description, WIDTH, initial_indent=space, subsequent_indent=space)
    if key.example:
        yield f"{space}{textwrap.shorten(f'{key.name}: {key.example}', WIDTH - INDENT, placeholder=' ...')}"
