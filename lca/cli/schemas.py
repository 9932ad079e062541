"""The command `schema`: the public JSON Schemas."""

from __future__ import annotations

import argparse

from lca.cli.language import add_language
from lca.cli.running import DONE, AddCommand, refuse
from lca.files.folders import languages_of_keys
from lca.quantities.by_language import ORIGINAL

NAMES = ("project", "scenario", "call", "review", "conditions", "checklist", "form", "assessment")
#: Those that a person fills in; what the others are for reads English.
TRANSLATED = ("project", "scenario", "call", "review", "conditions")


def register(command: AddCommand) -> None:
    """Add the command."""
    schema = command(
        "schema",
        _schema,
        "print a JSON Schema: of a descriptor, scenario, call, review, conditions, checklist file, form file or the results",
    )
    schema.add_argument("name", choices=NAMES, metavar="NAME", help=", ".join(NAMES))
    what = f"language of titles and descriptions, of {' and '.join(TRANSLATED)}"
    add_language(schema, what, "English", languages_of_keys)


def _schema(options: argparse.Namespace) -> int:
    from lca.files.shipped import schema_in, schema_text

    language = options.lang or ORIGINAL
    if language == ORIGINAL:
        print(schema_text(options.name), end="")
        return DONE
    if options.name not in TRANSLATED:
        hint = "other languages have project, scenario, call, review and conditions"
        return refuse(options, f"the schema `{options.name}` is in English alone", hint)
    import json

    print(json.dumps(schema_in(options.name, language), indent=1, ensure_ascii=False))
    return DONE
