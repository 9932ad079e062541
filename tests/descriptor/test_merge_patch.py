"""Merging by RFC 7396, and the place that each node of a merged document comes from."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lca.descriptor.document import Document, read_document
from lca.descriptor.merge_patch import merge, patch_of, patched
from lca.problems import Location


@pytest.mark.parametrize(
    ("original", "patch", "result"),
    [  # RFC 7396, appendix A, in its order
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({"a": "b"}, ["c"], ["c"]),
        ({"a": "foo"}, None, None),
        ({"a": "foo"}, "bar", "bar"),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_merge_patch_by_its_own_examples(original: Any, patch: Any, result: Any) -> None:
    before = json.dumps([original, patch])
    assert merge(original, patch) == result
    assert json.dumps([original, patch]) == before


def test_the_longer_example_of_the_standard() -> None:
    original = {
        "title": "Goodbye!",
        "author": {"givenName": "John", "familyName": "Doe"},
        "tags": ["example", "sample"],
        "content": "This will be unchanged",
    }
    patch = {
        "title": "Hello!",
        "phoneNumber": "+01-123-456-7890",
        "author": {"familyName": None},
        "tags": ["example"],
    }
    assert merge(original, patch) == {
        "title": "Hello!",
        "author": {"givenName": "John"},
        "tags": ["example"],
        "content": "This will be unchanged",
        "phoneNumber": "+01-123-456-7890",
    }


BASE = """descriptor: 1
project: {name: Base, start: 2024-01}
sites:
  paris: {location: FR, pue: 1.2}
machines:
  node: {site: paris, host: none, gpu: {model: NVIDIA A100 SXM4 80 GB, count: 8}}
training:
  final: {on: node, duration: {value: 72 h, range95: [70 h, 80 h]}}
"""


SCENARIOS = """scenarios:
  ireland:
    sites:
      paris: {location: IE}
  fewer: {machines: {node: {gpu: {count: 6}}}}
  bare: {sites: {paris: {pue: null}}}
"""


def test_each_node_keeps_the_place_that_it_comes_from() -> None:
    document = read_document(BASE + SCENARIOS, "x.yaml")
    made = patched(document, patch_of(document, "ireland"))
    assert made.at(("sites", "paris", "location")) == Location("x.yaml", 12, 25)
    assert made.key_at(("sites", "paris", "location")) == Location("x.yaml", 12, 15)
    assert made.at(("sites", "paris")) == Location("x.yaml", 12, 14)
    assert made.at(("sites", "paris", "pue")) == Location("x.yaml", 4, 30)
    assert made.at(("training", "final", "duration", "value")) == Location("x.yaml", 8, 39)
    assert made.data["sites"] == {"paris": {"location": "IE", "pue": 1.2}}
    assert "scenarios" not in made.data
    assert document.at(("sites", "paris", "location")) == Location("x.yaml", 4, 21)
    bare = patched(document, patch_of(document, "bare"))
    assert ("sites", "paris", "pue") not in bare.nodes
    assert bare.data["sites"] == {"paris": {"location": "FR"}}


def test_a_list_is_replaced_with_its_places() -> None:
    text = "a: [x, y, z]\nscenarios:\n  s: {a: [w]}\n"
    document = read_document(text, "x.yaml")
    made = patched(document, patch_of(document, "s"))
    assert made.data == {"a": ["w"]}
    assert made.at(("a", "0")) == Location("x.yaml", 3, 11)
    assert ("a", "1") not in made.nodes


def test_a_patch_that_no_file_holds_has_no_line() -> None:
    made = patched(read_document(BASE, "x.yaml"), Document("-", {"sites": {"paris": {"location": "SE"}}}))
    assert made.at(("sites", "paris", "location")) == Location("-", 1, 1)
    assert made.at(("sites", "paris", "pue")) == Location("x.yaml", 4, 30)
