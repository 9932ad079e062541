"""Who measured: every tool whose log is imported is named in the draft, with what it prints itself, in words of both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT
from drafts import drafted, works

from lca.files.shipped import read_schema, words

CASES = ROOT / "tests/cases"


def tools() -> list[str]:
    """Return the tools that a descriptor may say measured."""
    training = read_schema("project")["properties"]["training"]["additionalProperties"]["properties"]
    found: list[str] = training["measured_by"]["properties"]["tool"]["enum"]
    return found


@pytest.mark.parametrize(
    ("tool", "log", "own"),
    [
        ("carbontracker", "carbontracker/unet_carbontracker_output.log", True),
        ("eco2ai", "eco2ai/emission.csv", True),
        ("zeus", "zeus/windows.csv", False),
        ("nvidia-smi", "nvidia-smi/gpu.csv", False),
        ("dcgm", "dcgm/metrics.prom", False),
        ("codecarbon", "codecarbon/two-places.csv", True),
    ],
)
def test_a_draft_says_who_measured(tool: str, log: str, own: bool, tmp_path: Path) -> None:
    found = [work.measured_by for work in works(drafted(tmp_path, tool, CASES / log)).values()]
    assert {by.tool for by in found if by is not None} == {tool}
    assert all(by is not None and (by.gwp100 is not None) is own for by in found)


def test_slurm_is_named_where_it_measured(tmp_path: Path) -> None:
    found = works(drafted(tmp_path, "slurm", CASES / "slurm/jobs.txt")).values()
    assert any(work.energy for work in found)
    assert all((work.energy is not None) is (work.measured_by is not None) for work in found)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_tool_has_a_name_and_a_text_for_the_section_on_other_methods(language: str) -> None:
    texts = words(language)
    assert set(tools()) <= texts["method_names"].keys() & texts["method_texts"].keys()
