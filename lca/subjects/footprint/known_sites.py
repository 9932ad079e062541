"""Computing centres that a descriptor names without describing them: `site: jean-zay` is where the catalogue says it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lca.catalogue.regions import KnownSites
from lca.descriptor.document import Document, Path
from lca.descriptor.references import Schema, child, resolved


def with_known_sites(document: Document, schema: Schema, known: KnownSites) -> Document:
    """Return a document in which each centre that is named, and not described, is described as the catalogue knows it.

    What it gains stands, for messages, where the centre is named.
    """
    data = document.data
    described = data.get("sites") or {}
    if not isinstance(described, dict):
        return document
    gained: dict[str, dict[str, str]] = {}
    nodes, keys = dict(document.nodes), dict(document.keys)
    for path, name in _named(data, schema, schema, ()):
        site = known.find(name)
        if name in described or site is None:
            continue
        gained[name] = {"location": site.zone, "provider": site.id}
        for place in (("sites", name), ("sites", name, "location"), ("sites", name, "provider")):
            nodes.setdefault(place, document.at(path))
            keys.setdefault(place, document.at(path))
    if not gained:
        return document
    whole = {**data, "sites": {**described, **gained}}
    return Document(document.file, whole, nodes, keys, document.source, document.cut)


def _named(node: Any, schema: Schema, root: Schema, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield where a site is named, and its name; scenarios are descriptors in part."""
    schema = resolved(schema, root)
    if schema.get("x-refers-to") == "sites" and isinstance(node, str):
        yield path, node
    if isinstance(node, dict):
        for key, value in node.items():
            inner = root if path == ("scenarios",) else child(schema, key)
            yield from _named(value, inner, root, (*path, key))
