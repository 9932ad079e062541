"""The public schema of the descriptor is its parts, each of which lies with the subject that reads it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from lca.descriptor.document import read_document
from lca.descriptor.schema_parts import joined
from lca.files.shipped import load_checklist
from lca.subjects import SUBJECTS
from lca.subjects.subject import Subject


def data(path: Path) -> Any:
    return read_document(path.read_text("utf-8"), path.name).data


FRAME = data(ROOT / "lca/descriptor/schema.yaml")
PARTS = {
    path.relative_to(ROOT / "lca/subjects").as_posix(): data(path)
    for path in sorted((ROOT / "lca/subjects").rglob("*schema.yaml"))
    if path.name != "contract.schema.yaml"
}
ACTS = load_checklist().acts.values()
LISTS = {
    "acts": [name for act in ACTS for name in (act.id, act.alias) if name],
    "criteria": [row for act in ACTS for row in act.criteria],
}
SCHEMAS = {path.name: json.loads(path.read_text("utf-8")) for path in sorted((ROOT / "lca/schemas").glob("*.json"))}
PUBLIC: Mapping[str, Any] = SCHEMAS["project.schema.json"]


def test_the_public_schema_is_its_parts() -> None:
    # As text: so that the order of keys counts too, and 1 is not 1.0.
    assert json.dumps(joined(FRAME, PARTS, LISTS)) == json.dumps(PUBLIC)


def test_the_frame_holds_what_is_no_subjects_own() -> None:
    assert set(FRAME["properties"]) == {"descriptor", "catalogue", "plugins", "project", "include", "goal", "scenarios"}


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.name)
def test_a_subject_describes_the_keys_that_it_reads(subject: Subject) -> None:
    described = {k for name, p in PARTS.items() if name.startswith(f"{subject.name}/") for k in p["properties"]}
    assert described == {key for p in subject.parts for key in ([p.key] if p.key else list(p.record.__struct_fields__))}


@pytest.mark.parametrize("name", PARTS)
def test_a_definition_of_one_subject_is_used_by_no_other(name: str) -> None:
    for definition in PARTS[name].get("$defs", {}):
        users = {
            other for other, part in [*PARTS.items(), ("", FRAME)] if f'"#/$defs/{definition}"' in json.dumps(part)
        }
        assert {user.partition("/")[0] for user in users} == {name.partition("/")[0]}, definition


@pytest.mark.parametrize("kind", ["properties", "$defs"])
def test_a_key_of_two_parts_is_refused(kind: str) -> None:
    frame: dict[str, Any] = {"properties": {"project": {}}, "$defs": {"project": {}}}
    with pytest.raises(ValueError, match=r"`site` stands in the .* of a.yaml and of b.yaml"):
        joined(frame, {"a.yaml": {kind: {"site": {}}}, "b.yaml": {kind: {"site": {}}}})
    with pytest.raises(ValueError, match=r"`project` stands in the .* of the frame and of a.yaml"):
        joined(frame, {"a.yaml": {kind: {"project": {}}}})


def test_a_part_holds_only_what_is_shared_out() -> None:
    with pytest.raises(ValueError, match=r"a\.yaml holds required"):
        joined({}, {"a.yaml": {"required": ["site"]}})


def test_a_key_that_the_order_does_not_list_comes_last() -> None:
    frame = {"title": "T", "properties": {"goal": {}, "name": {}}, "order": {"properties": ["name", "gone", "site"]}}
    whole = joined(frame, {"a.yaml": {"properties": {"new": {}, "site": {}}}})
    assert list(whole["properties"]) == ["name", "site", "goal", "new"]
    assert list(whole) == ["title", "properties", "$defs"]


def test_an_act_that_is_new_comes_last_and_one_that_is_gone_is_not_listed() -> None:
    lists = {"acts": ["new", "wtr_4_1", "art17_screening"], "criteria": ["new-1", "ms-1"]}
    part = joined(FRAME, PARTS, lists)["properties"]["checklist"]["properties"]
    assert part["acts"]["items"]["anyOf"][0] == {"enum": ["art17_screening", "wtr_4_1", "new"]}
    assert part["answers"]["propertyNames"]["anyOf"][0] == {"enum": ["ms-1", "new-1"]}


def test_an_enum_of_a_list_that_nobody_gives_is_refused() -> None:
    with pytest.raises(ValueError, match=r"an `enum` is of `acts`; the lists are stages"):
        joined(FRAME, PARTS, {"stages": ["training"]})


def described(node: Any, path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield what stands at a name that the applicant gives: test_schema.py sees to the keys that are ours."""
    if isinstance(node, dict):
        entry = node.get("additionalProperties")
        if isinstance(entry, dict) and set(entry) != {"$ref"}:
            yield f"{path}.NAME", entry
        for key, child in node.items():
            if key not in ("examples", "enum"):
                yield from described(child, f"{path}.{key}")


DESCRIBED = [*described(PUBLIC, ""), *((f"$defs.{name}", node) for name, node in PUBLIC["$defs"].items())]


@pytest.mark.parametrize(("path", "node"), DESCRIBED, ids=[path for path, _ in DESCRIBED])
def test_entries_of_maps_and_definitions_are_described_too(path: str, node: Mapping[str, Any]) -> None:
    assert node["title"], path
    assert node["description"], path
    assert node["examples"], path
    local = {key: value for key, value in node.items() if key != "$ref" or value.startswith("#")}
    for example in node["examples"]:
        assert not list(Draft202012Validator({**local, "$defs": PUBLIC["$defs"]}).iter_errors(example)), example


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_identified_by_its_file(name: str) -> None:
    assert SCHEMAS[name]["$id"] == name


@pytest.mark.parametrize(("key", "fits"), [("sites", True), ("sitez", False)])
def test_the_descriptors_schema_finds_that_of_a_scenario(key: str, fits: bool) -> None:
    registry: Registry[Any] = Registry().with_resources(
        (name, Resource.from_contents(schema)) for name, schema in SCHEMAS.items()
    )
    patch = {key: {"paris": {"location": "IE"}}}
    document = {"descriptor": 1, "project": {"name": "P"}, "scenarios": {"ireland": patch}}
    assert Draft202012Validator(PUBLIC, registry=registry).is_valid(document) == fits
