"""Edits that the form makes: values, entries, names and ways, where all else of the text stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from lca.descriptor.document import read_document
from lca.web.draft import Draft
from lca.web.edits import BadName, beginning_of, place_of, renamed, with_entry, with_field, with_way
from lca.web.sent import applied, changes

TEXT = """# A study.
descriptor: 1
project: {name: One, start: 2026-01}   # the name
sites:
  here: {location: FR}
machines:
  node: {site: here, gpu: {model: NVIDIA A100 SXM4 80 GB, count: 8}}   # eight
training:
  final: {on: node, duration: 72 h}
experiments:
  trials: {repeats: training.final, runs: 20, relative_duration: 0.2}
scenarios:
  there: {sites: {here: {location: DE}}}
"""


def draft(text: str) -> Draft:
    return Draft(text, "study.yaml", Path())


@pytest.mark.parametrize(
    ("path", "end", "written", "old", "new"),
    [
        ("training.final.duration", "", "1.50 h", "duration: 72 h", "duration: 1.50 h"),
        ("training.final.duration", "low", "60 h", "duration: 72 h", 'duration: {value: 72 h, range95: [60 h, ""]}'),
        ("training.final.duration", "source", "log", "duration: 72 h", "duration: {value: 72 h, source: log}"),
        ("training.final.gpu_load", "", "0.80", "duration: 72 h}", "duration: 72 h, gpu_load: 0.80}"),
        ("machines.node.dedicated", "", "true", "count: 8}}", "count: 8}, dedicated: true}"),
        ("machines.node.gpu.count", "", "", ", count: 8}", "}"),
        ("project.name", "", "12", "name: One", 'name: "12"'),
        ("project.start", "", "2027", "start: 2026-01", "start: 2027"),
        ("sites.here.location", "", "", "here: {location: FR}", 'here: {location: ""}'),
        ("experiments.trials.runs", "", "1 000,5", "runs: 20", 'runs: "1 000,5"'),
    ],
)
def test_a_field_changes_its_own_place(path: str, end: str, written: str, old: str, new: str) -> None:
    changed = with_field(TEXT, tuple(path.split(".")), end, written)
    wanted = read_document(TEXT.replace(old, new, 1), "").data
    assert read_document(changed, "").data == wanted
    kept = [line for line in TEXT.splitlines() if line in changed.splitlines()]
    assert len(kept) == len(TEXT.splitlines()) - 1


def test_a_list_has_an_item_a_line() -> None:
    changed = with_field(TEXT, ("goal", "units"), "", "image\n\n letter ")
    assert read_document(changed, "").data["goal"] == {"units": ["image", "letter"]}


def test_a_range_that_is_emptied_leaves_the_value() -> None:
    changed = with_field(TEXT, ("training", "final", "duration"), "low", "60 h")
    changed = with_field(changed, ("training", "final", "duration"), "high", "80 h")
    assert read_document(changed, "").data["training"]["final"]["duration"]["range95"] == ["60 h", "80 h"]
    for end in ("low", "high"):
        changed = with_field(changed, ("training", "final", "duration"), end, "")
    assert read_document(changed, "").data["training"]["final"]["duration"] == {"value": "72 h"}


def test_a_new_entry_names_what_the_text_describes() -> None:
    text, name = with_entry(TEXT, ("machines",))
    assert name == "machine"
    assert read_document(text, "").data["machines"]["machine"]["site"] == "here"
    text, name = with_entry(text, ("machines",))
    assert name == "machine-2"
    text, _ = with_entry(TEXT, ("experiments",))
    assert read_document(text, "").data["experiments"]["trials-2"]["repeats"] == "training.final"
    text, _ = with_entry("descriptor: 1\nproject: {name: One}\n", ("machines",))
    assert "site" not in read_document(text, "").data["machines"]["machine"]


def test_an_entry_is_renamed_wherever_it_is_named() -> None:
    data = read_document(renamed(TEXT, ("sites", "here"), "paris"), "").data
    assert (list(data["sites"]), data["machines"]["node"]["site"]) == (["paris"], "paris")
    assert list(data["scenarios"]["there"]["sites"]) == ["paris"]
    data = read_document(renamed(TEXT, ("training", "final"), "model"), "").data
    assert data["experiments"]["trials"]["repeats"] == "training.model"
    data = read_document(renamed(TEXT, ("machines", "node"), "server"), "").data
    assert data["training"]["final"]["on"] == "server"


@pytest.mark.parametrize("name", ["", "Paris", "a b", "-a", "ü", "a/b", "x" * 61])
def test_a_name_that_no_entry_can_have_is_refused(name: str) -> None:
    with pytest.raises(BadName):
        renamed(TEXT, ("sites", "here"), name)


def test_another_way_takes_the_place_of_what_it_needs_not() -> None:
    data = read_document(with_way(TEXT, ("training", "final"), "processors"), "").data
    assert data["training"]["final"] == {"on": "node", "processor_hours": "<2400 h>"}
    data = read_document(with_way(TEXT, ("training", "final"), "energy"), "").data
    assert set(data["training"]["final"]) == {"energy"}
    assert with_way(TEXT, ("training", "final"), "clock") == TEXT
    assert with_way(TEXT, ("training", "final"), "nothing of the kind") == TEXT


@pytest.mark.parametrize(
    "name",
    [
        "nothing",
        "project.colour",
        "training.final.duration.x.y",
        "descriptor.__class__",
        "training.final.duration:sigma",
        "..",
        "",
    ],
)
def test_what_is_no_field_is_passed_over(name: str) -> None:
    assert changes(draft(TEXT), {name: "x"}) == []


def test_a_place_is_known_by_the_schema_alone() -> None:
    place = place_of(("training", "final", "duration"))
    assert place is not None
    assert (place.pattern, place.schema["x-unit"]) == (("training", "NAME", "duration"), "h")
    assert place_of(("training", "final", "colour")) is None


def test_changes_of_two_pages_meet_field_by_field() -> None:
    now = with_field(TEXT, ("training", "final", "duration"), "", "100 h")
    outcome = applied(draft(TEXT), draft(now), {"training.final.duration": "72 h", "project.name": "Two"})
    data = read_document(outcome.text, "").data
    assert (data["training"]["final"]["duration"], data["project"]["name"]) == ("100 h", "Two")
    assert not outcome.conflicts
    outcome = applied(draft(TEXT), draft(now), {"training.final.duration": "90 h"})
    assert [(one.name, one.mine, one.theirs) for one in outcome.conflicts] == [
        ("training.final.duration", "90 h", "100 h")
    ]
    assert outcome.text == now
    same = applied(draft(TEXT), draft(now), {"training.final.duration": "100 h"})
    assert (same.text, same.conflicts) == (now, ())


def test_an_entry_begins_with_a_list_where_a_list_is_asked() -> None:
    changed, name = with_entry(TEXT, ("frugal_ai", "declared"))
    assert name == "1"
    assert read_document(changed, "").data["frugal_ai"] == {"declared": {"1": {"status": "<adopted>"}}}
    assert beginning_of(("frugal_ai", "declared", "1", "by"), {}) == ["<producer>"]
    assert not [one for one in draft(changed).messages("en") if one.severity == "error"]
