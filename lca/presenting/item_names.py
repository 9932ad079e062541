"""What a reader is shown of the names that a descriptor gives: its label, else the name as words; never a path."""

from __future__ import annotations

from typing import Any

from lca.descriptor.descriptor import Descriptor


def as_words(name: str) -> str:
    """Return a name of a descriptor as words: `final-model` is `final model`."""
    return name.replace("-", " ").replace("_", " ").strip() or name


def item_name(descriptor: Descriptor, path: str) -> str:
    """Return what the thing at a path is called, such as `training.final-model`."""
    keys = path.split(".")
    node: Any = descriptor.document.data
    for key in keys:
        node = node.get(key) if isinstance(node, dict) else None
    label = node.get("label") if isinstance(node, dict) else None
    return label if isinstance(label, str) and label.strip() else as_words(keys[-1])
