"""Logs of other tools become drafts of descriptors."""

import importlib

from lca.importers.importer import Importer

#: The modules that hold an importer, by the name of the tool.
TOOLS = ("codecarbon",)

IMPORTERS: tuple[Importer, ...] = tuple(importlib.import_module(f"{__name__}.{tool}").IMPORTER for tool in TOOLS)
