"""What tests of importers share: a draft that must pass the check, and the places of what is wrong with a damaged log."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import assess_file

import lca
from lca.cli.main import main
from lca.subjects.footprint.computation import Work
from lca.subjects.footprint.declared import ProductSystem


def drafted(folder: Path, tool: str, *logs: Path) -> Path:
    """Import logs twice, without naming the tool too, into a draft without errors; return its path."""
    draft, again = folder / "draft.yaml", folder / "again.yaml"
    assert main(["import", tool, *map(str, logs), "-o", str(draft)]) == 0
    assert main(["import", *map(str, logs), "-o", str(again)]) == 0
    assert draft.read_bytes() == again.read_bytes()
    assert [str(problem) for problem in lca.load(draft).problems if problem.severity == "error"] == []
    return draft


def works(draft: Path) -> dict[str, Work]:
    """Return the trainings and experiments of a draft by name; assessing it raises no error."""
    system = assess_file(draft).study[ProductSystem]
    return {**system.training, **system.experiments}


def energies(draft: Path) -> dict[str, float]:
    """Return the energies of a draft's trainings and experiments in kWh."""
    return {name: work.energy.value for name, work in works(draft).items() if work.energy is not None}


def written(folder: Path, text: str | bytes, name: str) -> Path:
    """Write a log."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def wrong(tool: str, path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Sequence[str], str]:
    """Import a damaged log; return `line:column CODE` of each error that is told, and all that was said."""
    capsys.readouterr()
    assert main(["import", tool, str(path)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    found = re.findall(rf"^{re.escape(str(path))}:(\d+:\d+): (LCA\d+) (?!warning)", captured.err, re.MULTILINE)
    return [" ".join(pair) for pair in found], captured.err
