"""What tests share: reading a descriptor and assessing it with few draws."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from lca.assessment.assess import assess
from lca.assessment.record import Assessment, Fingerprint
from lca.files.reading import Loaded, load
from lca.problems import ProblemsFound

ROOT = Path(__file__).parent.parent
AS_OF = datetime.date(2026, 11, 24)

Assess = Callable[..., Assessment]


def assess_file(path: Path, draws: int = 0, seed: int = 2026) -> Assessment:
    """Load and assess a descriptor; errors raise."""
    loaded: Loaded = load(path)
    fingerprint = Fingerprint(
        loaded.descriptor_hash, loaded.catalogue_hash, loaded.book.version, "test", seed, draws, AS_OF
    )
    assessment = assess(loaded.descriptor, loaded.book, loaded.checklist, fingerprint, loaded.reference)
    errors = [p for p in (*loaded.problems, *assessment.problems) if p.severity == "error"]
    if errors:
        raise ProblemsFound(errors)
    return assessment


@pytest.fixture
def assess_text(tmp_path: Path) -> Assess:
    """Return a function that assesses a descriptor given as text."""

    def run(text: str, draws: int = 0, seed: int = 2026) -> Assessment:
        path = tmp_path / "case.yaml"
        path.write_text(text, encoding="utf-8")
        return assess_file(path, draws, seed)

    return run
