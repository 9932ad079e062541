"""Which paths of a descriptor a review may speak of, and which of them hold a value that an expert may put in its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lca.descriptor.merge_patch import SHARED
from lca.descriptor.references import child, whole
from lca.problems import did_you_mean, listed

Schema = Mapping[str, Any]

#: What tells a key that holds one value: a quantity, or a choice.
_CHOICES = ("x-unit", "enum", "x-refers-to", "x-catalogue", "x-is-unit")
_PLAIN = ("number", "integer", "boolean")
_HINT = "write the whole path, as in `lca keys` and the descriptor"


def fault_of_path(path: str, data: Any, schema: Schema) -> tuple[str, str] | None:
    """Return what is wrong with the path of a judgement and what would be right; None where the descriptor may hold it."""
    found = _schema_at(path, data, schema)
    return found if isinstance(found, tuple) else None


def fault_of_value(path: str, data: Any, schema: Schema) -> tuple[str, str] | None:
    """Return what is wrong with the path of a value; None where one value stands or may stand there."""
    found = _schema_at(path, data, schema, may_be_entry=False)
    if isinstance(found, tuple):
        return found
    if path.split(".")[0] not in SHARED and _is_value(found):
        return None
    return f"`{path}` is not a value that an expert may put another for", _values_below(path, found)


def _is_value(node: Schema) -> bool:
    """Say whether a key holds one value, or a list of quantities such as a ramp-up."""
    return any(word in node for word in _CHOICES) or node.get("type") in _PLAIN or "x-unit" in node.get("items", {})


def _values_below(path: str, node: Schema) -> str:
    known = [name for name, inner in node.get("properties", {}).items() if "x-unit" in inner]
    if known and path.split(".")[0] not in SHARED:
        return f"values there: {listed([f'`{path}.{name}`' for name in known], most=4)}"
    return "name a quantity or a choice; say the rest as a judgement"


def _schema_at(path: str, data: Any, schema: Schema, may_be_entry: bool = True) -> Schema | tuple[str, str]:
    """Return the schema of the node at a path, or what is wrong with the path; `may_be_entry` of a list."""
    node, steps = schema, path.split(".")
    for number, step in enumerate(steps):
        node, parent = whole(node, schema), ".".join(steps[:number])
        if number and "x-unit" in node:
            return f"`{path}` is part of a value", f"write the value whole, as `{parent}`"
        if isinstance(data, list):
            if not (step.isdecimal() and int(step) < len(data)):
                return f"there is no `{path}` in the dossier", f"the list has {len(data)} entries, counted from 0"
            if not may_be_entry:
                return f"`{path}` is part of a list", f"write the list whole, as `{parent}`"
            node, data = node.get("items", {}), data[int(step)]
            continue
        held = data if isinstance(data, dict) else {}
        keys = node.get("properties", {})
        if step not in held and step not in keys:
            return f"there is no `{path}` in the dossier", did_you_mean(step, (*keys, *held)) or _HINT
        node, data = child(node, step), held.get(step)
    return whole(node, schema)
