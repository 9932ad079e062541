"""The public schema of an assessment is its parts, each of which lies with the subject that gives its keys."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

import lca
from lca import Assessment
from lca.assessment.contract import results
from lca.descriptor.document import read_document
from lca.descriptor.schema_parts import joined
from lca.subjects import FOLDERS, SUBJECTS
from lca.subjects.footprint.flow import STAGES
from lca.subjects.subject import Subject

NAME = "contract.schema.yaml"


def data(path: Path) -> Any:
    return read_document(path.read_text("utf-8"), path.name).data


FRAME = data(ROOT / "lca/assessment" / NAME)
PARTS = {path.parent.name: data(path) for path in sorted((ROOT / "lca/subjects").glob(f"*/{NAME}"))}
LISTS = {"stages": STAGES, "indicators": tuple(data(ROOT / "factors/indicators.yaml"))}
TEXT = (ROOT / "lca/schemas/assessment.schema.json").read_text("utf-8")
PUBLIC: Mapping[str, Any] = json.loads(TEXT)


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    found: Assessment = lca.load(ROOT / "projects/transition-call.yaml").assess(draws=20)
    return found


def test_the_public_schema_is_its_parts() -> None:
    assert json.dumps(joined(FRAME, PARTS, LISTS), indent=1, ensure_ascii=False) + "\n" == TEXT


def test_each_subject_has_its_part() -> None:
    assert PARTS.keys() == set(FOLDERS)


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.name)
def test_a_subject_describes_the_keys_that_it_gives(subject: Subject, assessment: Assessment) -> None:
    given = subject.module("contract").contract(assessment)
    assert set(PARTS[subject.name]["properties"]) == set(given)


def test_the_frame_describes_what_no_subject_gives(assessment: Assessment) -> None:
    own = set(results(assessment, with_sobol=True)) - {key for part in PARTS.values() for key in part["properties"]}
    assert set(FRAME["properties"]) == own
    assert set(FRAME["required"]) == own - {"sobol_total_order"}


@pytest.mark.parametrize("name", PARTS)
def test_a_definition_of_one_subject_is_used_by_no_other(name: str) -> None:
    for definition in PARTS[name].get("$defs", {}):
        users = {
            other for other, part in [*PARTS.items(), ("", FRAME)] if f'"#/$defs/{definition}"' in json.dumps(part)
        }
        assert users == {name}, definition


@pytest.mark.parametrize("kind", ["properties", "$defs"])
def test_a_key_of_two_parts_is_refused(kind: str) -> None:
    key = next(iter(PARTS["money"][kind]))
    with pytest.raises(ValueError, match=rf"`{key}` stands in the {kind.replace('$', '.')} of money and of another"):
        joined(FRAME, {**PARTS, "another": {kind: {key: {}}}}, LISTS)


def test_a_key_of_a_new_subject_is_required_and_comes_last() -> None:
    whole = joined(FRAME, {**PARTS, "new": {"properties": {"jobs": {"type": "number"}}}}, LISTS)
    assert list(whole["properties"]) == [*PUBLIC["properties"], "jobs"]
    assert whole["required"] == [*PUBLIC["required"], "jobs"]
    assert list(whole) == list(PUBLIC)


def test_a_subject_that_is_removed_takes_its_keys_with_it() -> None:
    whole = joined(FRAME, {name: part for name, part in PARTS.items() if name != "money"}, LISTS)
    assert PUBLIC["properties"].keys() - whole["properties"].keys() == {"money"}
    assert set(PUBLIC["required"]) - set(whole["required"]) == {"money"}
    assert PUBLIC["$defs"].keys() - whole["$defs"].keys() == {"costs_by_currency"}


def test_a_new_stage_and_a_new_indicator_are_listed() -> None:
    lists = {"stages": (*STAGES, "retirement"), "indicators": (*LISTS["indicators"], "land_use")}
    whole = joined(FRAME, PARTS, lists)
    assert whole["properties"]["by_stage"]["propertyNames"]["enum"] == [*STAGES, "retirement"]
    assert whole["$defs"]["indicator"]["enum"] == [*LISTS["indicators"], "land_use"]
