"""How the parts of a schema, each kept beside the code of its subject, join to a public JSON Schema."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

Schema = Mapping[str, Any]
#: Ids that are defined elsewhere, by the name of their list; an `enum` is filled with them where it is `{of: NAME}`.
Lists = Mapping[str, Collection[str]]

#: What parts share out among themselves: the top-level keys of a document, and the definitions that keys refer to.
SHARED = ("properties", "$defs")

_NO_LISTS: Lists = {}


def joined(frame: Schema, parts: Mapping[str, Schema], lists: Lists = _NO_LISTS) -> dict[str, Any]:
    """Return the whole schema: the frame, with the keys and definitions of all parts.

    Args:
        frame: the schema without its subjects; its `order` lists keys and definitions as the whole schema gives them, what
            it does not list comes last. Where it orders `required` too, every key of a part is required.
        parts: what each subject adds (`properties`, `$defs`), by the name of its file.
        lists: what an `enum` is filled with that is `{of: NAME}`; its `first` come first, those that the list still has.

    Raises:
        ValueError: two parts define one key, a part holds something else, or an `enum` names no list.
    """
    order = frame.get("order", {})
    whole = {key: node for key, node in frame.items() if key != "order"}
    for name, part in parts.items():
        if unknown := part.keys() - set(SHARED):
            raise ValueError(f"{name} holds {', '.join(sorted(unknown))}; a part holds only {' and '.join(SHARED)}")
    for kind in SHARED:
        nodes = _merged(kind, {"the frame": frame, **parts})
        whole[kind] = {key: _filled(nodes[key], lists) for key in _ordered(nodes, order.get(kind, ()))}
    if "required" in order:
        given = [*frame["required"], *(key for part in parts.values() for key in part.get("properties", ()))]
        whole["required"] = _ordered(given, order["required"])
    return whole


def _merged(kind: str, parts: Mapping[str, Schema]) -> dict[str, Any]:
    """Return what all parts hold of one kind."""
    nodes: dict[str, Any] = {}
    owners: dict[str, str] = {}
    for name, part in parts.items():
        for key, node in part.get(kind, {}).items():
            if key in owners:
                raise ValueError(f"`{key}` stands in the {kind} of {owners[key]} and of {name}")
            nodes[key], owners[key] = node, name
    return nodes


def _ordered(names: Collection[str], first: Iterable[str]) -> list[str]:
    """Return the names, those that stand first before the others."""
    listed = [name for name in first if name in names]
    return [*listed, *(name for name in names if name not in listed)]


def _filled(node: Any, lists: Lists) -> Any:
    """Return a node whose enums hold the ids of the lists that they name."""
    if isinstance(node, list):
        return [_filled(item, lists) for item in node]
    if not isinstance(node, Mapping):
        return node
    filled = {key: _filled(child, lists) for key, child in node.items()}
    wanted = node.get("enum")
    if isinstance(wanted, Mapping) and "of" in wanted:
        if wanted["of"] not in lists:
            raise ValueError(f"an `enum` is of `{wanted['of']}`; the lists are {', '.join(sorted(lists))}")
        filled["enum"] = _ordered(lists[wanted["of"]], wanted.get("first", ()))
    return filled
