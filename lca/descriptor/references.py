"""Names that refer to something described elsewhere in a document, as the schema declares them by `x-refers-to`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from lca.descriptor.document import Document, Path
from lca.problems import MOST_PROBLEMS, Problem, did_you_mean, listed

Schema = Mapping[str, Any]

#: What a key with `x-or-item` may name besides: an item of the catalogue, which is told by its slash.
OR_ITEM = "or name an item of the catalogue, as in `fuel/diesel`: `lca factors search TEXT`"


def resolved(schema: Schema, root: Schema) -> Schema:
    """Return the definition that a node refers to, or the node itself."""
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    found: Schema = root["$defs"].get(name, schema)
    return found


def whole(schema: Schema, root: Schema) -> Schema:
    """Return a node with what the definition that it refers to adds; what the node says itself goes first."""
    return {**resolved(schema, root), **{key: value for key, value in schema.items() if key != "$ref"}}


def child(schema: Schema, key: str) -> Schema:
    """Return the schema of a key of a map."""
    other = schema.get("additionalProperties")
    found: Schema = schema.get("properties", {}).get(key) or (other if isinstance(other, Mapping) else {})
    return found


def targets(schema: Any) -> set[str]:
    """Return the maps whose names other keys refer to."""
    if isinstance(schema, dict):
        own = {schema["x-refers-to"]} if isinstance(schema.get("x-refers-to"), str) else set()
        return own.union(*(targets(part) for part in schema.values()))
    return set()


def references(data: Any, schema: Schema) -> dict[str, set[str]]:
    """Return every name that data refer to, by the map that it stands in."""
    found: dict[str, set[str]] = {}
    waiting = [(data, schema)]
    while waiting:
        node, own = waiting.pop()
        own = resolved(own, schema)
        target = own.get("x-refers-to")
        if isinstance(target, str) and isinstance(node, str):
            found.setdefault(target, set()).add(node)
        elif isinstance(node, dict):
            waiting += ((value, child(own, key)) for key, value in node.items())
    return found


#: What to write for a name that refers to nothing, where more is known of it than the document says: by map and name; of an empty
#: name, what is known without being described.
Elsewhere = Callable[[str, str], str]


def dangling(document: Document, schema: Schema, elsewhere: Elsewhere) -> Iterator[Problem]:
    """Yield a problem for each name that refers to nothing."""
    found = 0
    for path, target, name, or_item in named(document.data, schema, schema, ()):
        known = document.data.get(target) or {}
        if name and name not in known and not (or_item and "/" in name):
            hint, found = "", found + 1
            if found <= MOST_PROBLEMS:
                described = f"under `{target}`, as in `{_example(schema['properties'][target])}`"
                otherwise = (
                    f"known: {listed(known)}; describe another {described}" if known else f"describe it {described}"
                )
                more = elsewhere(target, "")
                hint = did_you_mean(name, known) or elsewhere(target, name) or f"{otherwise}{more and f'; {more}'}"
                hint += f"; {OR_ITEM}" if or_item else ""
            yield Problem(document.at(path), "LCA401", f"`{name}` is not one of the {target}", hint)


def _example(schema: Schema) -> str:
    """Return a described name as the schema shows one: `phone: {kind: smartphone}`."""
    (name, value), *_ = schema["examples"][0].items()
    return f"{name}: {_in_braces(value)}"


def _in_braces(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_in_braces(inner)}" for key, inner in value.items()) + "}"
    return str(value)


def named(data: Any, schema: Schema, root: Schema, path: Path) -> Iterator[tuple[Path, str, str, bool]]:
    """Yield where a name refers to something, in which map it stands, the name, and if it may be a key of the catalogue."""
    schema = resolved(schema, root)
    target = schema.get("x-refers-to")
    if isinstance(target, str) and isinstance(data, str):
        yield path, target, data, bool(schema.get("x-or-item"))
    if isinstance(data, dict):
        for key, value in data.items():
            if path or key != "scenarios":
                yield from named(value, child(schema, key), root, (*path, key))
