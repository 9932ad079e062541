"""The command `keys`: what may stand at a place of a descriptor."""

from __future__ import annotations

import argparse
import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from lca.cli.language import add_language, language_of
from lca.cli.running import DONE, AddCommand, add_json, refuse
from lca.files.folders import languages_of_keys
from lca.quantities.by_language import ORIGINAL

if TYPE_CHECKING:
    from lca.descriptor.keys import Key, Place

WIDTH, INDENT = 100, 24


def register(command: AddCommand) -> None:
    """Add the command."""
    keys = command("keys", _keys, "list the keys at a place of a descriptor: unit, meaning and an example")
    add_language(keys, "language of the meanings", "that of the environment; of JSON, English", languages_of_keys)
    keys.add_argument("path", nargs="?", default="", metavar="PATH", help="such as inference or machines.gpu")
    add_json(keys, "the keys")


def _keys(options: argparse.Namespace) -> int:
    from lca.descriptor.keys import names_near, place_at
    from lca.files.shipped import project_schema, schema_in, words_of_keys
    from lca.problems import did_you_mean

    schema = project_schema()
    place = place_at(schema, options.path)
    if place is None:
        lost, known = names_near(schema, options.path)
        hint = did_you_mean(lost, known) or (f"known there: {', '.join(known)}" if known else "it has no keys")
        return refuse(options, f"there is no key `{lost}` in `{options.path}`", hint)
    language = options.lang or (ORIGINAL if options.json else language_of(options))
    if language != ORIGINAL:
        place = place_at(schema_in("project", language), options.path) or place
    if options.json:
        from msgspec import to_builtins

        from lca.presenting.values import as_json

        print(as_json(to_builtins(place)))
    else:
        print("\n".join(_lines(place, words_of_keys(language)["words"] if language != ORIGINAL else {})))
    return DONE


def _form(form: str, types: Mapping[str, str]) -> str:
    """Return the form of a key in the words of a language; what stands in a list of words stays as it is written."""
    start, listed, rest = form.partition("one of ")
    for english, own in sorted(types.items(), key=lambda item: -len(item[0])):
        start = re.sub(rf"\b{english}\b", own, start)
    return f"{start}{types.get('one of', 'one of')} {rest}" if listed else start


def _lines(place: Place, words: Mapping[str, Any]) -> Iterator[str]:
    yield from textwrap.wrap(f"{place.path or 'descriptor'}: {place.description}", WIDTH)
    if not place.keys:
        yield words.get("no_keys", "It has no keys: a value stands there.")
    for key in place.keys:
        yield from _key_lines(key, words)


def _key_lines(key: Key, words: Mapping[str, Any]) -> Iterator[str]:
    """Yield one key: its name and form, then what it means, then an example."""
    needed = f", {words.get('needed', 'needed')}" if key.is_required else ""
    space = " " * INDENT
    head = f"  {key.name}".ljust(INDENT - 1) + f" {_form(key.form, words.get('types', {}))}{needed}"
    yield from textwrap.wrap(head, WIDTH, subsequent_indent=space, break_on_hyphens=False)
    if key.description:
        yield from textwrap.wrap(key.description, WIDTH, initial_indent=space, subsequent_indent=space)
    if key.example:
        yield f"{space}{textwrap.shorten(f'{key.name}: {key.example}', WIDTH - INDENT, placeholder=' ...')}"
