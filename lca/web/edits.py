"""Changes that the form makes in a text: a value, a new entry, another name or way; comments and order stay."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from lca.descriptor.document import Path, read_document, scalar
from lca.descriptor.editing import append, remove, rename, set_value
from lca.descriptor.keys import NAME
from lca.descriptor.references import Schema, named, whole
from lca.files.shipped import project_schema
from lca.web.draft import value_at
from lca.web.fields import KNOWN
from lca.web.steps import read_steps

#: How the name of an entry is written; the schema says the same of every map.
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


class BadName(Exception):
    """A name that no entry can have, or that another one has."""

    def __init__(self, name: str, is_taken: bool) -> None:
        super().__init__(name)
        self.name, self.is_taken = name, is_taken


class Place(Struct, frozen=True):
    """A place that the schema knows: what may stand there, its path with `NAME` for names, and the keys beside it."""

    schema: Schema
    pattern: Path
    order: tuple[str, ...]
    is_entry: bool


@functools.lru_cache(maxsize=4096)
def place_of(path: Path) -> Place | None:
    """Return the place of a path, None where the schema knows none; nothing else can be written by the form."""
    root = project_schema()
    schema = root
    pattern: Path = ()
    order: tuple[str, ...] = ()
    is_entry = False
    for step in path:
        schema = whole(schema, root)
        properties, other, items = schema.get("properties", {}), schema.get("additionalProperties"), schema.get("items")
        if step in properties:
            schema, order, is_entry, pattern = properties[step], tuple(properties), False, (*pattern, step)
        elif isinstance(other, Mapping) and "x-unit" not in schema:
            schema, order, is_entry, pattern = other, (), True, (*pattern, NAME)
        elif isinstance(items, Mapping) and step.isdecimal():
            schema, order, is_entry, pattern = items, (), True, (*pattern, NAME)
        else:
            return None
    return Place(whole(schema, root), pattern, order, is_entry)


def field_of(path: Path) -> Path:
    """Return the path of the field that shows a key: of what a quantity states of itself, the quantity."""
    for length in range(1, len(path)):
        place = place_of(path[:length])
        if place is not None and "x-unit" in place.schema:
            return path[:length]
    return path


@functools.lru_cache(maxsize=4)
def _data(text: str) -> Any:
    """Return the data of a text, which several edits in turn ask for."""
    return read_document(text, "").data


def value_of(schema: Schema, written: str) -> Any:
    """Return what a field's text says: a number where a number may stand, a list of its lines where a list may."""
    if schema.get("type") == "array":
        items = whole(schema.get("items", {}), project_schema())
        return [value_of(items, line.strip()) for line in written.split("\n") if line.strip()]
    kinds = schema.get("type", "string")
    is_text = kinds == "string" and "x-unit" not in schema
    return written if is_text else scalar(written.strip())


def with_field(text: str, path: Path, end: str, written: str) -> str:
    """Return a text with a field as it was filled in; `end` is that of what is known of a quantity, empty of its value."""
    place, data = place_of(path), _data(text)
    assert place is not None
    found = value_at(data, path)
    if end:
        return _with_known(text, path, found, end, written)
    below = (*path, "value") if "x-unit" in place.schema and isinstance(found, Mapping) else path
    if written:
        return set_value(text, below, value_of(place.schema, written), place.order)
    if value_at(data, below) is None:
        return text
    around = value_at(data, below[:-1])
    parent = place_of(path[:-1])
    if below == path and parent is not None and parent.is_entry and len(around) == 1:
        return set_value(text, below, "")  # an entry stays where its last key is emptied
    return remove(text, below)


def _with_known(text: str, path: Path, found: Any, end: str, written: str) -> str:
    key, *rest = KNOWN[end]
    if not isinstance(found, Mapping):
        if not written:
            return text
        text = set_value(text, path, {"value": found} if found is not None else {})
        found = {"value": found}
    if not rest:
        return set_value(text, (*path, key), written) if written else remove(text, (*path, key))
    bounds = [*found.get(key, ("", ""))][:2] if isinstance(found.get(key), list) else ["", ""]
    bounds[int(rest[0])] = scalar(written) if written else ""
    return set_value(text, (*path, key), bounds) if any(bound != "" for bound in bounds) else remove(text, (*path, key))


def with_entry(text: str, path: Path) -> tuple[str, str]:
    """Return a text with a new entry of a map or a list, and the name of the entry."""
    place, data = place_of(path), _data(text)
    assert place is not None
    layout, found = read_steps().layout(place.pattern), value_at(data, path)
    begin = _filled(layout.begin or {}, path, data)
    if "items" in place.schema:
        return append(text, path, begin), str(len(found) if isinstance(found, list) else 0)
    names, stem = set(found) if isinstance(found, Mapping) else set(), layout.name or "entry"
    name = next(name for name in (stem, *(f"{stem}-{number}" for number in range(2, 10_000))) if name not in names)
    return set_value(text, (*path, name), begin, place.order), name


def _filled(begin: Mapping[str, Any], path: Path, data: Mapping[str, Any]) -> Any:
    """Return what a new entry holds; an empty text stands for the first name that the descriptor gives, if it gives one."""
    filled: dict[str, Any] = {}
    for key, value in begin.items():
        inner = place_of((*path, NAME, key))
        known = _first_name(inner, data) if value == "" else value
        if known:
            filled[key] = known
    return filled or beginning_of((*path, NAME), data)


def _first_name(place: Place | None, data: Mapping[str, Any]) -> str:
    if place is None:
        return ""
    if place.pattern[-1] == "repeats":
        return next((f"training.{name}" for name in data.get("training") or ()), "")
    return next(iter(data.get(str(place.schema.get("x-refers-to", ""))) or ()), "")


def way_of(data: Any, path: Path) -> str:
    """Return the alternative that a place takes, empty where it takes none."""
    place, found = place_of(path), value_at(data, path)
    return read_steps().layout(place.pattern).way(found) if place is not None and isinstance(found, Mapping) else ""


def with_way(text: str, path: Path, way: str) -> str:
    """Return a text in which a place takes another of its alternatives: what only the others need goes, what tells it begins."""
    place, data = place_of(path), _data(text)
    assert place is not None
    layout, found = read_steps().layout(place.pattern), value_at(data, path)
    if way not in layout.ways or (isinstance(found, Mapping) and layout.way(found) == way):
        return text
    keep = layout.ways[way]
    telling = (*path, keep[0])
    text = set_value(text, telling, beginning_of(telling, data), tuple(place.schema["properties"]))
    for key in dict.fromkeys(key for keys in layout.ways.values() for key in keys):
        if key not in keep and isinstance(found, Mapping) and key in found:
            text = remove(text, (*path, key))
    return text


def beginning_of(path: Path, data: Mapping[str, Any]) -> Any:
    """Return what a key holds when it is asked for: an example in angle brackets, or a group or an entry of such."""
    place = place_of(path)
    assert place is not None
    schema, root = place.schema, project_schema()
    layout = read_steps().layout(place.pattern)
    if "x-unit" not in schema and "properties" in schema:
        keys = layout.first or tuple(schema.get("required", ())) or tuple(schema["properties"])[:2]
        leaves = {key: whole(schema["properties"][key], root) for key in keys}
        return {key: beginning_of((*path, key), data) for key, inner in leaves.items() if _is_leaf(inner)}
    if "x-unit" not in schema and isinstance(schema.get("additionalProperties"), Mapping):
        return {layout.name or "entry": _filled(layout.begin or {}, path, data)}
    begun = _first_name(place, data) or f"<{_example_of(schema)}>"
    return [begun] if schema.get("type") == "array" else begun


def _is_leaf(schema: Schema) -> bool:
    return "x-unit" in schema or (
        "properties" not in schema and not isinstance(schema.get("additionalProperties"), Mapping)
    )


def _example_of(schema: Schema) -> str:
    example = next(iter(schema.get("examples", ())), "")
    if isinstance(example, list):
        example = next(iter(example), "")
    return str(example.get("value", "") if isinstance(example, Mapping) else example)


def renamed(text: str, path: Path, name: str) -> str:
    """Return a text in which an entry has another name, wherever the text refers to it.

    Raises:
        BadName: no entry can have that name, or another one has it.
    """
    if name == path[-1]:
        return text
    data = _data(text)
    siblings = value_at(data, path[:-1])
    if not _NAME.fullmatch(name) or name in siblings:
        raise BadName(name, bool(siblings and name in siblings))
    for place in list(_uses(data, path)):
        text = set_value(
            text, place, name if len(path) > 1 and value_at(data, place) == path[-1] else f"{path[0]}.{name}"
        )
    for scenario in data.get("scenarios") or ():
        within = ("scenarios", scenario, *path)
        if value_at(data, within) is not None:
            text = rename(text, within, name)
    return rename(text, path, name)


def _uses(data: Any, path: Path) -> Iterator[Path]:
    """Yield where a text refers to an entry of a top-level map, by its name alone or after the map's."""
    if len(path) != 2:
        return
    root = project_schema()
    for place, target, name, _ in named(data, root, root, ()):
        if target == path[0] and name == path[1]:
            yield place
    for trials, entry in (data.get("experiments") or {}).items():
        if isinstance(entry, Mapping) and entry.get("repeats") == ".".join(path):
            yield "experiments", trials, "repeats"
