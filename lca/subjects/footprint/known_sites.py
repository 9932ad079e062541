"""Computing centres that a descriptor names without describing them: `site: jean-zay` is where the catalogue says it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from lca.catalogue.book import FactorBook
from lca.catalogue.regions import KnownSites
from lca.descriptor.document import Document, Path
from lca.descriptor.references import Schema, child, resolved
from lca.problems import did_you_mean, listed


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
    return replace(document, data=whole, nodes=nodes, keys=keys)


def hint_for_site(book: FactorBook, name: str) -> str:
    """Return what to write for a site that is not described: a centre's name that is close, or a region or place described.

    Of an empty name, the centres that are known.
    """
    if not name:
        return f"computing centres are known by name: {listed(book.sites.by_id)}"
    for provider in dict.fromkeys(known for known, _ in book.regions.zones):
        if found := book.regions.find(provider, name):
            return f"describe it under `sites`: `{name}: {{provider: {provider}, region: {found[1]}}}`"
    code = book.places.code(name)
    if code:
        return f"describe it under `sites`: `{code.casefold()}: {{location: {code}}}`"
    near = did_you_mean(name, book.sites.names)
    if near:
        return f"{near} it is known without being described"
    regions = did_you_mean(name, dict.fromkeys(region for _, region in book.regions.zones))
    if regions:
        return f"{regions} describe it under `sites` by `provider` and `region`"
    return ""


def _named(node: Any, schema: Schema, root: Schema, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield where a site is named, and its name; scenarios are descriptors in part."""
    schema = resolved(schema, root)
    if schema.get("x-refers-to") == "sites" and isinstance(node, str):
        yield path, node
    if isinstance(node, dict):
        for key, value in node.items():
            inner = root if path == ("scenarios",) else child(schema, key)
            yield from _named(value, inner, root, (*path, key))
