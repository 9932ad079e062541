"""The keys that may stand at a place of a descriptor, as its schema declares them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from lca.descriptor.references import Schema, child, whole

#: How the type of a key is called where it has no unit.
_TYPES = {
    "object": "keys",
    "array": "list",
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
}
#: How a name that the applicant gives is written in a path.
NAME = "NAME"


class Key(Struct, frozen=True):
    """One key: in which unit or form its value stands, what it means, and an example.

    `unit` is that of a quantity (`1`: a plain number, `any`: every unit), empty where the value is none; `form` says in words
    what stands there; `allowed` holds the words of a closed list.
    """

    name: str
    unit: str
    form: str
    is_required: bool
    description: str
    example: str
    allowed: tuple[str, ...] = ()


class Place(Struct, frozen=True):
    """A place of a descriptor: its path, with `NAME` for names that the applicant gives, what it means, and its keys."""

    path: str
    description: str
    keys: tuple[Key, ...]


def place_at(schema: Schema, path: str) -> Place | None:
    """Return the place that a path names, None where there is none.

    The names that an applicant gives may stand in the path, as in `training.final-model.duration`, or not; a scenario's keys
    are those of the descriptor.
    """
    steps = [step for step in path.split(".") if step]
    if steps[:1] == ["scenarios"] and len(steps) > 1:
        found = place_at(schema, ".".join(steps[2:]))
        return found and Place(f"scenarios.{NAME}.{found.path}".rstrip("."), found.description, found.keys)
    reached = next(_reached(schema, schema, steps, ()), None)
    if reached is None:
        return None
    node, shown = reached
    required = node.get("required", ())
    keys = [_key(name, child, schema, name in required) for name, child in node.get("properties", {}).items()]
    return Place(".".join(shown), one_line(node.get("description", "")), tuple(keys))


def generic_path(schema: Schema, path: str) -> str:
    """Return the path of what a descriptor states with `NAME` for each name that the applicant gives."""
    node, steps = schema, []
    for step in path.split("."):
        node = whole(node, schema)
        items = node.get("items")
        steps.append(step if step in node.get("properties", {}) or isinstance(items, Mapping) else NAME)
        node = items if isinstance(items, Mapping) else child(node, step)
    return ".".join(steps)


def names_near(schema: Schema, path: str) -> tuple[str, list[str]]:
    """Return the part of a path that cannot be found, and the keys that are known where it stands."""
    steps = [step for step in path.split(".") if step]
    for length in range(len(steps)):
        if place_at(schema, ".".join(steps[: length + 1])) is None:
            place = place_at(schema, ".".join(steps[:length]))
            return steps[length], [key.name for key in place.keys] if place else []
    return "", []


def _reached(
    node: Schema, root: Schema, steps: list[str], shown: tuple[str, ...]
) -> Iterator[tuple[Schema, tuple[str, ...]]]:
    """Yield what the steps lead to; a step may be a key, or the name of an entry of a map or its number in a list."""
    node = whole(node, root)
    entries = node.get("additionalProperties") if "properties" not in node else None
    entries = entries if isinstance(entries, Mapping) else node.get("items")
    if isinstance(entries, Mapping):
        inner = (*shown, NAME) if "items" not in node else shown
        yield from _reached(entries, root, steps, inner)
        if steps:
            yield from _reached(entries, root, steps[1:], inner)
    elif not steps:
        yield node, shown
    elif steps[0] in node.get("properties", {}):
        yield from _reached(node["properties"][steps[0]], root, steps[1:], (*shown, steps[0]))


def _key(name: str, schema: Schema, root: Schema, is_required: bool) -> Key:
    node = whole(schema, root)
    unit, allowed = str(node.get("x-unit", "")), tuple(str(word) for word in node.get("enum", ()))
    example = next(iter(node.get("examples", ())), "")
    return Key(
        name=name,
        unit=unit,
        form=_form(node, unit, allowed),
        is_required=is_required,
        description=one_line(node.get("description", "")),
        example=example if isinstance(example, str) else json.dumps(example, ensure_ascii=False),
        allowed=allowed,
    )


def _form(node: Schema, unit: str, allowed: tuple[str, ...]) -> str:
    """Return in words what stands at a key."""
    if unit:
        return {"1": "number", "any": "quantity"}.get(unit, f"in {unit}")
    if allowed:
        return f"one of {', '.join(allowed)}"
    if isinstance(target := node.get("x-refers-to"), str):
        return f"name of the {target}"
    if "const" in node:
        return f"always {node['const']}"
    kinds: Any = node.get("type", ())
    names = [_TYPES.get(kind, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)]
    named = "properties" not in node and isinstance(node.get("additionalProperties"), Mapping)
    return f"{' or '.join(names)}{' by name' if named else ''}"


def one_line(text: str) -> str:
    """Return a text of the schema on one line."""
    return " ".join(text.split())
