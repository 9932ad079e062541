"""How the parts of the descriptor's schema, each kept beside the code of its subject, join to the public JSON Schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Schema = Mapping[str, Any]

#: What parts share out among themselves: the top-level keys of a descriptor, and the definitions that keys refer to.
SHARED = ("properties", "$defs")


def joined(frame: Schema, parts: Mapping[str, Schema]) -> dict[str, Any]:
    """Return the whole schema: the frame, with the keys and definitions of all parts.

    Args:
        frame: the schema without its subjects; its `order` lists keys and definitions as the whole schema gives them, what
            it does not list comes last.
        parts: what each subject adds (`properties`, `$defs`), by the name of its file.

    Raises:
        ValueError: two parts define one key, or a part holds something else.
    """
    order = frame.get("order", {})
    whole = {key: node for key, node in frame.items() if key != "order"}
    for name, part in parts.items():
        if unknown := part.keys() - set(SHARED):
            raise ValueError(f"{name} holds {', '.join(sorted(unknown))}; a part holds only {' and '.join(SHARED)}")
    for kind in SHARED:
        whole[kind] = _ordered(_merged(kind, {"the frame": frame, **parts}), order.get(kind, ()))
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


def _ordered(nodes: Mapping[str, Any], order: Iterable[str]) -> dict[str, Any]:
    """Return the nodes, those that the order lists first."""
    listed = {key: nodes[key] for key in order if key in nodes}
    return {**listed, **{key: node for key, node in nodes.items() if key not in listed}}
