"""What tests share: reading a descriptor and assessing it with few draws."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

import lca
from lca import Assessment

ROOT = Path(__file__).parent.parent
AS_OF = datetime.date(2026, 11, 24)

Assess = Callable[..., Assessment]


def assess_file(path: Path, draws: int = 0, seed: int = 2026) -> Assessment:
    """Load and assess a descriptor; errors raise."""
    return lca.load(path).assess(draws, seed, AS_OF)


@pytest.fixture
def assess_text(tmp_path: Path) -> Assess:
    """Return a function that assesses a descriptor given as text, in a folder of its own."""

    def run(text: str, draws: int = 0, seed: int = 2026) -> Assessment:
        path = tmp_path / "case.yaml"
        path.write_text(text, encoding="utf-8")
        return assess_file(path, draws, seed)

    return run
