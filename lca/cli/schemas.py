"""The command `schema`: the public JSON Schemas."""

from __future__ import annotations

import argparse

from lca.cli.running import DONE, AddCommand

NAMES = ("project", "scenario", "checklist", "assessment")


def register(command: AddCommand) -> None:
    """Add the command."""
    schema = command(
        "schema", _schema, "print a JSON Schema: of a descriptor, a scenario, a checklist file or the results"
    )
    schema.add_argument("name", choices=NAMES, metavar="NAME", help=", ".join(NAMES))


def _schema(options: argparse.Namespace) -> int:
    from lca.files.shipped import schema_text

    print(schema_text(options.name), end="")
    return DONE
