"""The quantities of a descriptor by their paths, items of lists by their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lca.descriptor.document import Path
from lca.descriptor.references import child, resolved

Schema = Mapping[str, Any]


def node_at(data: Any, keys: Path) -> Any:
    """Return what stands in plain data at a path; None where nothing does."""
    for key in keys:
        if isinstance(data, list):
            data = data[int(key)] if key.isdecimal() and int(key) < len(data) else None
        else:
            data = data.get(key) if isinstance(data, dict) else None
    return data


def can_state(data: Any, schema: Schema, keys: Path) -> bool:
    """Say whether data have a place for a quantity at a path: what is above it is there, of a list the item itself."""
    node, parent = schema, node_at(data, keys[:-1])
    for key in keys:
        inner = resolved(node, schema)
        node = inner["items"] if key.isdecimal() and "items" in inner else child(inner, key)
    is_there = parent is not None if not isinstance(parent, list) else node_at(data, keys) is not None
    return is_there and "x-unit" in node


def quantities(data: Any, schema: Schema) -> list[str]:
    """Return the paths of the quantities that data state."""
    return [".".join(path) for path in _quantities(data, schema, schema, ())]


def _quantities(data: Any, node: Schema, root: Schema, path: Path) -> Iterator[Path]:
    if "x-unit" in node:
        yield path
        return
    inner = resolved(node, root)
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _quantities(value, child(inner, key), root, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _quantities(value, inner.get("items", {}), root, (*path, str(index)))
