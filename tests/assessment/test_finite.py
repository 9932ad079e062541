"""Every number of the JSON of every case is finite, and stays so where inputs are nothing or as small as may be read."""

from __future__ import annotations

import json
import math
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import AS_OF, ROOT, assess_file

import lca
from lca.problems import ProblemsFound

CASES = [*sorted((ROOT / "projects").glob("*.yaml")), *sorted((ROOT / "tests/cases/good").glob("*.yaml"))]
#: Cases that together use every stage, a benefit, money, scenarios and stated results.
MUTATED = [
    ROOT / "projects/transition-call.yaml",
    ROOT / "projects/federated.yaml",
    ROOT / "tests/cases/good/every-stage.yaml",
    ROOT / "tests/cases/published/poster-quoted-training.yaml",
]
#: A number with a unit, or alone behind a key.
NUMBER = re.compile(r"(?<=[ \[{])\d+(?:[.,]\d+)?(?:e-?\d+)?(?=(?: [A-Za-z€$%]|[ ,}\]]|$))", re.MULTILINE)


def numbers(data: Any, path: str = "") -> Iterator[tuple[str, float]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from numbers(value, f"{path}.{key}")
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from numbers(value, f"{path}.{index}")
    elif isinstance(data, float):
        yield path, data


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_number_of_every_case_is_finite(path: Path) -> None:
    found = list(numbers(json.loads(assess_file(path, draws=20).json())))
    assert found
    assert [where for where, number in found if not math.isfinite(number)] == []


@pytest.mark.parametrize("path", MUTATED, ids=lambda path: path.stem)
@pytest.mark.parametrize("instead", ["0", "1e-30"])
def test_what_is_nothing_or_next_to_nothing_gives_no_figure_that_is_none(path: Path, instead: str) -> None:
    text = path.read_text("utf-8")
    tried = 0
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # numpy's, too
        for spot in list(NUMBER.finditer(text)):
            study = lca.read(text[: spot.start()] + instead + text[spot.end() :], name=path.name, folder=path.parent)
            try:
                page = study.assess(draws=0, as_of=AS_OF).json()
            except ProblemsFound:
                continue
            tried += 1
            assert all(math.isfinite(number) for _, number in numbers(json.loads(page)))
    assert tried
