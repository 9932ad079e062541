"""The two schemas: whole, used by editors, and the same as the records and results in the code."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from jsonschema import Draft202012Validator
from msgspec import Struct
from pint_units import unit

from lca.descriptor.descriptor import About, Goal
from lca.descriptor.document import read_document
from lca.descriptor.included import Included
from lca.descriptor.reading import validate
from lca.descriptor.records import _hints
from lca.files.reading import reader
from lca.files.shipped import project_schema
from lca.quantities.provenance import Factor, Stated

SCHEMA: Mapping[str, Any] = project_schema()
FILES = sorted((ROOT / "projects").glob("*.yaml")) + sorted((ROOT / "tests/cases/good").glob("*.yaml"))


def keys(schema: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, child in schema.get("properties", {}).items():
        yield f"{path}.{name}", child
        yield from keys(child, f"{path}.{name}")
    for part in ("additionalProperties", "items"):
        if isinstance(schema.get(part), dict):
            yield from keys(schema[part], f"{path}.*")


ALL_KEYS = [*keys(SCHEMA), *((f"$defs.{n}{p}", s) for n, d in SCHEMA["$defs"].items() for p, s in keys(d))]


def test_the_schema_is_valid() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_every_key_has_title_description_example_and_a_known_unit() -> None:
    assert len(ALL_KEYS) > 200
    for path, schema in ALL_KEYS:
        assert schema.get("title"), path
        assert schema.get("description"), path
        assert schema.get("examples"), path
        if schema.get("x-unit", "any") != "any":
            unit(schema["x-unit"])


def test_every_example_fits_its_own_key() -> None:
    for path, schema in ALL_KEYS:
        whole = {**schema, "$defs": SCHEMA["$defs"]}
        for example in schema["examples"]:
            assert not list(Draft202012Validator(whole).iter_errors(example)), f"{path}: {example}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_worked_examples_fit(path: Path) -> None:
    tree, problems = validate(read_document(path.read_text("utf-8"), path.name), SCHEMA)
    assert not problems
    assert tree["project"]["name"]


def records(hint: Any) -> Iterator[Any]:
    if isinstance(hint, type) and issubclass(hint, Struct):
        yield hint
    for inner in typing.get_args(hint):
        yield from records(inner)


def agree(record: Any, schema: Mapping[str, Any], path: str) -> Iterator[str]:
    """Yield each difference between a record's fields and a schema's keys."""
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    schema = schema.get("items", schema)
    if "properties" not in schema and isinstance(schema.get("additionalProperties"), dict):
        schema = schema["additionalProperties"]
        if "$ref" in schema:
            schema = SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    if "items" in schema:
        schema = schema["items"]
    if path == "goal.excluded":  # a map whose keys are the stages
        schema = schema["properties"]["collection"]
    given = set(record.__struct_fields__) - {"path", "document", "of_instance"}  # of the place, and of the catalogue
    if "over_years" in given:  # the key `path`, whose name a record has for its own place
        given = given - {"over_years"} | {"path"}
    known = set(schema["properties"])
    if "name" in given and "name" not in known:
        given -= {"name"}  # from the key of the map
    if given != known:
        yield f"{path}: only in the record {given - known}, only in the schema {known - given}"
    for name, hint in _hints(record).items():
        for inner in records(hint):
            if inner not in (Stated, Factor) and name in known and inner.__module__.startswith("lca"):
                yield from agree(inner, schema["properties"][name], f"{path}.{name}")


def test_records_and_schema_have_the_same_keys() -> None:
    read: dict[str, Any] = {"project": About, "goal": Goal}
    for part in reader("").parts:
        read |= {part.key: part.record} if part.key else _hints(part.record)
    read["include"] = Mapping[str, Included]
    assert {*read, "catalogue", "plugins", "scenarios"} == set(SCHEMA["properties"]) - {"descriptor"}
    for name, hint in read.items():
        for record in records(hint):
            assert not list(agree(record, SCHEMA["properties"][name], name))
