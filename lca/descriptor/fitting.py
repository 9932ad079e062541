"""Whether plain data fit a JSON Schema, by its common keywords: a quick yes, where `jsonschema` takes its time to say why not."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from typing import Any

from lca.descriptor.references import Schema

#: Says whether data pass one keyword with its value, in a node of a whole schema.
Test = Callable[[Any, Any, Schema, Schema], bool]

#: Keywords that refuse nothing; those of this program begin with `x-`.
_ANNOTATIONS = frozenset({"$schema", "$id", "$defs", "title", "description", "examples"})


def fits(data: Any, schema: Schema, root: Schema) -> bool:
    """Say whether data certainly fit a node of a whole schema.

    A yes is as `jsonschema` says it. A no only says that it is to be asked: the data do not fit, or the schema says so by a
    keyword that is not read here.
    """
    for keyword, wanted in schema.items():
        test = _TESTS.get(keyword)
        if test is None:
            if keyword not in _ANNOTATIONS and not keyword.startswith("x-"):
                return False
        elif not test(data, wanted, schema, root):
            return False
    return True


def matches(text: str, pattern: str) -> bool:
    """Say whether a text has what a pattern asks for; `$` ends it as in JSON Schema, where Python lets a line break follow."""
    return _compiled(pattern).search(text) is not None


@functools.lru_cache(256)  # a schema has some dozens
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\$$", r"\\Z", pattern))


#: The classes of plain data by their names in a schema. A truth value is no number; that 1.0 is an integer, nobody needs quickly.
_CLASSES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


def _type(data: Any, wanted: Any, _schema: Schema, _root: Schema) -> bool:
    return any(type(data) in _CLASSES[name] for name in ([wanted] if isinstance(wanted, str) else wanted))


def _properties(data: Any, wanted: Any, _schema: Schema, root: Schema) -> bool:
    if not isinstance(data, dict):
        return True
    return all(fits(value, wanted[key], root) for key, value in data.items() if key in wanted)


def _additional(data: Any, wanted: Any, schema: Schema, root: Schema) -> bool:
    if not isinstance(data, dict):
        return True
    known = schema.get("properties", {})
    others = [value for key, value in data.items() if key not in known]
    return not others or (isinstance(wanted, dict) and all(fits(value, wanted, root) for value in others))


def _names(data: Any, wanted: Any, _schema: Schema, root: Schema) -> bool:
    return not isinstance(data, dict) or all(fits(key, wanted, root) for key in data)


def _required(data: Any, wanted: Any, _schema: Schema, _root: Schema) -> bool:
    return not isinstance(data, dict) or all(key in data for key in wanted)


def _items(data: Any, wanted: Any, _schema: Schema, root: Schema) -> bool:
    return not isinstance(data, list) or all(fits(value, wanted, root) for value in data)


def _unique(data: Any, wanted: Any, _schema: Schema, _root: Schema) -> bool:
    return not wanted or (
        isinstance(data, list) and all(isinstance(x, str) for x in data) and len({*data}) == len(data)
    )


def _definition(data: Any, wanted: Any, _schema: Schema, root: Schema) -> bool:
    place, _, name = wanted.rpartition("/")
    return place == "#/$defs" and fits(data, root["$defs"][name], root)


def _any_of(data: Any, wanted: Any, _schema: Schema, root: Schema) -> bool:
    return any(fits(data, schema, root) for schema in wanted)


def _sized(kind: type[str | list[Any] | dict[str, Any]], is_at_most: bool) -> Test:
    """Return the test of the length of a text, a list or a map."""

    def test(data: Any, wanted: Any, _schema: Schema, _root: Schema) -> bool:
        return not isinstance(data, kind) or (len(data) <= wanted if is_at_most else len(data) >= wanted)

    return test


_TESTS: Mapping[str, Test] = {
    "type": _type,
    "properties": _properties,
    "additionalProperties": _additional,
    "propertyNames": _names,
    "required": _required,
    "items": _items,
    "uniqueItems": _unique,
    "$ref": _definition,
    "anyOf": _any_of,
    "const": lambda data, wanted, *_: type(data) is type(wanted) and data == wanted,
    "enum": lambda data, wanted, *_: isinstance(data, str) and data in wanted,
    "pattern": lambda data, wanted, *_: not isinstance(data, str) or matches(data, wanted),
    "minimum": lambda data, wanted, *_: type(data) not in (int, float) or data >= wanted,
    "maximum": lambda data, wanted, *_: type(data) not in (int, float) or data <= wanted,
    "minLength": _sized(str, False),
    "maxLength": _sized(str, True),
    "minItems": _sized(list, False),
    "maxItems": _sized(list, True),
    "minProperties": _sized(dict, False),
    "maxProperties": _sized(dict, True),
}
