"""Plain data by path: what stands there, and the same data with a value or without one; nothing is changed in place."""

from __future__ import annotations

from typing import Any

from lca.descriptor.document import Path


def same(one: Any, other: Any) -> bool:
    """Say whether two pieces of data are alike, types of numbers included; the order of keys is none of their meaning."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def nested(path: Path, value: Any) -> Any:
    """Return a value in as many maps as a path has keys."""
    for name in reversed(path):
        value = {name: value}
    return value


def at_path(data: Any, path: Path) -> Any:
    """Return what stands at a path.

    Raises:
        ValueError: nothing stands there.
    """
    for name in path:
        try:
            data = data[int(name) if isinstance(data, list) else name]
        except (KeyError, IndexError, TypeError):
            raise ValueError(f"there is no `{'.'.join(path)}`") from None
    return data


def with_value(data: Any, path: Path, value: Any) -> Any:
    """Return data with a value at a path; maps that are missing on the way are made, and a list may grow by one.

    Raises:
        ValueError: the path leads through something that is neither a map nor a list.
    """
    if not path:
        return value
    name, rest = path[0], path[1:]
    if isinstance(data, list):
        index = int(name)
        known = data[index] if index < len(data) else None
        return [*data[:index], with_value(known, rest, value), *data[index + 1 :]]
    if data is not None and not isinstance(data, dict):
        raise ValueError(f"there is no place for `{name}` in `{data}`")
    around = data or {}
    return {**around, name: with_value(around.get(name), rest, value)}


def without(data: Any, path: Path) -> Any:
    """Return data without what stands at a path, and without the maps and lists that this leaves empty.

    Raises:
        ValueError: nothing stands there.
    """
    name, rest = path[0], path[1:]
    around = at_path(data, (name,))
    inner = without(around, rest) if rest else None
    if isinstance(data, list):
        index = int(name)
        return [*data[:index], *([inner] if inner else []), *data[index + 1 :]]
    return {key: inner if key == name else value for key, value in data.items() if key != name or inner}
