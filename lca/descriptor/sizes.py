"""Maps and lists of a document that hold more than the schema lets them; told before anything else is worked on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lca.descriptor.document import Document, Path
from lca.descriptor.references import Schema, child, resolved
from lca.problems import Problem

#: What to do where too many stand in a map, by its path.
_REMEDIES: dict[Path, str] = {
    ("scenarios",): "keep those that a reader compares, or describe the others in a second file and use `lca compare`",
}


def oversized(document: Document, schema: Schema) -> list[Problem]:
    """Return a problem for each map and list with more entries than the schema allows."""
    return list(_oversized(document, document.data, schema, schema, ()))


def too_many(path: Path, entries: int, most: int) -> tuple[str, str]:
    """Return the message and the hint on a map or a list with more than `most` entries."""
    what = "scenarios" if path == ("scenarios",) else "entries"
    named = f"{'.'.join(path)} has" if path != ("scenarios",) else "the descriptor has"
    return f"{named} {entries} {what}, at most {most} are read", _REMEDIES.get(path, "keep those that matter")


def _oversized(document: Document, data: Any, schema: Schema, root: Schema, path: Path) -> Iterator[Problem]:
    if not isinstance(data, dict | list):
        return
    schema = resolved(schema, root)
    most = schema.get("maxProperties" if isinstance(data, dict) else "maxItems")
    if most is not None and len(data) > most != schema.get("minItems"):  # a pair of bounds has a form, and no size
        yield Problem(document.key_at(path), "LCA205", *too_many(path, len(data), most))
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _oversized(document, value, child(schema, key), root, (*path, key))
    elif isinstance(items := schema.get("items"), dict):
        for index, value in enumerate(data):
            yield from _oversized(document, value, items, root, (*path, str(index)))
