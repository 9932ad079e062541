"""What the commands share of plug-ins: one that a command names, where nothing built in has its name."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection
from typing import TYPE_CHECKING

from lca.cli.language import writer_of

if TYPE_CHECKING:
    from lca.files.plugins import Plugin


def plugin_named(
    group: str, name: str, kind: type, built_in: Collection[str], options: argparse.Namespace
) -> Plugin | None:
    """Return the plug-in that a command names; None where none is offered, or where something built in has its name.

    Raises:
        ProblemsFound: it cannot be used.
    """
    from lca.files.plugins import is_offered, plugin
    from lca.problems import Location

    if name not in built_in:
        return plugin(group, name, kind, Location(options.command, 1, 1))
    if is_offered(group, name):
        message = writer_of(options).words["terminal"]["plugin_refused"].format(name=name)
        print(message, file=sys.stderr)
    return None
