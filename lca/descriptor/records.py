"""Makes records of plain data by the types of their fields."""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Mapping
from typing import Any, TypeVar

from msgspec import Struct

from lca.descriptor.document import Path
from lca.quantities.provenance import Stated

Record = TypeVar("Record")


@functools.cache
def _hints(record: type) -> dict[str, Any]:
    return typing.get_type_hints(record)


def build(hint: Any, data: Any, path: Path) -> Any:
    """Make a record, map, tuple or plain value of the hinted type from validated data.

    `path` and `name` of a record come from where it stands; what is stated under a key `path`, a path over the years, is its
    `over_years`.
    """
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        inner = [h for h in typing.get_args(hint) if h is not type(None)]
        return build(inner[0], data, path) if len(inner) == 1 else data
    if origin is not None and issubclass(origin, Mapping):
        return {key: build(typing.get_args(hint)[1], value, (*path, key)) for key, value in data.items()}
    if origin is tuple:
        return tuple(build(typing.get_args(hint)[0], value, (*path, str(i))) for i, value in enumerate(data))
    if isinstance(hint, type) and issubclass(hint, Struct) and hint is not Stated:
        named = {"over_years" if key == "path" else key: value for key, value in data.items()}
        given: dict[str, Any] = {"path": ".".join(path), "name": path[-1] if path else "", **named}
        hints, names = _hints(hint), hint.__struct_fields__
        required = names[: len(names) - len(hint.__struct_defaults__)]
        stated = (name for name in names if name in required or given.get(name) is not None)
        return hint(**{name: _field(hints[name], name, given, path) for name in stated})
    return data


def _field(hint: Any, name: str, given: Mapping[str, Any], path: Path) -> Any:
    if name == "path":
        return given[name]
    return build(hint, given[name], (*path, "path" if name == "over_years" else name))
