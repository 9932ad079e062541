"""The fields of the form: every key of the schema has its title and reason in both languages, and only what applies is shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

from lca.descriptor.document import Path as KeyPath
from lca.descriptor.references import whole
from lca.files.shipped import project_schema, schema_in, words
from lca.web.draft import Draft
from lca.web.edits import place_of
from lca.web.fields import Fields
from lca.web.nodes import Cards, Field, Group
from lca.web.steps import read_steps
from lca.web.suggestions import suggestions

STEPS = read_steps()


def fields_of(text: str, language: str = "en", opened: frozenset[str] = frozenset()) -> Fields:
    draft = Draft(text, "study.yaml", Path())
    return Fields(
        draft, schema_in("project", language), words(language)["form"], tuple(draft.messages(language)), opened
    )


def flat(nodes: Any) -> Iterator[Field | Group | Cards]:
    for node in nodes:
        yield node
        yield from flat(node.inner if isinstance(node, Group) else node.cards if isinstance(node, Cards) else ())


def by_name(fields: Fields, step: str) -> dict[str, Field | Group | Cards]:
    return {node.name: node for node in flat(fields.of_step(step))}


def patterns(schema: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """Yield every key that some step may show, with `NAME` for names."""
    schema = whole(schema, project_schema())
    if path:
        yield path, schema
    if len(path) > 8 or "x-unit" in schema:
        return
    for key, inner in schema.get("properties", {}).items():
        if path or STEPS.step_of((key,)):
            yield from patterns(inner, (*path, key))
    other = schema.get("additionalProperties")
    for inner in (other, schema.get("items")):
        if isinstance(inner, dict):
            yield from patterns(inner, (*path, "NAME" if inner is other else "0"))


ALL = dict(patterns(project_schema()))


def test_every_key_has_a_title_and_a_reason_in_both_languages() -> None:
    assert len(ALL) > 600
    english, french = schema_in("project", "en"), schema_in("project", "fr")

    def said(schema: Any, path: KeyPath) -> tuple[str, str]:
        node = schema
        for step in path:
            node = whole(node, schema)
            found = node.get("properties", {}).get(step) or node.get("additionalProperties") or node.get("items")
            node = found
        node = whole(node, schema)
        return str(node.get("title", "")), str(node.get("description", ""))

    for path, schema in ALL.items():
        if "title" not in schema:  # an item of a list of texts is asked for by the list
            assert path[-1] == "0" or "anyOf" in schema, path
            continue
        for language in (english, french):
            title, why = said(language, path)
            assert title.strip(), path
            assert why.strip(), path
    differing = [path for path in ALL if said(english, path) != said(french, path)]
    assert len(differing) > 0.97 * len([path for path, schema in ALL.items() if "title" in schema])


def test_the_layout_names_only_what_the_schema_has() -> None:
    for name, layout in STEPS.places.items():
        place = place_of(tuple(name.split(".")) if "NAME" not in name else tuple(name.replace("NAME", "0").split(".")))
        assert place is not None, name
        schema = place.schema
        keys = [*layout.first, *(key for way in layout.ways.values() for key in way)]
        keys += [key for leading, others in layout.with_.items() for key in (leading, *others)]
        assert set(keys) <= set(schema.get("properties", {})), name
        if layout.begin is not None:
            entry = whole(schema.get("items") or schema["additionalProperties"], project_schema())
            assert set(layout.begin) <= set(entry["properties"]), name
        assert "".join(name.split(".")[:1]) in {key for keys in STEPS.steps.values() for key in keys}
    for language in ("en", "fr"):
        own = words(language)["form"]
        for name, layout in STEPS.places.items():
            if layout.ways:
                assert set(layout.ways) == set(own["ways"][name.split(".")[0]])


def test_only_the_way_that_is_taken_is_shown() -> None:
    text = (ROOT / "projects/minimal.yaml").read_text()
    shown = by_name(fields_of(text), "work")
    keys = {name.rpartition(".")[2] for name in shown if name.startswith("training.final-model.")}
    assert keys == {"duration", "on", "machines", "gpu_load", "kind"}
    card = shown["training.final-model"]
    assert isinstance(card, Group)
    assert card.way == "clock"
    assert not {"energy", "federated", "estimated", "processor_hours"} & {
        one.name.rpartition(".")[2] for one in card.further
    }
    shown = by_name(fields_of(text.replace("duration: 72 h", "energy: 3 MWh")), "work")
    assert "training.final-model.duration" not in shown
    assert "training.final-model.site" in shown


def test_a_key_that_is_asked_for_is_shown() -> None:
    text = (ROOT / "projects/minimal.yaml").read_text()
    name = "machines.node.memory"
    assert name not in by_name(fields_of(text), "place")
    shown = by_name(fields_of(text, opened=frozenset({name})), "place")[name]
    assert isinstance(shown, Field)
    assert (shown.title, shown.unit, shown.is_stated) == ("Memory", "GB", False)


def test_a_stage_that_is_not_described_may_be_left_out_with_its_reason() -> None:
    text = "descriptor: 1\nproject: {name: One}\ngoal: {excluded: {transfer: {reason: little}}}\n"
    shown = {node.name: node for node in fields_of(text).of_step("work")}
    transfer, equipment = shown["transfer"], shown["equipment"]
    assert isinstance(transfer, Cards)
    assert isinstance(equipment, Cards)
    assert transfer.instead is not None
    assert [one.value for one in transfer.instead.inner if isinstance(one, Field)] == ["little"]
    assert equipment.instead is not None
    described = fields_of((ROOT / "projects/minimal.yaml").read_text())
    (training,) = [node for node in described.of_step("work") if node.name == "training"]
    assert isinstance(training, Cards)
    assert training.instead is None


def test_a_value_stands_as_it_is_written() -> None:
    text = "descriptor: 1\nproject: {name: One, duration: {value: 1.20 year, range95: [1.0 year, 2 year]}, readiness_level: 3}\n"
    shown = by_name(fields_of(text), "project")
    duration = shown["project.duration"]
    assert isinstance(duration, Field)
    assert (duration.value, [one.value for one in duration.known]) == ("1.20 year", ["1.0 year", "2 year", "", ""])
    level = shown["project.readiness_level"]
    assert isinstance(level, Field)
    assert level.value == "3"


def test_what_is_wrong_is_told_at_its_field_once() -> None:
    text = "descriptor: 1\nproject: {name: One, duration: 3 kWh, readiness_level: 12, colour: red}\n"
    shown = by_name(fields_of(text), "project")
    told = {name: [one.text for one in node.messages] for name, node in shown.items() if node.messages}
    assert set(told) == {"project.duration", "project.readiness_level"}
    assert len(told["project.duration"]) == 1
    assert told["project.duration"][0].startswith("<code>3 kWh</code> is an energy")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("accelerators", "NVIDIA A100 SXM4 80 GB"),
        ("zones", "CA-ON"),
        ("sites", "jean-zay"),
        ("instances", "p4d.24xlarge"),
        ("models", "bloom"),
        ("interfaces", "Mistral AI"),
    ],
)
def test_names_of_the_catalogue_complete_a_field(name: str, wanted: str) -> None:
    assert wanted in dict(suggestions(name, {}, "en"))


def test_names_of_the_descriptor_go_first() -> None:
    data: dict[str, Any] = {"sites": {"here": {}}, "training": {"final": {}}}
    assert suggestions("sites", data, "en")[0] == ("here", "")
    assert suggestions("trainings", data, "en") == (("training.final", ""),)
    assert dict(suggestions("zones", {}, "fr"))["DE"] == "Allemagne"


def test_stages_that_are_left_out_stand_with_the_stages_alone() -> None:
    text = (ROOT / "projects/alexnet-2012.yaml").read_text()
    fields = fields_of(text)
    assert not [name for name in by_name(fields, "project") if name.startswith("goal.excluded")]
    goal = by_name(fields, "project")["goal"]
    assert isinstance(goal, Group)
    assert "goal.excluded" not in {one.name for one in goal.further}
    assert STEPS.step_of(("goal", "excluded", "transfer", "reason")) == "work"


def test_an_example_of_a_range_stands_beside_its_field_as_any_example_does() -> None:
    text = (ROOT / "templates/descriptors/fr/api.yaml").read_text("utf-8")
    batch = by_name(fields_of(text, "fr"), "work")["inference.service.tokens.batch"]
    assert isinstance(batch, Field)
    assert [(one.value, one.example, one.is_stated) for one in batch.known[:2]] == [("", "4", True), ("", "64", True)]


def test_the_three_conditions_of_the_word_frugal_are_asked_and_a_yes_asks_for_its_reason_and_evidence() -> None:
    text = "descriptor: 1\nproject: {name: One, start: 2026-01}\nfrugal_ai: {need: {answer: yes}}\n"
    shown = by_name(fields_of(text), "checklist")
    assert {f"frugal_ai.{one}.answer" for one in ("need", "practices", "limits")} <= set(shown)
    assert {"frugal_ai.need.justification", "frugal_ai.need.evidence"} <= set(shown)
    assert "frugal_ai.limits.justification" not in shown
