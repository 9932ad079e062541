"""Results as JSON fit their published schema."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import ROOT, assess_file
from jsonschema import Draft202012Validator

from lca.assessment.contract import results

FILES = sorted((ROOT / "projects").glob("*.yaml")) + sorted((ROOT / "tests/cases/good").glob("*.yaml"))
SCHEMA = json.loads((ROOT / "lca/schemas/assessment.schema.json").read_text("utf-8"))


def test_the_schema_of_results_is_valid() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
@pytest.mark.parametrize("draws", [0, 20])
def test_results_fit_their_schema(path: Path, draws: int) -> None:
    printed = json.loads(json.dumps(results(assess_file(path, draws=draws))))
    assert not [e.message for e in Draft202012Validator(SCHEMA).iter_errors(printed)]
