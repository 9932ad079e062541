"""The quick yes to a document: given to every good one, and never to what `jsonschema` refuses."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from lca.descriptor.document import read_document
from lca.descriptor.fitting import fits
from lca.descriptor.schema import _validator
from lca.files.shipped import project_schema

SCHEMA = project_schema()
FILES = sorted((ROOT / "projects").glob("*.yaml")) + sorted((ROOT / "tests/cases/good").glob("*.yaml"))
DATA = [read_document(path.read_text("utf-8"), path.name).data for path in FILES]
WORDS = ("", "x", "FR", "2024-03", "2024-03\n", "72 h", "UPPER", "é", "a" * 201, "final-model", "yes")
PLAIN = st.one_of(
    *(st.none(), st.booleans(), st.integers(-2, 10**6), st.floats(-2, 1e9), st.sampled_from(WORDS)),
    *(st.lists(st.sampled_from(WORDS), max_size=3), st.dictionaries(st.sampled_from(WORDS), st.just(1), max_size=2)),
)


def is_refused(data: Any, schema: Any = SCHEMA) -> bool:
    return not _validator()(schema).is_valid(data)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_good_document_fits_at_once(path: Path) -> None:
    data = read_document(path.read_text("utf-8"), path.name).data
    assert fits(data, SCHEMA, SCHEMA)
    assert not is_refused(data)


def places(node: Any) -> list[tuple[Any, Any]]:
    """Return every map and list of a document with each of its keys."""
    inner = list(node.items()) if isinstance(node, dict) else list(enumerate(node)) if isinstance(node, list) else []
    return [pair for key, value in inner for pair in ((node, key), *places(value))]


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(DATA),
    st.integers(0, 10**6),
    st.sampled_from(("set", "remove", "add")),
    PLAIN,
    st.sampled_from(WORDS),
)
def test_what_is_refused_never_fits(whole: Any, place: int, change: str, value: Any, key: str) -> None:
    data = copy.deepcopy(whole)
    found = places(data)
    holder, inside = found[place % len(found)]
    if change == "set":
        holder[inside] = value
    elif change == "remove":
        del holder[inside]
    elif isinstance(holder, dict):
        holder[key] = value
    else:
        holder.append(value)
    assert not (fits(data, SCHEMA, SCHEMA) and is_refused(data))


@pytest.mark.parametrize(
    ("node", "good", "bad"),
    [
        ({"type": "integer"}, [3], [True, 3.5, "3", None]),
        ({"type": "number"}, [3, 3.5], [True, "3"]),
        ({"type": ["string", "null"]}, ["", None], [0, []]),
        ({"type": "object", "properties": {"a": {"type": "string"}}}, [{}, {"b": 1}], [{"a": 1}, []]),
        ({"additionalProperties": False, "properties": {"a": {}}}, [{"a": 1}, 3], [{"b": 1}]),
        ({"additionalProperties": {"type": "string"}}, [{"b": ""}], [{"b": 1}]),
        ({"propertyNames": {"pattern": "^[a-z]+$"}}, [{"a": 1}, 3], [{"A": 1}, {"a\n": 1}]),
        ({"required": ["a"]}, [{"a": None}, []], [{"b": 1}]),
        ({"items": {"type": "string"}}, [["a"], [], {"a": 1}], [["a", 1]]),
        ({"uniqueItems": True}, [["a", "b"]], [["a", "a"], [1, 1.0]]),
        ({"anyOf": [{"type": "string"}, {"minimum": 3}]}, ["a", 3, True], [2]),
        ({"const": 1}, [1], [True, 2, "1"]),
        ({"enum": ["a", "b"]}, ["a"], ["c", 1, None, ["a"]]),
        ({"minimum": 1, "maximum": 2}, [1, 2, "x", True], [0.5, 2.5, float("nan")]),
        ({"minLength": 1, "maxLength": 2}, ["é", "éé", [1, 2, 3]], ["", "abc"]),
        ({"minItems": 1, "maxItems": 2}, [[1], "abc"], [[], [1, 2, 3]]),
        ({"minProperties": 1, "maxProperties": 1}, [{"a": 1}, []], [{}, {"a": 1, "b": 2}]),
        ({"$ref": "#/$defs/text", "maxLength": 1}, ["a"], [1, "ab"]),
    ],
)
def test_each_keyword_is_read_as_it_is_meant(node: dict[str, Any], good: list[Any], bad: list[Any]) -> None:
    schema = {**node, "$defs": {"text": {"type": "string"}}}
    assert all(fits(data, schema, schema) and not is_refused(data, schema) for data in good)
    assert not any(fits(data, schema, schema) for data in bad)


@pytest.mark.parametrize(
    "node", [{"not": {}}, {"multipleOf": 2}, {"$ref": "other.json"}, {"$ref": "other.json#/$defs/a"}]
)
def test_a_keyword_that_is_not_read_is_for_the_other_judge(node: dict[str, Any]) -> None:
    assert not fits(4, node, {"$defs": {"a": {}}})


def test_an_annotation_refuses_nothing() -> None:
    assert fits(4, {"title": "Four", "x-unit": "kWh", "examples": ["x"]}, {})
