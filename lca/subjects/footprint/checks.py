"""What is wrong with names of places and processors in a document that cannot be read as a descriptor."""

from __future__ import annotations

from collections.abc import Iterator

from lca.catalogue.book import FactorBook
from lca.descriptor.document import Document
from lca.problems import Problem
from lca.quantities.quantity import Sampler
from lca.subjects.footprint.flow import Context
from lca.subjects.footprint.machine import Processor, identify
from lca.subjects.footprint.site import Site
from lca.subjects.footprint.supply import find_zone


def unknown_names(document: Document, book: FactorBook) -> list[Problem]:
    """Return the unknown places and processors of a document that does not fit the schema, so that all is said at once."""
    context = Context(book, Sampler(0, 0), 0, document.nodes, document.file)

    def records(*path: str) -> Iterator[tuple[str, dict[str, str]]]:
        group = document.data.get(path[0])
        for name, record in group.items() if isinstance(group, dict) else ():
            inner = record.get(path[1]) if len(path) > 1 and isinstance(record, dict) else record
            if isinstance(inner, dict):
                yield ".".join([path[0], name, *path[1:]]), {k: v for k, v in inner.items() if isinstance(v, str)}

    for path, given in records("sites"):
        if "location" in given or "region" in given:
            find_zone(
                context, Site(path, path, given.get("location", ""), given.get("provider", ""), given.get("region", ""))
            )
    for part in ("gpu", "cpu"):
        for path, given in records("machines", part):
            if "model" in given and "power" not in given:
                identify(context, Processor(path, given["model"]))
    return context.problems
